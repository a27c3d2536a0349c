import FinstageSystem
import Testing
import TestSupport

@testable import FinstageCore

/// Reads a number as the record reader does; nil if the text is not exactly one number of JSON.
func readDouble(_ text: String) -> Double? {
  let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: 16)
  return bytes.withUnsafeBufferPointer { buffer in
    let start = buffer.baseAddress!
    var token = NumberToken()
    guard let end = NumberToken.scan(start, into: &token), end == start + text.utf8.count else { return nil }
    return token.double(text: start, end: end)
  }
}

func readInteger(_ text: String) -> Int64? {
  let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: 16)
  return bytes.withUnsafeBufferPointer { buffer in
    var token = NumberToken()
    guard NumberToken.scan(buffer.baseAddress!, into: &token) != nil else { return nil }
    return token.int64
  }
}

@Suite struct NumberTests {
  /// Texts that are hard to round: halfway cases, subnormals, the ends of the range, long digit strings.
  static let hardTexts = [
    "0", "-0", "0.0", "1", "-1", "0.1", "0.2", "0.3", "9007199254740993", "9007199254740992.5", "9007199254740993.0",
    "1e22", "1e23", "8.5e22", "1e-22", "1e-23", "123456789012345678901234567890", "0.1e-323", "4.9e-324", "5e-324",
    "2.4703282292062327e-324", "2.4703282292062328e-324", "2.2250738585072011e-308", "2.2250738585072012e-308",
    "2.2250738585072014e-308", "1.7976931348623157e308", "1.7976931348623158e308", "1.7976931348623159e308", "1e400",
    "1e-400", "-1e400", "179769313486231580793728971405301e276", "5708990770823839207320493820740630171355185151999e-3",
    "0.500000000000000166533453693773481063544750213623046875", "6929495644600919.5", "3.518437208883201171875e13",
    "1.00000000000000011102230246251565404236316680908203125",
    "1.00000000000000011102230246251565404236316680908203124",
    "1.00000000000000011102230246251565404236316680908203126", "7.2057594037927933e16", "9223372036854775807",
    "9223372036854775808", "18446744073709551615", "18446744073709551616", "10000000000000000000000", "0.000001",
    "1e-7",
    "75.0875015258789", "8.988465674311580e307", "1E5", "1e+5", "1.5E-5",
    "0.00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000123",
  ]

  @Test(arguments: hardTexts) func hardTextsReadAsTheCLibraryReadsThem(_ text: String) {
    #expect(readDouble(text)?.bitPattern == strtod(text, nil).bitPattern)
  }

  @Test func randomTextsReadAsTheCLibraryReadsThem() {
    var random = SeededRandom(seed: 11)
    for _ in 0..<40_000 {
      var text = random.next() % 2 == 0 ? "-" : ""
      text += String(random.next() >> (random.next() % 64))
      if random.next() % 2 == 0 {
        text += "."
        for _ in 0...(random.next() % 25) { text += String(random.next() % 10) }
      }
      if random.next() % 3 == 0 { text += "e\(Int(random.next() % 700) - 350)" }
      #expect(readDouble(text)?.bitPattern == strtod(text, nil).bitPattern, "\(text)")
    }
  }

  /// Texts exactly between two doubles, and just above and below.
  @Test func halfwayTextsReadAsTheCLibraryReadsThem() {
    var random = SeededRandom(seed: 12)
    for _ in 0..<3000 {
      // (2m + 1) / 2 for an m of 53 bits is halfway between two doubles; dividing by 2^k adds a 5 for each factor.
      let odd = (random.next() >> 10 | 1 << 53) | 1
      var digits = BigNatural(odd)
      let halvings = Int(random.next() % 60)
      for _ in 0..<halvings { digits = digits.times(5) }
      for text in [digits.decimal, digits.plusOne().decimal, digits.decimal + "1"] {
        let whole = "\(text)e-\(halvings)"
        #expect(readDouble(whole)?.bitPattern == strtod(whole, nil).bitPattern, "\(whole)")
      }
    }
  }

