import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics compare`: now against a baseline.
struct Compare: Tool {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare metrics now with a baseline.",
    discussion: """
      ratio is the mean now over the mean then, and interval is where it lies (95 %), with readings that are like their neighbours counted for less. worse: the whole interval is beyond --fail-over; ok: the whole interval is within; undecided: more readings are needed; \
      no verdict: fewer than 5 readings, or a baseline of zero. Only readings of later times than the baseline's are compared with it. Of rates of hits and success, throughput and free memory, less is worse.

      EXIT STATUS:
      0 all are ok or without a verdict; 1 one is worse; 75 none is worse, but one is undecided.

      EXAMPLES:
        fs-metrics baseline save nightly 'run_*' --last 30d
        fs-metrics compare nightly --last 1d --fail-over 10%
      """)
  @Argument(help: ArgumentHelp("The name of the baseline.", valueName: "baseline")) var name: String
  @OptionGroup var window: WindowOptions
  @Option(help: ArgumentHelp("The share by which a metric may be worse, 0% to 1000%.", valueName: "share"))
  var failOver = Percentage(
    argument: "10%")!
  @OptionGroup var store: MetricsStoreOption
  @OptionGroup var output: RecordOutputOptions

  mutating func validate() throws {
    guard (0...10).contains(failOver.share) else { throw ValidationError("--fail-over must be 0% to 1000%") }
  }

  mutating func execute() throws -> ExitStatus {
    let store = try self.store.existing()
    guard let baseline = try store.baselines().first(where: { $0.name == name }) else {
      throw ToolFailure(.noInput, "there is no baseline \"\(name)\" (fs-metrics baseline list shows all)")
    }
    let differences = MachineFacts.differences(baseline.machine, MachineFacts.json)
    if !differences.isEmpty {
      Diagnostics(tool: "fs-metrics compare").warning(
        "the machine has changed since the baseline: \(differences.joined(separator: ", ")) (figures may differ for that alone)"
      )
    }
    let span = window.span
    let now = Dictionary(try store.series(window.selection).map { ($0.series, $0.id) }) { $1 }
    var comparisons: [BaselineComparison] = []
    for (series, before) in try store.baseline(name) where window.selection.holds(series) {
      let values =
        try now[series].map {
          try store.readings($0, in: max(span.lowerBound, baseline.taken + 1)..<span.upperBound).values
        } ?? []
      comparisons.append(
        BaselineComparison(series, before: before, now: values.filter { !$0.isNaN }, limit: failOver.share))
    }
    if comparisons.isEmpty {
      throw ToolFailure(.noInput, "the baseline \(name) has no such metric (fs-metrics baseline list)")
    }
    if output.isForPeople {
      let rows = comparisons.map { item in
        [
          item.series.name,
          item.series.labelWords(),
          Report.short(item.before.count > 0 ? item.before.mean : nil),
          Report.short(item.now.count > 0 ? item.now.mean : nil),
          item.ratio.map { JSONValue.rounded($0, 3).text } ?? "",
          item.interval.map { "\(JSONValue.rounded($0.low, 3).text) to \(JSONValue.rounded($0.high, 3).text)" } ?? "",
          "\(item.now.count)", item.verdict.rawValue,
        ]
      }
      try write(TextTable.lines([["metric", "labels", "then", "now", "ratio", "between", "count", "verdict"]] + rows))
    } else {
      try output.write(comparisons.map { $0.json })
    }
    if comparisons.contains(where: { $0.verdict == .worse }) { return .partly }
    return comparisons.contains { $0.verdict == .undecided } ? .tryLater : .done
  }
}
