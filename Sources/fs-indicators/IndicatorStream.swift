import FinstageCommand
import FinstageCore

/// Bars in, the same bars with more fields out: reading and computing on this thread, printing on others for long inputs.
final class IndicatorStream {
  /// What is written.
  enum Output {
    /// Every bar.
    case bars
    /// The newest bar of each series, at the end.
    case newest(NewestBars)
    /// A summary of each series, or of all, at the end.
    case analysis(AnalysisReport, asOne: Bool)
  }

  private let set: IndicatorSet
  private let sink: ByteSink
  private let writer: RecordWriter
  private let policy: BadRecordPolicy
  private let isLive: Bool
  private let output: Output
  private let state: StateSession?
  private let symbols = SymbolTable()
  private var bars = 0
  private var records = 0
  private var bytesRead = 0
  private var badRecords = 0
  private var firstBadRecord: InputError?

  init(
    set: IndicatorSet, sink: ByteSink, policy: BadRecordPolicy, isLive: Bool, output: Output, state: StateSession?
  ) throws(ToolFailure) {
    self.set = set
    self.sink = sink
    self.policy = policy
    self.isLive = isLive
    self.output = output
    self.state = state
    writer = RecordWriter(names: set.names)
    try state?.load(set, symbols)
  }

  /// Reads one file or standard input to its end. Lines before a fault are written before it is thrown.
  /// - Parameter source: where the bytes come from, if the input is a pipe that has been looked into.
  func read(_ path: String, _ source: PrefixedSource? = nil) throws(ToolFailure) {
    if let source {
      let reader = makeReader(source)
      defer { count(reader, linesBefore: 0) }
      return try copy(reader)
    }
    let reader: NDJSONReader
    let input: MarkedInput
    do throws(InputError) {
      input = MarkedInput(try DescriptorSource(path: path), marks: state?.marks ?? [])
      reader = makeReader(GzipSource(input.source), linesBefore: input.linesBefore)
    } catch {
      throw ToolFailure(error)
    }
    defer { count(reader, linesBefore: input.linesBefore) }
    try copy(reader)
    if reader.endedCleanly { state?.mark(input, lines: reader.lineNumber) }
  }

  private func makeReader(_ source: any ByteSource, linesBefore: Int = 0) -> NDJSONReader {
    NDJSONReader(
      source: source, fields: set.fields, symbols: symbols, policy: policy, fillsBlocks: !isLive,
      linesBefore: linesBefore, batchSize: IndicatorStream.batchSize(columns: set.names.count))
  }

  /// A batch and all that is added to it should stay in the caches.
  private static func batchSize(columns: Int) -> Int {
    max(16 << 10, NDJSONReader.blockSize / (1 + columns / 16))
  }

  private func count(_ reader: NDJSONReader, linesBefore: Int) {
    records += reader.lineNumber - linesBefore
    bytesRead += reader.bytesRead
    badRecords += reader.badRecords
    firstBadRecord = firstBadRecord ?? reader.firstBadRecord
  }

  private func copy(_ reader: NDJSONReader) throws(ToolFailure) {
    let fault: InputError?
    do throws(OutputError) {
      if case .bars = output, !isLive {
        fault = try copyInParallel(reader)
      } else {
        fault = try copyDirectly(reader)
      }
      if fault != nil { try sink.flush() }
    } catch {
      throw ToolFailure(error)
    }
    if let fault { throw ToolFailure(fault) }
  }

  private func copyDirectly(_ reader: NDJSONReader) throws(OutputError) -> InputError? {
    let batch = reader.makeBatch()
    while true {
      do throws(InputError) {
        guard try reader.next(into: batch) else { return nil }
      } catch {
        return error
      }
      compute(batch)
      switch output {
      case .bars:
        writer.render(batch)
      case .newest(let newest):
        newest.take(batch, set)
        writer.renderOtherRecords(batch)
      case .analysis(let report, _):
        report.take(batch, set, symbols)
        continue
      }
      try sink.write(batch)
    }
  }

  private func copyInParallel(_ reader: NDJSONReader) throws(OutputError) -> InputError? {
    let writer = self.writer
    let sink = self.sink
    let conveyor = Conveyor<Batch>(
      make: { reader.makeBatch() }, prepare: { writer.render($0) },
      emit: { (batch) throws(OutputError) in try sink.write(batch) })
    var fault: InputError?
    do throws(OutputError) {
      while true {
        let batch = try conveyor.take()
        var isMore = false
        do throws(InputError) { isMore = try reader.next(into: batch) } catch { fault = error }
        guard isMore else { break }
        compute(batch)
        try conveyor.send(batch)
      }
    } catch {
      try conveyor.finish()
      throw error
    }
    try conveyor.finish()
    return fault
  }

  private func compute(_ batch: Batch) {
    set.apply(to: batch)
    bars += batch.bars
    state?.reportEdits(set, symbols)
  }

  /// All input has been read.
  func finish() throws(ToolFailure) {
    if let state, let source = try state.linesToTakeAgain(set, symbols) {
      try copy(makeReader(source))
      set.takeAllSeries()
    }
    do throws(OutputError) {
      switch output {
      case .bars: break
      case .newest(let newest): try newest.write(to: sink, writer)
      case .analysis(let report, let asOne): try report.write(to: sink, asOne: asOne)
      }
      try sink.finish()
    } catch {
      throw ToolFailure(error)
    }
    // What has been written has been taken; a file that a signal kept from its place has not.
    if sink.isInPlace { try state?.save(set, symbols) }
  }

  /// What the user should know about the input.
  func warn(_ diagnostics: Diagnostics) {
    let order = set.order
    if let first = order.firstOutOfOrder {
      let symbol = symbols.count > 0 ? "\(symbols.name(first.series)) at " : ""
      diagnostics.warning(
        "bars that do not come after the last one of their symbol were not used: \(order.outOfOrder), "
          + "\(order.duplicates) of them with its very time, the first: \(symbol)\(Timestamp.string(first.nanoseconds)) "
          + "(sort by time?)")
    }
    if order.untimed > 0 {
      diagnostics.warning("bars without a time were not used: \(order.untimed)")
    }
    if let first = firstBadRecord {
      let fate = policy == .skip ? "left out" : "passed through"
      diagnostics.warning("bad records \(fate): \(badRecords), the first: \(first.description)")
    }
  }

  func count(into statistics: inout RunStatistics) {
    statistics.count("records", records)
    statistics.count("bars", bars)
    statistics.count("series", max(symbols.count, bars > 0 ? 1 : 0))
    statistics.count("bytes_in", bytesRead, unit: "By")
    statistics.count("bytes_out", sink.bytesWritten, unit: "By")
    statistics.count("out_of_order", set.order.outOfOrder)
    statistics.count("revised", set.order.revised)
    statistics.count("seen_before", set.order.seenBefore)
    statistics.count("recomputed_series", set.order.edits.count)
    statistics.count("bad_records", badRecords)
  }
}
