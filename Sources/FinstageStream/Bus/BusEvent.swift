import FinstageRedis

/// An event on its way between nodes: numbered and encoded by the node that has read it, so that all nodes say the same.
package struct BusEvent: Sendable, Equatable {
  package let kind: StreamKind
  package let symbol: String
  package let sequence: Int64
  /// A JSON object.
  package let json: [UInt8]

  package init(kind: StreamKind, symbol: String, sequence: Int64, json: [UInt8]) {
    self.kind = kind
    self.symbol = symbol
    self.sequence = sequence
    self.json = json
  }
}

/// Events that go over the bus together: for each its kind, number, symbol and text, lengths before texts, integers with the least byte first.
package enum BusFrame {
  static let mostEvents = 100

  static func bytes(_ events: [BusEvent]) -> [UInt8] {
    var writer = ValueWriter(capacity: events.reduce(0) { $0 + $1.json.count + 48 })
    for event in events {
      writer.add(UInt64(event.kind.rawValue), 1)
      writer.add(UInt64(bitPattern: event.sequence), 8)
      writer.add(event.symbol.utf8, length: 2)
      writer.add(event.json, length: 4)
    }
    return writer.bytes
  }

  /// Nil if the bytes are no such frame: another program writes to the stream.
  package static func events(_ bytes: [UInt8]) -> [BusEvent]? {
    var events: [BusEvent] = []
    var reader = ValueReader(bytes)
    while !reader.isAtEnd {
      guard events.count < mostEvents, let kind = reader.number(1).flatMap({ StreamKind(rawValue: Int($0)) }),
        let sequence = reader.number(8),
        let name = reader.part(length: 2), name.count <= 256, let json = reader.part(length: 4),
        json.first == UInt8(ascii: "{")
      else { return nil }
      events.append(
        BusEvent(
          kind: kind, symbol: String(decoding: name, as: UTF8.self), sequence: Int64(bitPattern: sequence),
          json: Array(json)))
    }
    return events
  }
}
