import FinstageCore
import FinstageSystem

/// Services that people read: each with its shape, its way of escaping, and its pace.
final class ChatChannel: AlertChannel {
  enum Service: Sendable { case slack, discord, pagerDuty, telegram, ntfy }

  private let service: Service
  private let url: String
  private let token: String?
  private let chat: String?
  private let post = HTTPPost()

  init(_ service: Service, _ text: String) throws {
    self.service = service
    guard text.hasPrefix("@") || service == .ntfy else {
      throw ToolFailure(
        .usage,
        "what \(service) needs is a secret, which everybody on this machine could read here: put it into a file of mode 0600, and name that after an @"
      )
    }
    let file = try ChannelFile(text, keys: ["url", "token", "chat", "key"])
    switch service {
    case .slack, .discord, .ntfy:
      url = try HTTPPost.checked(try file.required("url"), file.name)
      token = file["token"]
      chat = nil
    case .pagerDuty:
      url = try HTTPPost.checked(
        file["url"] ?? "https://events.pagerduty.com/v2/enqueue", file.name)
      token = try file.required("key")
      chat = nil
    case .telegram:
      let token = try file.required("token")
      url = try HTTPPost.checked((file["url"] ?? "https://api.telegram.org") + "/bot\(token)/sendMessage", file.name)
      self.token = nil
      chat = try file.required("chat")
    }
  }

  var pace: Double {
    switch service {
    case .telegram: 3
    case .discord, .slack: 1
    default: 0
    }
  }

  func send(_ message: ChannelMessage, isOver: () -> Bool) throws {
    do {
      try post(message, isPlain: false, isOver)
    } catch is FormatRefusal {
      // Once more without any format.
      do {
        try post(message, isPlain: true, isOver)
      } catch let refusal as FormatRefusal {
        throw ChannelFailure(.never, refusal.sentence)
      }
    }
  }

  private func post(_ message: ChannelMessage, isPlain: Bool, _ isOver: () -> Bool) throws {
    func object(_ members: [(key: String, value: JSONValue)]) -> [UInt8] { Array(JSONValue.object(members).text.utf8) }
    switch service {
    case .slack:
      let text =
        isPlain
        ? message.title + "\n" + message.body(limit: 3000)
        : "*\(ChatChannel.slack(message.title))*\n\(ChatChannel.slack(message.body(limit: 3000)))"
      try post.send(url, object([("text", .string(text))]), [], isOver: isOver)
    case .discord:
      let text = "\(message.title)\n\(message.body(limit: 1800))".prefix(2000)
      let nobody = JSONValue.object([("parse", .array([]))])
      try post.send(
        url, object([("content", .string(String(text))), ("allowed_mentions", nobody)]), [], isOver: isOver)
    case .pagerDuty:
      let payload = JSONValue.object([
        ("summary", .string(String("\(message.title): \(message.body(limit: 900))".prefix(1024)))),
        ("source", .string(message.symbol.isEmpty ? message.rule : message.symbol)),
        ("severity", .string(message.severity)),
        ("timestamp", .string(message.time)), ("custom_details", message.json),
      ])
      try post.send(
        url,
        object([
          ("routing_key", .string(token ?? "")), ("event_action", .string(message.isResolved ? "resolve" : "trigger")),
          ("dedup_key", .string(message.alert)), ("payload", payload),
        ]), [], isOver: isOver)
    case .telegram:
      var members: [(key: String, value: JSONValue)] = [("chat_id", .string(chat ?? ""))]
      if isPlain {
        members.append(("text", .string(message.title + "\n" + message.body(limit: 3500))))
      } else {
        members.append(
          ("text", .string("<b>\(ChatChannel.html(message.title))</b>\n\(ChatChannel.html(message.body(limit: 3500)))"))
        )
        members.append(("parse_mode", .string("HTML")))
      }
      try post.send(url, object(members), [], isOver: isOver)
    case .ntfy:
      let priority =
        message.isResolved ? "2" : message.severity == "critical" ? "5" : message.severity == "warning" ? "4" : "3"
      var headers = [("Title", ChatChannel.header(message.title)), ("Priority", priority)]
      if let token { headers.append(("Authorization", "Bearer \(token)")) }
      try post.send(
        url, Array(message.body(limit: 3500).utf8), headers, contentType: "text/plain; charset=utf-8", isOver: isOver)
    }
  }

  /// Text is cut before it is escaped, so that no entity is cut.
  static func html(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  static func slack(_ text: String) -> String { html(text) }

  /// A value of a header: one line of ASCII.
  static func header(_ text: String) -> String {
    String(text.unicodeScalars.map { $0.value >= 0x20 && $0.value < 0x7F ? Character($0) : "?" })
  }
}
