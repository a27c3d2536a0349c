import Synchronization

/// The offsets of a place from UTC, now and in the past: a compiled file of the tz database (RFC 8536).
package struct TimeZone: Sendable {
  /// Instants (seconds since 1970) at which the offset changes, in ascending order.
  private let transitions: [Int64]
  /// The offset, in seconds east of UTC, from each transition on.
  private let offsets: [Int32]
  /// The offset before the first transition.
  private let initial: Int32
  /// The rule that applies after the last transition.
  private let rule: TimeZoneRule?

  package static let utc = TimeZone(initial: 0)

  private init(initial: Int32) {
    transitions = []
    offsets = []
    self.initial = initial
    rule = nil
  }

  private static let known = Mutex<[String: TimeZone?]>([:])

  /// A zone by its name in the tz database ("America/New_York"); nil if there is no such zone on this machine.
  ///
  /// The name may come from an untrusted source: it never leads out of the database's folder.
  package static func named(_ name: String) -> TimeZone? {
    if name == "UTC" || name == "Etc/UTC" { return utc }
    return known.withLock { known in
      if let zone = known[name] { return zone }
      let zone = read(name)
      // Names can be hostile, and their number has no limit.
      if known.count < 1000 { known[name] = .some(zone) }
      return zone
    }
  }

  private static func read(_ name: String) -> TimeZone? {
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: "+"): true
      case UInt8(ascii: "-"): true
      default: false
      }
    }
    guard isPlain, !name.isEmpty, name.utf8.count <= 64, !name.hasPrefix("/") else { return nil }
    for folder in ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo"] {
      guard let bytes = contents(folder + "/" + name), let zone = TimeZone(bytes) else { continue }
      return zone
    }
    return nil
  }

  /// The first 64 KiB of a file; no zone file is larger.
  private static func contents(_ path: String) -> [UInt8]? {
    guard let source = try? DescriptorSource(path: path) else { return nil }
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    var count = 0
    while count < bytes.count {
      let read = try? bytes.withUnsafeMutableBytes { buffer throws(InputError) in
        try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
      }
      guard let read else { return nil }
      if read == 0 { break }
      count += read
    }
    return Array(bytes[..<count])
  }

  /// Reads a compiled zone of version 1 to 4; nil if the bytes are something else or are damaged.
  package init?(_ bytes: [UInt8]) {
    func number(_ at: Int, _ width: Int) -> Int64 {
      var value = Int64(Int8(bitPattern: bytes[at]))
      for i in 1..<width { value = value << 8 | Int64(bytes[at + i]) }
      return value
    }
    /// The counts of a header, and the length of the block that follows it.
    func header(_ at: Int, _ width: Int) -> (counts: [Int], length: Int)? {
      guard bytes.count >= at + 44, bytes[at..<at + 4].elementsEqual("TZif".utf8) else { return nil }
      // UT indicators, standard indicators, leap seconds, transitions, types, characters.
      let counts = (0..<6).map { Int(number(at + 20 + 4 * $0, 4)) }
      guard counts.allSatisfy({ $0 >= 0 && $0 < 100_000 }), counts[4] > 0 else { return nil }
      let length =
        counts[3] * (width + 1) + counts[4] * 6 + counts[5] + counts[2] * (width + 4) + counts[1] + counts[0]
      return at + 44 + length <= bytes.count ? (counts, length) : nil
    }
    guard var (counts, length) = header(0, 4) else { return nil }
    var at = 44
    var width = 4
    if bytes[4] >= UInt8(ascii: "2") {
      let second = 44 + length
      guard let block = header(second, 8) else { return nil }
      (counts, length) = block
      at = second + 44
      width = 8
    }
    let (moments, types) = (counts[3], counts[4])
    let kinds = at + moments * width
    let table = kinds + moments
    func offset(_ kind: Int) -> Int32? {
      kind < types ? Int32(exactly: number(table + kind * 6, 4)).flatMap { $0.magnitude < 200_000 ? $0 : nil } : nil
    }
    var transitions: [Int64] = []
    var offsets: [Int32] = []
    for i in 0..<moments {
      guard let value = offset(Int(bytes[kinds + i])) else { return nil }
      let moment = number(at + i * width, width)
      if let last = transitions.last, moment <= last { return nil }
      transitions.append(moment)
      offsets.append(value)
    }
    guard let initial = offset(0) else { return nil }
    self.transitions = transitions
    self.offsets = offsets
    self.initial = initial
    let footer = at + length
    if width == 8, footer < bytes.count, bytes[footer] == 0x0A {
      let text = bytes[(footer + 1)...].prefix { $0 != 0x0A }
      rule = TimeZoneRule(String(decoding: text, as: UTF8.self))
    } else {
      rule = nil
    }
  }

  /// Seconds east of UTC at an instant (seconds since 1970).
  package func offset(at second: Int64) -> Int64 {
    if let last = transitions.last, second >= last, let rule { return rule.offset(at: second) }
    if transitions.isEmpty { return rule?.offset(at: second) ?? Int64(initial) }
    // The last transition that is not later.
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return Int64(low == 0 ? initial : offsets[low - 1])
  }

  /// The local day of an instant, counted from 1970-01-01.
  package func day(ofSecond second: Int64) -> Int64 { Timestamp.day(ofSecond: second, offset: offset(at: second)) }

  /// The instant of a local time, given as seconds since 1970 as if the clock showed UTC.
  ///
  /// A time that the clock skips moves forward by the length of the gap (02:30 becomes 03:30). A time that the clock
  /// shows twice means the first one.
  package func second(ofLocal local: Int64) -> Int64 {
    let before = offset(at: local - 86_400)
    let after = offset(at: local + 86_400)
    let early = local - before
    if offset(at: early) == before { return early }
    let late = local - after
    return offset(at: late) == after ? late : early
  }

  /// The instant of a local time; for a time that the clock skips, the first instant after the gap.
  package func firstInstant(ofLocal local: Int64) -> Int64 {
    let instant = second(ofLocal: local)
    if instant + offset(at: instant) == local { return instant }
    // The clock has jumped past this time: look for the moment of the jump.
    var low = instant - 86_400
    var high = instant
    let after = offset(at: high)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if offset(at: middle) == after { high = middle } else { low = middle }
    }
    return high
  }
}
