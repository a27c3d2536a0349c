import FinstageCommand
import FinstageCore
import FinstageNet
import FinstageSystem

/// Fetches headlines about symbols and writes them.
package struct NewsRun {
  private let printer: RecordPrinter
  private let diagnostics: Diagnostics
  private var outcomes: SymbolOutcomes
  private var records = 0
  private var counts = FetchCounts()

  package init(
    _ printer: RecordPrinter, _ diagnostics: Diagnostics, _ progress: Progress,
    tolerating tolerance: SymbolOutcomes.Tolerance = .init()
  ) {
    self.printer = printer
    self.diagnostics = diagnostics
    outcomes = SymbolOutcomes(diagnostics, progress, tolerance)
  }

  /// Names words of a list that are not symbols.
  package mutating func reject(_ list: SymbolList) {
    for sentence in list.rejected { outcomes.rejected(sentence) }
  }

  package mutating func fetch(_ symbols: [String], from feed: NewsFeed, _ options: FetchOptions) throws {
    let diagnostics = self.diagnostics
    let engine = FetchEngine<(items: [NewsItem], incomplete: Int)>(options) { diagnostics.warning($0) }
    try engine.run(count: symbols.count) { (index) throws(FetchFailure) in
      FetchItem(name: symbols[index], requests: [feed.request(symbols[index])], lifetime: NewsFeed.lifetime) {
        (answer, _) throws(FetchFailure) in try feed.items(in: answer)
      }
    } deliver: { index, result in
      switch result {
      case .failure(let failure): outcomes.failed(symbols[index], failure)
      case .success(let result): try write(symbols[index], result)
      }
    } beforeWaiting: {
      try printer.flush()
    }
    counts = engine.counts
  }

  private mutating func write(
    _ symbol: String, _ result: FetchResult<(items: [NewsItem], incomplete: Int)>
  ) throws {
    var warnings = result.warnings
    var count = 0
    for part in result.parts {
      for item in part.items { try printer.print(NewsItem.description.json((symbol, item))) }
      count += part.items.count
      if part.incomplete > 0 { warnings.append("left out \(part.incomplete) headlines without a title or a date") }
    }
    records += count
    outcomes.arrived(symbol, "\(count) headlines", warnings: warnings)
  }

  package mutating func finish(_ statistics: inout RunStatistics) throws {
    outcomes.finish(&statistics)
    try printer.finish()
    statistics.count("records", records)
    statistics.count("requests", counts.requests)
    statistics.count("cache_hits", counts.cacheHits)
    statistics.count("bytes_out", printer.sink.bytesWritten, unit: "By")
  }

  package var status: ExitStatus { outcomes.status }
}