  @Test func whateverIsWrittenReadsBackAndIsTheShortest() {
    var random = SeededRandom(seed: 13)
    func check(_ value: Double) {
      let text = NumberText.string(value)
      #expect(readDouble(text)?.bitPattern == value.bitPattern, "\(text)")
      // Swift's own description is the shortest, too, and the closest of the shortest: the digits must be the same.
      #expect(digits(text) == digits(value.description), "\(text) \(value)")
    }
    for _ in 0..<60_000 {
      let value = Double(bitPattern: random.next())
      if value.isFinite { check(value) }
    }
    for _ in 0..<40_000 { check(Double(Int64(random.next() % 100_000_000)) / 10_000) }
    for exponent in 0..<2046 {
      check(Double(bitPattern: UInt64(exponent) << 52 | (exponent == 0 ? 1 : 0)))
      check(Double(bitPattern: UInt64(exponent) << 52 | 0x000F_FFFF_FFFF_FFFF))
    }
    for text in Self.hardTexts {
      if let value = readDouble(text), value.isFinite { check(value) }
    }
  }

  private func digits(_ text: String) -> String {
    let mantissa = text.lowercased().prefix { $0 != "e" }.filter { $0.isNumber }
    let stripped = mantissa.drop { $0 == "0" }
    return String(String(stripped.reversed().drop { $0 == "0" }).reversed())
  }

  @Test(
    arguments: [
      (0.0, "0"), (-0.0, "-0"), (100.0, "100"), (187.15, "187.15"), (0.1, "0.1"), (0.000001, "0.000001"),
      (0.0000015, "0.0000015"), (1e-7, "1e-7"), (1.5e-7, "1.5e-7"), (1e20, "100000000000000000000"), (1e21, "1e+21"),
      (1.2345e25, "1.2345e+25"), (-123.456, "-123.456"), (1234567.5, "1234567.5"), (12345678.25, "12345678.25"),
      (123456789.125, "123456789.125"), (0.30000000000000004, "0.30000000000000004"),
      (.leastNonzeroMagnitude, "5e-324"),
      (1.7976931348623157e308, "1.7976931348623157e+308"), (9007199254740993.0, "9007199254740992"),
      (1e15 + 0.5, "1000000000000000.5"), (.nan, "null"), (.infinity, "null"), (-.infinity, "null"),
    ] as [(Double, String)])
  func doublesAreLaidOutAsECMAScriptDoes(_ value: Double, _ text: String) {
    #expect(NumberText.string(value) == text)
  }

  @Test func integersAreExactTo64Bits() {
    #expect(readInteger("9223372036854775807") == .max)
    #expect(readInteger("-9223372036854775808") == .min)
    #expect(readInteger("9223372036854775808") == nil)
    #expect(readInteger("-9223372036854775809") == nil)
    #expect(readInteger("10000000000000000000") == nil)
    #expect(readInteger("99999999999999999999999") == nil)
    #expect(readInteger("1.0") == nil)
    #expect(readInteger("1e3") == nil)
    var random = SeededRandom(seed: 14)
    for _ in 0..<10_000 {
      let value = Int64(bitPattern: random.next()) >> Int64(random.next() % 64)
      #expect(readInteger(String(value)) == value)
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 40) { buffer in
        let end = NumberText.write(value, to: buffer.baseAddress!)
        let text = UnsafeBufferPointer(start: buffer.baseAddress!, count: end - buffer.baseAddress!)
        #expect(String(decoding: text, as: UTF8.self) == String(value))
      }
    }
  }

  @Test(arguments: [
    "", "-", "+1", ".5", "1.", "1.e5", "1e", "1e+", "-.1", "0x1", "NaN", "Infinity", "01", "00", "-01", "1 ",
  ])
  func whatIsNoNumberOfJSONIsNotRead(_ text: String) {
    #expect(readDouble(text) == nil)
  }

  /// Each entry is the true power cut to 128 bits, checked with integers of any size.
  @Test func powersOfTenAreExactlyTruncated() {
    var power = BigNatural(1)  // 5^|k|
    for k in 0...342 {
      if k > 0 { power = power.times(5) }
      if k <= PowersOfTen.maxExponent {
        let (high, low) = PowersOfTen.table[k]
        #expect(BigNatural(high: high, low: low) == power.normalised(to: 128), "10^\(k)")
      }
      // g <= 2^s / 5^k < g + 1, that is g * 5^k <= 2^s < (g + 1) * 5^k, for the s that makes g 128 bits long.
      let (high, low) = PowersOfTen.table[-k]
      let g = BigNatural(high: high, low: low)
      let s = 127 + power.bitWidth - (k == 0 ? 1 : 0)
      let two = BigNatural(1).shifted(by: s)
      #expect(!two.isLess(than: g.times(power)), "10^-\(k)")
      #expect(two.isLess(than: g.plusOne().times(power)), "10^-\(k)")
    }
  }
}

