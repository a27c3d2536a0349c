import FinstageCommand
import FinstageCore
import FinstageFetch
import FinstageNet
import FinstageStore
import FinstageSystem

/// `--store`: a file of bars.
extension FetchTool {
  /// The first second that --from or --range asks for; `usual` is the range if neither is given.
  private func first(_ usual: ChartRange) -> Int64 {
    if let from { return from.second }
    return (range ?? usual).firstDay(endingOn: SystemClock.wallSeconds / 86_400).map { $0 * 86_400 } ?? -62_091 * 86_400
  }

  func bringUpToDate(
    _ path: String, _ list: SymbolList, _ source: any Provider, _ options: FetchOptions,
    _ statistics: inout RunStatistics, _ diagnostics: Diagnostics
  ) throws -> ExitStatus {
    var run = UpdateRun(
      store: try PriceStore(path: path), provider: source, interval: interval,
      first: first(interval.isDaily ? .tenYears : .fiveDays), printer: try common.printer(), diagnostics,
      progressDisplay(of: list.symbols), tolerating: tolerance)
    run.reject(list)
    try run.update(list.symbols, options)
    try run.finish(&statistics)
    statistics.report(isWanted: common.stats, diagnostics)
    return run.status
  }

  /// Writes the bars that a store holds.
  func writeBars(
    of path: String, _ list: SymbolList, _ statistics: inout RunStatistics, _ diagnostics: Diagnostics
  ) throws -> ExitStatus {
    guard Folder.has(path) else {
      throw ToolFailure(.noInput, "\(path): no such file (create it with --update)")
    }
    let store = try PriceStore(reading: path)
    let output = BarOutput(try common.barPrinter(nil, columnar), repairs: repair)
    for sentence in list.rejected { diagnostics.error(sentence) }
    var (failed, records) = (list.rejected.count, 0)
    for symbol in list.symbols {
      let bars = try store.bars(symbol, interval.rawValue, from: first(.max), isDated: interval.isDaily)
      if bars.isEmpty {
        diagnostics.error("\(symbol): \(path) has no \(interval.rawValue) bars of this symbol and span")
        failed += 1
        continue
      }
      let wanted = to.map { to in bars.filter { $0.time.second < to.second } } ?? bars
      if wanted.isEmpty { continue }
      var warnings: [String] = []
      records += try output.write(
        History(bars: wanted, currency: try store.currency(symbol, interval.rawValue)),
        of: HistoryRequest(symbol: symbol, interval: interval, span: .range(.max)), &warnings)
      for warning in warnings { diagnostics.warning("\(symbol): \(warning)") }
    }
    try output.finish()
    statistics.count("symbols", list.symbols.count)
    statistics.count("failed", failed)
    statistics.count("records", records)
    statistics.report(isWanted: common.stats, diagnostics)
    return failed == 0 ? .done : .partly
  }
}
