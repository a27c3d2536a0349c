import FinstageIndicators

/// What the values of a window are reduced to, without ever subtracting: values can only be added and merged.
protocol WindowAggregate: BitwiseCopyable {
  init(_ x: Double)
  /// The aggregate of two neighbouring stretches.
  static func merge(_ a: Self, _ b: Self) -> Self
}

struct NoAggregate: WindowAggregate {
  init(_ x: Double) {}
  @inline(__always)
  static func merge(_ a: NoAggregate, _ b: NoAggregate) -> NoAggregate { a }
}

struct SumAggregate: WindowAggregate {
  var sum: Double
  init(_ x: Double) { sum = x }
  @inline(__always)
  static func merge(_ a: SumAggregate, _ b: SumAggregate) -> SumAggregate { SumAggregate(a.sum + b.sum) }
}

struct MinimumAggregate: WindowAggregate {
  var least: Double
  init(_ x: Double) { least = x }
  @inline(__always)
  static func merge(_ a: MinimumAggregate, _ b: MinimumAggregate) -> MinimumAggregate { a.least < b.least ? a : b }
}

struct MaximumAggregate: WindowAggregate {
  var most: Double
  init(_ x: Double) { most = x }
  @inline(__always)
  static func merge(_ a: MaximumAggregate, _ b: MaximumAggregate) -> MaximumAggregate { a.most > b.most ? a : b }
}

/// Mean and squared deviations (T. Chan, G. Golub, R. LeVeque, 1979).
struct MomentsAggregate: WindowAggregate {
  var count = 1.0
  var mean: Double
  var squares = 0.0
  init(_ x: Double) { mean = x }

  @inline(__always)
  static func merge(_ a: MomentsAggregate, _ b: MomentsAggregate) -> MomentsAggregate {
    var result = a
    let delta = b.mean - a.mean
    result.count = a.count + b.count
    result.mean = a.mean + delta * b.count / result.count
    result.squares = a.squares + b.squares + delta * delta * a.count * b.count / result.count
    return result
  }
}

/// The values of a span of time, for each series: a ring of times and values, and what they come to.
///
/// Two stacks in one ring: the older values carry the aggregate of themselves and all that follow among the older ones; the newer
/// ones have one running aggregate. When the last of the older ones leaves, the newer ones become the older ones. Each value is
/// merged at most twice, and nothing is subtracted, so a sum cannot drift.
final class TimeWindows<A: WindowAggregate> {
  private struct Entry {
    var time: Int64
    var value: Double
    /// Of this one and all behind it, up to `middle`.
    var suffix: A
  }

  private struct Ring {
    var entries: UnsafeMutablePointer<Entry>?
    /// A power of two.
    var capacity = 0
    /// Where the oldest entry is, where the newer ones begin, and where the next one goes: they only grow.
    var head = 0
    var middle = 0
    var tail = 0
    var newer: A
  }

  private var rings: UnsafeMutablePointer<Ring>
  private var ringCapacity = 16

  init() {
    rings = .allocate(capacity: 16)
    rings.initialize(repeating: Ring(newer: A(0)), count: 16)
  }

  deinit {
    for i in 0..<ringCapacity { rings[i].entries?.deallocate() }
    rings.deallocate()
  }

  /// Adds a value; values before `oldest` leave. Returns what is left, and how many values that is.
  @inline(__always)
  func push(_ series: Int, _ time: Int64, _ value: Double, oldest: Int64) -> (value: A, count: Int) {
    if series >= ringCapacity { growRings(series) }
    let ring = rings + series
    if ring.pointee.tail &- ring.pointee.head == ring.pointee.capacity { grow(ring) }
    let entries = ring.pointee.entries!
    let mask = ring.pointee.capacity &- 1
    let lifted = A(value)
    ring.pointee.newer =
      ring.pointee.tail == ring.pointee.middle ? lifted : A.merge(ring.pointee.newer, lifted)
    entries[ring.pointee.tail & mask] = Entry(time: time, value: value, suffix: lifted)
    ring.pointee.tail &+= 1
    // The newest one always stays.
    while ring.pointee.head < ring.pointee.tail &- 1, entries[ring.pointee.head & mask].time < oldest {
      if ring.pointee.head == ring.pointee.middle { turn(ring) }
      ring.pointee.head &+= 1
    }
    let count = ring.pointee.tail &- ring.pointee.head
    if ring.pointee.head < ring.pointee.middle {
      let older = entries[ring.pointee.head & mask].suffix
      return (
        ring.pointee.tail == ring.pointee.middle ? older : A.merge(older, ring.pointee.newer), count
      )
    }
    return (ring.pointee.newer, count)
  }

