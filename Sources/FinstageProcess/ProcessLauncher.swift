import CPlatform
import FinstageSystem

/// What is to be started.
package struct Program: Sendable {
  /// The program and its arguments.
  package var arguments: [String]
  /// Where it runs.
  package var folder: String
  /// Variables beside those that the launcher gives to every program.
  package var environment: [String: String]
  /// It gets only the variables above and the few that any program needs, not those of this process.
  package var hasCleanEnvironment: Bool

  package init(
    arguments: [String], folder: String, environment: [String: String] = [:], hasCleanEnvironment: Bool = false
  ) {
    self.arguments = arguments
    self.folder = folder
    self.environment = environment
    self.hasCleanEnvironment = hasCleanEnvironment
  }
}

/// Starts programs in sessions of their own, with the signals as a program expects them. Such a program leads a process group and has no
/// terminal: one that asks for a password there fails at once instead of being stopped.
package final class ProcessLauncher {
  /// Why a program was not started.
  package struct Failure: ExitError {
    package var exitStatus: ExitStatus { .unavailable }
    package let sentence: String

    package init(_ sentence: String) { self.sentence = sentence }
  }

  /// The variables of this process but for those that are a program's own, as C wants them.
  private let inherited: [UnsafeMutablePointer<CChar>]
  private let path: String
  /// What a clean environment keeps.
  private let needed: Set<String>
  /// The paths of programs that have been found so far.
  private var programs: [String: String] = [:]
  /// Descriptors from here on are closed in a new process before it is the program: a lock belongs there that must not live on in the processes of others,
  /// not even for the moment between the return of `start` and the end of exec.
  package static let firstOwn: Int32 = 201

  private static let needed: Set<String> = ["PATH", "HOME", "USER", "SHELL", "LANG", "LC_ALL", "TZ", "TMPDIR"]

  /// - Parameters:
  ///   - shared: variables that every program gets.
  ///   - hidden: variables of this process that no program inherits.
  package init(shared: [String: String] = [:], hidden: Set<String> = []) {
    var variables = Environment.all.filter { !hidden.contains($0.key) }
    // Cron knows few folders: programs beside this one are found all the same, after everything else.
    var path = variables["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    if let own = systemExecutablePath() {
      let beside = Folder.parent(of: own)
      if !path.split(separator: ":").contains(Substring(beside)) { path += ":" + beside }
    }
    variables["PATH"] = path
    self.path = path
    variables.merge(shared) { _, new in new }
    needed = ProcessLauncher.needed.union(shared.keys)
    inherited = variables.map { ByteText.copy("\($0.key)=\($0.value)") }
  }

  deinit { for variable in inherited { free(variable) } }

  /// Starts a program; its process leads a session and a group.
  /// - Parameter descriptors: which descriptor of this process becomes which one of the program. It gets no others that are closed by exec, as all are that
  ///   this process opens; a process that starts programs of others closes those that it was started with, too (`fs_inherit_nothing`).
  package func start(_ program: Program, descriptors: [(from: Int32, to: Int32)]) throws -> pid_t {
    guard let name = program.arguments.first else { throw Failure("no program is named") }
    guard let file = file(of: name, program.environment["PATH"]) else { throw Failure("\(name): no such program") }
    let own = program.environment.map { ByteText.copy("\($0.key)=\($0.value)") as UnsafeMutablePointer<CChar>? }
    var variables = own + inheritedVariables(program) + [nil]
    var names = program.arguments.map { ByteText.copy($0) as UnsafeMutablePointer<CChar>? } + [nil]
    defer {
      for text in own { free(text) }
      for text in names { free(text) }
    }
    var child: pid_t = 0
    let code = ByteText.withCString(file) { file in
      ByteText.withCString(program.folder) { folder in
        spawn(&child, file, &names, &variables, folder, descriptors)
      }
    }
    guard code == 0 else {
      throw Failure("\(name): \(systemErrorText(code))\(ProcessLauncher.hint(code, program.folder))")
    }
    return child
  }

  private typealias CTexts = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

  #if os(Linux)
    /// The signals whose handling a program must not inherit; asked for with the first start, when all handlers are there.
    private lazy var changedSignals: [Int32] = {
      var numbers = [Int32](repeating: 0, count: 64)
      let count = fs_changed_signals(&numbers, 64)
      return Array(numbers.prefix(Int(count)))
    }()

    private func spawn(
      _ child: inout pid_t, _ file: UnsafePointer<CChar>, _ arguments: CTexts, _ variables: CTexts,
      _ folder: UnsafePointer<CChar>, _ descriptors: [(from: Int32, to: Int32)]
    ) -> Int32 {
      let (from, to) = (descriptors.map(\.from), descriptors.map(\.to))
      return fs_spawn(
        &child, file, arguments, variables, folder, from, to, Int32(from.count), ProcessLauncher.firstOwn,
        changedSignals,
        Int32(changedSignals.count))
    }
  #else
    private let attributes = SpawnAttributes()

    private func spawn(
      _ child: inout pid_t, _ file: UnsafePointer<CChar>, _ arguments: CTexts, _ variables: CTexts,
      _ folder: UnsafePointer<CChar>, _ descriptors: [(from: Int32, to: Int32)]
    ) -> Int32 {
      var actions: posix_spawn_file_actions_t?
      posix_spawn_file_actions_init(&actions)
      defer { posix_spawn_file_actions_destroy(&actions) }
      for (from, to) in descriptors { posix_spawn_file_actions_adddup2(&actions, from, to) }
      _ = fs_spawn_chdir(&actions, folder)
      return posix_spawn(&child, file, &actions, attributes.pointer, arguments, variables)
    }
  #endif

  private static func hint(_ code: Int32, _ folder: String) -> String {
    switch code {
    case ENOENT where access(folder, F_OK) != 0: " (the folder \(folder) is gone)"
    case ENOEXEC: " (a script needs #! in its first line, or sh before it)"
    default: ""
    }
  }

  private func inheritedVariables(_ program: Program) -> [UnsafeMutablePointer<CChar>?] {
    if program.environment.isEmpty && !program.hasCleanEnvironment { return inherited }
    return inherited.filter { variable in
      let length = strcspn(variable, "=")
      let key = String(decoding: UnsafeRawBufferPointer(start: variable, count: length), as: UTF8.self)
      return program.environment[key] == nil && (!program.hasCleanEnvironment || needed.contains(key))
    }
  }

  /// The path of a program, found in the folders of PATH as a shell would find it.
  private func file(of name: String, _ ownPath: String?) -> String? {
    if name.isEmpty || name.contains("/") { return name }
    if ownPath == nil, let known = programs[name], access(known, X_OK) == 0 { return known }
    for folder in (ownPath ?? path).split(separator: ":", omittingEmptySubsequences: false) {
      let candidate = folder.isEmpty ? name : "\(folder)/\(name)"
      var status = stat()
      guard ByteText.withCString(candidate, { stat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFREG,
        access(candidate, X_OK) == 0
      else {
        continue
      }
      if ownPath == nil, candidate.hasPrefix("/"), programs.count < 1000 { programs[name] = candidate }
      return candidate
    }
    return nil
  }
}

#if !os(Linux)
  /// Attributes of a new process: a session and with it a process group of its own, and the default signal handling that a program expects.
  private final class SpawnAttributes {
    let pointer = UnsafeMutablePointer<posix_spawnattr_t?>.allocate(capacity: 1)

    init() {
      pointer.initialize(to: nil)
      posix_spawnattr_init(pointer)
      var signals = sigset_t()
      sigemptyset(&signals)
      posix_spawnattr_setsigmask(pointer, &signals)
      sigfillset(&signals)
      posix_spawnattr_setsigdefault(pointer, &signals)
      posix_spawnattr_setflags(
        pointer, Int16(SpawnAttributes.newSession | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    }

    /// POSIX_SPAWN_SETSID.
    private static let newSession: Int32 = 0x0400

    deinit {
      posix_spawnattr_destroy(pointer)
      pointer.deallocate()
    }
  }
#endif