/// Natural numbers of any size, as plain as can be: the reference for the table of powers.
struct BigNatural: Equatable {
  var words: [UInt32]  // least significant first, no zeros at the end

  init(_ value: UInt64) { self.init(words: [UInt32(truncatingIfNeeded: value), UInt32(value >> 32)]) }

  init(high: UInt64, low: UInt64) {
    self.init(words: [
      UInt32(truncatingIfNeeded: low), UInt32(low >> 32), UInt32(truncatingIfNeeded: high), UInt32(high >> 32),
    ])
  }

  init(words: [UInt32]) {
    self.words = words
    while self.words.last == 0 { self.words.removeLast() }
  }

  var bitWidth: Int { words.isEmpty ? 0 : words.count * 32 - words.last!.leadingZeroBitCount }

  func times(_ other: BigNatural) -> BigNatural {
    var result = [UInt32](repeating: 0, count: words.count + other.words.count + 1)
    for (i, a) in words.enumerated() {
      var carry: UInt64 = 0
      for (j, b) in other.words.enumerated() {
        let sum = UInt64(a) * UInt64(b) + UInt64(result[i + j]) + carry
        result[i + j] = UInt32(truncatingIfNeeded: sum)
        carry = sum >> 32
      }
      result[i + other.words.count] = UInt32(carry)
    }
    return BigNatural(words: result)
  }

  func times(_ factor: UInt64) -> BigNatural { times(BigNatural(factor)) }

  func plusOne() -> BigNatural {
    var result = words + [0]
    for i in result.indices {
      result[i] = result[i] &+ 1
      if result[i] != 0 { break }
    }
    return BigNatural(words: result)
  }

  func shifted(by bits: Int) -> BigNatural {
    times(BigNatural(words: [UInt32](repeating: 0, count: bits / 32) + [1 << UInt32(bits % 32)]))
  }

  /// The first `width` bits.
  func normalised(to width: Int) -> BigNatural {
    let excess = bitWidth - width
    if excess <= 0 { return shifted(by: -excess) }
    var result = Array(words[(excess / 32)...])
    let shift = UInt32(excess % 32)
    if shift > 0 {
      for i in result.indices {
        result[i] = result[i] >> shift | (i + 1 < result.count ? result[i + 1] << (32 - shift) : 0)
      }
    }
    return BigNatural(words: result)
  }

  var decimal: String {
    var rest = words
    var text = ""
    while !rest.isEmpty {
      var remainder: UInt64 = 0
      for i in rest.indices.reversed() {
        let value = remainder << 32 | UInt64(rest[i])
        rest[i] = UInt32(value / 1_000_000_000)
        remainder = value % 1_000_000_000
      }
      while rest.last == 0 { rest.removeLast() }
      let part = String(remainder)
      text = (rest.isEmpty ? "" : String(repeating: "0", count: 9 - part.count)) + part + text
    }
    return text
  }

  func isLess(than other: BigNatural) -> Bool {
    if words.count != other.words.count { return words.count < other.words.count }
    for i in words.indices.reversed() where words[i] != other.words[i] { return words[i] < other.words[i] }
    return false
  }
}
