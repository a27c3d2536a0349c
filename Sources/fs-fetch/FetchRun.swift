import FinstageCommand
import FinstageCore
import FinstageNet

/// Fetches symbols one after the other and writes their bars; a symbol that fails does not stop the others.
struct FetchRun {
  private let provider: any Provider
  private let sink: ByteSink
  private let diagnostics: Diagnostics
  private var progress: Progress
  private var fetched = 0
  private var failures: [FetchFailure.Kind] = []
  private var bars = 0
  private var emptyRows = 0

  init(provider: any Provider, sink: ByteSink, diagnostics: Diagnostics, progress: Progress) {
    self.provider = provider
    self.sink = sink
    self.diagnostics = diagnostics
    self.progress = progress
  }

  mutating func fetch(_ request: HistoryRequest) throws(ToolFailure) {
    progress.begin(request.symbol)
    let history: History
    do throws(FetchFailure) {
      history = try provider.history(request)
    } catch {
      progress.clear()
      if error.kind == .interrupted { return }
      failures.append(error.kind)
      diagnostics.error("\(request.symbol): \(error.message)")
      progress.end(request.symbol, "failed")
      return
    }
    do throws(OutputError) {
      let writer = BarWriter(
        sink: sink, symbol: request.symbol, interval: request.interval.rawValue, currency: history.currency)
      for bar in history.bars { try writer.write(bar) }
      if sink.isLive { try sink.flush() }
    } catch {
      throw ToolFailure(error)
    }
    fetched += 1
    bars += history.bars.count
    emptyRows += history.emptyRows
    tell(request.symbol, history)
  }

  private mutating func tell(_ symbol: String, _ history: History) {
    progress.clear()
    if history.bars.isEmpty { diagnostics.warning("\(symbol): no bars in this span (a holiday, a weekend?)") }
    if history.emptyRows > 0 { diagnostics.warning("\(symbol): \(history.emptyRows) rows without a close left out") }
    for note in history.notes { diagnostics.note("\(symbol): \(note)") }
    progress.end(symbol, "\(history.bars.count) bars")
  }

  mutating func finish(_ statistics: inout RunStatistics) throws(ToolFailure) {
    progress.clear()
    do throws(OutputError) { try sink.finish() } catch { throw ToolFailure(error) }
    statistics.count("symbols", fetched + failures.count)
    statistics.count("failed", failures.count)
    statistics.count("records", bars)
    statistics.count("empty_rows", emptyRows)
    statistics.count("bytes_out", sink.bytesWritten, unit: "By")
  }

  var status: ExitStatus {
    if failures.isEmpty { return .done }
    if fetched == 0 {
      if failures.allSatisfy({ $0 == .unavailable }) { return .unavailable }
      if failures.allSatisfy({ $0 == .tryLater }) { return .tryLater }
    }
    return .partly
  }
}
