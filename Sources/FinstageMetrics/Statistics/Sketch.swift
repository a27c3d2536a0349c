import FinstageSystem

/// Quantiles of any number of values in little room, which can be merged: DDSketch (Masson, Rim and Lee 2019). A quantile is off by at
/// most 1 % of itself.
package struct Sketch: Sendable, Equatable {
  package static let error = 0.01
  private static let base = (1 + error) / (1 - error)
  private static let logBase = log(base)
  /// Values nearer to zero are zero.
  private static let smallest = 1e-12

  private var positive: [Int32: Int64] = [:]
  private var negative: [Int32: Int64] = [:]
  private var zeros: Int64 = 0
  package private(set) var count: Int64 = 0

  package init() {}

  private static func key(_ size: Double) -> Int32 { Int32((log(size) / logBase).rounded(.up)) }
  private static func value(_ key: Int32) -> Double { 2 * exp(Double(key) * logBase) / (base + 1) }

  package mutating func take(_ value: Double) {
    guard value.isFinite else { return }
    count += 1
    if abs(value) < Sketch.smallest {
      zeros += 1
    } else if value > 0 {
      positive[Sketch.key(value), default: 0] += 1
    } else {
      negative[Sketch.key(-value), default: 0] += 1
    }
  }

  package mutating func merge(_ other: Sketch) {
    positive.merge(other.positive, uniquingKeysWith: +)
    negative.merge(other.negative, uniquingKeysWith: +)
    zeros += other.zeros
    count += other.count
  }

  /// - Parameter share: 0 to 1.
  package func quantile(_ share: Double) -> Double? {
    guard count > 0 else { return nil }
    var rank = Int64(share * Double(count - 1))
    for (key, count) in negative.sorted(by: { $0.key > $1.key }) {
      if rank < count { return -Sketch.value(key) }
      rank -= count
    }
    if rank < zeros { return 0 }
    rank -= zeros
    for (key, count) in positive.sorted(by: { $0.key < $1.key }) {
      if rank < count { return Sketch.value(key) }
      rank -= count
    }
    return positive.keys.max().map(Sketch.value)
  }

  // MARK: - As bytes

  /// Version, zeros, and the two tables, as variable-length integers.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = [1]
    func put(_ value: UInt64) {
      var rest = value
      while rest >= 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(rest))
    }
    put(UInt64(zeros))
    for table in [positive, negative] {
      put(UInt64(table.count))
      var last: Int32 = 0
      for (key, count) in table.sorted(by: { $0.key < $1.key }) {
        let step = Int64(key) - Int64(last)
        put(UInt64(bitPattern: step << 1 ^ step >> 63))
        put(UInt64(count))
        last = key
      }
    }
    return bytes
  }

  /// Nil if the bytes are no sketch.
  package init?(_ bytes: [UInt8]) {
    guard bytes.first == 1 else { return nil }
    var place = 1
    func next() -> UInt64? {
      var (value, shift) = (UInt64(0), UInt64(0))
      while place < bytes.count, shift < 64 {
        let byte = bytes[place]
        place += 1
        value |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return value }
        shift += 7
      }
      return nil
    }
    func table() -> [Int32: Int64]? {
      guard let size = next(), size <= 100_000 else { return nil }
      var table: [Int32: Int64] = [:]
      var last: Int64 = 0
      for _ in 0..<size {
        guard let step = next(), let count = next(), count <= Int64.max / 1_000_000 else { return nil }
        last &+= Int64(bitPattern: step >> 1) ^ -Int64(bitPattern: step & 1)
        guard let key = Int32(exactly: last) else { return nil }
        table[key] = Int64(count)
      }
      return table
    }
    guard let zeros = next(), zeros <= Int64.max / 1_000_000, let positive = table(), let negative = table() else {
      return nil
    }
    self.zeros = Int64(zeros)
    self.positive = positive
    self.negative = negative
    count = self.zeros + positive.values.reduce(0, +) + negative.values.reduce(0, +)
  }
}
