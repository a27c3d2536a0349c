import CPlatform
import FinstageCore
import FinstageStore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Starts programs in process groups of their own.
final class Spawn {
  /// The descriptor that a task's processes inherit so that the kernel knows whether any is left.
  static let lockDescriptor: Int32 = 200
  /// Where a task may say how far it is; a single digit, since some shells know no others.
  static let progressDescriptor: Int32 = 3

  struct Failure: Error {
    let message: String
  }

  /// What a program gets.
  struct Descriptors {
    var input: Int32
    var output: Int32
    var errors: Int32
    var lock: Int32
    var progress: Int32
  }

  #if canImport(Glibc)
    private static let descriptorLimit = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private static let descriptorLimit = RLIMIT_NOFILE
  #endif

  /// Takes the numbers that descriptors of tasks will have, so that nothing that is to become one of them is in the way of another; and
  /// raises the limit of descriptors as far as slots need it. Returns how many slots there can be.
  static func reserveDescriptors(for slots: Int) -> Int {
    let nothing = systemOpen("/dev/null", O_RDONLY | O_CLOEXEC)
    if nothing >= 0 {
      for number in [progressDescriptor, lockDescriptor] where fcntl(number, F_GETFD) < 0 {
        dup2(nothing, number)
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
      }
      if nothing != progressDescriptor && nothing != lockDescriptor { close(nothing) }
    }
    var limit = rlimit()
    guard getrlimit(descriptorLimit, &limit) == 0 else { return slots }
    let needed = rlim_t(slots * perSlot + spare)
    if limit.rlim_cur < needed {
      limit.rlim_cur = min(needed, limit.rlim_max)
      setrlimit(descriptorLimit, &limit)
      getrlimit(descriptorLimit, &limit)
    }
    return limit.rlim_cur >= needed ? slots : max(1, (Int(limit.rlim_cur) - spare) / perSlot)
  }

  /// What a slot keeps open, with what its task reads; and what everything else may.
  private static let perSlot = 6
  private static let spare = 64

  /// The variables of this process but for those that are the task's own, as C wants them.
  private let inherited: [UnsafeMutablePointer<CChar>]
  private let path: String
  /// Where programs are, as far as they have been looked for.
  private var programs: [String: String] = [:]
  private let attributes = SpawnAttributes()

  private static let own: Set<String> = ["FS_TASK_ID", "FS_ATTEMPT", "FS_DEADLINE", "FS_PROGRESS_FD", "FS_QUEUE_HOME"]

  /// What programs need, and what is told to each task.
  private static let needed: Set<String> = [
    "PATH", "HOME", "USER", "SHELL", "LANG", "LC_ALL", "TZ", "TMPDIR", "FS_PROGRESS_FD", "FS_QUEUE_HOME",
  ]

  init(home: String) {
    var variables = Spawn.environment.filter { !Spawn.own.contains($0.key) }
    // Cron knows few folders: what stands beside this program is found all the same, after everything else.
    var path = variables["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    if let own = systemExecutablePath() {
      let beside = Folder.parent(of: own)
      if !path.split(separator: ":").contains(Substring(beside)) { path += ":" + beside }
    }
    variables["PATH"] = path
    self.path = path
    variables["FS_PROGRESS_FD"] = String(Spawn.progressDescriptor)
    variables["FS_QUEUE_HOME"] = home
    inherited = variables.map { strdup("\($0.key)=\($0.value)")! }
  }

  deinit { for variable in inherited { free(variable) } }

