import ArgumentParser
import FinstageCore

/// How frames are read.
package struct FrameInputOptions: ParsableArguments {
  package init() {}

  @Option(help: "The format of the input (default: detected from its first bytes).")
  package var inputFormat: FormatName?

  @Option(
    help: ArgumentHelp("Read only these columns.", valueName: "a,b"),
    transform: { $0.split(separator: ",").map(String.init) })
  package var columns: [String]?

  @Option(help: "How many records to infer columns and types from; 0 for all, which are then kept in memory.")
  package var inferRows = 10_000

  @Option(help: "Bad records: stop at the first, or skip them.")
  package var onError = BadRecordPolicy.stop

  @Option(
    help: ArgumentHelp("The separator of CSV fields (default: detected); \\t is a tab.", valueName: "character"))
  package var delimiter: String?

  @OptionGroup package var textTypes: TextTypeOptions

  @Flag(help: "Numbers in CSV have a decimal comma instead of a decimal point.")
  package var decimalComma = false

  package mutating func validate() throws {
    guard inferRows >= 0 else { throw ValidationError("--infer-rows must not be negative") }
    guard onError != .pass else { throw ValidationError("--on-error must be stop or skip here") }
    if let delimiter, delimiter != "\\t", delimiter.utf8.count != 1 || delimiter == "\"" || delimiter == "\n" {
      throw ValidationError("--delimiter must be one ASCII character other than a quote or a line break")
    }
  }

  package var formatOptions: FormatOptions {
    var options = FormatOptions()
    options.columns = columns
    options.inferRows = inferRows
    options.policy = onError
    // The options have been validated.
    try? textTypes.apply(to: &options)
    options.usesDecimalComma = decimalComma
    options.delimiter = delimiter.map { $0 == "\\t" ? 9 : $0.utf8.first! }
    return options
  }
}

/// How frames are written.
package struct FrameOutputOptions: ParsableArguments {
  package init() {}

  @Option(help: "The format to write.")
  package var format: FormatName?

  @OptionGroup package var columnar: ColumnarOptions

  @Option(
    help: ArgumentHelp("Parquet: sort each row group by this column, then by ts.", valueName: "column"))
  package var cluster: String?

  @Option(
    help: "Parquet: rows in a row group, 1024 to 10,000,000 (default: 131,072; with --cluster 524,288).")
  package var rowGroup: Int?

  @Option(help: "Parquet: none, gzip or zstd (default: chosen for each column). Arrow: none or zstd.")
  package var codec: String?

  @Flag(help: "Write rows as soon as they are available (the default on a terminal).")
  package var lineBuffered = false

  @OptionGroup package var common: CommonOptions

  package mutating func validate() throws {
    guard (1024...10_000_000).contains(rowGroup ?? 1024) else {
      throw ValidationError("--row-group must be 1024 to 10000000")
    }
  }

  /// The format chosen by an option, the name of the output or the environment, in this order.
  package func chosenFormat(_ standard: String = "ndjson") throws -> FrameFormat {
    try FormatName.chosen(format, output: common.output, standard: standard)
  }
}
