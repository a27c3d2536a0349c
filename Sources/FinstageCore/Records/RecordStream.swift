import FinstageSystem

/// Records of files or standard input, through a stage, to an output: the same for every pair of formats.
///
/// From NDJSON to NDJSON lines are copied and added to, and printed on threads of their own where there are many. Any other pair of
/// formats goes by frames.
package final class RecordStream {
  package struct Counts: Sendable {
    package var records = 0
    package var rows = 0
    package var bytesIn = 0
    /// Records left out or passed through because they were bad.
    package var bad = 0
    package var firstBad: InputError?
    /// Records of other types than those of the stage, and the first such type.
    package var others = 0
  }

  private var stage: any RecordStage
  private let policy: BadRecordPolicy
  private let isLive: Bool
  private let sink: ByteSink
  private let format: FrameFormat
  private var options: FormatOptions
  /// Called when SIGHUP has come: makes the stage that goes on, or nil if none takes the place of the present one.
  package var renew: (() throws -> (any RecordStage)?)?
  /// Numbers the texts of all inputs.
  package let symbols = SymbolTable()
  package private(set) var counts = Counts()
  /// The bytes of the inputs before the present one.
  private var bytesBefore = 0
  private var output: (any RecordOutput)?
  /// Whether lines or frames are written is known once the first input is.
  private var lines: LineOutput? { output as? LineOutput }

  /// - Parameters:
  ///   - sink: where the bytes go; `finish` finishes it.
  ///   - isLive: hand on each record as soon as it is complete.
  package init(
    _ stage: any RecordStage, to sink: ByteSink, as format: FrameFormat, policy: BadRecordPolicy, isLive: Bool,
    options: FormatOptions = FormatOptions()
  ) throws {
    self.stage = stage
    self.sink = sink
    self.format = format
    self.policy = policy
    self.isLive = isLive
    self.options = options
    self.options.policy = policy
    self.options.isLive = isLive
    self.options.known = stage.fields.filter { $0.kind != .reserved }
    try stage.begin(symbols)
  }

  /// Reads inputs to their ends, one after the other. Records before a fault are written before it is thrown.
  /// - Parameter begin: called before an input of lines is read; it may pass over a part of its file, and returns how many lines that is.
  /// - Parameter end: called when an input of lines has been read to its clean end, with its number of lines.
  package func read(
    _ inputs: [RecordInput], begin: ((RecordInput) -> Int)? = nil, end: ((RecordInput, Int) -> Void)? = nil
  ) throws {
    let byLines = format.isLines && inputs.allSatisfy(\.format.isLines)
    if !byLines { FreedMemory.keep() }
    options.expectsRareFields = !format.isLines
    options.expectsDecimalVolumes = format.keepsFirstTypes
    output = byLines ? LineOutput(sink, RecordWriter(names: stage.addedNames)) : try FrameOutput(sink, format, options)
    Interruption.reloadInterruptsReads = byLines && renew != nil
    defer { Interruption.reloadInterruptsReads = false }
    for input in inputs {
      if Interruption.signal != 0 { break }
      if byLines {
        let before = begin?(input) ?? 0
        var reader = lineReader(input.source, linesBefore: before)
        var first = before
        defer {
          count(reader, first)
          bytesBefore = counts.bytesIn
        }
        try copy(reader)
        while !Interruption.isRequested, Interruption.takeReload() {
          count(reader, first)
          first = reader.lineNumber
          if let renewed = try renew?() {
            stage = renewed
            try stage.begin(symbols)
          }
          input.source.putBack(reader.unfinished, before: nil)
          reader = lineReader(input.source, linesBefore: first)
          try copy(reader)
        }
        if reader.endedCleanly { end?(input, reader.lineNumber) }
      } else {
        try copyFrames(input)
      }
    }
  }

  /// Takes further records, in the form in which the inputs came.
  package func take(_ kept: any KeptRows) throws {
    if lines != nil {
      guard let source = try kept.lines() else { return }
      try copy(lineReader(source, linesBefore: 0))
    } else {
      let batch = Batch(fields: stage.fields, byteCapacity: 64)
      try kept.eachFrame { try take($0, batch) }
    }
  }

  /// Lets the stage write what it has kept, and finishes the output.
  package func finish() throws {
    if output == nil { output = try FrameOutput(sink, format, options) }
    try stage.finish(output!)
    if let frames = output as? FrameOutput { try frames.finish() }
    try sink.finish()
  }

  // MARK: - Lines

  private func lineReader(_ source: any ByteSource, linesBefore: Int) -> NDJSONReader {
    NDJSONReader(
      source: source, fields: stage.fields, symbols: symbols, policy: policy, fillsBlocks: !isLive,
      linesBefore: linesBefore, batchSize: RecordStream.batchSize(added: stage.addedNames.count),
      recordTypes: stage.recordTypes)
  }

  /// The bytes of a batch, chosen so that the batch and everything added to it stay in the CPU caches.
  private static func batchSize(added: Int) -> Int { max(16 << 10, NDJSONReader.blockSize / (1 + added / 16)) }

  private func count(_ reader: NDJSONReader, _ linesBefore: Int) {
    counts.records += reader.lineNumber - linesBefore
    counts.bytesIn = reader.bytesRead + bytesBefore
    counts.bad += reader.badRecords
    counts.firstBad = counts.firstBad ?? reader.firstBadRecord
  }

  private func copy(_ reader: NDJSONReader) throws {
    let fault = isLive ? try copyDirectly(reader) : try copyInParallel(reader)
    guard let fault else { return }
    try sink.flush()
    throw fault
  }

  private func copyDirectly(_ reader: NDJSONReader) throws -> InputError? {
    let batch = reader.makeBatch()
    while true {
      do throws(InputError) {
        guard try reader.next(into: batch) else { return nil }
      } catch {
        return error
      }
      try work(batch)
      lines?.render(batch)
      try sink.write(batch.text)
      try sink.flush()
    }
  }

  private func copyInParallel(_ reader: NDJSONReader) throws -> InputError? {
    guard let lines else { return nil }
    let sink = self.sink
    let conveyor = Conveyor<Batch>(
      make: { reader.makeBatch() }, prepare: { lines.render($0) }, emit: { try sink.write($0.text) })
    var fault: InputError?
    do {
      while true {
        let batch = try conveyor.take()
        var isMore = false
        do throws(InputError) { isMore = try reader.next(into: batch) } catch { fault = error }
        guard isMore else { break }
        try work(batch)
        try conveyor.send(batch)
      }
    } catch {
      try conveyor.finish()
      throw error
    }
    try conveyor.finish()
    return fault
  }

  private func work(_ batch: Batch) throws {
    counts.rows += batch.bars
    batch.part = try stage.take(batch)
  }

  // MARK: - Frames

  private func copyFrames(_ input: RecordInput) throws {
    let reader = try input.frames(options)
    var batch = Batch(fields: stage.fields, byteCapacity: 64)
    defer {
      counts.bytesIn += reader.bytesRead
      counts.bad += reader.badRecords
      counts.firstBad = counts.firstBad ?? reader.firstBadRecord
    }
    do {
      while Interruption.signal == 0, let frame = try reader.next() {
        counts.records += frame.rows
        if Interruption.takeReload(), let renewed = try renew?() {
          stage = renewed
          try stage.begin(symbols)
          batch = Batch(fields: stage.fields, byteCapacity: 64)
        }
        try take(frame, batch)
      }
    } catch let fault as InputError {
      // What came before the fault is delivered, where a format can be cut.
      if format.isLines || format.name == "csv", let frames = output as? FrameOutput {
        try frames.finish()
        try sink.flush()
      }
      throw fault
    }
  }

  private func take(_ frame: Frame, _ batch: Batch) throws {
    guard let frames = output as? FrameOutput else { return }
    let faults = try batch.fill(from: frame, symbols: symbols, types: stage.recordTypes, policy: policy, name: "input")
    counts.bad += faults.count
    counts.firstBad = counts.firstBad ?? faults.first
    try work(batch)
    try frames.write(batch)
  }
}

