import CScan

/// Word-wise access to raw memory. Functions may read up to eight bytes past their range, unless they say otherwise.
package enum Bytes {
  @inline(__always)
  package static func word(_ p: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(p).loadUnaligned(as: UInt64.self))
  }

  /// Whether `count` bytes are the same.
  @inline(__always)
  package static func equal(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    var offset = 0
    while count &- offset >= 8 {
      if word(a + offset) != word(b + offset) { return false }
      offset &+= 8
    }
    let rest = count &- offset
    if rest == 0 { return true }
    return (word(a + offset) ^ word(b + offset)) << UInt64((8 &- rest) &* 8) == 0
  }

  /// Whether some bytes are the same; may read up to 16 bytes past them.
  @inline(__always)
  static func equalPadded(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    #if arch(x86_64)
      fs_same(a, b, count) != 0
    #else
      equal(a, b, count)
    #endif
  }

  /// Whether a few bytes are the same; reads nothing past them.
  @inline(__always)
  package static func same(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    for i in 0..<count where a[i] != b[i] { return false }
    return true
  }

  /// The top bit of each byte that is zero.
  @inline(__always)
  static func zeros(_ word: UInt64) -> UInt64 {
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    return ~(((word & low) &+ low) | word | low)
  }

  /// Eight copies of a byte.
  @inline(__always)
  package static func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }
}
