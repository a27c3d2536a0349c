import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Runs programs as whole processes.
public enum Run {
  public struct Result: Sendable {
    public var output: [UInt8]
    public var errors: String
    /// The exit status, or 128 + the number of the signal that ended it.
    public var status: Int32
    public var seconds: Double
    public var cpuSeconds: Double
    public var peakMemoryBytes: Int

    public var text: String { String(decoding: output, as: UTF8.self) }
    public var lines: [Substring] { text.split(separator: "\n") }
  }

  public struct Failure: Error {
    public let message: String
    public init(message: String) { self.message = message }
  }

  /// The folder of the executables under test: FINSTAGE_BIN, or where this one was built.
  public static var binaries: String {
    if let named = getenv("FINSTAGE_BIN") { return String(cString: named) }
    #if canImport(Darwin)
      let own = CommandLine.arguments[0]
    #else
      let own = String(cString: realpath("/proc/self/exe", nil)!)
    #endif
    return String(own[..<(own.lastIndex(of: "/") ?? own.startIndex)])
  }

  /// The folder of the package.
  public static let package: String = {
    // Tests/TestSupport/Run.swift
    var path = #filePath
    for _ in 0..<3 { path = String(path[..<path.lastIndex(of: "/")!]) }
    return path
  }()

  /// Runs a tool of the package to its end.
  public static func tool(
    _ name: String, _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> Result {
    try command("\(binaries)/\(name)", arguments, input: input, environment: environment)
  }

  public static func tool(
    _ name: String, _ arguments: [String], input: String, environment: [String: String] = [:]
  ) throws -> Result {
    try tool(name, arguments, input: Array(input.utf8), environment: environment)
  }

  /// Runs a script of bash, with the tools under test first in PATH. No file that it writes can pass 1 GiB.
  public static func shell(_ line: String, folder: String? = nil, environment: [String: String] = [:]) throws -> Result
  {
    let place = "ulimit -f 1048576\n" + (folder.map { "cd '\($0)' || exit 70\n" } ?? "")
    return try command("/bin/bash", ["-c", place + line], environment: environment)
  }

  /// Runs a program to its end.
  public static func command(
    _ path: String, _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:],
    outputPath: String? = nil
  ) throws -> Result {
    // Files and no pipes: nothing can block, however much is written.
    let inputFile = try scratch()
    let outputFile =
      try outputPath.map { path in
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        if descriptor < 0 { throw Failure(message: "\(path) cannot be opened") }
        return descriptor
      } ?? scratch()
    let errorFile = try scratch()
    defer { for descriptor in [inputFile, outputFile, errorFile] { close(descriptor) } }
    input.withUnsafeBytes { _ = RawIO.write(inputFile, $0.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!, $0.count) }
    lseek(inputFile, 0, SEEK_SET)
    let start = now()
    let process = try spawn(path, arguments, environment, inputFile, outputFile, errorFile)
    let (status, usage) = wait(process)
    let seconds = now() - start
    lseek(outputFile, 0, SEEK_SET)
    lseek(errorFile, 0, SEEK_SET)
    func time(_ value: timeval) -> Double { Double(value.tv_sec) + Double(value.tv_usec) / 1e6 }
    #if canImport(Darwin)
      let unit = 1
    #else
      let unit = 1024
    #endif
    return Result(
      output: outputPath == nil ? Files.readAll(outputFile) : [],
      errors: String(decoding: Files.readAll(errorFile), as: UTF8.self),
      status: status, seconds: seconds, cpuSeconds: time(usage.ru_utime) + time(usage.ru_stime),
      peakMemoryBytes: Int(usage.ru_maxrss) * unit)
  }

