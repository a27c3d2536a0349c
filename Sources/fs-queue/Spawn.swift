import CSpawn
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
enum Spawn {
  /// The descriptor that a task's processes inherit so that the kernel knows whether any is left.
  static let lockDescriptor: Int32 = 200
  /// Where a task may say how far it is; a single digit, since some shells know no others.
  static let progressDescriptor: Int32 = 3

  struct Failure: Error {
    let message: String
  }

  /// - Parameters:
  ///   - input: a descriptor to read from.
  ///   - lock, progress: become the descriptors above.
  static func start(
    _ arguments: [String], in folder: String, environment: [String: String], input: Int32, output: Int32, errors: Int32,
    lock: Int32, progress: Int32
  ) throws(Failure) -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (from, to) in [(input, 0), (output, 1), (errors, 2), (lock, lockDescriptor), (progress, progressDescriptor)] {
      posix_spawn_file_actions_adddup2(&actions, from, to)
    }
    fs_spawn_chdir(&actions, folder)
    // A group of its own, and the signals as a program expects them.
    posix_spawnattr_setpgroup(&attributes, 0)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for number in [SIGINT, SIGTERM, SIGPIPE, SIGXFSZ, SIGCHLD, SIGHUP, SIGQUIT] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var names = arguments.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      for name in names { free(name) }
      for variable in variables { free(variable) }
    }
    var child: pid_t = 0
    let code = posix_spawnp(&child, arguments[0], &actions, &attributes, &names, &variables)
    guard code == 0 else { throw Failure(message: "\(arguments[0]): \(String(cString: strerror(code)))") }
    return child
  }

  /// The environment of this process.
  static let ownEnvironment: [String: String] = {
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

  /// When a process started, in ticks since the machine did: with its number, who it is. 0 where that cannot be known.
  static func startTime(of process: pid_t) -> Int64 {
    guard let bytes = try? read("/proc/\(process)/stat") else { return 0 }
    // The name of the program is in parentheses and may have anything in it.
    let text = String(decoding: bytes, as: UTF8.self)
    guard let close = text.lastIndex(of: ")") else { return 0 }
    let fields = text[text.index(after: close)...].split(separator: " ")
    return fields.count > 19 ? Int64(fields[19]) ?? 0 : 0
  }

  private static func read(_ path: String) throws -> [UInt8] {
    let source = try DescriptorSource(path: path)
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = try bytes.withUnsafeMutableBytes { try source.read(into: $0) }
    return Array(bytes[..<count])
  }
}
