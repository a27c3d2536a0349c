import FinstageCommand
import FinstageCore
import FinstageNet

/// Fetches symbols, many at once, and writes what they bring; a symbol that fails does not stop the others.
struct FetchRun {
  private let sink: ByteSink
  private let checked: CheckedBars
  private let diagnostics: Diagnostics
  private var outcomes: SymbolOutcomes
  private var records = 0
  private var emptyRows = 0
  private(set) var counts = FetchCounts()

  init(sink: ByteSink, checked: CheckedBars, diagnostics: Diagnostics, progress: Progress) {
    self.sink = sink
    self.checked = checked
    self.diagnostics = diagnostics
    outcomes = SymbolOutcomes(diagnostics, progress)
  }

  /// Fetches the bars of symbols, and writes them, or records that are made from them.
  mutating func fetch(
    _ requests: [HistoryRequest], from provider: any Provider, as record: MarketRecord?, _ options: FetchOptions
  ) throws(ToolFailure) {
    let diagnostics = self.diagnostics
    let engine = FetchEngine<History>(options) { diagnostics.warning($0) }
    var local: [Int: History] = [:]
    do throws(OutputError) {
      try engine.run(count: requests.count) { (index) throws(FetchFailure) in
        let request = requests[index]
        var remote: [HTTPRequest] = []
        switch try provider.source(of: request) {
        case .local(let history): local[index] = history
        case .remote(let list): remote = list
        }
        return FetchJob(name: request.symbol, requests: remote, lifetime: record?.lifetime ?? request.interval.lifetime)
        {
          (answer, _) throws(FetchFailure) in try provider.history(in: answer, of: request)
        }
      } deliver: { (index, result) throws(OutputError) in
        let request = requests[index]
        switch result {
        case .failure(let failure): outcomes.failed(request.symbol, failure)
        case .success(let result):
          let history = local.removeValue(forKey: index) ?? History(joining: result.parts)
          if let record {
            try write(record, history, request.symbol, result.warnings)
          } else {
            try write(history, request, result.warnings)
          }
        }
      }
    } catch {
      throw ToolFailure(error)
    }
    counts = engine.counts
  }

  private mutating func write(
    _ history: History, _ request: HistoryRequest, _ warnings: [String]
  ) throws(OutputError) {
    let writer = BarWriter(
      sink: sink, symbol: request.symbol, interval: request.interval.rawValue, currency: history.currency)
    let remark = try checked.write(history.bars, with: writer)
    if sink.isLive { try sink.flush() }
    records += history.bars.count
    emptyRows += history.emptyRows
    var warnings = warnings
    if let remark { warnings.append(remark) }
    if history.bars.isEmpty { warnings.append("no bars in this span (a holiday, a weekend?)") }
    if history.emptyRows > 0 { warnings.append("\(history.emptyRows) rows without a close left out") }
    outcomes.arrived(request.symbol, "\(history.bars.count) bars", warnings: warnings, notes: history.notes)
  }

  private mutating func write(
    _ record: MarketRecord, _ history: History, _ symbol: String, _ warnings: [String]
  ) throws(OutputError) {
    let line: String
    do throws(FetchFailure) {
      line = try record.line(symbol, history, now: Int64(Clock.wall))
    } catch {
      outcomes.failed(symbol, error)
      return
    }
    try sink.write(line + "\n")
    if sink.isLive { try sink.flush() }
    records += 1
    outcomes.arrived(symbol, record.rawValue, warnings: warnings)
  }

  mutating func finish(_ statistics: inout RunStatistics) throws(ToolFailure) {
    outcomes.finish(&statistics)
    do throws(OutputError) { try sink.finish() } catch { throw ToolFailure(error) }
    statistics.count("records", records)
    statistics.count("empty_rows", emptyRows)
    statistics.count("requests", counts.requests)
    statistics.count("retries", counts.retries)
    statistics.count("cache_hits", counts.cacheHits)
    statistics.count("revalidated", counts.revalidated)
    statistics.count("stale_answers", counts.staleAnswers)
    statistics.count("bytes_in", counts.bytes, unit: "By")
    statistics.count("bytes_out", sink.bytesWritten, unit: "By")
  }

  var fetched: Int { outcomes.fetched }
  var status: ExitStatus { outcomes.status }
}
