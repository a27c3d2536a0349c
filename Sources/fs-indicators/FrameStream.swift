import FinstageCommand
import FinstageCore

/// Bars of columnar formats or CSV in, or out: frames instead of lines.
final class FrameStream {
  private let set: IndicatorSet
  private let sink: ByteSink
  private let writer: any FrameWriter
  private let policy: BadRecordPolicy
  private let isLive: Bool
  private let onlyNewest: Bool
  private let symbols = SymbolTable()
  private let batch: Batch
  private var bars = 0
  private var bytesRead = 0
  /// For --last: of each series its newest row.
  private var newest: [Int: Frame] = [:]
  private var order: [Int] = []

  init(
    set: IndicatorSet, sink: ByteSink, format: FrameFormat, policy: BadRecordPolicy, isLive: Bool, onlyNewest: Bool
  ) throws(ToolFailure) {
    self.set = set
    self.sink = sink
    self.policy = policy
    self.isLive = isLive
    self.onlyNewest = onlyNewest
    batch = Batch(fields: set.fields, byteCapacity: 64)
    var options = FormatOptions()
    options.isLive = isLive
    do throws(FrameError) { writer = try format.makeWriter(sink, options) } catch {
      throw ToolFailure(error)
    }
  }

  /// - Parameter source: where the bytes come from, if the input has been opened already.
  func read(_ path: String, _ source: PrefixedSource?) throws(ToolFailure) {
    var options = FormatOptions()
    options.policy = policy
    options.isLive = isLive
    let reader: any FrameReader
    do throws(InputError) { reader = try FrameFormat.open(path, from: source, options) } catch {
      throw ToolFailure(error)
    }
    while Interruption.signal == 0 {
      let frame: Frame?
      do throws(InputError) { frame = try reader.next() } catch { throw ToolFailure(error) }
      guard let frame else { break }
      do throws(FrameError) { try take(frame) } catch { throw ToolFailure(error) }
    }
  }

  private func take(_ frame: Frame) throws(FrameError) {
    try batch.fill(from: frame, symbols: symbols)
    set.apply(to: batch)
    bars += frame.rows
    let result = batch.finished(frame, with: batch.resultColumns())
    if onlyNewest {
      for row in 0..<result.rows {
        let series = set.seriesNumber(of: row, in: batch)
        if newest[series] == nil { order.append(series) }
        newest[series] = result.slice(row..<row + 1)
      }
    } else {
      try writer.write(result)
    }
  }

  func finish() throws(ToolFailure) {
    do throws(FrameError) {
      if onlyNewest { try writer.write(Frame.joined(order.compactMap { newest[$0] })) }
      try writer.finish()
    } catch {
      throw ToolFailure(error)
    }
    do throws(OutputError) { try sink.finish() } catch { throw ToolFailure(error) }
  }

  func warn(_ diagnostics: Diagnostics) {
    if let first = set.order.firstOutOfOrder {
      let symbol = symbols.count > 0 ? "\(symbols.name(first.series)) at " : ""
      diagnostics.warning(
        "bars that do not come after the last one of their symbol were not used: \(set.order.outOfOrder), "
          + "the first: \(symbol)\(Timestamp.string(first.nanoseconds)) (sort by time?)")
    }
    if set.order.untimed > 0 { diagnostics.warning("bars without a time were not used: \(set.order.untimed)") }
  }

  func count(into statistics: inout RunStatistics) {
    statistics.count("bars", bars)
    statistics.count("series", max(symbols.count, bars > 0 ? 1 : 0))
    statistics.count("bytes_out", sink.bytesWritten, unit: "By")
    statistics.count("out_of_order", set.order.outOfOrder)
  }
}
