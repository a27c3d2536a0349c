import ArgumentParser
import FinstageAlerts
import FinstageCommand
import FinstageCore
import FinstageSystem

/// Lists that are cut say so.
enum ListLimit {
  static func cut<Item>(_ items: [Item], to limit: Int) throws -> [Item] {
    if items.count > limit { Diagnostics(tool: "fs-alert").warning("only the first \(limit) are listed (--limit)") }
    return Array(items.prefix(limit))
  }
}

/// Alerts as lines of a table.
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
