import ArgumentParser
import FinstageAlerts
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-alert check-channel`: sends a test.
struct CheckChannel: Tool {
  static let configuration = CommandConfiguration(
    commandName: "check-channel", abstract: "Send a test alert to a channel; status 69 if it does not arrive.")
  @Option(
    help: ArgumentHelp("Rules that name channels; several times for more.", valueName: "file"), completion: .file())
  var rules: [String] = []
  @Argument(help: "A channel: its name in the rules, or its address.") var channel: String

  mutating func execute() throws -> ExitStatus {
    let known = try RulesFile.read(rules).channels.last { $0.name == channel }?.address
    let sender = try AlertChannels.make(known ?? channel)
    let diagnostics = Diagnostics(tool: "fs-alert check-channel")
    if let caution = sender.caution { diagnostics.warning(caution) }
    let now = Int64(SystemClock.wall * 1e9)
    let event = AlertEvent(
      id: AlertEvent.id(rule: "test", symbol: "TEST", started: now), rule: "test", symbol: "TEST", time: now,
      state: .firing,
      severity: .info, category: nil, message: "This is a test of fs-alert <&>", started: now, values: [])
    do {
      try sender.send(
        ChannelMessage(alerts: [AlertEvent.description.json(event)], id: event.id + "-firing"),
        isOver: { Interruption.isRequested })
    } catch {
      throw ToolFailure(.unavailable, "\(channel.hasPrefix("exec:") ? "exec" : channel): \(error.sentence)")
    }
    return .done
  }
}
