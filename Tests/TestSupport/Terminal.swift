import CTerminal

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A program in a terminal of its own: what a person would type, and what that person would see.
public final class Terminal {
  private let descriptor: Int32
  private let process: pid_t
  /// Everything that the program has printed so far.
  public private(set) var screen = ""

  /// Starts a program. Its session has the terminal; the environment is just what is given.
  public init(_ arguments: [String], environment: [String: String], folder: String) throws {
    let argv = arguments.map { strdup($0) } + [nil]
    let envp = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { (argv + envp).forEach { free($0) } }
    var other: Int32 = -1
    process = ct_start(&other, folder, argv, envp)
    descriptor = other
    guard process > 0 else { throw Failure(what: "there is no terminal") }
  }

  public struct Failure: Error { public let what: String }

  /// Types something.
  public func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }

  /// Waits until all of these texts have been printed since the last call that succeeded; false after so many seconds.
  public func shows(_ texts: [String], within seconds: Int = 20) -> Bool {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let end = now.tv_sec + seconds
    while !texts.allSatisfy(screen.contains) {
      clock_gettime(CLOCK_MONOTONIC, &now)
      var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard now.tv_sec < end else { return false }
      guard poll(&poller, 1, 500) > 0 else { continue }
      var buffer = [UInt8](repeating: 0, count: 65536)
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return false }
      screen += String(decoding: buffer[..<count], as: UTF8.self)
    }
    return true
  }

  /// Forgets what has been printed so far.
  public func clear() { screen = "" }

  deinit {
    kill(-process, SIGKILL)
    kill(process, SIGKILL)
    close(descriptor)
    waitpid(process, nil, 0)
  }
}
