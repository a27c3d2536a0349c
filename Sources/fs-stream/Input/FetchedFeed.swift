import FinstageCore
import FinstageProcess
import FinstageSystem

/// Quotes that `fs-fetch` asks for again and again: a program beside this one, with its manners and its cache.
final class FetchedFeed {
  private(set) var symbols: [String]
  private let every: TimeSpan
  private let options: [String]
  private let launcher = ProcessLauncher()
  private var process: pid_t = 0
  private var readEnd: Int32 = -1
  private static let name = "fs-fetch"

  init(_ symbols: [String], every: TimeSpan, options: [String]) {
    self.symbols = FetchedFeed.distinct(symbols)
    self.every = every
    self.options = options
  }

  deinit { stop() }

  private static func distinct(_ symbols: [String]) -> [String] {
    var seen: Set<String> = []
    return symbols.filter { seen.insert($0).inserted }
  }

  var isRunning: Bool { process > 0 }

  /// Adds symbols, and asks for all of them.
  func start(adding more: [String] = []) throws -> DescriptorSource {
    stop()
    symbols = FetchedFeed.distinct(symbols + more)
    guard let ends = systemPipe() else { throw ToolFailure(.io, "no pipe: \(systemErrorText(errno))") }
    defer { systemClose(ends.write) }
    readEnd = ends.read
    let nothing = systemOpen("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { systemClose(nothing) }
    let arguments =
      [FetchedFeed.name, "--quote", "--every", every.text] + options + ["--"] + symbols
    process = try launcher.start(
      Program(arguments: arguments, folder: "."), descriptors: [(nothing, 0), (ends.write, 1), (2, 2)])
    return DescriptorSource(descriptor: ends.read, name: FetchedFeed.name)
  }

  /// Leaves symbols out from now on.
  func remove(_ some: [String]) { symbols.removeAll { some.contains($0) } }

  /// Ends the program; it has nothing to lose.
  func stop() {
    guard process > 0 else { return }
    systemKill(process, SIGTERM)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    process = 0
    systemClose(readEnd)
  }

  /// Waits for a program that has closed its output. Returns what is to be said of it.
  func collect() -> String {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    process = 0
    systemClose(readEnd)
    let code = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    return "\(FetchedFeed.name) has ended with status \(code)"
  }
}
