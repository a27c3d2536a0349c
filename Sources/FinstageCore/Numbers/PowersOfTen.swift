/// Powers of ten as 128-bit significands, shared by the reader (decimal to double) and the writer (double to decimal).
///
/// Entry k holds floor(10^k / 2^(e - 127)) with e = floor(log2(10^k)), so that its top bit is set. The 667 entries are
/// computed once, in about 20 microseconds, with 256-bit arithmetic: each step of multiplying or dividing by five loses
/// at most one unit in the 256th bit, which 342 steps cannot carry up to the 128th. A test compares each with exact
/// integers.
package enum PowersOfTen {
  static let minExponent = -342
  static let maxExponent = 324

  /// All entries. They are written once, before any read, and never freed, so they are safe to share.
  package struct Table: @unchecked Sendable {
    /// Entry k is at 2 * (k - minExponent): high word, then low word.
    fileprivate let base: UnsafePointer<UInt64>

    /// The truncated significand of 10^k.
    @inline(__always)
    package subscript(k: Int) -> (high: UInt64, low: UInt64) {
      let entry = base + 2 &* (k &- minExponent)
      return (entry[0], entry[1])
    }
  }

  package static let table = Table(base: compute())

  /// floor(log2(10^k)), for |k| <= 1233.
  @inline(__always)
  static func binaryExponent(_ k: Int) -> Int { (k &* 1_741_647) >> 19 }

  /// Whether the entry is 10^k without loss: 5^55 is the last power of five below 2^128.
  @inline(__always)
  static func isExact(_ k: Int) -> Bool { k >= 0 && k <= 55 }

  private static func compute() -> UnsafePointer<UInt64> {
    let table = UnsafeMutablePointer<UInt64>.allocate(capacity: 2 * (maxExponent - minExponent + 1))
    let one = Wide(a: 1 << 63, b: 0, c: 0, d: 0)
    func store(_ x: Wide, at k: Int) {
      table[2 * (k - minExponent)] = x.a
      table[2 * (k - minExponent) + 1] = x.b
    }
    var x = one
    store(x, at: 0)
    for k in 1...maxExponent {
      x = x.timesFive()
      store(x, at: k)
    }
    x = one
    for k in stride(from: -1, through: minExponent, by: -1) {
      x = x.dividedByFive()
      store(x, at: k)
    }
    return UnsafePointer(table)
  }

  /// A normalised 256-bit significand, most significant word first; powers of two are dropped.
  private struct Wide {
    var a, b, c, d: UInt64

    func timesFive() -> Wide {
      var carry: UInt64 = 0
      func step(_ word: UInt64) -> UInt64 {
        let (high, low) = word.multipliedFullWidth(by: 5)
        let (sum, overflow) = low.addingReportingOverflow(carry)
        carry = high &+ (overflow ? 1 : 0)
        return sum
      }
      let d4 = step(d), c3 = step(c), b2 = step(b), a1 = step(a)
      return Wide.normalised(carry, a1, b2, c3, d4)
    }

    func dividedByFive() -> Wide {
      var remainder: UInt64 = 0
      func step(_ word: UInt64) -> UInt64 {
        let (quotient, rest) = UInt64(5).dividingFullWidth((remainder, word))
        remainder = rest
        return quotient
      }
      let a1 = step(a), b2 = step(b), c3 = step(c), d4 = step(d), e5 = step(0)
      return Wide.normalised(a1, b2, c3, d4, e5)
    }

    private static func normalised(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64, _ e: UInt64) -> Wide {
      let shift = a.leadingZeroBitCount
      if shift == 0 { return Wide(a: a, b: b, c: c, d: d) }
      if shift == 64 { return normalised(b, c, d, e, 0) }
      let back = 64 - shift
      return Wide(
        a: a << shift | b >> back, b: b << shift | c >> back, c: c << shift | d >> back, d: d << shift | e >> back)
    }
  }
}