  /// Forgets a series.
  func clear(_ series: Int) {
    guard series < ringCapacity else { return }
    rings[series].head = 0
    rings[series].middle = 0
    rings[series].tail = 0
  }

  /// Lets values before `oldest` go. Returns what is left, or nil if nothing is.
  func look(_ series: Int, oldest: Int64) -> A? {
    guard series < ringCapacity, let entries = rings[series].entries else { return nil }
    let ring = rings + series
    let mask = ring.pointee.capacity &- 1
    while ring.pointee.head < ring.pointee.tail, entries[ring.pointee.head & mask].time < oldest {
      if ring.pointee.head == ring.pointee.middle { turn(ring) }
      ring.pointee.head &+= 1
    }
    if ring.pointee.head == ring.pointee.tail {
      clear(series)
      return nil
    }
    if ring.pointee.head == ring.pointee.middle { return ring.pointee.newer }
    let older = entries[ring.pointee.head & mask].suffix
    return ring.pointee.tail == ring.pointee.middle ? older : A.merge(older, ring.pointee.newer)
  }

  /// The oldest value of a series.
  func oldest(_ series: Int) -> Double {
    let ring = rings[series]
    return ring.entries![ring.head & (ring.capacity &- 1)].value
  }

  /// The newer values become the older ones.
  @inline(never)
  private func turn(_ ring: UnsafeMutablePointer<Ring>) {
    let entries = ring.pointee.entries!
    let mask = ring.pointee.capacity &- 1
    var i = ring.pointee.tail &- 1
    var suffix = A(entries[i & mask].value)
    entries[i & mask].suffix = suffix
    while i > ring.pointee.head {
      i &-= 1
      suffix = A.merge(A(entries[i & mask].value), suffix)
      entries[i & mask].suffix = suffix
    }
    ring.pointee.middle = ring.pointee.tail
  }

  @inline(never)
  private func grow(_ ring: UnsafeMutablePointer<Ring>) {
    let capacity = max(16, ring.pointee.capacity * 2)
    let grown = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
    if let old = ring.pointee.entries {
      for i in ring.pointee.head..<ring.pointee.tail {
        grown[i & (capacity - 1)] = old[i & (ring.pointee.capacity - 1)]
      }
      old.deallocate()
    }
    ring.pointee.entries = grown
    ring.pointee.capacity = capacity
  }

  @inline(never)
  private func growRings(_ series: Int) {
    let capacity = max(series + 1, ringCapacity * 2)
    let grown = UnsafeMutablePointer<Ring>.allocate(capacity: capacity)
    grown.update(from: rings, count: ringCapacity)
    (grown + ringCapacity).initialize(repeating: Ring(newer: A(0)), count: capacity - ringCapacity)
    rings.deallocate()
    rings = grown
    ringCapacity = capacity
  }
}

extension TimeWindows: SeriesMemory {
  /// Times and values from the oldest to the newest.
  func save(_ series: Int) -> [UInt8] {
    guard series < ringCapacity, let entries = rings[series].entries else { return [] }
    let ring = rings[series]
    var bytes: [UInt8] = []
    for i in ring.head..<ring.tail {
      let entry = entries[i & (ring.capacity - 1)]
      withUnsafeBytes(of: entry.time.littleEndian) { bytes.append(contentsOf: $0) }
      withUnsafeBytes(of: entry.value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  func restore(_ series: Int, _ bytes: [UInt8]) -> Bool {
    guard bytes.count % 16 == 0 else { return false }
    clear(series)
    bytes.withUnsafeBytes { raw in
      for at in stride(from: 0, to: raw.count, by: 16) {
        let time = Int64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: Int64.self))
        let value = Double(bitPattern: UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)))
        _ = push(series, time, value, oldest: .min)
      }
    }
    return true
  }
}

extension SeriesStore: SeriesMemory {
  func save(_ series: Int) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: record(series), count: recordSize))
  }

  func restore(_ series: Int, _ bytes: [UInt8]) -> Bool {
    guard bytes.count == recordSize else { return false }
    bytes.withUnsafeBytes { record(series).copyMemory(from: $0.baseAddress!, byteCount: recordSize) }
    return true
  }
}
