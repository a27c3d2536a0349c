import FinstageCommand
import FinstageCore
import FinstageNet
import FinstageStore
import FinstageSystem

/// Brings the series of a price store up to date, and writes a line about each.
package struct UpdateRun {
  private let store: PriceStore
  private let provider: any Provider
  private let interval: ChartInterval
  /// The first second to fetch of a new series.
  private let first: Int64
  private let printer: RecordPrinter
  private let diagnostics: Diagnostics
  private var outcomes: SymbolOutcomes
  private var added = 0
  private var updated = 0
  package private(set) var counts = FetchCounts()

  package init(
    store: PriceStore, provider: any Provider, interval: ChartInterval, first: Int64, printer: RecordPrinter,
    _ diagnostics: Diagnostics, _ progress: Progress,
    tolerating tolerance: SymbolOutcomes.Tolerance = .init()
  ) {
    self.store = store
    self.provider = provider
    self.interval = interval
    self.first = first
    self.printer = printer
    self.diagnostics = diagnostics
    outcomes = SymbolOutcomes(diagnostics, progress, tolerance)
  }

  /// Names words of a list that are not symbols.
  package mutating func reject(_ list: SymbolList) {
    for sentence in list.rejected { outcomes.rejected(sentence) }
  }

  package mutating func update(_ symbols: [String], _ options: FetchOptions) throws {
    let rewritten = try round(symbols, options, isRewritten: false)
    guard !rewritten.isEmpty && Interruption.signal == 0 else { return }
    // Cached answers for these symbols may predate the rewritten prices.
    var anew = options
    if anew.cacheUse == .normal { anew.cacheUse = .refresh }
    _ = try round(rewritten, anew, isRewritten: true)
  }

  /// Updates series; returns the symbols whose prices have been rewritten and must be fetched from the beginning.
  private mutating func round(
    _ symbols: [String], _ options: FetchOptions, isRewritten: Bool
  ) throws -> [String] {
    let (diagnostics, provider, interval) = (self.diagnostics, self.provider, self.interval)
    let engine = FetchEngine<History>(options) { diagnostics.warning($0) }
    // The end stays the same until tomorrow, so that a second update can be answered from the cache.
    let end = (SystemClock.wallSeconds / 86_400 + 2) * 86_400
    var plans: [Int: SeriesUpdate] = [:]
    var again: [String] = []
    defer {
      counts.requests += engine.counts.requests
      counts.cacheHits += engine.counts.cacheHits
    }
    try engine.run(count: symbols.count) { (index) throws(FetchFailure) in
      let plan = try plan(symbols[index], end: end, isRewritten: isRewritten)
      plans[index] = plan
      let request = HistoryRequest(
        symbol: symbols[index], interval: interval, span: .period(from: plan.span.from, to: plan.span.to))
      return try request.item(from: provider, lifetime: interval.lifetime)
    } deliver: { index, result in
      let symbol = symbols[index]
      do {
        let result = try result.get()
        outcomes.warn(symbol, result.warnings + result.parts.flatMap(\.warnings))
        guard let plan = plans.removeValue(forKey: index) else { return }
        if try !take(History(joining: result.parts), symbol, plan) { again.append(symbol) }
      } catch let failure as FetchFailure {
        fail(symbol, failure)
      }
    } beforeWaiting: {
      try? printer.flush()
    }
    return again
  }

  private func plan(_ symbol: String, end: Int64, isRewritten: Bool) throws(FetchFailure) -> SeriesUpdate {
    let overlap: Int64? =
      switch interval {
      case .oneWeek, .oneMonth, .quarter: nil
      case .oneDay: 7 * 86_400
      default: 86_400
      }
    do {
      let name = interval.rawValue
      let oldest = provider.oldest(of: interval, now: SystemClock.wallSeconds) ?? .min
      let gap =
        overlap == nil ? nil : try store.gaps(symbol, name, from: oldest == .min ? oldest : oldest / 86_400).first
      return SeriesUpdate(
        covered: try store.covered(symbol, name), first: first, end: end, overlap: overlap,
        gap: gap.map { $0 * 86_400 }, oldest: oldest, isRewritten: isRewritten)
    } catch {
      throw FetchFailure(.symbol, error.sentence)
    }
  }

  /// Stores the bars that arrived; false if the whole series must be fetched again.
  private mutating func take(
    _ history: History, _ symbol: String, _ plan: SeriesUpdate
  ) throws -> Bool {
    let name = interval.rawValue
    let covered = try store.covered(symbol, name)
    if let covered {
      let held = try store.bars(symbol, name, from: plan.span.from, isDated: interval.isDaily)
      if !plan.isWhole, SeriesUpdate.isRewritten(held: held, came: history.bars, settled: covered.to) {
        outcomes.warn(symbol, ["stored prices have changed (a split or dividend?): fetching the whole series again"])
        return false
      }
      let missing = SeriesUpdate.missing(held: held, came: history.bars)
      if let unit = try store.currency(symbol, name), let came = history.currency, unit != came, !history.bars.isEmpty {
        guard plan.isWhole else {
          outcomes.warn(symbol, ["prices now come in \(came), not \(unit): fetching the whole series again"])
          return false
        }
        let kept = try store.count(symbol, name) - history.bars.count
        if missing > 0 || kept > 0 {
          fail(
            symbol,
            FetchFailure(
              .symbol,
              "prices come in \(came), and bars in \(unit) are stored that do not come again: nothing is stored"
                + " (fetch the symbol into another file)"))
          return true
        }
      }
      if missing > 0 {
        outcomes.warn(symbol, ["\(missing) stored bars are missing from the answer: they stay as they are"])
      }
    }
    if let covered, covered.to < plan.span.from {
      let (from, to) = (covered.to, plan.span.from)
      outcomes.warn(
        symbol,
        [
          "\(name) bars are not kept that long: there is a gap from \(Timestamp.dateString(day: from / 86_400)) to"
            + " \(Timestamp.dateString(day: to / 86_400))"
        ])
    }
    let changes = try store.store(
      history.bars, symbol, name, currency: history.currency, asked: plan.span, blank: history.blankDays)
    try report(symbol, history, changes, isNew: covered == nil)
    return true
  }

  private mutating func report(
    _ symbol: String, _ history: History, _ changes: PriceStore.Changes, isNew: Bool
  ) throws {
    let name = interval.rawValue
    let total = try store.count(symbol, name)
    let status =
      changes.added + changes.updated > 0 ? "success" : isNew && history.bars.isEmpty ? "no_new_data" : "up_to_date"
    func text(_ second: Int64) -> String {
      let time: Bar.Time =
        interval.isDaily ? .date(second / 86_400) : .instant(second * Timestamp.nanosecondsPerSecond)
      return time.text
    }
    // An ISO 8601 time interval: start/end.
    let range = changes.addedRange.map { "\(text($0.lowerBound))/\(text($0.upperBound))" }
    write([
      "type": "update", "symbol": .string(symbol), "interval": .string(name), "status": .string(status),
      "last_date": JSONValue(try store.last(symbol, name).map(text)), "new_data_range": JSONValue(range),
      "added_count": JSONValue(changes.added), "updated_count": JSONValue(changes.updated),
      "gaps_filled": JSONValue(changes.gapsFilled), "total_records": JSONValue(total),
    ])
    added += changes.added
    updated += changes.updated
    outcomes.arrived(symbol, "\(changes.added) added, \(changes.updated) updated")
  }

  private mutating func fail(_ symbol: String, _ failure: FetchFailure) {
    outcomes.failed(symbol, failure)
    write([
      "type": "update", "symbol": .string(symbol), "interval": .string(interval.rawValue), "status": "error",
      "error": .string(failure.sentence),
    ])
  }

  /// The store is what counts: a reader of the records that has gone is no reason to stop.
  private func write(_ record: JSONValue) { try? printer.print(record) }

  package mutating func finish(_ statistics: inout RunStatistics) throws {
    outcomes.finish(&statistics)
    write([
      "type": "update_summary", "total_added": JSONValue(added), "total_updated": JSONValue(updated),
      "symbols": JSONValue(outcomes.fetched), "failed": JSONValue(outcomes.failed),
      "updated_at": JSONValue(second: SystemClock.wallSeconds),
    ])
    try store.fold()
    try printer.finish()
    statistics.count("added", added)
    statistics.count("requests", counts.requests)
    statistics.count("cache_hits", counts.cacheHits)
    statistics.count("bytes_out", printer.sink.bytesWritten, unit: "By")
  }

  package var status: ExitStatus { outcomes.status }
}
