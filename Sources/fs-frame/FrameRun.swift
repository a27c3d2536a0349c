import ArgumentParser
import FinstageCommand
import FinstageCore

extension ToolFailure {
  init(_ error: Expression.Mismatch) { self.init(.badData, error.message) }
}

/// What a command does with the frames that pass through it.
protocol FrameStage: AnyObject {
  /// Takes a frame; `emit` passes frames on.
  func take(_ frame: Frame, _ emit: (Frame) throws(ToolFailure) -> Void) throws(ToolFailure)
  /// All frames have been taken.
  func finish(_ emit: (Frame) throws(ToolFailure) -> Void) throws(ToolFailure)
  /// Further frames would change nothing.
  var isDone: Bool { get }
}

extension FrameStage {
  func finish(_ emit: (Frame) throws(ToolFailure) -> Void) throws(ToolFailure) {}
  var isDone: Bool { false }
}

/// A stage that changes each frame by itself.
final class EachFrame: FrameStage {
  private let change: (Frame) throws(ToolFailure) -> Frame

  init(_ change: @escaping (Frame) throws(ToolFailure) -> Frame) { self.change = change }

  func take(_ frame: Frame, _ emit: (Frame) throws(ToolFailure) -> Void) throws(ToolFailure) { try emit(change(frame)) }
}

/// One run: frames of files or standard input, through a stage, to a file or standard output.
struct FrameRun {
  /// Nil for commands that read something else than frames.
  let input: FrameInputOptions?
  let output: FrameOutputOptions?
  let common: CommonOptions
  let name: String
  /// Columns that the stage needs beside those that are asked for; nil if it needs all.
  var columns: [String]?
  var predicate: [RowGroupTest] = []
  var standardFormat = "ndjson"

  init(_ name: String, _ input: FrameInputOptions?, _ output: FrameOutputOptions) {
    self.input = input
    self.output = output
    common = output.common
    self.name = "fs-frame \(name)"
  }

  /// A run that only reads.
  init(_ name: String, _ input: FrameInputOptions?, _ common: CommonOptions) {
    self.input = input
    output = nil
    self.common = common
    self.name = "fs-frame \(name)"
  }

  var diagnostics: Diagnostics { common.diagnostics(for: name) }

  /// Reads frames one after the other, of one file after the other.
  func read(
    _ files: [String], isLive: Bool = false, _ statistics: inout RunStatistics,
    _ body: (Frame) throws(ToolFailure) -> Bool
  ) throws(ToolFailure) {
    var rows = 0
    var bad = 0
    var first: InputError?
    var options = input?.formatOptions ?? FormatOptions()
    options.isLive = isLive
    options.predicate = predicate
    if let columns { options.columns = options.columns.map { $0.filter(columns.contains) } ?? columns }
    files: for path in files.isEmpty ? ["-"] : files {
      let reader: any FrameReader
      do throws(InputError) {
        reader = try FrameFormat.open(path, as: input?.inputFormat?.format, options)
      } catch {
        throw ToolFailure(error)
      }
      defer {
        bad += reader.badRecords
        first = first ?? reader.firstBadRecord
      }
      var progress = ByteProgress(total: path == "-" ? nil : FileDetails.size(of: path), isQuiet: common.quiet)
      defer { progress.end() }
      while Interruption.signal == 0 {
        let frame: Frame?
        do throws(InputError) { frame = try reader.next() } catch { throw ToolFailure(error) }
        guard let frame else { break }
        rows += frame.rows
        progress.update(reader.bytesRead, rows: rows)
        if try !body(frame) { break files }
      }
    }
    if let first { diagnostics.warning("bad records left out: \(bad), the first: \(first.description)") }
    statistics.count("rows_in", rows)
  }

  /// Runs a stage over all input.
  func run(_ files: [String], _ stage: any FrameStage) throws(ToolFailure) -> ExitStatus {
    var statistics = RunStatistics(tool: "fs-frame")
    guard let output else { return .done }
    let sink = try common.anySink()
    let isLive = output.lineBuffered || sink.isLive
    var options = FormatOptions()
    options.isLive = isLive
    options.keepsDoubles = output.doubles
    options.clusterBy = output.cluster
    options.rowGroupSize = output.rowGroup ?? (output.cluster == nil ? 131_072 : 524_288)
    options.codec = output.codec
    options.usesDecimalComma = input?.decimalComma ?? false
    options.delimiter = input?.formatOptions.delimiter
    let writer: any FrameWriter
    let format = try output.chosenFormat(standardFormat)
    do throws(FrameError) { writer = try format.makeWriter(sink, options) } catch { throw ToolFailure(error) }
    var rows = 0
    func emit(_ frame: Frame) throws(ToolFailure) {
      rows += frame.rows
      do throws(FrameError) { try writer.write(frame) } catch { throw ToolFailure(error) }
    }
    var fault: ToolFailure?
    do throws(ToolFailure) {
      try read(files, isLive: isLive, &statistics) { (frame) throws(ToolFailure) in
        try stage.take(frame, emit)
        return !stage.isDone
      }
      try stage.finish(emit)
    } catch {
      // What came before the fault is delivered, where a format can be cut.
      fault = error
    }
    do throws(FrameError) {
      if fault == nil || format.name == "ndjson" || format.name == "csv" { try writer.finish() }
    } catch {
      throw fault ?? ToolFailure(error)
    }
    if let fault {
      if common.output == "-" { do throws(OutputError) { try sink.flush() } catch { throw ToolFailure(error) } }
      throw fault
    }
    do throws(OutputError) { try sink.finish() } catch { throw ToolFailure(error) }
    statistics.count("rows_out", rows)
    statistics.count("bytes_out", sink.bytesWritten, unit: "By")
    statistics.report(isWanted: common.stats, diagnostics)
    return .done
  }

  /// Checks that columns are there.
  static func place(_ name: String, in frame: Frame) throws(ToolFailure) -> Int {
    guard let index = frame.index(name) else {
      throw ToolFailure(.badData, "there is no column \"\(name)\" (there are: \(frame.names.joined(separator: ", ")))")
    }
    return index
  }
}

/// `a,b,c` on the command line.
func names(_ text: String) -> [String] {
  text.split(separator: ",").map { name in
    String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
