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
    var bytes: [UInt8] = []
    bytes.reserveCapacity(events.reduce(0) { $0 + $1.json.count + 48 })
    func add(_ number: UInt64, _ count: Int) {
      for i in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * UInt64(i)))) }
    }
    for event in events {
      let symbol = Array(event.symbol.utf8)
      bytes.append(UInt8(event.kind.rawValue))
      add(UInt64(bitPattern: event.sequence), 8)
      add(UInt64(symbol.count), 2)
      bytes += symbol
      add(UInt64(event.json.count), 4)
      bytes += event.json
    }
    return bytes
  }

  /// Nil if the bytes are no such frame: another program writes to the stream.
  package static func events(_ bytes: [UInt8]) -> [BusEvent]? {
    var events: [BusEvent] = []
    var place = 0
    func number(_ count: Int) -> UInt64? {
      guard place + count <= bytes.count else { return nil }
      defer { place += count }
      return (0..<count).reduce(0) { $0 | UInt64(bytes[place + $1]) << (8 * UInt64($1)) }
    }
    func part(_ count: UInt64) -> ArraySlice<UInt8>? {
      guard count <= UInt64(bytes.count - place) else { return nil }
      defer { place += Int(count) }
      return bytes[place..<place + Int(count)]
    }
    while place < bytes.count {
      guard events.count < mostEvents, let kind = number(1).flatMap({ StreamKind(rawValue: Int($0)) }),
        let sequence = number(8),
        let name = number(2).flatMap(part), name.count <= 256, let json = number(4).flatMap(part),
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