  public static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// An open file without a name.
  private static func scratch() throws -> Int32 {
    var template = Array("/tmp/finstage-run-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    if descriptor < 0 { throw Failure(message: "no scratch file") }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }

  static func spawn(
    _ path: String, _ arguments: [String], _ environment: [String: String], _ input: Int32, _ output: Int32,
    _ errors: Int32
  ) throws -> pid_t {
    var variables: [String: String] = ["SWIFT_BACKTRACE": "enable=no", "LC_ALL": "C"]
    for name in ["HOME", "TMPDIR", "LD_LIBRARY_PATH", "FINSTAGE_SAMPLES"] {
      if let value = getenv(name) { variables[name] = String(cString: value) }
    }
    variables["PATH"] = "\(binaries):" + (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin")
    // Nothing of the user's is touched, and no run sees what another has left, unless the test says so.
    if environment["FINSTAGE_HOME"] == nil { variables["FINSTAGE_HOME"] = Homes.next() }
    variables.merge(environment) { _, new in new }

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
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    // The test runner may ignore or block signals: its children begin with the defaults.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for number in [SIGPIPE, SIGINT, SIGTERM] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    let argv = ([path] + arguments).map { strdup($0) } + [nil]
    let envp = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var process = pid_t()
    let code = posix_spawn(&process, path, &actions, &attributes, argv, envp)
    if code != 0 { throw Failure(message: "\(path): \(String(cString: strerror(code)))") }
    return process
  }

  static func wait(_ process: pid_t) -> (Int32, rusage) {
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
    let signal = status & 0x7F
    return (signal == 0 ? (status >> 8) & 0xFF : 128 + signal, usage)
  }
}

/// A home for each run, removed when the tests have ended.
enum Homes {
  private static let counter = Atomic(0)

  private static let folder: String = {
    var template = Array("/tmp/finstage-homes-XXXXXX".utf8CString)
    let path = String(cString: mkdtemp(&template)!)
    atexit {
      let command = "rm -rf '\(Homes.folder)'"
      _ = system(command)
    }
    return path
  }()

  static func next() -> String { "\(folder)/\(counter.add(1, ordering: .relaxed).newValue)" }
}

/// A running process that a test talks to through pipes.
public final class Child {
  public let process: pid_t
  private var input: Int32
  private let output: Int32
  private var buffer: [UInt8] = []
  private var isReaped = false

  /// - Parameter mergesErrors: whether its standard error is read with its output.
  public convenience init(
    tool name: String, _ arguments: [String], environment: [String: String] = [:], mergesErrors: Bool = false
  ) throws {
    try self.init(path: "\(Run.binaries)/\(name)", arguments, environment: environment, mergesErrors: mergesErrors)
  }

  public init(
    path: String, _ arguments: [String], environment: [String: String] = [:], mergesErrors: Bool = false
  ) throws {
    var toChild: [Int32] = [0, 0]
    var fromChild: [Int32] = [0, 0]
    guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else { throw Run.Failure(message: "no pipe") }
    for descriptor in toChild + fromChild { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    process = try Run.spawn(
      path, arguments, environment, toChild[0], fromChild[1], mergesErrors ? fromChild[1] : 2)
    close(toChild[0])
    close(fromChild[1])
    input = toChild[1]
    output = fromChild[0]
  }

  deinit {
    if !isReaped {
      Self.kill(process, SIGKILL)
      _ = Run.wait(process)
    }
    closeInput()
    close(output)
  }

  private static func kill(_ process: pid_t, _ number: Int32) { sendSignal(process, number) }

  public func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { RawIO.write(input, $0.baseAddress!, $0.count) }
  }

  public func closeInput() {
    if input >= 0 { close(input) }
    input = -1
  }

  public func signal(_ number: Int32) { Self.kill(process, number) }

  /// The next line, waited for until the deadline; nil at the end of output or past the deadline.
  public func line(within seconds: Double = 10) -> String? {
    let deadline = Run.now() + seconds
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: buffer[..<end], as: UTF8.self)
        buffer.removeSubrange(...end)
        return line
      }
      var ready = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      let left = deadline - Run.now()
      if left <= 0 || poll(&ready, 1, Int32(left * 1000)) <= 0 { return nil }
      var block = [UInt8](repeating: 0, count: 1 << 16)
      let count = block.withUnsafeMutableBytes { RawIO.read(output, $0.baseAddress!, $0.count) }
      if count <= 0 { return nil }
      buffer.append(contentsOf: block[..<count])
    }
  }

  /// Everything still to come.
  public func rest() -> [UInt8] {
    let all = buffer + Files.readAll(output)
    buffer = []
    return all
  }

  /// Sends a signal again and again until the process has ended: signals that come too fast are merged into one.
  public func signalUntilEnd(_ number: Int32) -> Int32 {
    isReaped = true
    var status: Int32 = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      Self.kill(process, number)
      sched_yield()
    }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }

  /// Waits for the end. The exit status, or 128 + the signal.
  public func wait() -> Int32 {
    isReaped = true
    return Run.wait(process).0
  }
}

private func sendSignal(_ process: pid_t, _ number: Int32) { kill(process, number) }
