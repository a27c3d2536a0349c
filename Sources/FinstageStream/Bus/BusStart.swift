import FinstageRedis
import FinstageSystem

/// What a node finds on the bus when it begins.
package struct BusStart {
  package let epoch: String
  /// The number of the last frame.
  package let number: Int64
  /// What the Redis still has, the oldest first.
  package let events: [BusEvent]
  /// The last number of each kind and symbol, of those that it no longer has, too.
  package let sequences: [(kind: StreamKind, symbol: String, sequence: Int64)]

  private static let patience = 5.0

  /// - Parameter fresh: the epoch that a bus gets that does not exist; nil for a node that only reads, and waits for somebody who begins it.
  /// - Throws: `RedisFailure`, `ToolFailure`.
  package init(_ address: RedisAddress, name: String, fresh: String?) throws {
    let keys = BusKeys(name)
    let connection = try RedisConnection(address, within: BusStart.patience)
    let end = SystemClock.monotonic + 30
    if let fresh { try connection.run("SET", keys.epoch, fresh, "NX", within: BusStart.patience) }
    while true {
      if let epoch = try connection.run("GET", keys.epoch, within: BusStart.patience).string {
        self.epoch = epoch
        break
      }
      guard SystemClock.monotonic < end, !Interruption.isRequested else {
        throw ToolFailure(
          .tryLater,
          "\(address.name): nobody writes to the bus \"\(name)\" (start a node that reads: fs-stream --bus ... < feed)")
      }
      usleep(100_000)
    }
    var events: [BusEvent] = []
    var last: Int64 = 0
    while true {
      let answer = try connection.run(
        "XRANGE", keys.stream, "(\(last)-0", "+", "COUNT", "500", within: BusStart.patience)
      guard let frames = BusKeys.frames(answer) else {
        throw ToolFailure(
          .badData, "\(address.name): \(keys.stream) is not a bus of fs-stream (another name: --bus-name)")
      }
      for frame in frames {
        last = frame.number
        if frame.epoch == epoch { events += frame.events }
      }
      if frames.count < 500 { break }
    }
    if fresh != nil, last > 0 {
      // A writer that lives says something each second.
      usleep(1_600_000)
      if try keys.lastNumber(connection, within: BusStart.patience) != last {
        throw ToolFailure(
          .tryLater,
          "\(address.name): another node writes to the bus \"\(name)\" (--follow serves what it reads, --bus-name makes another bus)"
        )
      }
    }
    number = last
    self.events = events
    let pairs = try connection.run("HGETALL", keys.last, within: BusStart.patience).list ?? []
    sequences = stride(from: 0, to: pairs.count - 1, by: 2).compactMap { i in
      guard let name = pairs[i].string, let space = name.firstIndex(of: " "), let number = pairs[i + 1].integer,
        let kind = Int(name[..<space]).flatMap(StreamKind.init(rawValue:))
      else { return nil }
      return (kind, String(name[name.index(after: space)...]), number)
    }
  }
}

/// Where a bus is.
package struct BusPlace {
  package let epoch: String
  /// The number of the last frame, and how many the Redis has.
  package let last: Int64
  package let kept: Int64

  /// Nil if nobody has begun the bus.
  package init?(_ connection: RedisConnection, name: String) throws(RedisFailure) {
    let keys = BusKeys(name)
    guard let epoch = try connection.run("GET", keys.epoch, within: 2).string else { return nil }
    self.epoch = epoch
    last = try keys.lastNumber(connection, within: 2) ?? 0
    kept = try connection.run("XLEN", keys.stream, within: 2).integer ?? 0
  }
}
