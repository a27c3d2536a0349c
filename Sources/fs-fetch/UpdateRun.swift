import FinstageCommand
import FinstageCore
import FinstageNet
import FinstageStore

/// Brings the series of a price store up to date, and writes a line about each.
struct UpdateRun {
  private let store: PriceStore
  private let provider: any Provider
  private let interval: ChartInterval
  /// The first second that is wanted of new series.
  private let first: Int64
  private let sink: ByteSink
  private let diagnostics: Diagnostics
  private var outcomes: SymbolOutcomes
  private var added = 0
  private var updated = 0
  private(set) var counts = FetchCounts()

  init(
    store: PriceStore, provider: any Provider, interval: ChartInterval, first: Int64, sink: ByteSink,
    diagnostics: Diagnostics, progress: Progress
  ) {
    self.store = store
    self.provider = provider
    self.interval = interval
    self.first = first
    self.sink = sink
    self.diagnostics = diagnostics
    outcomes = SymbolOutcomes(diagnostics, progress)
  }

  mutating func update(_ symbols: [String], _ options: FetchOptions) throws(ToolFailure) {
    let rewritten = try round(symbols, options, isRewritten: false)
    guard !rewritten.isEmpty && Interruption.signal == 0 else { return }
    // What the cache has of these may be from before they were rewritten.
    var anew = options
    if anew.cacheUse == .normal { anew.cacheUse = .refresh }
    _ = try round(rewritten, anew, isRewritten: true)
  }

  /// Updates series; returns those whose prices have been rewritten, which must be asked for from the beginning.
  private mutating func round(
    _ symbols: [String], _ options: FetchOptions, isRewritten: Bool
  ) throws(ToolFailure) -> [String] {
    let (diagnostics, provider, interval) = (self.diagnostics, self.provider, self.interval)
    let engine = FetchEngine<History>(options) { diagnostics.warning($0) }
    // The same until tomorrow, so that a second update can be answered from the cache.
    let end = (Int64(Clock.wall) / 86_400 + 2) * 86_400
    var local: [Int: History] = [:]
    var plans: [Int: SeriesUpdate] = [:]
    var again: [String] = []
    var fault: ToolFailure?
    do throws(ToolFailure) {
      try engine.run(count: symbols.count) { (index) throws(FetchFailure) in
        let plan = try plan(symbols[index], end: end, isRewritten: isRewritten)
        plans[index] = plan
        let request = HistoryRequest(
          symbol: symbols[index], interval: interval, span: .period(from: plan.span.from, to: plan.span.to))
        var remote: [HTTPRequest] = []
        switch try provider.source(of: request) {
        case .local(let history): local[index] = history
        case .remote(let list): remote = list
        }
        return FetchJob(name: symbols[index], requests: remote, lifetime: interval.lifetime) {
          (answer, _) throws(FetchFailure) in try provider.history(in: answer, of: request)
        }
      } deliver: { (index, result) throws(ToolFailure) in
        let symbol = symbols[index]
        switch result {
        case .failure(let failure):
          fail(symbol, failure)
        case .success(let result):
          outcomes.warn(symbol, result.warnings)
          let history = local.removeValue(forKey: index) ?? History(joining: result.parts)
          guard let plan = plans.removeValue(forKey: index) else { return }
          if try !take(history, symbol, plan) { again.append(symbol) }
        }
      }
    } catch {
      fault = error
    }
    counts.requests += engine.counts.requests
    counts.cacheHits += engine.counts.cacheHits
    if let fault { throw fault }
    return again
  }

  private func plan(_ symbol: String, end: Int64, isRewritten: Bool) throws(FetchFailure) -> SeriesUpdate {
    let overlap: Int64? =
      switch interval {
      case .oneWeek, .oneMonth, .quarter: nil
      case .oneDay: 7 * 86_400
      default: 86_400
      }
    do throws(DatabaseError) {
      let name = interval.rawValue
      let oldest = provider.oldest(of: interval, now: Int64(Clock.wall)) ?? .min
      let gap =
        overlap == nil ? nil : try store.gaps(symbol, name, from: oldest == .min ? oldest : oldest / 86_400).first
      return SeriesUpdate(
        covered: try store.covered(symbol, name), first: first, end: end, overlap: overlap,
        gap: gap.map { $0 * 86_400 }, oldest: oldest, isRewritten: isRewritten)
    } catch {
      throw FetchFailure(.symbol, error.description)
    }
  }

