import FinstageCommand
import FinstageCore
import FinstageNet

/// Fetches headlines about symbols and writes them.
struct NewsRun {
  private let sink: ByteSink
  private let diagnostics: Diagnostics
  private var outcomes: SymbolOutcomes
  private var records = 0
  private var counts = FetchCounts()

  init(sink: ByteSink, diagnostics: Diagnostics, progress: Progress) {
    self.sink = sink
    self.diagnostics = diagnostics
    outcomes = SymbolOutcomes(diagnostics, progress)
  }

  mutating func fetch(_ symbols: [String], from feed: NewsFeed, _ options: FetchOptions) throws(ToolFailure) {
    let diagnostics = self.diagnostics
    let engine = FetchEngine<(items: [NewsItem], incomplete: Int)>(options) { diagnostics.warning($0) }
    do throws(OutputError) {
      try engine.run(count: symbols.count) { (index) throws(FetchFailure) in
        FetchJob(name: symbols[index], requests: [feed.request(symbols[index])], lifetime: NewsFeed.lifetime) {
          (answer, _) throws(FetchFailure) in try feed.items(in: answer)
        }
      } deliver: { (index, result) throws(OutputError) in
        switch result {
        case .failure(let failure): outcomes.failed(symbols[index], failure)
        case .success(let result): try write(symbols[index], result)
        }
      }
    } catch {
      throw ToolFailure(error)
    }
    counts = engine.counts
  }

  private mutating func write(
    _ symbol: String, _ result: FetchResult<(items: [NewsItem], incomplete: Int)>
  ) throws(OutputError) {
    var warnings = result.warnings
    var count = 0
    for part in result.parts {
      for item in part.items { try sink.write(item.line(symbol)) }
      count += part.items.count
      if part.incomplete > 0 { warnings.append("\(part.incomplete) headlines without a title or a date left out") }
    }
    if sink.isLive { try sink.flush() }
    records += count
    outcomes.arrived(symbol, "\(count) headlines", warnings: warnings)
  }

  mutating func finish(_ statistics: inout RunStatistics) throws(ToolFailure) {
    outcomes.finish(&statistics)
    do throws(OutputError) { try sink.finish() } catch { throw ToolFailure(error) }
    statistics.count("records", records)
    statistics.count("requests", counts.requests)
    statistics.count("cache_hits", counts.cacheHits)
    statistics.count("bytes_out", sink.bytesWritten, unit: "By")
  }

  var status: ExitStatus { outcomes.status }
}
