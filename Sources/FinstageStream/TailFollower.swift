import FinstageCore

/// What a client has of each stream, and records out of messages.
package struct TailFollower {
  package private(set) var epoch: String?
  private var sequences: [String: Int64] = [:]
  /// Events that came again after a reconnection, and are not handed on twice.
  package private(set) var repeated = 0
  private let isRaw: Bool

  package init(isRaw: Bool) { self.isRaw = isRaw }

  /// Where to go on; nil before anything is known.
  package var resume: JSONValue? {
    guard let epoch else { return nil }
    return [
      "epoch": .string(epoch),
      "seqs": .object(sequences.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) }),
    ]
  }

  package enum Outcome {
    case record([UInt8])
    case gap(String)
    case refusal(String)
    /// The server ends, and says after how many seconds to come back.
    case shutdown(Double)
    case nothing
  }

  /// Takes a message of a server of ours.
  package mutating func take(_ text: [UInt8]) -> Outcome {
    guard let message = try? JSONMembers(text) else { return .nothing }
    let type = message.text("type") ?? ""
    // What is numbered is a record of the pipe, whatever it calls itself.
    switch message["seq"] == nil ? type : "" {
    case "subscription":
      if let epoch = message.text("epoch"), epoch != self.epoch {
        self.epoch = epoch
        sequences = [:]
      }
      if let refused = message["refused"] { return .refusal("\(TailFollower.sentence(refused))") }
      return .nothing
    case "heartbeat": return .nothing
    case "system_status" where message.text("source") == nil: return .nothing
    case "error": return .refusal(message.text("message") ?? "an error")
    case "lag", "stale", "live": return isRaw ? .record(text) : .nothing
    case "shutdown": return .shutdown(message.number("retry_after") ?? 1)
    case "gap":
      return .gap(
        "\(message.text("stream") ?? ""):\(message.text("symbol") ?? ""): "
          + (message.text("reason")
            ?? "lost \(Int(message.number("first") ?? 0)) to \(Int(message.number("last") ?? 0))"))
    default: break
    }
    let kind = message.text("stream") ?? (StreamKind(messageType: type) ?? .others).name
    let stream = kind + ":" + (message.text("symbol") ?? "")
    if let sequence = message.number("seq").flatMap({ Int64(exactly: $0) }) {
      if let last = sequences[stream], sequence <= last {
        repeated += 1
        return .nothing
      }
      sequences[stream] = sequence
    }
    return .record(isRaw ? text : TailFollower.record(message, type))
  }

  /// What was refused, for people.
  private static func sentence(_ refused: ArraySlice<UInt8>) -> String {
    let items = (try? JSONValue.parse(Array(refused)))?.array ?? []
    return items.map { "\($0["symbol"]?.string ?? ""): \($0["reason"]?.string ?? "")" }.joined(separator: ", ")
  }

  /// Members of a message that its record did not have.
  private static let added: Set<String> = [
    "type", "seq", "current_price", "change_amount", "previous_price", "market_status", "timestamp", "snapshot",
    "epoch", "alert_type", "stream",
  ]

  /// The record out of which a server of ours made a message.
  static func record(_ message: JSONMembers, _ type: String) -> [UInt8] {
    let isBar = type == "price_update" && message["close"] != nil && message["price"] == nil
    var text = JSONObjectWriter()
    if !isBar {
      let name =
        switch type {
        case "price_update": message.text("stream") == StreamKind.trades.name ? "trade" : "quote"
        case "technical_analysis": "analysis"
        default: type
        }
      text.add("type", .string(name))
    }
    for (key, range) in message.members where !added.contains(key) {
      text.add(EventEncoder.ownName(of: key), json: message.bytes[range])
    }
    if message["ts"] == nil, let time = message["timestamp"] { text.add("ts", json: time) }
    if type == "price_update", !isBar, message["price"] == nil, let price = message["current_price"] {
      text.add("price", json: price)
    }
    return text.bytes
  }
}
