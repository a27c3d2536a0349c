/// Writes numbers as JSON text into memory that the caller has reserved. Nothing here allocates.
///
/// Layout of a double (as ECMAScript prints it): plain digits from 1e-6 to below 1e21, else one digit, the
/// fraction and an exponent. An integral double has no point: 100, not 100.0.
package enum NumberText {
  /// No double or 64-bit integer needs more bytes than this; the eight bytes beyond a text may be overwritten.
  package static let maxLength = 32

  /// Writes a double, or `null` when it is not finite. Returns the byte after the last one.
  /// - Parameter powers: `PowersOfTen.table`. Fetch it once before a loop: a lazy global costs a call each time.
  @inline(__always)
  package static func write(
    _ value: Double, to start: UnsafeMutablePointer<UInt8>, powers: PowersOfTen.Table
  ) -> UnsafeMutablePointer<UInt8> {
    let bits = value.bitPattern
    let magnitude = bits & 0x7FFF_FFFF_FFFF_FFFF
    var p = start
    if magnitude >= 0x7FF0_0000_0000_0000 {
      UnsafeMutableRawPointer(p).storeBytes(of: UInt32(littleEndian: 0x6C6C_756E), as: UInt32.self)  // "null"
      return p + 4
    }
    if bits != magnitude {
      p[0] = UInt8(ascii: "-")
      p += 1
    }
    if magnitude == 0 {
      p[0] = UInt8(ascii: "0")
      return p + 1
    }
    let shortest = ShortestDecimal(magnitude: magnitude, powers: powers)
    if shortest.digits >= 1_000_000_000_000_000, let end = layOutFull(shortest.digits, shortest.exponent, to: p) {
      return end
    }
    return layOut(shortest.digits, shortest.exponent, to: p)
  }

  /// Writes a signed 64-bit integer.
  package static func write(_ value: Int64, to start: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    var p = start
    if value < 0 {
      p[0] = UInt8(ascii: "-")
      p += 1
    }
    let magnitude = value.magnitude
    let count = decimalLength(magnitude)
    writeDigits(magnitude, count: count, to: p)
    return p + count
  }

  /// The text of a double, for messages and column names.
  package static func string(_ value: Double) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: maxLength + 8) { buffer in
      let end = write(value, to: buffer.baseAddress!, powers: PowersOfTen.table)
      return String(
        decoding: UnsafeBufferPointer(start: buffer.baseAddress!, count: end - buffer.baseAddress!), as: UTF8.self)
    }
  }

  /// Lays out 16 or 17 digits with a point inside or shortly before them, nearly without branches; nil if the point
  /// lies elsewhere.
  @inline(__always)
  private static func layOutFull(
    _ digits: UInt64, _ exponent: Int, to p: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8>? {
    let isShort = digits < 10_000_000_000_000_000
    let all = isShort ? digits &* 10 : digits  // 17 digits
    let point = 17 &+ exponent &- (isShort ? 1 : 0)
    guard point > -6 && point < 16 else { return nil }
    let top = all / 10_000_000_000_000_000
    let rest = all &- top &* 10_000_000_000_000_000
    let upper = rest / 100_000_000
    let middle = decimalBytes(upper)
    let low = decimalBytes(rest &- upper &* 100_000_000)
    let zeros =
      low != 0 ? low.leadingZeroBitCount &>> 3 : 8 &+ (middle != 0 ? middle.leadingZeroBitCount &>> 3 : 8)
    let raw = UnsafeMutableRawPointer(p)
    let middleText = middle | asciiZeros
    let lowText = low | asciiZeros
    if point > 0 {
      // Write all digits one place to the right, then the head and the point before the rest.
      raw.storeBytes(of: middleText.littleEndian, toByteOffset: 2, as: UInt64.self)
      raw.storeBytes(of: lowText.littleEndian, toByteOffset: 10, as: UInt64.self)
      let word = top | 0x30 | middleText &<< 8
      if point < 8 {
        let shift = UInt64(point) &<< 3
        let mask = (1 &<< shift) &- 1
        let merged = word & mask | UInt64(UInt8(ascii: ".")) &<< shift | (word & ~mask) &<< 8
        raw.storeBytes(of: merged.littleEndian, as: UInt64.self)
      } else {
        p[1] = UInt8(truncatingIfNeeded: top | 0x30)
        p.update(from: p + 1, count: point)
        p[point] = UInt8(ascii: ".")
      }
      return p + (18 &- zeros)
    }
    raw.storeBytes(of: UInt64(0x3030_3030_3030_2E30).littleEndian, as: UInt64.self)  // "0.000000"
    let start = raw + (2 &- point)
    start.storeBytes(of: UInt8(truncatingIfNeeded: top | 0x30), as: UInt8.self)
    start.storeBytes(of: middleText.littleEndian, toByteOffset: 1, as: UInt64.self)
    start.storeBytes(of: lowText.littleEndian, toByteOffset: 9, as: UInt64.self)
    return p + (19 &- point &- zeros)
  }

  private static let asciiZeros: UInt64 = 0x3030_3030_3030_3030

  private static func layOut(
    _ allDigits: UInt64, _ allExponent: Int, to p: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    let (digits, exponent) = allDigits % 10 == 0 ? strippingZeros(allDigits, allExponent) : (allDigits, allExponent)
    let count = decimalLength(digits)
    let point = count &+ exponent  // digits before the decimal point
    if exponent < 0 && point > 0 {
      // 123.45: write all digits one place to the right, then the head and the point, in one word if they fit.
      let word = writeDigits(digits, count: count, to: p + 1)
      if point < 8 {
        let shift = UInt64(point) &<< 3
        let mask = (1 &<< shift) &- 1
        let merged = word & mask | UInt64(UInt8(ascii: ".")) &<< shift | (word & ~mask) &<< 8
        UnsafeMutableRawPointer(p).storeBytes(of: merged.littleEndian, as: UInt64.self)
      } else {
        p.update(from: p + 1, count: point)
        p[point] = UInt8(ascii: ".")
      }
      return p + count + 1
    }
    if exponent >= 0 && point <= 21 {
      writeDigits(digits, count: count, to: p)
      (p + count).update(repeating: UInt8(ascii: "0"), count: exponent)
      return p + point
    }
    if point <= 0 && point > -6 {
      p[0] = UInt8(ascii: "0")
      p[1] = UInt8(ascii: ".")
      (p + 2).update(repeating: UInt8(ascii: "0"), count: -point)
      writeDigits(digits, count: count, to: p + 2 - point)
      return p + 2 - point + count
    }
    return layOutScientific(digits, count, point &- 1, to: p)
  }

  private static func layOutScientific(
    _ allDigits: UInt64, _ allCount: Int, _ exponent: Int, to p: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    let digits = allDigits % 10 == 0 ? strippingZeros(allDigits, 0).digits : allDigits
    let count = decimalLength(digits)
    writeDigits(digits, count: count, to: p + 1)
    p[0] = p[1]
    var q = p + 1
    if count > 1 {
      p[1] = UInt8(ascii: ".")
      q = p + count + 1
    }
    q[0] = UInt8(ascii: "e")
    q[1] = exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+")
    let magnitude = UInt64(exponent.magnitude)
    let length = decimalLength(magnitude)
    writeDigits(magnitude, count: length, to: q + 2)
    return q + 2 + length
  }

  /// Drops zeros at the end of `digits` (not zero) by halving steps.
  @inline(__always)
  private static func strippingZeros(_ all: UInt64, _ exponent: Int) -> (digits: UInt64, exponent: Int) {
    var digits = all
    var dropped = 0
    let eight = digits / 100_000_000
    if eight &* 100_000_000 == digits {
      digits = eight
      dropped = 8
    }
    let four = digits / 10_000
    if four &* 10_000 == digits {
      digits = four
      dropped &+= 4
    }
    let two = digits / 100
    if two &* 100 == digits {
      digits = two
      dropped &+= 2
    }
    while true {
      let one = digits / 10
      if one &* 10 != digits { break }
      digits = one
      dropped &+= 1
    }
    return (digits, exponent &+ dropped)
  }

  /// The number of decimal digits of a 64-bit integer; 1 for zero.
  @inline(__always)
  static func decimalLength(_ value: UInt64) -> Int {
    let bits = 64 &- (value | 1).leadingZeroBitCount
    let guess = (bits &* 1233) >> 12  // floor(bits * log10(2))
    return guess &+ (value >= powers[guess] || guess == 0 ? 1 : 0)
  }

  /// Writes exactly `count` digits; up to eight bytes beyond them are overwritten. Returns the first eight as a word.
  @inline(__always) @discardableResult
  static func writeDigits(_ value: UInt64, count: Int, to p: UnsafeMutablePointer<UInt8>) -> UInt64 {
    let raw = UnsafeMutableRawPointer(p)
    if count <= 8 {
      let word = eightDigits(value) &>> UInt64((8 &- count) &* 8)
      raw.storeBytes(of: word.littleEndian, as: UInt64.self)
      return word
    }
    let upper = value / 100_000_000
    let lowEight = eightDigits(value &- upper &* 100_000_000)
    let word: UInt64
    if count <= 16 {
      let rest = eightDigits(upper) &>> UInt64((16 &- count) &* 8)
      word = count == 16 ? rest : rest | lowEight &<< UInt64((count &- 8) &* 8)
    } else {
      let top = upper / 100_000_000
      let middle = eightDigits(upper &- top &* 100_000_000)
      if count == 17 {
        word = (top | 0x30) | middle &<< 8
      } else {
        let few = UInt64((count &- 16) &* 8)
        word = eightDigits(top) &>> (64 &- few) | middle &<< few
      }
      (raw + (count &- 16)).storeBytes(of: middle.littleEndian, as: UInt64.self)
    }
    raw.storeBytes(of: word.littleEndian, as: UInt64.self)
    (raw + (count &- 8)).storeBytes(of: lowEight.littleEndian, as: UInt64.self)
    return word
  }

  /// Eight ASCII digits of a value below 10^8, the first digit in the lowest byte.
  @inline(__always)
  private static func eightDigits(_ value: UInt64) -> UInt64 { decimalBytes(value) | asciiZeros }

  /// Eight digits of a value below 10^8, one a byte, the first in the lowest: each step splits every lane in two.
  @inline(__always)
  private static func decimalBytes(_ value: UInt64) -> UInt64 {
    let high = value / 10_000
    var x = high | (value &- high &* 10_000) << 32
    let hundreds = ((x &* 10_486) >> 20) & 0x0000_007F_0000_007F
    x = hundreds | (x &- hundreds &* 100) << 16
    let tens = ((x &* 103) >> 10) & 0x000F_000F_000F_000F
    return tens | (x &- tens &* 10) << 8
  }

  /// 10^0 ... 10^19, in constant memory.
  private static let powers: InlineArray<20, UInt64> = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
    100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
    10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
  ]
}
