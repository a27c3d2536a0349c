import ArgumentParser
import FinstageCore
import FinstageSystem

/// Where a command's output goes, for commands without the other common options.
package struct OutputOption: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "Write to this file, whole or not at all, instead of standard output; its name tells the format of records.",
    completion: .file())
  package var output = "-"

  package init() {}

  /// Writes lines of text.
  package func write(_ lines: [String]) throws {
    let sink = try ByteSink(path: output)
    for line in lines { try sink.write(line + "\n") }
    try sink.finish()
  }

  /// A printer of records, in the format that the name of the output or the environment tells.
  /// - Parameter schema: the columns of tables; nil to take them from the records.
  package func printer(schema: [(name: String, type: DataType)]? = nil) throws -> RecordPrinter {
    try RecordPrinter(try ByteSink(path: output), try FormatName.chosen(nil, output: output), schema: schema)
  }

  /// Writes records, in the format that the name of the output or the environment tells.
  package func write(_ records: [JSONValue]) throws {
    let printer = try printer()
    for record in records { try printer.print(record) }
    try printer.finish()
  }

  /// A printer of records, in the format that the name of the output or the environment tells.
  package func printer<Record>(_ description: RecordDescription<Record>) throws -> RecordPrinter {
    try printer(schema: description.schema)
  }

  /// Writes records, in the format that the name of the output or the environment tells.
  package func write<Record>(_ records: [Record], _ description: RecordDescription<Record>) throws {
    let printer = try printer(description)
    for record in records { try printer.print(description.json(record)) }
    try printer.finish()
  }
}

/// Writes a line to standard output.
package func write(_ line: String) throws { try write([line]) }

/// Writes lines to standard output.
package func write(_ lines: [String]) throws {
  let sink = try ByteSink(path: "-")
  for line in lines { try sink.write(line + "\n") }
  try sink.finish()
}
