import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// The time that is looked at: a span that ends now.
struct SpanOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How far to look back, 1s to 366d.", valueName: "span")) var last = TimeSpan.seconds(
    86_400)

  mutating func validate() throws {
    guard (1...31_622_400).contains(last.seconds) else { throw ValidationError("--last must be 1s to 366d") }
  }

  /// Nanoseconds since 1970.
  var span: Range<Int64> {
    let now = SystemClock.wallNanoseconds
    return now - Int64(last.seconds * 1e9)..<now + 1
  }
}

/// Which metrics, and of when.
struct WindowOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The metric, or a pattern such as run_* (default: all).", valueName: "name")) var metric:
    String?
  @OptionGroup var time: SpanOptions
  @Option(
    help: ArgumentHelp("Only series with this label; several times for more.", valueName: "name=value")) var label:
    [String] = []

  mutating func validate() throws {
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
  var span: Range<Int64> { time.span }
}

/// How records are written by commands that show people a table.
struct RecordOutputOptions: ParsableArguments {
  @OptionGroup var place: OutputOption
  @Flag(help: "Write records instead of a table, also to a terminal.") var json = false

  /// Whether people read it.
  var isForPeople: Bool { place.output == "-" && !json && Terminal.isTerminal(1) }

  /// Writes records, in the format that the name of the output or the environment tells.
  func write(_ records: [JSONValue]) throws { try place.write(records) }
}