  /// Stores what came; false if everything must be asked for again.
  private mutating func take(
    _ history: History, _ symbol: String, _ plan: SeriesUpdate
  ) throws(ToolFailure) -> Bool {
    do throws(DatabaseError) {
      let name = interval.rawValue
      let covered = try store.covered(symbol, name)
      if let covered {
        let held = try store.bars(symbol, name, from: plan.span.from, isDated: interval.isDaily)
        if !plan.isWhole, SeriesUpdate.isRewritten(held: held, came: history.bars, settled: covered.to) {
          outcomes.warn(symbol, ["prices that are held have changed (a split, a dividend): all are fetched again"])
          return false
        }
        let missing = SeriesUpdate.missing(held: held, came: history.bars)
        if missing > 0 {
          outcomes.warn(symbol, ["\(missing) bars that are held did not come again: they stay as they are"])
        }
      }
      if let covered, covered.to < plan.span.from {
        let (from, to) = (covered.to, plan.span.from)
        outcomes.warn(
          symbol,
          [
            "bars of \(name) are not kept for so long: from \(Timestamp.dateString(day: from / 86_400)) to"
              + " \(Timestamp.dateString(day: to / 86_400)) there is a gap"
          ])
      }
      let changes = try store.store(
        history.bars, symbol, name, currency: history.currency, asked: plan.span, blank: history.blankDays)
      try report(symbol, history, changes, isNew: covered == nil)
      return true
    } catch {
      throw ToolFailure(.io, error.description)
    }
  }

  private mutating func report(
    _ symbol: String, _ history: History, _ changes: PriceStore.Changes, isNew: Bool
  ) throws(DatabaseError) {
    let name = interval.rawValue
    let total = try store.count(symbol, name)
    let status =
      changes.added + changes.updated > 0 ? "success" : isNew && history.bars.isEmpty ? "no_new_data" : "up_to_date"
    func text(_ second: Int64) -> String {
      let time: Bar.Time =
        interval.isDaily ? .date(second / 86_400) : .instant(second * Timestamp.nanosecondsPerSecond)
      return time.text
    }
    var line = "{\"type\":\"update\",\"symbol\":\(JSONString.quoted(symbol)),\"interval\":\"\(name)\""
    line +=
      ",\"status\":\"\(status)\",\"last_date\":\(try store.last(symbol, name).map { "\"\(text($0))\"" } ?? "null")"
    // As ISO 8601 writes an interval of time.
    let range = changes.addedRange.map { "\"\(text($0.lowerBound))/\(text($0.upperBound))\"" } ?? "null"
    line += ",\"new_data_range\":\(range),\"added_count\":\(changes.added),\"updated_count\":\(changes.updated)"
    line += ",\"gaps_filled\":\(changes.gapsFilled),\"total_records\":\(total)}\n"
    added += changes.added
    updated += changes.updated
    outcomes.arrived(symbol, "\(changes.added) added, \(changes.updated) updated")
    write(line)
  }

  private mutating func fail(_ symbol: String, _ failure: FetchFailure) {
    guard outcomes.failed(symbol, failure) else { return }
    write(
      "{\"type\":\"update\",\"symbol\":\(JSONString.quoted(symbol)),\"interval\":\"\(interval.rawValue)\",\"status\":\"error\""
        + ",\"error\":\(JSONString.quoted(failure.message))}\n")
  }

  /// The store is what counts: a reader of the lines that has gone is no reason to stop.
  private func write(_ line: String) {
    do throws(OutputError) {
      try sink.write(line)
      if sink.isLive { try sink.flush() }
    } catch {}
  }

  mutating func finish(_ statistics: inout RunStatistics) throws(ToolFailure) {
    outcomes.finish(&statistics)
    write(
      "{\"type\":\"update_summary\",\"total_added\":\(added),\"total_updated\":\(updated),\"symbols\":\(outcomes.fetched)"
        + ",\"failed\":\(outcomes.failed),\"updated_at\":\"\(Timestamp.string(Int64(Clock.wall) * Timestamp.nanosecondsPerSecond))\"}\n"
    )
    do throws(DatabaseError) { try store.fold() } catch { throw ToolFailure(.io, error.description) }
    do throws(OutputError) { try sink.finish() } catch { throw ToolFailure(error) }
    statistics.count("added", added)
    statistics.count("requests", counts.requests)
    statistics.count("cache_hits", counts.cacheHits)
    statistics.count("bytes_out", sink.bytesWritten, unit: "By")
  }

  var status: ExitStatus { outcomes.status }
}
