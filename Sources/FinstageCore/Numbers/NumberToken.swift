import FinstageSystem

/// Reads JSON numbers (RFC 8259 section 6) from memory with at least eight readable bytes beyond the text.
///
/// Decimals become the nearest double, ties to even. One division is exact for up to 15 digits and a power of ten up to
/// 22. All other numbers use the method of M. Eisel and D. Lemire (Lemire, "Number parsing at a gigabyte per second",
/// 2021). The cases that this method leaves open (halfway cases, subnormals, more than 19 digits) go to the C library's
/// `strtod`.
package struct NumberToken {
  /// The significant digits as an integer; only the first 19 of them if `isTruncated`.
  package var digits: UInt64 = 0
  /// The value is `digits` times 10^`exponent`.
  package var exponent: Int = 0
  package var isNegative = false
  /// Whether the text has no point and no exponent part.
  var isInteger = true
  var isTruncated = false

  package init() {}

  /// Scans one number. Returns the byte after it, or nil (with `start` untouched) if there is none here.
  @inline(__always)
  package static func scan(_ start: UnsafePointer<UInt8>, into token: inout NumberToken) -> UnsafePointer<UInt8>? {
    var p = start
    token = NumberToken()
    if p[0] == UInt8(ascii: "-") {
      token.isNegative = true
      p += 1
    }
    let whole = p
    var value: UInt64 = 0
    var digit = p[0] &- UInt8(ascii: "0")
    if digit > 9 { return nil }
    if digit == 0 {
      p += 1  // a zero ends the whole part: the caller rejects what follows "0" in "01"
    } else {
      repeat {
        value = value &* 10 &+ UInt64(digit)
        p += 1
        digit = p[0] &- UInt8(ascii: "0")
      } while digit <= 9
    }
    var count = p - whole
    if p[0] == UInt8(ascii: ".") {
      token.isInteger = false
      p += 1
      let fraction = p
      digit = p[0] &- UInt8(ascii: "0")
      if digit > 9 { return nil }
      repeat {
        value = value &* 10 &+ UInt64(digit)
        p += 1
        digit = p[0] &- UInt8(ascii: "0")
      } while digit <= 9
      token.exponent = fraction - p
      count &+= p - fraction
    }
    token.digits = value
    if p[0] | 0x20 == UInt8(ascii: "e") || count > 19 {
      return scanRare(whole, p, &token)
    }
    return p
  }

  /// Scans a number with an exponent part, or with more digits than 64 bits hold.
  private static func scanRare(
    _ whole: UnsafePointer<UInt8>, _ mantissaEnd: UnsafePointer<UInt8>, _ token: inout NumberToken
  ) -> UnsafePointer<UInt8>? {
    var value: UInt64 = 0
    var kept = 0
    var exponent = 0
    var beyondPoint = false
    var q = whole
    while q < mantissaEnd {
      if q[0] == UInt8(ascii: ".") {
        beyondPoint = true
      } else {
        let digit = UInt64(q[0] &- UInt8(ascii: "0"))
        if kept < 19 {
          value = value &* 10 &+ digit
          if value != 0 { kept &+= 1 }
          if beyondPoint { exponent &-= 1 }
        } else {
          if digit != 0 { token.isTruncated = true }
          if !beyondPoint { exponent &+= 1 }
        }
      }
      q += 1
    }
    var p = mantissaEnd
    if p[0] | 0x20 == UInt8(ascii: "e") {
      token.isInteger = false
      p += 1
      let negative = p[0] == UInt8(ascii: "-")
      if negative || p[0] == UInt8(ascii: "+") { p += 1 }
      var digit = p[0] &- UInt8(ascii: "0")
      if digit > 9 { return nil }
      var power = 0
      repeat {
        power = min(power &* 10 &+ Int(digit), 1_000_000_000)
        p += 1
        digit = p[0] &- UInt8(ascii: "0")
      } while digit <= 9
      exponent &+= negative ? -power : power
    }
    token.digits = value
    token.exponent = exponent
    return p
  }

  /// The nearest double; infinity when the value is out of range.
  /// - Parameter text: where the token was scanned from.
  @inline(__always)
  package func double(text: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) -> Double {
    if digits <= 1 << 53 && exponent <= 0 && exponent >= -22 && !isTruncated {
      let magnitude = Double(Int64(bitPattern: digits)) / NumberToken.exactPowers[-exponent]
      return isNegative ? -magnitude : magnitude
    }
    return doubleRare(text, end)
  }

  private func doubleRare(_ text: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Double {
    if digits == 0 { return isNegative ? -0.0 : 0.0 }
    if digits <= 1 << 53 && exponent > 0 && exponent <= 22 && !isTruncated {
      let magnitude = Double(Int64(bitPattern: digits)) * NumberToken.exactPowers[exponent]
      return isNegative ? -magnitude : magnitude
    }
    if let magnitude = NumberToken.eiselLemire(digits, exponent) {
      // The full value lies between the kept digits and the next ones up: it rounds like both if both round alike.
      if !isTruncated || NumberToken.eiselLemire(digits &+ 1, exponent) == magnitude {
        return isNegative ? -magnitude : magnitude
      }
    }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: end - text + 1) { copy in
      for i in 0..<(end - text) { copy[i] = CChar(bitPattern: text[i]) }
      copy[end - text] = 0
      return strtod(copy.baseAddress!, nil)
    }
  }

  /// The nearest double to `digits` (not zero) times 10^`exponent`; nil if 128 bits of the power do not decide it.
  private static func eiselLemire(_ digits: UInt64, _ exponent: Int) -> Double? {
    guard exponent >= PowersOfTen.minExponent, exponent <= PowersOfTen.maxExponent else { return nil }
    let zeros = digits.leadingZeroBitCount
    let man = digits << UInt64(zeros)
    var binary = (217_706 &* exponent) >> 16 &+ 64 &+ 1023 &- zeros
    let power = PowersOfTen.table[exponent]
    var (high, low) = man.multipliedFullWidth(by: power.high)
    if high & 0x1FF == 0x1FF && low.addingReportingOverflow(man).overflow {
      let next = man.multipliedFullWidth(by: power.low)
      let (merged, carry) = low.addingReportingOverflow(next.high)
      let mergedHigh = high &+ (carry ? 1 : 0)
      if mergedHigh & 0x1FF == 0x1FF && merged == .max && next.low.addingReportingOverflow(man).overflow { return nil }
      high = mergedHigh
      low = merged
    }
    let top = high >> 63
    var mantissa = high >> (top &+ 9)
    binary &-= Int(1 ^ top)
    if low == 0 && high & 0x1FF == 0 && mantissa & 3 == 1 { return nil }
    mantissa &+= mantissa & 1
    mantissa >>= 1
    if mantissa >> 53 > 0 {
      mantissa >>= 1
      binary &+= 1
    }
    guard binary >= 1 && binary < 0x7FF else { return nil }
    return Double(bitPattern: UInt64(binary) << 52 | mantissa & 0x000F_FFFF_FFFF_FFFF)
  }

  /// The value as a signed 64-bit integer, if the text is an integer that fits.
  package var int64: Int64? {
    guard isInteger, exponent == 0, !isTruncated else { return nil }
    if isNegative { return digits <= 1 << 63 ? Int64(bitPattern: 0 &- digits) : nil }
    return digits < 1 << 63 ? Int64(bitPattern: digits) : nil
  }

  /// 10^0 ... 10^22, all exact.
  private static let exactPowers: InlineArray<23, Double> = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
}
