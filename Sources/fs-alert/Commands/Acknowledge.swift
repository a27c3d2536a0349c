import ArgumentParser
import FinstageAlerts
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-alert ack`: somebody looks after an alert.
struct Acknowledge: Tool {
  static let configuration = CommandConfiguration(
    commandName: "ack", abstract: "Acknowledge alerts: they are not repeated; their end is told.")
  @OptionGroup var state: StateOptions
  @Argument(help: "Ids of alerts, or their beginnings.") var ids: [String]

  mutating func execute() throws -> ExitStatus {
    let store = try state.existingStore()
    var status = ExitStatus.done
    for id in ids {
      guard id.count >= 3, try store.acknowledge(id) > 0 else {
        Diagnostics(tool: "fs-alert ack").error(
          "no alert that fires has the id \(id) (at least three characters of it)")
        status = .partly
        continue
      }
    }
    return status
  }
}
