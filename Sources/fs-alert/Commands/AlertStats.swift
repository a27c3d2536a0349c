import ArgumentParser
import FinstageAlerts
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-alert stats`: how many alerts there were.
struct AlertStats: Tool {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Count the recent alerts by severity, rule and hour.")
  @OptionGroup var state: StateOptions
  @Option(help: ArgumentHelp("How far to look back.", valueName: "span")) var last = TimeSpan.seconds(86_400)

  mutating func validate() throws {
    guard (0...3e9).contains(last.seconds) else { throw ValidationError("--last must be 0 to 34000d") }
  }

  mutating func execute() throws -> ExitStatus {
    let store = try state.existingStore()
    let since = Int64((SystemClock.wall - last.seconds) * 1000)
    func object(_ counts: [(String, Int)]) -> JSONValue { .object(counts.map { ($0.0, JSONValue($0.1)) }) }
    let severities = try store.counts(by: "severity", since: since)
    let value: JSONValue = [
      "time_range_hours": .rounded(last.seconds / 3600, 3),
      "total_alerts": JSONValue(severities.reduce(0) { $0 + $1.1 }),
      "active_alerts": JSONValue(try store.alerts(since: nil).count), "severity_breakdown": object(severities),
      "rule_breakdown": object(try store.counts(by: "rule", since: since)),
      "hourly_breakdown": .object(
        try store.hours(since: since).map { (Timestamp.string($0.0 * 3_600_000_000_000), JSONValue($0.1)) }),
      "generated_at": JSONValue(time: Int64(SystemClock.wall * 1000)),
    ]
    try write([value.text])
    return .done
  }
}
