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

/// `fs-alert doctor`: whether anybody would be told.
struct Doctor: Tool {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Say whether channels work and the outbox is empty; status 65 if not.")
  @OptionGroup var state: StateOptions

  mutating func execute() throws -> ExitStatus {
    let store = try state.existingStore()
    var isWell = true
    let now = Int64(SystemClock.wall * 1000)
    for channel in try store.channels() {
      let success = channel.lastSuccess.map { "last success \(PlainText.age(now - $0)) ago" } ?? "never succeeded"
      var faults: [String] = []
      if let off = channel.off { faults.append("off: \(off)") }
      if channel.waiting > 0, let oldest = channel.oldest {
        faults.append("\(channel.waiting) deliveries wait, the oldest for \(PlainText.age(now - oldest))")
      }
      if let error = channel.lastError, channel.waiting > 0 || channel.off != nil {
        faults.append("last error: \(error)")
      }
      if !faults.isEmpty { isWell = false }
      try write(["\(channel.name): \(([success] + faults).joined(separator: "; "))"])
    }
    let dead = try store.outbox().count { $0.status == 3 }
    if dead > 0 {
      isWell = false
      try write(["\(dead) deliveries were given up (fs-alert outbox, fs-alert resend --failed)"])
    }
    return isWell ? .done : .badData
  }
}
