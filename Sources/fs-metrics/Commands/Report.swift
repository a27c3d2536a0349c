import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics report`: what the metrics of a span of time say.
struct Report: Tool {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Sum up metrics: count, mean, quantiles, rate.",
    discussion: """
      Quantiles are exact (linear interpolation) as long as all readings are kept, that is a day; older ones are rolled up, and their quantiles are off by at most 1 % of themselves and named so (p95_sketch).

      EXAMPLES:
        fs-metrics report --last 24h
        fs-metrics report 'stage_*' --label run=nightly --last 7d --json
      """)
  @OptionGroup var window: WindowOptions
  @OptionGroup var store: MetricsStoreOption
  @OptionGroup var output: RecordOutputOptions

  mutating func execute() throws -> ExitStatus {
    let summaries = try Report.summaries(try store.existing(), window)
    if summaries.isEmpty {
      if let metric = window.metric {
        throw ToolFailure(.noInput, "there is no metric \"\(metric)\" in this time (fs-metrics report shows all)")
      }
      Diagnostics(tool: "fs-metrics report").warning(
        "there are no such metrics in this time (fs-metrics collect and ingest bring some)")
    }
    if output.isForPeople {
      try write(Report.table(summaries))
    } else {
      try output.write(summaries.map { $0.json })
    }
    return .done
  }

  static func summaries(_ store: MetricsStore, _ window: WindowOptions) throws -> [SeriesSummary] {
    let span = window.span
    return try store.series(window.selection).map { id, series in try SeriesSummary.of(series, id, in: span, store) }
      .filter { $0.count + $0.gaps > 0 }
  }

  /// A number of at most four digits that count.
  static func short(_ value: Double?) -> String {
    guard let value else { return "" }
    let size = abs(value)
    let places = size >= 1000 || size == 0 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 4
    return JSONValue.rounded(value, places).text
  }

  static func table(_ summaries: [SeriesSummary]) -> [String] {
    let rows = summaries.map { summary in
      let labels = summary.series.labelWords()
      return [
        summary.series.name, labels, "\(summary.count)", summary.gaps > 0 ? "\(summary.gaps)" : "", short(summary.mean),
      ]
        + summary.quantiles.map(short)
        + [
          short(summary.minimum), short(summary.maximum), short(summary.last), summary.series.unit,
          summary.isExact ? "" : "quantiles ±1 %",
        ]
    }
    return TextTable.lines(
      [["metric", "labels", "count", "gaps", "mean", "p50", "p90", "p95", "p99", "min", "max", "last", "unit", ""]]
        + rows)
  }
}
