import ArgumentParser
import FinstageCore
import FinstageSystem

/// When to colour messages.
package enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never

  /// Whether to colour messages. `auto` colours them if stderr is a terminal and NO_COLOR is not set.
  package var isOn: Bool { isOn(2) }

  /// Whether to colour what is written to a descriptor.
  package func isOn(_ descriptor: Int32) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: Terminal.isTerminal(descriptor) && Environment["NO_COLOR"] == nil
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
    _ named: FormatName? = nil, schema: [(name: String, type: DataType)]? = nil, _ columnar: ColumnarOptions? = nil
  ) throws -> RecordPrinter {
    let format = try FormatName.chosen(named, output: output)
    return try RecordPrinter(try anySink(), format, schema: schema, try options(columnar))
  }

  /// Writes records, in the format that the name of the output or the environment tells.
  package func write(_ records: [JSONValue], schema: [(name: String, type: DataType)]? = nil) throws {
    let printer = try printer(schema: schema)
    for record in records { try printer.print(record) }
    try printer.finish()
  }

  /// A printer of bars, in the format that an option, the name of the output or the environment tells.
  package func barPrinter(_ named: FormatName? = nil, _ columnar: ColumnarOptions? = nil) throws -> BarPrinter {
    let format = try FormatName.chosen(named, output: output)
    return try BarPrinter(try anySink(), format, try options(columnar))
  }

  private func options(_ columnar: ColumnarOptions?) throws -> FormatOptions {
    var options = FormatOptions()
    if let columnar { try columnar.apply(to: &options) } else { try ColumnarOptions.apply(nil, to: &options) }
    return options
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
  package static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
  package var defaultValueDescription: String { format.name }

  /// The format chosen by an option, the name of the output or the environment, in this order.
  package static func chosen(
    _ named: FormatName?, output: String, standard: String = "ndjson"
  ) throws -> FrameFormat {
    let chosen = try format(named, output: output, standard: standard)
    if output.lowercased().hasSuffix(".gz"), chosen.isPackedByItself {
      throw ToolFailure(.usage, "\(output): files of \(chosen.name) are packed inside (leave out the .gz)")
    }
    return chosen
  }

  private static func format(_ named: FormatName?, output: String, standard: String) throws -> FrameFormat {
    let byName = output == "-" ? nil : FrameFormat.of(path: output)
    if let named {
      // Any text may be in a .txt.
      if let byName, byName.name != named.format.name, !output.hasSuffix(".txt"),
        !named.format.sharesNames(with: byName)
      {
        throw ToolFailure(
          .usage, "\(output) is a name for \(byName.name), but --format says \(named.format.name) (change one of them)")
      }
      return named.format
    }
    if let byName { return byName }
    if output != "-" { try refuseForeignName(output, "any of \(FrameFormat.all.map(\.name).joined(separator: ", "))") }
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

extension FormatName {
  /// Endings of files that no tool of finstage writes: a program that goes by the name would not be able to read them.
  private static let foreign: Set<String> = [
    "xlsx", "xls", "ods", "png", "jpg", "jpeg", "gif", "webp", "pdf", "html", "htm", "xml", "yaml", "yml", "toml",
    "sqlite",
    "sqlite3", "db", "duckdb", "orc", "avro", "h5", "hdf5", "pkl", "npy", "npz", "rds", "dta", "sas7bdat", "zip", "zst",
    "bz2",
    "xz", "7z", "tar", "lz4",
  ]

  /// Throws if a file's name promises what will not be in it.
  /// - Parameter written: what a command writes, in words.
  package static func refuseForeignName(_ path: String, _ written: String) throws {
    guard let dot = path.split(separator: "/").last?.lastIndex(of: ".") else { return }
    let ending = path[path.index(after: dot)...].lowercased()
    guard foreign.contains(ending) else { return }
    throw ToolFailure(.usage, "\(path): this command does not write .\(ending) (it writes \(written))")
  }
}

/// Options of tools that read records.
package struct RecordInputOptions: ParsableArguments {
  @Option(
    help:
      "Bad records: stop at the first, skip them, or pass them through (default: stop; fs-alert, which watches, skips them)."
  )
  package var onError: BadRecordPolicy?

  @Flag(help: "Write each line as soon as its input line is complete (the default on a terminal).")
  package var lineBuffered = false

  @OptionGroup package var textTypes: TextTypeOptions

  @Argument(help: "Files to read, one after the other; - is standard input, the default.", completion: .file())
  package var files: [String] = []

  package init() {}
}

extension BadRecordPolicy: ExpressibleByArgument {}
