import ArgumentParser
import FinstageCore
import FinstageSystem

/// Where a command's output goes, for commands without the other common options.
package struct OutputOption: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "Write to this file, whole or not at all, instead of standard output.", completion: .file())
  package var output = "-"

  package init() {}

  /// Writes lines of text.
  package func write(_ lines: [String]) throws {
    let sink = try ByteSink(path: output)
    for line in lines { try sink.write(line + "\n") }
    try sink.finish()
  }

  /// A printer of records, in the format that the name of the output or the environment tells.
  package func printer<Record>(_ description: RecordDescription<Record>) throws -> RecordPrinter {
    try RecordPrinter(
      try ByteSink(path: output), try FormatName.chosen(nil, output: output), schema: description.schema)
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
