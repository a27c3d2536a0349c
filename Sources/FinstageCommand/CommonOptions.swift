import ArgumentParser
import FinstageCore
import FinstageSystem

/// When to colour messages.
package enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never

  /// Whether to colour messages. `auto` colours them if stderr is a terminal and NO_COLOR is not set.
  package var isOn: Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: Terminal.isTerminal(2) && Environment["NO_COLOR"] == nil
    }
  }
}

/// Options that every tool has.
package struct CommonOptions: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "Write to this file instead of standard output; it appears complete or not at all.", completion: .file())
  package var output = "-"

  @Flag(help: "Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.")
  package var stats = false

  @Flag(name: .shortAndLong, help: "Print errors only.")
  package var quiet = false

  @Flag(name: .shortAndLong, help: "Print more messages.")
  package var verbose = false

  @Option(help: "Colour messages: auto, always, never.")
  package var color = ColorChoice.auto

  package init() {}

  package func diagnostics(for tool: String) -> Diagnostics {
    var diagnostics = Diagnostics(tool: tool)
    diagnostics.isQuiet = quiet
    diagnostics.isVerbose = verbose
    diagnostics.usesColor = color.isOn
    return diagnostics
  }

  /// Opens the output, whatever its format.
  package func anySink() throws -> ByteSink { try ByteSink(path: output) }

  /// A printer of records, in the format that an option, the name of the output or the environment tells.
  package func printer(
    _ named: FormatName? = nil, schema: [(name: String, type: DataType)]? = nil
  ) throws -> RecordPrinter {
    let format = try FormatName.chosen(named, output: output)
    return try RecordPrinter(try anySink(), format, schema: schema)
  }

  /// Writes records, in the format that the name of the output or the environment tells.
  package func write(_ records: [JSONValue], schema: [(name: String, type: DataType)]? = nil) throws {
    let printer = try printer(schema: schema)
    for record in records { try printer.print(record) }
    try printer.finish()
  }

  /// A printer of bars, in the format that an option, the name of the output or the environment tells.
  package func barPrinter(_ named: FormatName? = nil) throws -> BarPrinter {
    let format = try FormatName.chosen(named, output: output)
    return try BarPrinter(try anySink(), format)
  }
}

/// The name of a format on the command line.
package struct FormatName: ExpressibleByArgument {
  package let format: FrameFormat

  package init?(argument: String) {
    guard let known = FrameFormat.named(argument) else { return nil }
    format = known
  }

  package static var allValueStrings: [String] { FrameFormat.all.map(\.name) }
  package var defaultValueDescription: String { format.name }

  /// The format chosen by an option, the name of the output or the environment, in this order.
  package static func chosen(
    _ named: FormatName?, output: String, standard: String = "ndjson"
  ) throws -> FrameFormat {
    if let named { return named.format }
    if output != "-", let known = FrameFormat.of(path: output) { return known }
    if let name = Environment["FS_FORMAT"] {
      guard let known = FrameFormat.named(name) else {
        let names = FrameFormat.all.map(\.name).joined(separator: ", ")
        throw ToolFailure(.badConfiguration, "FS_FORMAT=\(name): there is no such format (known formats: \(names))")
      }
      return known
    }
    return FrameFormat.named(standard)!
  }
}

/// Options of tools that read records.
package struct RecordInputOptions: ParsableArguments {
  @Option(help: "Bad records: stop at the first, skip them, or pass them through.")
  package var onError = BadRecordPolicy.stop

  @Flag(help: "Write each line as soon as its input line is complete (the default on a terminal).")
  package var lineBuffered = false

  @Argument(help: "Files to read, one after the other; - is standard input, the default.", completion: .file())
  package var files: [String] = []

  package init() {}
}

extension BadRecordPolicy: ExpressibleByArgument {}
