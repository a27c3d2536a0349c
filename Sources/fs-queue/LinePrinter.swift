import ArgumentParser
import FinstageCommand
import FinstageCore

/// Where records go.
struct OutputOption: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "Write to this file, whole or not at all, instead of standard output.", completion: .file())
  var output = "-"
}

/// Writes lines.
final class LinePrinter {
  private let sink: ByteSink

  /// - Parameter isRecords: a file whose name tells of another format gets that.
  init(_ output: OutputOption? = nil, isRecords: Bool = false) throws(ToolFailure) {
    let path = output?.output ?? "-"
    let target: ByteSink
    do throws(OutputError) { target = try ByteSink(path: path) } catch { throw ToolFailure(error) }
    let format = isRecords ? try FormatName.chosen(nil, output: path) : nil
    guard let format, format.name != "ndjson" else {
      sink = target
      return
    }
    do throws(FrameError) { sink = try Transcoder.sink(to: target, as: format) } catch { throw ToolFailure(error) }
  }

  func print(_ line: String) throws(ToolFailure) {
    do throws(OutputError) { try sink.write(line + "\n") } catch { throw ToolFailure(error) }
  }

  func finish() throws(ToolFailure) {
    do throws(OutputError) { try sink.finish() } catch { throw ToolFailure(error) }
  }
}

func write(_ lines: [String], to output: OutputOption? = nil) throws(ToolFailure) {
  let printer = try LinePrinter(output)
  for line in lines { try printer.print(line) }
  try printer.finish()
}
