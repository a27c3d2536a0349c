import ArgumentParser
import FinstageAlerts
import FinstageCommand
import FinstageCore
import FinstageSystem

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
