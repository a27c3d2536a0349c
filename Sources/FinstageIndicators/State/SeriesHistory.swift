import FinstageCore

/// What a series remembers of the bars that it has taken, to tell later whether history has been edited: the first and the
/// last time, a running digest of everything, and a digest of each of the last bars.
///
/// A digest covers the time and the values that results depend on. It is not cryptographic: it detects accidents, not
/// attacks.
struct SeriesHistory {
  static let kept = 8

  private(set) var first = Int64.max
  private(set) var last = Int64.min
  private(set) var count: Int64 = 0
  /// The digest of all bars but the last one.
  private(set) var earlier: UInt64 = 0
  /// The last bars: bar `count - 1 - k` at place (count - 1 - k) % kept.
  private var stamps = InlineArray<8, Int64>(repeating: .min)
  private var digests = InlineArray<8, UInt64>(repeating: 0)

  /// The digest of all bars.
  var whole: UInt64 { count == 0 ? 0 : SeriesHistory.joined(earlier, lastDigest) }

  private static func joined(_ a: UInt64, _ b: UInt64) -> UInt64 { mix(a &+ 0x9E37_79B9_7F4A_7C15, b) }

  private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (high, low) = (a ^ 0xD6E8_FEB8_6659_FD93).multipliedFullWidth(by: b ^ 0xA076_1D64_78BD_642F)
    return high ^ low
  }

  /// The digest of one bar.
  static func digest(_ stamp: Int64, _ values: [Int], _ batch: Batch, _ bar: Int) -> UInt64 {
    var digest = mix(UInt64(bitPattern: stamp), 0x2D35_8DCC_AA6C_78A5)
    for column in values {
      let value = batch.columns[column].doubles[bar]
      // All missing values are alike.
      digest = mix(digest &+ 1, value.isNaN ? 0x7FF8_0000_0000_0000 : value.bitPattern)
    }
    return digest
  }

  mutating func append(_ stamp: Int64, _ digest: UInt64) {
    earlier = whole
    if count == 0 { first = stamp }
    last = stamp
    let place = Int(count % Int64(SeriesHistory.kept))
    stamps[place] = stamp
    digests[place] = digest
    count += 1
  }

  /// Replaces the digest of the last bar.
  mutating func revise(_ digest: UInt64) { digests[Int((count - 1) % Int64(SeriesHistory.kept))] = digest }

  var lastDigest: UInt64 { digests[Int((count - 1) % Int64(SeriesHistory.kept))] }

  /// Whether it can be that of a series: it may come from a damaged file.
  var isSane: Bool { (1...1 << 56).contains(count) }

  /// How many of the last bars are remembered.
  var remembered: Int { Int(min(count, Int64(SeriesHistory.kept))) }

  /// The time of the k-th last bar, k from 0, and its digest.
  func recent(_ k: Int) -> (stamp: Int64, digest: UInt64) {
    let place = Int((count - 1 - Int64(k)) % Int64(SeriesHistory.kept))
    return (stamps[place], digests[place])
  }

  /// The running digest after one more bar.
  static func extended(_ running: UInt64, _ digest: UInt64, isFirst: Bool) -> UInt64 {
    joined(isFirst ? 0 : running, digest)
  }
}

/// How far the bars of a resumed series have been compared with its history.
struct Resumption {
  struct Difference {
    var nanoseconds: Int64?
    var reason: String
  }

  /// Whether the series must be recomputed.
  var isEdited = false
  private var first: Int64?
  private var last = Int64.min
  private var running: UInt64 = 0
  /// Which of the last bars have been seen, by k.
  private var seen: UInt8 = 0

  /// Compares a bar that is not after the history's last one.
  mutating func compare(_ stamp: Int64, _ digest: UInt64, _ history: SeriesHistory) -> Difference? {
    guard stamp > last else { return nil }  // out of order, as in the earlier run
    if first == nil {
      first = stamp
      if stamp < history.first {
        return Difference(nanoseconds: stamp, reason: "history begins earlier than before")
      }
      running = SeriesHistory.extended(0, digest, isFirst: true)
    } else {
      running = SeriesHistory.extended(running, digest, isFirst: false)
    }
    last = stamp
    let remembered = history.remembered
    guard remembered > 0, stamp >= history.recent(remembered - 1).stamp else { return nil }
    for k in 0..<remembered {
      let bar = history.recent(k)
      guard bar.stamp == stamp else { continue }
      seen |= 1 << UInt8(k)
      if bar.digest == digest { return nil }
      let hint = k == 0 ? "the last bar has changed (--revise accepts changes to an open bar)" : "a bar has changed"
      return Difference(nanoseconds: stamp, reason: hint)
    }
    return Difference(nanoseconds: stamp, reason: "a bar has been inserted")
  }

  /// Notes that the last bar has come, with other values.
  mutating func sawLast(_ history: SeriesHistory) {
    if first == nil {
      first = history.last
    } else {
      // Count the bar as if it were the same.
      running = SeriesHistory.extended(running, history.lastDigest, isFirst: false)
    }
    if history.count == 1 { running = SeriesHistory.extended(0, history.lastDigest, isFirst: true) }
    last = history.last
    seen |= 1
  }

  /// What is wrong with the bars seen so far, if no more of them come before new ones; nil if nothing is.
  func verdict(_ history: SeriesHistory) -> Difference? {
    guard let first else { return nil }
    for k in 0..<history.remembered {
      let stamp = history.recent(k).stamp
      if stamp >= first && stamp <= last && seen & 1 << UInt8(k) == 0 {
        return Difference(nanoseconds: stamp, reason: "a bar has been removed")
      }
    }
    // All bars up to the last one seen must be present. If the input began where the history did, all must be equal.
    if last < history.last { return nil }
    if first == history.first && running != history.whole {
      return Difference(nanoseconds: nil, reason: "earlier bars have changed")
    }
    return nil
  }
}
