import FinstageCommand
import FinstageCore

/// Bars in, the same bars with more fields out: reading and computing on this thread, printing on others for long inputs.
final class IndicatorStream {
  private let set: IndicatorSet
  private let sink: ByteSink
  private let writer: RecordWriter
  private let policy: BadRecordPolicy
  private let isLive: Bool
  private let newest: NewestBars?
  private let symbols = SymbolTable()
  private var bars = 0
  private var records = 0
  private var bytesRead = 0
  private var badRecords = 0
  private var firstBadRecord: InputError?

  init(set: IndicatorSet, sink: ByteSink, policy: BadRecordPolicy, isLive: Bool, keepsNewestOnly: Bool) {
    self.set = set
    self.sink = sink
    self.policy = policy
    self.isLive = isLive
    writer = RecordWriter(names: set.names)
    newest = keepsNewestOnly ? NewestBars() : nil
  }

  /// Reads one file or standard input to its end. Lines before a fault are written before it is thrown.
  func read(_ path: String) throws(ToolFailure) {
    let reader: NDJSONReader
    do throws(InputError) {
      let source = GzipSource(try DescriptorSource(path: path))
      reader = NDJSONReader(source: source, fields: set.fields, symbols: symbols, policy: policy, fillsBlocks: !isLive)
    } catch {
      throw ToolFailure(error)
    }
    defer {
      records += reader.lineNumber
      bytesRead += reader.bytesRead
      badRecords += reader.badRecords
      firstBadRecord = firstBadRecord ?? reader.firstBadRecord
    }
    let fault: InputError?
    do throws(OutputError) {
      fault = isLive || newest != nil ? try copyDirectly(reader) : try copyInParallel(reader)
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
      if let newest {
        newest.take(batch, set)
        writer.renderOtherRecords(batch)
      } else {
        writer.render(batch)
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
  }

  func finish() throws(ToolFailure) {
    do throws(OutputError) {
      if let newest { try newest.write(to: sink, writer) }
      try sink.finish()
    } catch {
      throw ToolFailure(error)
    }
  }

  /// What the user should know about the input.
  func warn(_ diagnostics: Diagnostics) {
    if let first = set.firstOutOfOrder {
      let symbol = symbols.count > 0 ? "\(symbols.name(first.series)) at " : ""
      diagnostics.warning(
        "bars that do not come after the last one of their symbol were not used: \(set.outOfOrder), "
          + "\(set.duplicates) of them with its very time, the first: \(symbol)\(Timestamp.string(first.nanoseconds)) "
          + "(sort by time?)")
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
    statistics.count("out_of_order", set.outOfOrder)
    statistics.count("bad_records", badRecords)
  }
}
