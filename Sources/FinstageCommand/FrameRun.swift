import ArgumentParser
import FinstageCore
import FinstageSystem

/// One run: passes frames from files or standard input through a stage to a file or standard output.
package struct FrameRun {
  /// Nil for commands that do not read frames.
  let input: FrameInputOptions?
  let output: FrameOutputOptions?
  let common: CommonOptions
  let name: String
  /// The columns that the stage needs, nil if it needs all; `--columns` may restrict them further.
  package var columns: [String]?
  package var predicate: [RowGroupTest] = []
  /// The columns that the user has named.
  package var named: [String] = []
  /// Columns that each file must have.
  package var required: [String] = []
  /// What columns are in which no row has a value so far, as far as the command can tell.
  package var likely: [String: Field.Kind] = [:]
  package var standardFormat = "ndjson"

  /// - Parameter named: the columns that the user has named.
  package init(_ name: String, _ input: FrameInputOptions?, _ output: FrameOutputOptions, naming named: [String] = []) {
    self.named = named
    self.input = input
    self.output = output
    common = output.common
    self.name = "fs-frame \(name)"
  }

  /// A run that only reads.
  package init(_ name: String, _ input: FrameInputOptions?, _ common: CommonOptions) {
    self.input = input
    output = nil
    self.common = common
    self.name = "fs-frame \(name)"
  }

  package var diagnostics: Diagnostics { common.diagnostics(for: name) }

  /// Reads the frames of all files in order, until `body` returns false.
  package func read(
    _ files: [String], isLive: Bool = false, for output: FrameFormat? = nil, _ statistics: inout RunStatistics,
    _ body: (Frame) throws -> Bool
  ) throws {
    FreedMemory.keep()
    var rows = 0
    var bad = 0
    var first: InputError?
    var options = input?.formatOptions ?? FormatOptions()
    options.isLive = isLive
    options.predicate = predicate
    options.named = named + (columns ?? []) + (options.columns ?? [])
    options.likely = likely
    options.expectsRareFields = output?.isLines == false
    options.expectsDecimalVolumes = output?.keepsFirstTypes == true
    if let columns { options.columns = options.columns.map { $0.filter(columns.contains) } ?? columns }
    let asked = (input?.columns ?? []) + required
    files: for path in files.isEmpty ? ["-"] : files {
      var isFirst = true
      let opened = try RecordInput.open(path, as: input?.inputFormat?.format)
      let reader = try opened.frames(options)
      defer {
        bad += reader.badRecords
        first = first ?? reader.firstBadRecord
      }
      var progress = ByteProgress(total: path == "-" ? nil : opened.size, isQuiet: common.quiet)
      defer { progress.end() }
      while Interruption.signal == 0 {
        let frame = try reader.next()
        guard let frame else { break }
        // An empty stream has no columns, and lacks none.
        if frame.columns.isEmpty && frame.rows == 0 { continue }
        if isFirst, let missing = asked.first(where: { frame.index($0) == nil }) {
          let names = try columnNames(of: path)
          throw ToolFailure(
            .badData,
            "\(opened.name): there is no column \"\(missing)\" "
              + (names.isEmpty ? "(fs-frame info lists all)" : "(the columns are: \(names.joined(separator: ", ")))"))
        }
        isFirst = false
        rows += frame.rows
        progress.update(reader.bytesRead, rows: rows)
        if try !body(frame) { break files }
      }
    }
    if let first { diagnostics.warning("bad records left out: \(bad), the first: \(first.sentence)") }
    statistics.count("rows_in", rows)
  }

  /// Runs a stage over all input.
  package func run(_ files: [String], _ stage: any FrameStage) throws -> ExitStatus {
    var statistics = RunStatistics(tool: "fs-frame")
    guard let output else { return .done }
    let sink = try common.anySink()
    let isLive = output.lineBuffered || sink.isLive
    var options = FormatOptions()
    let diagnostics = self.diagnostics
    options.warn = { diagnostics.warning($0) }
    options.isLive = isLive
    try output.columnar.apply(to: &options)
    options.clusterBy = output.cluster
    options.rowGroupSize = output.rowGroup ?? (output.cluster == nil ? 131_072 : 524_288)
    options.usesDecimalComma = input?.decimalComma ?? false
    options.delimiter = input?.formatOptions.delimiter
    let writer: any FrameWriter
    let format = try output.chosenFormat(standardFormat)
    options.codec =
      try output.codec ?? (format.isLines || format.name == "csv" ? nil : SettingsFile.value("frame.codec"))
    writer = try format.makeWriter(sink, options)
    var rows = 0
    func emit(_ frame: Frame) throws {
      rows += frame.rows
      try writer.write(frame)
    }
    var fault: (any Error)?
    do {
      try read(files, isLive: isLive, for: format, &statistics) { frame in
        try stage.take(frame, emit)
        return !stage.isDone
      }
      try stage.finish(emit)
    } catch {
      // Rows before the fault are delivered if the format may end anywhere.
      fault = error
      try? stage.passOn(emit)
    }
    do {
      if fault == nil || format.name == "ndjson" || format.name == "csv" { try writer.finish() }
    } catch {
      throw fault ?? error
    }
    if let fault {
      if common.output == "-" { try sink.flush() }
      throw fault
    }
    try sink.finish()
    statistics.count("rows_out", rows)
    statistics.count("bytes_out", sink.bytesWritten, unit: "By")
    statistics.report(isWanted: common.stats, diagnostics)
    return .done
  }

  /// The names of all columns of a file; none of standard input, which can be read once only.
  private func columnNames(of path: String) throws -> [String] {
    var status = stat()
    guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return [] }
    var options = input?.formatOptions ?? FormatOptions()
    options.columns = nil
    return try RecordInput.open(path, as: input?.inputFormat?.format).frames(options).next()?.names ?? []
  }

  /// The place of a column in a frame; throws if there is no such column.
  package static func place(_ name: String, in frame: Frame) throws -> Int {
    guard let index = frame.index(name) else {
      throw ToolFailure(
        .badData, "there is no column \"\(name)\" (the columns are: \(frame.names.joined(separator: ", ")))")
    }
    return index
  }
}

/// `a,b,c` on the command line.
package func names(_ text: String) -> [String] {
  text.split(separator: ",").map { name in
    String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