/// Rows that were kept in the form in which they came, to be taken again.
package protocol KeptRows {
  func lines() throws -> (any ByteSource)?
  func eachFrame(_ body: (Frame) throws -> Void) throws
}

/// Records as lines of NDJSON.
final class LineOutput: RecordOutput, @unchecked Sendable {
  // The writer is fixed; the sink is used by one thread at a time (see `Conveyor`).
  private let sink: ByteSink
  private let writer: RecordWriter

  package init(_ sink: ByteSink, _ writer: RecordWriter) {
    self.sink = sink
    self.writer = writer
  }

  var bytesWritten: Int { sink.bytesWritten }

  func render(_ batch: Batch) {
    if !batch.inserted.isEmpty { return RecordWriter.renderInserting(batch, copies: batch.part == .all) }
    switch batch.part {
    case .all: writer.render(batch)
    case .others: writer.renderOtherRecords(batch)
    case .nothing: batch.text.clear()
    }
  }

  package func write(_ rows: [KeptRow]) throws {
    for case .line(let head, let values, let tail) in rows {
      writer.render(head: head, values: values, tail: tail, into: sink.buffer)
      try sink.flushIfLarge()
    }
  }

  package func write(_ records: [JSONValue]) throws {
    for record in records { try sink.write(record.text + "\n") }
  }
}

/// Records as frames of any format.
final class FrameOutput: RecordOutput {
  private let sink: ByteSink
  private let writer: any FrameWriter

  package init(_ sink: ByteSink, _ format: FrameFormat, _ options: FormatOptions) throws {
    self.sink = sink
    writer = try format.makeWriter(sink, options)
  }

  var bytesWritten: Int { sink.bytesWritten }

  package func write(_ batch: Batch) throws {
    switch batch.part {
    case .all: try writer.write(batch.finished())
    case .others: if let others = batch.otherRows() { try writer.write(others) }
    case .nothing: break
    }
    if !batch.inserted.isEmpty { try write(batch.inserted.map(\.record)) }
  }

  package func write(_ rows: [KeptRow]) throws {
    let frames = rows.compactMap { row in if case .frame(let frame) = row { frame } else { nil } }
    if !frames.isEmpty { try writer.write(Frame.joined(frames)) }
  }

  package func write(_ records: [JSONValue]) throws { try writer.write(Frame(records: records)) }

  func finish() throws { try writer.finish() }
}
