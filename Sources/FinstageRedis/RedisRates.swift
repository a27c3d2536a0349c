import FinstageSystem

/// When requests may go to a host, for all machines together: places are booked ahead, so that a fast rate does not cost a round trip for each.
///
/// The server keeps the time of the next free place (the generic cell rate algorithm, by its own clock) and an epoch. A pause that a host asks for begins a new
/// epoch: places that were booked in an older one are void, which is learnt with the next booking.
package final class RedisRates {
  /// Places of this process, by the monotonic clock.
  private struct Booking {
    var next = 0.0
    var interval = 0.0
    var left = 0
    var epoch: Int64 = -1
    var pauseEnd = -1e9
    var askedAt = -1e9
  }

  package enum Answer: Equatable {
    /// Seconds until the place that was taken.
    case place(Double)
    /// Seconds until the end of a pause of the host.
    case pause(Double)
    /// Another machine has found the host to be down, and nobody's turn to probe it is this one's.
    case down
    /// There is no Redis to ask.
    case nobody
  }

  private let link: RedisLink
  private var bookings: [String: Booking] = [:]

  /// Places are booked for this many seconds ahead, and no rate below this is booked in more than ones.
  private static let ahead = 0.5
  /// Seconds; a place further away is left from another rate.
  private static let horizon = 60.0

  // KEYS: places, pause, outage, probe. ARGV: microseconds between two requests, how many places, the horizon in microseconds, whether it is a probe.
  // Answers: the first place in microseconds from now, the epoch, the milliseconds that a pause still lasts, and whether the host is down.
  private static let book = """
    local t = redis.call('TIME') local now = t[1] * 1000000 + t[2]
    local epoch = tonumber(redis.call('HGET', KEYS[1], 'epoch') or '0')
    local pause = redis.call('PTTL', KEYS[2])
    if pause > 0 then return {0, epoch, pause, 0} end
    if redis.call('EXISTS', KEYS[3]) == 1 then
      if ARGV[4] == '0' or not redis.call('SET', KEYS[4], '1', 'NX', 'PX', 1000) then return {0, epoch, 0, 1} end
    end
    local iv = tonumber(ARGV[1])
    local tat = tonumber(redis.call('HGET', KEYS[1], 'tat') or '0')
    if tat < now or tat > now + tonumber(ARGV[3]) + iv then tat = now end
    redis.call('HSET', KEYS[1], 'tat', string.format('%.0f', tat + iv * tonumber(ARGV[2])))
    redis.call('PEXPIRE', KEYS[1], 3600000)
    return {tat - now, epoch, 0, 0}
    """

  private static let stop = """
    local left = redis.call('PTTL', KEYS[2])
    if left < tonumber(ARGV[1]) then redis.call('SET', KEYS[2], '1', 'PX', ARGV[1]) end
    redis.call('HINCRBY', KEYS[1], 'epoch', 1) redis.call('HDEL', KEYS[1], 'tat') redis.call('PEXPIRE', KEYS[1], 86400000)
    return 1
    """

  package init(_ link: RedisLink) { self.link = link }

  /// Seconds for which an outage is told without being told again: a little longer than the longest time between two probes.
  private static let outage = 12

  private func key(_ host: String, _ kind: String) -> String { "fs:{\(host)}:\(kind)" }
  private func keys(_ host: String) -> [String] { ["rate", "pause", "down", "probe"].map { key(host, $0) } }

  /// Takes a place.
  /// - Parameters:
  ///   - interval: seconds between two requests; 0 for no rate.
  ///   - wanted: how many places this process has a use for.
  ///   - isProbe: whether it is to show if a host works again. One machine does that at a time.
  package func takePlace(_ host: String, interval: Double, wanted: Int, isProbe: Bool = false) -> Answer {
    let now = SystemClock.monotonic
    var booking = bookings[host] ?? Booking()
    if booking.pauseEnd > now { return .pause(booking.pauseEnd - now) }
    // Without a rate there is only a pause to be asked for.
    if interval == 0, !isProbe, now - booking.askedAt < 1 { return .place(0) }
    if !isProbe, booking.left > 0, booking.interval == interval, booking.next > now - RedisRates.ahead {
      defer {
        booking.left -= 1
        booking.next += interval
        bookings[host] = booking
      }
      return .place(max(0, booking.next - now))
    }
    // Below five a second one at a time: a place that a process does not use is lost to all.
    let count = interval > 0 && interval < 0.2 ? max(1, min(wanted, Int(RedisRates.ahead / interval))) : 1
    let answer = link.ask { connection, patience throws(RedisFailure) in
      try connection.run(
        (["EVAL", RedisRates.book, "4"] + keys(host)
          + [
            String(Int(interval * 1e6)), String(count), String(Int(RedisRates.horizon * 1e6)), isProbe ? "1" : "0",
          ]).map { Array($0.utf8) }, within: patience)
    }
    guard let parts = answer?.list, parts.count == 4, let wait = parts[0].integer, let epoch = parts[1].integer,
      let pause = parts[2].integer, let isDown = parts[3].integer
    else { return .nobody }
    let then = SystemClock.monotonic
    booking.epoch = epoch
    booking.askedAt = then
    if isDown == 1 {
      booking.left = 0
      booking.askedAt = -1e9
      bookings[host] = booking
      return .down
    }
    if pause > 0 {
      booking.left = 0
      // Others may ask for less by then: looked at again each second.
      booking.pauseEnd = then + min(Double(pause) / 1000, 1)
      bookings[host] = booking
      return .pause(Double(pause) / 1000)
    }
    booking.interval = interval
    booking.left = count - 1
    booking.next = then + Double(wait) / 1e6 + interval
    bookings[host] = booking
    return .place(Double(wait) / 1e6)
  }

  /// A host has asked for a pause: for all machines.
  package func pause(_ host: String, seconds: Double) {
    bookings[host]?.left = 0
    _ = link.ask { connection, patience throws(RedisFailure) in
      try connection.run(
        "EVAL", RedisRates.stop, "2", key(host, "rate"), key(host, "pause"), String(max(1, Int(seconds * 1000))),
        within: patience)
    }
  }

  /// A host does not answer: the other machines send it nothing but probes.
  package func noteDown(_ host: String) {
    bookings[host]?.left = 0
    let words = ["SET", key(host, "down"), "1", "EX", String(RedisRates.outage)]
    _ = link.ask { connection, patience throws(RedisFailure) in
      try connection.post(words.map { Array($0.utf8) }, within: patience)
    }
  }

  /// It answers again.
  package func noteUp(_ host: String) {
    _ = link.ask { connection, patience throws(RedisFailure) in
      try connection.post(["DEL", key(host, "down")].map { Array($0.utf8) }, within: patience)
    }
  }
}
