import FinstageCommand
import FinstageCore
import FinstageNet
import FinstageStore

/// `--store`: a file of bars.
extension FetchTool {
  private func open(_ path: String) throws(ToolFailure) -> PriceStore {
    do throws(DatabaseError) {
      return try PriceStore(path: path)
    } catch {
      throw ToolFailure(error.kind == .corrupt || error.kind == .newer ? .badData : .io, error.description)
    }
  }

  /// The first second that --from or --range asks for, where without them `usual` counts.
  private func first(_ usual: ChartRange) -> Int64 {
    if let from { return from.second }
    return (range ?? usual).firstDay(endingOn: Int64(Clock.wall) / 86_400).map { $0 * 86_400 } ?? -62_091 * 86_400
  }

  func bringUpToDate(
    _ path: String, _ symbols: [String], _ source: any Provider, _ options: FetchOptions,
    _ statistics: inout RunStatistics, _ diagnostics: Diagnostics
  ) throws(ToolFailure) -> ExitStatus {
    var run = UpdateRun(
      store: try open(path), provider: source, interval: interval,
      first: first(interval.isDaily ? .tenYears : .fiveDays), sink: try common.sink(), diagnostics: diagnostics,
      progress: Progress(tool: Self.name, total: symbols.count, isForced: progress, isQuiet: common.quiet))
    try run.update(symbols, options)
    try run.finish(&statistics)
    statistics.report(isWanted: common.stats, diagnostics)
    return run.status
  }

  /// Writes the bars that a store holds.
  func writeBars(
    of path: String, _ symbols: [String], _ statistics: inout RunStatistics, _ diagnostics: Diagnostics
  ) throws(ToolFailure) -> ExitStatus {
    guard Folder.has(path) else {
      throw ToolFailure(.noInput, "\(path): there is no such file (--update makes it)")
    }
    let store = try open(path)
    let sink = try common.sink()
    var (failed, records) = (0, 0)
    for symbol in symbols {
      let bars: [Bar]
      let currency: String?
      do throws(DatabaseError) {
        currency = try store.currency(symbol, interval.rawValue)
        bars = try store.bars(symbol, interval.rawValue, from: first(.max), isDated: interval.isDaily)
      } catch {
        throw ToolFailure(error.kind == .corrupt ? .badData : .io, error.description)
      }
      if bars.isEmpty {
        diagnostics.error("\(symbol): \(path) has no such bars of \(interval.rawValue)")
        failed += 1
      }
      do throws(OutputError) {
        let writer = BarWriter(sink: sink, symbol: symbol, interval: interval.rawValue, currency: currency)
        let wanted = to.map { to in bars.filter { $0.time.second < to.second } } ?? bars
        if let remark = try CheckedBars(repairs: repair).write(wanted, with: writer) {
          diagnostics.warning("\(symbol): \(remark)")
        }
        records += wanted.count
      } catch {
        throw ToolFailure(error)
      }
    }
    do throws(OutputError) { try sink.finish() } catch { throw ToolFailure(error) }
    statistics.count("symbols", symbols.count)
    statistics.count("failed", failed)
    statistics.count("records", records)
    statistics.report(isWanted: common.stats, diagnostics)
    return failed == 0 ? .done : .partly
  }
}
