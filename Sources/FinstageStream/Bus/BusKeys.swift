import FinstageRedis

/// The names of a bus in a Redis, and what belongs to it. One hash tag, so that all are in one place.
struct BusKeys: Sendable {
  let stream: String
  let epoch: String
  let last: String

  init(_ name: String) {
    stream = "fs:{\(name)}"
    epoch = "fs:{\(name)}:epoch"
    last = "fs:{\(name)}:last"
  }

  /// The number of a frame from its id, `n-0`; nil if somebody else has given it.
  static func number(_ id: String?) -> Int64? {
    guard let id, id.hasSuffix("-0") else { return nil }
    return Int64(id.dropLast(2))
  }

  /// The frames of an answer to XRANGE: their numbers, epochs and events.
  static func frames(_ value: RESPValue) -> [(number: Int64, epoch: String, events: [BusEvent])]? {
    var frames: [(Int64, String, [BusEvent])] = []
    for entry in value.list ?? [] {
      guard let parts = entry.list, parts.count == 2, let number = number(parts[0].string), let fields = parts[1].list,
        fields.count == 4, fields[0].string == "e", let epoch = fields[1].string, fields[2].string == "b",
        let events = fields[3].bytes.flatMap(BusFrame.events)
      else { return nil }
      frames.append((number, epoch, events))
    }
    return frames
  }

  /// The number of the last frame; 0 if there is none, nil if the stream is not ours.
  func lastNumber(_ connection: RedisConnection, within seconds: Double) throws(RedisFailure) -> Int64? {
    let newest = try connection.run("XREVRANGE", stream, "+", "-", "COUNT", "1", within: seconds)
    guard let entry = newest.list?.first?.list?.first else { return 0 }
    return BusKeys.number(entry.string)
  }
}
