import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics trend`: where a metric goes, and when it changed.
struct TrendCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "trend",
    abstract: "Say whether metrics rise or fall, and when their level changed.",
    discussion: """
      The slope is Theil and Sen's; p is Mann and Kendall's, corrected for readings that depend on their neighbours (Hamed and Rao), without which there are trends everywhere. A change is told if it is significant (p at most 0.001 times the places looked at), clear (85 % of the \
      readings of one side exceed the other) and 5 % or more.

      EXAMPLES:
        fs-metrics trend run_seconds --last 7d
      """)
  @OptionGroup var window: WindowOptions
  @OptionGroup var store: MetricsStoreOption
  @OptionGroup var output: RecordOutputOptions

  mutating func execute() throws -> ExitStatus {
    let store = try self.store.existing()
    let span = window.span
    let summaries = try store.series(window.selection)
      .map { id, series in try SeriesSummary.of(series, id, in: span, store, findsChanges: true) }
      .filter { $0.count > 0 }
    if summaries.isEmpty, let metric = window.metric {
      throw ToolFailure(.noInput, "there is no metric \"\(metric)\" in this time (fs-metrics report shows all)")
    }
    if summaries.isEmpty { Diagnostics(tool: "fs-metrics trend").warning("there are no such metrics in this time") }
    let records = summaries.map { summary in
      let trend = summary.trend
      return JSONValue.object([
        ("type", "trend"), ("name", .string(summary.series.name)),
        ("labels", summary.series.labelsJSON),
        ("count", JSONValue(Int(summary.count))), ("direction", .string(direction(trend))),
        ("p", trend.map { .number($0.p) } ?? .null), ("p_if_independent", trend.map { .number($0.plainP) } ?? .null),
        ("slope_per_reading", trend.map { .number($0.slope) } ?? .null),
        (
          "changes",
          .array(
            summary.changes.map { time, change in
              [
                "ts": .string(Timestamp.string(time)), "before": .number(change.before), "after": .number(change.after),
                "magnitude": change.magnitude.map { .rounded($0, 4) } ?? .null,
              ]
            })
        ),
      ])
    }
    if output.isForPeople {
      let rows = zip(summaries, records).map { summary, record in
        [
          summary.series.name,
          summary.series.labelWords(),
          "\(summary.count)", record["direction"]?.string ?? "", Report.short(summary.trend?.p),
          summary.changes.map { time, change in
            "\(Timestamp.string(time / 1_000_000_000 * 1_000_000_000)): \(Report.short(change.before)) to \(Report.short(change.after))"
          }.joined(separator: ", "),
        ]
      }
      try write(TextTable.lines([["metric", "labels", "count", "trend", "p", "changes of level"]] + rows))
    } else {
      try output.write(records)
    }
    return .done
  }

  private func direction(_ trend: Trend?) -> String {
    guard let trend else { return "too few readings" }
    return trend.p > 0.05 ? "none" : trend.slope > 0 ? "rising" : trend.slope < 0 ? "falling" : "none"
  }
}
