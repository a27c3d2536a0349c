import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// Which metrics, and of when.
struct WindowOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The metric, or a pattern such as run_* (default: all).", valueName: "name")) var metric:
    String?
  @Option(help: ArgumentHelp("So long until now, 1s to 366d.", valueName: "span")) var last = TimeSpan.seconds(86_400)
  @Option(
    help: ArgumentHelp("Only series with this label; several times for more.", valueName: "name=value")) var label:
    [String] = []

  mutating func validate() throws {
    guard (1...31_622_400).contains(last.seconds) else { throw ValidationError("--last must be 1s to 366d") }
    guard label.allSatisfy({ $0.contains("=") }) else { throw ValidationError("--label must be name=value") }
  }

  var selection: MetricsStore.Selection {
    var labels: [String: String] = [:]
    for text in label {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      labels[String(parts[0])] = String(parts[1])
    }
    return MetricsStore.Selection(name: metric, labels: labels)
  }

  /// Nanoseconds since 1970.
  var span: Range<Int64> {
    let now = SystemClock.wallNanoseconds
    return now - Int64(last.seconds * 1e9)..<now + 1
  }
}

/// How records are written.
struct RecordOutputOptions: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "Write to this file, whole or not at all, instead of standard output; its name tells the format.",
    completion: .file())
  var output = "-"
  @Flag(help: "Write records instead of a table, also to a terminal.") var json = false
  @Flag(name: .shortAndLong, help: "Print errors only.") var quiet = false

  /// Whether people read it.
  var isForPeople: Bool { output == "-" && !json && Terminal.isTerminal(1) }

  /// Writes records, in the format that the name of the output or the environment tells.
  func write(_ records: [JSONValue]) throws {
    let printer = try RecordPrinter(try ByteSink(path: output), try FormatName.chosen(nil, output: output), schema: nil)
    for record in records { try printer.print(record) }
    try printer.finish()
  }
}