  /// Starts a task; its process leads a group.
  func start(_ task: ClaimedTask, _ descriptors: Descriptors, deadline: Double?) throws(Failure) -> pid_t {
    guard let name = task.arguments.first else { throw Failure(message: "there is no program") }
    guard let program = program(name, task.environment["PATH"]) else {
      throw Failure(message: "\(name): no such program")
    }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (from, to) in [
      (descriptors.input, 0), (descriptors.output, 1), (descriptors.errors, 2),
      (descriptors.lock, Spawn.lockDescriptor),
      (descriptors.progress, Spawn.progressDescriptor),
    ] { posix_spawn_file_actions_adddup2(&actions, from, to) }
    fs_spawn_chdir(&actions, task.folder)
    var extra: [String: String] = task.environment
    extra["FS_TASK_ID"] = String(task.id)
    extra["FS_ATTEMPT"] = String(task.attempt)
    if let deadline { extra["FS_DEADLINE"] = String(Int64(deadline)) }
    let own = extra.map { strdup("\($0.key)=\($0.value)") }
    var variables = own + inheritedVariables(without: task.environment, isClean: task.hasCleanEnvironment) + [nil]
    var names = task.arguments.map { strdup($0) } + [nil]
    defer {
      for text in own { free(text) }
      for text in names { free(text) }
    }
    var child: pid_t = 0
    let code = posix_spawn(&child, program, &actions, attributes.pointer, &names, &variables)
    guard code == 0 else { throw Failure(message: "\(name): \(systemErrorText(code))\(Spawn.hint(code, task.folder))") }
    return child
  }

  private static func hint(_ code: Int32, _ folder: String) -> String {
    switch code {
    case ENOENT where access(folder, F_OK) != 0: " (the folder \(folder) is gone)"
    case ENOEXEC: " (a script needs #! in its first line, or sh before it)"
    default: ""
    }
  }

  private func inheritedVariables(
    without replaced: [String: String], isClean: Bool
  ) -> [UnsafeMutablePointer<CChar>?] {
    if replaced.isEmpty && !isClean { return inherited }
    return inherited.filter { variable in
      let length = strcspn(variable, "=")
      let key = String(decoding: UnsafeRawBufferPointer(start: variable, count: length), as: UTF8.self)
      return replaced[key] == nil && (!isClean || Spawn.needed.contains(key))
    }
  }

  /// Where a program is: looked for in the folders of PATH, as a shell would.
  private func program(_ name: String, _ ownPath: String?) -> String? {
    if name.isEmpty || name.contains("/") { return name }
    if ownPath == nil, let known = programs[name], access(known, X_OK) == 0 { return known }
    for folder in (ownPath ?? path).split(separator: ":", omittingEmptySubsequences: false) {
      let candidate = folder.isEmpty ? name : "\(folder)/\(name)"
      var status = stat()
      guard stat(candidate, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(candidate, X_OK) == 0 else {
        continue
      }
      if ownPath == nil, candidate.hasPrefix("/"), programs.count < 1000 { programs[name] = candidate }
      return candidate
    }
    return nil
  }

  /// The environment of this process.
  static let environment: [String: String] = {
    var result: [String: String] = [:]
    var entry: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
    while let text = entry?.pointee {
      let line = String(cString: text)
      if let equals = line.firstIndex(of: "=") {
        result[String(line[..<equals])] = String(line[line.index(after: equals)...])
      }
      entry = entry?.advanced(by: 1)
    }
    return result
  }()
}

/// A group of its own, and the signals as a program expects them.
private final class SpawnAttributes {
  let pointer = UnsafeMutablePointer<SpawnAttributesValue>.allocate(capacity: 1)

  init() {
    #if canImport(Darwin)
      pointer.initialize(to: nil)
    #else
      pointer.initialize(to: posix_spawnattr_t())
    #endif
    posix_spawnattr_init(pointer)
    posix_spawnattr_setpgroup(pointer, 0)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(pointer, &signals)
    // All: the C library would look at each of the others.
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(pointer, &signals)
    posix_spawnattr_setflags(pointer, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
  }

  deinit {
    posix_spawnattr_destroy(pointer)
    pointer.deallocate()
  }
}

#if canImport(Darwin)
  private typealias SpawnAttributesValue = posix_spawnattr_t?
#else
  private typealias SpawnAttributesValue = posix_spawnattr_t
#endif
