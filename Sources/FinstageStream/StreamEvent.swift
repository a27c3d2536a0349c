import FinstageCore
import FinstageServe

/// An event as it is sent: encoded once for each form in which clients get it.
package final class StreamEvent {
  package let sequence: Int64
  /// A JSON object.
  package let json: [UInt8]
  private var frame: SharedBytes?
  private var sentEvent: SharedBytes?
  private var packed: [Int: SharedBytes] = [:]
  private var shapes: [EventShape: StreamEvent] = [:]

  package init(sequence: Int64, json: [UInt8]) {
    self.sequence = sequence
    self.json = json
  }

  /// A frame of WebSocket.
  package var text: SharedBytes {
    if let frame { return frame }
    let made = SharedBytes(WebSocketFrame.bytes(.text, json))
    frame = made
    return made
  }

  /// The same event with only the fields that some clients want.
  func shaped(_ shape: EventShape?) -> StreamEvent {
    guard let shape else { return self }
    if let known = shapes[shape] { return known }
    let made = StreamEvent(sequence: sequence, json: shape.applied(to: json))
    shapes[shape] = made
    return made
  }

  /// A frame of WebSocket with permessage-deflate.
  func deflated(_ windowBits: Int, _ deflater: MessageDeflater) -> SharedBytes {
    if let known = packed[windowBits] { return known }
    let made = SharedBytes(WebSocketFrame.bytes(.text, deflater.packed(json), isCompressed: true))
    packed[windowBits] = made
    return made
  }

  /// An event of Server-Sent Events; neither its id nor its text can end a line.
  func serverSent(id: String) -> SharedBytes {
    if let sentEvent { return sentEvent }
    var bytes: [UInt8] = []
    if !id.isEmpty { bytes += Array("id: ".utf8) + id.utf8.filter { $0 >= 0x20 } + [0x0A] }
    bytes += Array("data: ".utf8)
    // Between values JSON may have carriage returns.
    bytes += json.contains(0x0D) ? json.map { $0 == 0x0D ? 0x20 : $0 } : json
    bytes += [0x0A, 0x0A]
    let made = SharedBytes(bytes)
    sentEvent = made
    return made
  }

  /// The same event with more members.
  package func adding(_ members: [(key: String, value: JSONValue)]) -> [UInt8] {
    var text = JSONObjectWriter(adding: json)
    for (key, value) in members { text.add(key, value) }
    return text.bytes
  }
}

/// The events of one kind and symbol, numbered without holes.
final class EventStream {
  let kind: StreamKind
  let symbol: String
  var sequence: Int64 = 0
  /// The newest events, for those who come back. The last one is the snapshot.
  var recent: [StreamEvent] = []
  var recentBytes = 0
  var subscribers: [Membership] = []
  /// The last price, as it was written.
  var price: [UInt8]?
  var priceValue: Double?
  /// What is said of the last prices.
  var history: [[UInt8]] = []
  var lastSeen = 0.0
  var isStale = false

  struct Membership {
    let subscriber: Subscriber
    /// The types that it has subscribed to.
    var types: UInt8
  }

  init(_ kind: StreamKind, _ symbol: String) {
    self.kind = kind
    self.symbol = symbol
  }

  var name: String { kind.name + ":" + symbol }
}
