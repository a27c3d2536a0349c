import FinstageCore
import FinstageSystem

/// Something to tell: an alert begins, goes on, or ends.
package struct AlertEvent: Sendable {
  package enum State: String, Sendable, CaseIterable {
    case firing
    /// It still fires, and is told again (`repeat`).
    case repeated
    case resolved
  }

  package var id: String
  package var rule: String
  package var symbol: String
  /// The name of the series: the symbol, or for metrics all that tells them apart.
  package var series = ""
  /// The time of the record, in nanoseconds since 1970.
  package var time: Int64
  package var state: State
  package var severity: AlertSeverity
  package var category: String?
  package var message: String
  /// When its condition became true, in nanoseconds since 1970.
  package var started: Int64
  /// The fields of the condition, as they were in the record.
  package var values: [(name: String, value: JSONValue)]
  /// The worse alert of the same series that makes this one not worth telling.
  package var inhibitedBy: String?
  /// The names of the rule's channels.
  package var channels: [String]
  package var groupWindow: Int64
  /// Whether it has no end.
  package var isMomentary = false

  package init(
    id: String, rule: String, symbol: String, time: Int64, state: State, severity: AlertSeverity, category: String?,
    message: String, started: Int64, values: [(name: String, value: JSONValue)], inhibitedBy: String? = nil,
    channels: [String] = [], groupWindow: Int64 = 0
  ) {
    self.id = id
    self.rule = rule
    self.symbol = symbol
    self.time = time
    self.state = state
    self.severity = severity
    self.category = category
    self.message = message
    self.started = started
    self.values = values
    self.inhibitedBy = inhibitedBy
    self.channels = channels
    self.groupWindow = groupWindow
  }

  /// The same for the same rule, series and beginning, in every process and every replay.
  package static func id(rule: String, symbol: String, started: Int64) -> String {
    StableHash("\(rule)\u{0}\(symbol)\u{0}\(started)").text
  }

  package static let description = RecordDescription<AlertEvent>([
    .init("type", .text) { _ in "alert" },
    .init("id", .text) { .string($0.id) },
    .init("rule", .text) { .string($0.rule) },
    .init("symbol", .text, optional: true) { $0.symbol.isEmpty ? .null : .string($0.symbol) },
    .init("ts", .time) { .string(Timestamp.string($0.time)) },
    .init("state", .text) { .string($0.state.rawValue) },
    .init("severity", .text) { .string($0.severity.name) },
    .init("category", .text, optional: true) { JSONValue($0.category) },
    .init("message", .text) { .string($0.message) },
    .init("started_at", .time) { .string(Timestamp.string($0.started)) },
    .init("inhibited_by", .text, optional: true) { JSONValue($0.inhibitedBy) },
    .init("values", .json) { event in .object(event.values.map { (key: $0.name, value: $0.value) }) },
  ])
}
