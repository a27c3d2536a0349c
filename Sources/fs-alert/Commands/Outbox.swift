import ArgumentParser
import FinstageAlerts
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-alert outbox`: what has not been delivered.
struct Outbox: Tool {
  static let configuration = CommandConfiguration(
    commandName: "outbox", abstract: "List deliveries that wait or were given up.")
  @OptionGroup var state: StateOptions
  @Option(help: "The most deliveries to list, 1 to 1000000.") var limit = 10_000
  @Flag(help: "Print one JSON object a line instead of a table.") var json = false

  mutating func validate() throws {
    guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit must be 1 to 1000000") }
  }

  mutating func execute() throws -> ExitStatus {
    let deliveries = try ListLimit.cut(try state.existingStore().outbox(limit: limit + 1), to: limit)
    if json {
      try write(deliveries.map { DeliveryRecord.description.json($0).text })
      return .done
    }
    let rows = deliveries.map { delivery in
      [
        String(delivery.number), delivery.statusName, String(delivery.tries), JSONValue(time: delivery.due).plainText,
        delivery.channel, String(delivery.alert.prefix(12)), delivery.state, String((delivery.error ?? "").prefix(80)),
      ]
    }
    try write(TextTable.lines([["delivery", "status", "tries", "due", "channel", "alert", "state", "error"]] + rows))
    return .done
  }
}
