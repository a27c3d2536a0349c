import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageStore
import FinstageSystem

/// `fs-metrics memory watch -- CMD`: the memory of a command and of all that it starts.
struct MemoryWatch: Tool {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Run a command, warn when it takes too much memory, and make room when the machine has little.",
    discussion: """
      When the memory of the machine is used to 85 % (--auto), expired entries of the caches are deleted, once a minute at most, and the freed space is reported. A hit rate of the caches under 30 % is reported once.
      The exit status is that of the command.

      EXAMPLES:
        fs-metrics memory watch --threshold 500MB -- sh -c 'fs-fetch - < symbols.txt | fs-indicators --all > out.ndjson'
      """)
  @Option(help: ArgumentHelp("Warn above this, 1MiB to 1TiB.", valueName: "size")) var threshold = ByteSize(
    bytes: 500 << 20)
  @Option(
    help: ArgumentHelp(
      "The percentage of the machine's memory at which expired cache entries are deleted, 1 to 100.",
      valueName: "percent")) var auto =
    85
  @Option(help: ArgumentHelp("How often to look, 100ms to 1h.", valueName: "span")) var every = TimeSpan.seconds(1)
  @Argument(parsing: .postTerminator, help: ArgumentHelp("The command.", valueName: "command")) var command: [String]

  mutating func validate() throws {
    guard (1 << 20...1 << 40).contains(threshold.bytes) else {
      throw ValidationError("--threshold must be 1MiB to 1TiB")
    }
    guard (1...100).contains(auto) else { throw ValidationError("--auto must be 1 to 100") }
    guard (0.1...3600).contains(every.seconds) else { throw ValidationError("--every must be 100ms to 1h") }
    guard !command.isEmpty else { throw ValidationError("a command is missing: fs-metrics memory watch -- COMMAND") }
  }

  private static let shrinkInterval = 60.0

  mutating func execute() throws -> ExitStatus {
    let diagnostics = Diagnostics(tool: "fs-metrics memory watch")
    let threshold = threshold, auto = Double(auto)
    var isAbove = false
    var largest = 0
    var nextShrink = 0.0
    if let rate = MemoryState().hitRate, rate < 30 {
      diagnostics.warning("low hit rate of the caches: \(JSONValue.rounded(rate, 1).text) %")
    }
    let status = try WatchedCommand.run(command, every: every.seconds) { bytes in
      largest = max(largest, bytes)
      if bytes > threshold.bytes, !isAbove {
        diagnostics.warning("\(ByteSize(bytes: bytes).text) of memory, more than \(threshold.text)")
      }
      isAbove = bytes > threshold.bytes
      guard SystemClock.monotonic >= nextShrink, let percent = MemoryState().percent, percent >= auto,
        let cache = MemoryState.cache
      else { return }
      nextShrink = SystemClock.monotonic + MemoryWatch.shrinkInterval
      let before = (try? cache.sizes().reduce(0) { $0 + $1.bytes }) ?? 0
      let gone = (try? cache.purgeExpired()) ?? 0
      let after = (try? cache.sizes().reduce(0) { $0 + $1.bytes }) ?? 0
      diagnostics.warning(
        "memory at \(JSONValue.rounded(percent, 1).text) %: \(gone) expired entries of the caches went (\(ByteSize(bytes: max(0, before - after)).text))"
      )
    }
    diagnostics.warning("at most \(ByteSize(bytes: largest).text)")
    if status != 0 { throw ExitCode(status) }
    return .done
  }
}
