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
