import FinstageCore
import FinstageSystem

/// What a channel sends: one alert, or several as a summary.
package struct ChannelMessage: Sendable {
  /// The records of the alerts, as JSON objects; the first is told in full.
  package var alerts: [JSONValue]
  /// The same for every attempt to send it.
  package var id: String

  package init(alerts: [JSONValue], id: String) {
    self.alerts = alerts
    self.id = id
  }

  private func text(_ name: String) -> String { alerts.first?[name]?.string ?? "" }

  package var severity: String { text("severity") }
  package var symbol: String { text("symbol") }
  package var rule: String { text("rule") }
  package var alert: String { text("id") }
  package var time: String { text("ts") }
  package var isResolved: Bool { text("state") == "resolved" }

  /// One line: the severity, and what it is about.
  package var title: String {
    let state = isResolved ? "RESOLVED" : severity.uppercased()
    return "[\(state)] \(symbol.isEmpty ? rule : "\(symbol) \(rule)")\(more)"
  }

  private var more: String { alerts.count > 1 ? " and \(alerts.count - 1) more" : "" }

  /// The messages of the alerts, one a line, with at most `limit` characters.
  package func body(limit: Int) -> String {
    var lines = [text("message")]
    for alert in alerts.dropFirst().prefix(20) { lines.append(alert["message"]?.string ?? "") }
    if alerts.count > 21 { lines.append("and \(alerts.count - 21) more") }
    let body = lines.joined(separator: "\n")
    return ChannelMessage.cut(body, limit)
  }

  /// Cuts a text to a number of UTF-16 units. Telegram counts in these units; receivers that count characters never count more.
  static func cut(_ text: String, _ limit: Int) -> String {
    guard text.utf16.count > limit else { return text }
    var kept = ""
    var length = 1
    for character in text {
      length += character.utf16.count
      if length > limit { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// The record as a channel passes it on: of several, the first with the others in a list.
  package var json: JSONValue {
    guard alerts.count > 1, let first = alerts.first else { return alerts.first ?? .null }
    let more = JSONValue.array(Array(alerts.dropFirst()))
    return .object((first.members ?? []) + [(key: "and", value: more)])
  }
}

/// Why a message was not sent.
package struct ChannelFailure: ExitError, Equatable {
  package enum Kind: Sendable, Equatable {
    /// A later attempt may succeed. The value is the number of seconds to wait, if the receiver named one.
    case again(Double?)
    /// It never will.
    case never
    /// Nothing of this channel ever will.
    case off
  }

  package let kind: Kind
  package let sentence: String
  package var exitStatus: ExitStatus { .unavailable }

  package init(_ kind: Kind, _ sentence: String) {
    self.kind = kind
    self.sentence = sentence
  }
}

/// A way to people or programs. A new one is a file with a type, and a line in `all`. Used by one thread.
package protocol AlertChannel: AnyObject {
  /// Sends a message, and returns once it has arrived.
  /// - Parameter isOver: says whether the run ends, and whoever would wait for long must not.
  /// - Throws: `ChannelFailure`.
  func send(_ message: ChannelMessage, isOver: () -> Bool) throws
  /// How many alerts one message may have that were not held back to be told together.
  var mostTogether: Int { get }
  /// The least time between two messages, in seconds.
  var pace: Double { get }
  /// What a careful user should know of it; nil if nothing.
  var caution: String? { get }
}

extension AlertChannel {
  package var pace: Double { 0 }
  package var mostTogether: Int { 1 }
  package var caution: String? { nil }
}

/// The kinds of channels.
package enum AlertChannels {
  package struct Kind: Sendable {
    package let scheme: String
    /// What follows the colon.
    package let usage: String
    package let summary: String
    let make: @Sendable (_ rest: String) throws -> any AlertChannel
  }

  package static let all: [Kind] = [
    Kind(
      scheme: "file", usage: "file:PATH", summary: "append each alert to a file, as a line of JSON",
      make: FileChannel.init),
    Kind(
      scheme: "exec", usage: "exec:COMMAND", summary: "run a command with the alert as JSON on its standard input",
      make: ExecChannel.init),
    Kind(
      scheme: "webhook", usage: "webhook:URL or webhook:@FILE",
      summary: "post the alert as JSON, signed if the file has a secret", make: WebhookChannel.init),
    Kind(
      scheme: "slack", usage: "slack:@FILE", summary: "an incoming webhook of Slack",
      make: { try ChatChannel(.slack, $0) }),
    Kind(
      scheme: "discord", usage: "discord:@FILE", summary: "a webhook of Discord",
      make: { try ChatChannel(.discord, $0) }),
    Kind(
      scheme: "pagerduty", usage: "pagerduty:@FILE", summary: "events of PagerDuty, version 2; the file has a key",
      make: { try ChatChannel(.pagerDuty, $0) }),
    Kind(
      scheme: "telegram", usage: "telegram:@FILE", summary: "a bot of Telegram; the file has a token and a chat",
      make: { try ChatChannel(.telegram, $0) }),
    Kind(
      scheme: "ntfy", usage: "ntfy:URL or ntfy:@FILE", summary: "a topic of ntfy", make: { try ChatChannel(.ntfy, $0) }),
    Kind(
      scheme: "mail", usage: "mail:ADDRESS", summary: "a mail; config/mail.conf has the server", make: MailChannel.init),
  ]

  /// The channel of an address such as `webhook:@hook.conf`.
  /// - Throws: what is wrong with the address or its file.
  package static func make(_ address: String) throws -> any AlertChannel {
    let sides = address.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, let kind = all.first(where: { $0.scheme == sides[0] }), !sides[1].isEmpty else {
      throw ToolFailure(
        .usage, "\"\(address)\" is not a channel: choose from stdout, \(all.map(\.usage).joined(separator: ", "))")
    }
    return try kind.make(String(sides[1]))
  }
}
