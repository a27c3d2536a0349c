import ArgumentParser
import FinstageAlerts
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-alert active`: the alerts that fire now.
struct Active: Tool {
  static let configuration = CommandConfiguration(
    commandName: "active", abstract: "List the alerts that have fired and not ended.")
  @OptionGroup var state: StateOptions
  @Option(help: "The most alerts to list, 1 to 1000000.") var limit = 10_000
  @Flag(help: "Print one JSON object a line instead of a table.") var json = false

  mutating func validate() throws {
    guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit must be 1 to 1000000") }
  }

  mutating func execute() throws -> ExitStatus {
    let alerts = try state.existingStore().alerts(since: nil, limit: limit + 1)
    try AlertTable.write(try ListLimit.cut(alerts, to: limit), json: json)
    return .done
  }
}

/// `fs-alert history`: the alerts of some time.
struct History: Tool {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "List recent alerts, the newest first.")
  @OptionGroup var state: StateOptions
  @Option(help: ArgumentHelp("How far to look back.", valueName: "span")) var last = TimeSpan.seconds(86_400)
  @Option(help: "The most alerts to list, 1 to 1000000.") var limit = 1000
  @Flag(help: "Print one JSON object a line instead of a table.") var json = false

  mutating func validate() throws {
    guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit must be 1 to 1000000") }
    guard (0...3e9).contains(last.seconds) else { throw ValidationError("--last must be 0 to 34000d") }
  }

  mutating func execute() throws -> ExitStatus {
    let since = Int64((SystemClock.wall - last.seconds) * 1000)
    let alerts = try state.existingStore().alerts(since: since, limit: limit + 1)
    try AlertTable.write(try ListLimit.cut(alerts, to: limit), json: json)
    return .done
  }
}

/// Lists that are cut say so.
enum ListLimit {
  static func cut<Item>(_ items: [Item], to limit: Int) throws -> [Item] {
    if items.count > limit { Diagnostics(tool: "fs-alert").warning("only the first \(limit) are listed (--limit)") }
    return Array(items.prefix(limit))
  }
}

enum AlertTable {
  static func write(_ alerts: [AlertRecord], json: Bool) throws {
    if json { return try FinstageCommand.write(alerts.map { AlertRecord.description.json($0).text }) }
    let rows = alerts.map { alert in
      [
        String(alert.id.prefix(12)), alert.severity, alert.life, Timestamp.string(alert.fired), alert.symbol,
        alert.rule,
        String(alert.message.prefix(80)),
      ]
    }
    try FinstageCommand.write(
      TextTable.lines([["id", "severity", "state", "fired", "symbol", "rule", "message"]] + rows))
  }
}
