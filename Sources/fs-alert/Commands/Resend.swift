import ArgumentParser
import FinstageAlerts
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-alert resend`: tries again what waits or was given up.
struct Resend: Tool {
  static let configuration = CommandConfiguration(
    commandName: "resend", abstract: "Deliver what waits; with --failed, what was given up as well.")
  @OptionGroup var state: StateOptions
  @Flag(help: "Try again what was given up, and turn channels on that were turned off.") var failed = false
  @Option(
    help: ArgumentHelp("Rules that name channels; several times for more.", valueName: "file"), completion: .file())
  var rules: [String] = []
  @Option(help: ArgumentHelp("How long to go on.", valueName: "span")) var linger = TimeSpan.seconds(30)

  mutating func execute() throws -> ExitStatus {
    let store = try state.existingStore()
    if failed { _ = try store.resend() }
    let known = Dictionary(try RulesFile.read(rules).channels.map { ($0.name, $0.address) }, uniquingKeysWith: { $1 })
    var channels: [(name: String, address: String)] = []
    for delivery in try store.outbox() where !channels.contains(where: { $0.name == delivery.channel }) {
      guard let address = known[delivery.channel] ?? (delivery.channel.contains(":") ? delivery.channel : nil) else {
        throw ToolFailure(
          .usage, "the channel \"\(delivery.channel)\" is named in a file of rules: give it with --rules")
      }
      channels.append((delivery.channel, address))
    }
    guard !channels.isEmpty else { return .done }
    let diagnostics = Diagnostics(tool: "fs-alert resend")
    let courier = try Courier(store.path, channels) { diagnostics.warning($0) }
    let waiting = try courier.settle(store, within: linger.seconds)
    courier.end()
    return waiting > 0 ? .partly : .done
  }
}
