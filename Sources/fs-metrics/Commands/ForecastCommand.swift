import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics forecast`: where a metric goes, and how far that can be trusted.
struct ForecastCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Say where a metric with a daily rhythm goes, with its error, and whether it will pass a threshold.",
    discussion: """
      Additive Holt and Winters over means of an hour. backtest_error is its mean error over what it had not seen, naive_error that of "the same as now": if it is not smaller, the report marks the forecast as not useful. \
      With --threshold it warns only if the whole interval of 95 % is beyond, not the mean. Less than two days of readings are refused.

      EXIT STATUS:
      0 no hour is beyond the threshold; 1 one is; 75 there are too few readings.

      EXAMPLES:
        fs-metrics forecast memory_percent --ahead 24h --threshold 90
      """)
  @Argument(help: ArgumentHelp("The metric.", valueName: "name")) var metric: String
  @Option(help: ArgumentHelp("Only series with this label; several times for more.", valueName: "name=value"))
  var label: [String] = []
  @Option(help: ArgumentHelp("How far to look, 1h to 31d.", valueName: "span")) var ahead = TimeSpan.seconds(86_400)
  @Option(help: ArgumentHelp("The rhythm, 2h to 31d.", valueName: "span")) var season = TimeSpan.seconds(86_400)
  @Option(help: ArgumentHelp("Warn above this.", valueName: "number")) var threshold: Double?
  @OptionGroup var store: MetricsStoreOption

  mutating func validate() throws {
    guard (3600...2_678_400).contains(ahead.seconds) else { throw ValidationError("--ahead must be 1h to 31d") }
    guard (7200...2_678_400).contains(season.seconds) else { throw ValidationError("--season must be 2h to 31d") }
    guard label.allSatisfy({ $0.contains("=") }) else { throw ValidationError("--label must be name=value") }
  }

  mutating func execute() throws -> ExitStatus {
    let store = try self.store.existing()
    var labels: [String: String] = [:]
    for text in label {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      labels[String(parts[0])] = String(parts[1])
    }
    guard let (id, series) = try store.series(.init(name: metric, labels: labels)).first else {
      throw ToolFailure(.noInput, "there is no metric \"\(metric)\" (fs-metrics report shows all)")
    }
    let now = SystemClock.wallNanoseconds
    let hours = try hourly(
      store, id, until: now / MetricsStore.hour * MetricsStore.hour, most: Int(season.seconds / 3600) * 60)
    let period = Int(season.seconds / 3600)
    let steps = Int(ahead.seconds / 3600)
    guard let forecast = Forecast(hours, season: period, steps: steps) else {
      throw ToolFailure(
        .tryLater, "\(metric): there are \(hours.count) hours of readings without a gap; two seasons are \(2 * period)")
    }
    let beyond = threshold.flatMap { limit in (0..<steps).first { forecast.values[$0] - forecast.reach[$0] > limit } }
    let first = now / MetricsStore.hour * MetricsStore.hour
    func record(_ i: Int) -> JSONValue {
      let (value, reach) = (forecast.values[i], forecast.reach[i])
      return [
        "ts": .string(Timestamp.string(first + Int64(i) * MetricsStore.hour)), "value": .rounded(value, 4),
        "low": .rounded(value - reach, 4), "high": .rounded(value + reach, 4),
      ]
    }
    var members: [(key: String, value: JSONValue?)] = [
      ("type", "forecast"), ("name", .string(series.name)), ("unit", .string(series.unit)),
      ("hours", JSONValue(hours.count)), ("useful", .bool(forecast.isUseful)),
      ("backtest_error", .rounded(forecast.backtestError, 6)), ("naive_error", .rounded(forecast.naiveError, 6)),
    ]
    if let threshold {
      members.append(("threshold", .number(threshold)))
      members.append(
        ("beyond", beyond.map { .string(Timestamp.string(first + Int64($0) * MetricsStore.hour)) } ?? .null))
    }
    members.append(("values", .array((0..<steps).map(record))))
    try write(JSONValue(members: members).text)
    if !forecast.isUseful {
      Diagnostics(tool: "fs-metrics forecast").warning("\"the same as now\" has been nearer: do not rely on this")
      return .done
    }
    return beyond == nil ? .done : .partly
  }

  /// The newest means of an hour without a gap.
  private func hourly(_ store: MetricsStore, _ id: Int64, until end: Int64, most: Int) throws -> [Double] {
    let start = end - Int64(most) * MetricsStore.hour
    let bins = try History.bins(store, id, in: start..<end, count: most)
    var means: [Int64: Double] = [:]
    for (time, rollUp) in bins { if let mean = rollUp?.mean { means[(time - start) / MetricsStore.hour] = mean } }
    var hours: [Double] = []
    for place in stride(from: Int64(most) - 1, through: 0, by: -1) {
      guard let mean = means[place] else { break }
      hours.append(mean)
    }
    return hours.reversed()
  }
}
