/// The grammar of RFC 8259 over a range of bytes: every other reader of JSON here falls back on it.
///
/// `end` is where the text ends; the byte there must be readable and must not continue a token (a line feed or a zero).
struct JSONScanner {
  package var p: UnsafePointer<UInt8>
  package let start: UnsafePointer<UInt8>
  package let end: UnsafePointer<UInt8>

  /// What is wrong, and at which byte of the text, counted from 0.
  package struct Failure: Error {
    package let offset: Int
    package let message: String
  }

  /// Text between two quotes, which are not included.
  struct StringToken {
    package let start: UnsafePointer<UInt8>
    package let end: UnsafePointer<UInt8>
    let isEscaped: Bool
    package var length: Int { end - start }
  }

  /// Deeper nesting is refused: it would be an attack on the stack, not a record.
  package static let maxDepth = 128

  package init(_ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) {
    p = start
    self.start = start
    self.end = end
  }

  package func failure(_ message: String, at place: UnsafePointer<UInt8>? = nil) -> Failure {
    let place = place ?? p
    return Failure(offset: place - start, message: place >= end ? "the text ends too early: \(message)" : message)
  }

  @inline(__always)
  mutating func skipWhitespace() {
    while p < end, p[0] == 0x20 || p[0] == 0x09 || p[0] == 0x0D || p[0] == 0x0A { p += 1 }
  }

  /// Steps over one structural character, if it is next.
  @inline(__always)
  package mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard p < end, p[0] == UInt8(ascii: character) else { return false }
    p += 1
    return true
  }

  /// Steps over a string, checking its escapes and its UTF-8.
  package mutating func string() throws(Failure) -> StringToken {
    guard take("\"") else { throw failure("a string is expected") }
    let start = p
    var isEscaped = false
    while true {
      guard p < end else { throw failure("a string is not closed") }
      let byte = p[0]
      if byte == UInt8(ascii: "\"") {
        p += 1
        return StringToken(start: start, end: p - 1, isEscaped: isEscaped)
      }
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        try escape()
      } else if byte < 0x20 {
        throw failure("a control character in a string must be escaped")
      } else if byte < 0x80 {
        p += 1
      } else {
        try multibyte()
      }
    }
  }

  private mutating func escape() throws(Failure) {
    let start = p
    p += 1
    guard p < end else { throw failure("a string is not closed") }
    switch p[0] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      p += 1
    case UInt8(ascii: "u"):
      guard end - p > 4, JSONScanner.hexadecimal(p + 1) != nil else {
        throw failure("\\u needs four hexadecimal digits", at: start)
      }
      p += 5
    default:
      throw failure("this is not a valid JSON escape", at: start)
    }
  }

  /// One character of two to four bytes, as RFC 3629 allows them: no overlong forms, no surrogates, nothing past
  /// U+10FFFF.
  private mutating func multibyte() throws(Failure) {
    let lead = p[0]
    let count: Int
    var low: UInt8 = 0x80
    var high: UInt8 = 0xBF
    switch lead {
    case 0xC2...0xDF: count = 2
    case 0xE0...0xEF:
      count = 3
      if lead == 0xE0 { low = 0xA0 }
      if lead == 0xED { high = 0x9F }
    case 0xF0...0xF4:
      count = 4
      if lead == 0xF0 { low = 0x90 }
      if lead == 0xF4 { high = 0x8F }
    default: throw failure("this is not UTF-8")
    }
    guard end - p >= count, p[1] >= low, p[1] <= high else { throw failure("this is not UTF-8") }
    for i in 2..<max(count, 2) where p[i] & 0xC0 != 0x80 { throw failure("this is not UTF-8") }
    p += count
  }

  /// Steps over any value.
  mutating func skipValue(depth: Int = 0) throws(Failure) {
    guard p < end else { throw failure("a value is expected") }
    switch p[0] {
    case UInt8(ascii: "\""):
      _ = try string()
    case UInt8(ascii: "{"):
      try enter(depth)
      p += 1
      skipWhitespace()
      if take("}") { return }
      repeat {
        skipWhitespace()
        _ = try string()
        try colon()
        try skipValue(depth: depth + 1)
        skipWhitespace()
      } while take(",")
      guard take("}") else { throw failure("\",\" or \"}\" is expected") }
    case UInt8(ascii: "["):
      try enter(depth)
      p += 1
      skipWhitespace()
      if take("]") { return }
      repeat {
        skipWhitespace()
        try skipValue(depth: depth + 1)
        skipWhitespace()
      } while take(",")
      guard take("]") else { throw failure("\",\" or \"]\" is expected") }
    case UInt8(ascii: "t"): try literal("true")
    case UInt8(ascii: "f"): try literal("false")
    case UInt8(ascii: "n"): try literal("null")
    default:
      _ = try number()
    }
  }

  package func enter(_ depth: Int) throws(Failure) {
    if depth >= JSONScanner.maxDepth { throw failure("nested more than \(JSONScanner.maxDepth) deep") }
  }

  package mutating func colon() throws(Failure) {
    skipWhitespace()
    guard take(":") else { throw failure("\":\" is expected") }
    skipWhitespace()
  }

  mutating func literal(_ word: StaticString) throws(Failure) {
    let count = word.utf8CodeUnitCount
    guard end - p >= count else { throw failure("a value is expected") }
    for i in 0..<count where p[i] != word.utf8Start[i] { throw failure("a value is expected") }
    p += count
  }

  package mutating func number() throws(Failure) -> (token: NumberToken, text: UnsafePointer<UInt8>) {
    let start = p
    var token = NumberToken()
    guard let after = NumberToken.scan(p, into: &token), after <= end else {
      let isNumberLike = p < end && (p[0] == UInt8(ascii: "-") || p[0] &- UInt8(ascii: "0") <= 9)
      throw failure(isNumberLike ? "this is not a valid JSON number" : "a value is expected")
    }
    if after < end, after[0] &- UInt8(ascii: "0") <= 9 { throw failure("a number must not start with zero") }
    p = after
    return (token, start)
  }

  /// The characters of a string; lone surrogates become U+FFFD.
  package static func decode(_ token: StringToken) -> String {
    let raw = UnsafeBufferPointer(start: token.start, count: token.length)
    guard token.isEscaped else { return String(decoding: raw, as: UTF8.self) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(token.length)
    var q = token.start
    while q < token.end {
      guard q[0] == UInt8(ascii: "\\") else {
        bytes.append(q[0])
        q += 1
        continue
      }
      switch q[1] {
      case UInt8(ascii: "b"): bytes.append(0x08)
      case UInt8(ascii: "f"): bytes.append(0x0C)
      case UInt8(ascii: "n"): bytes.append(0x0A)
      case UInt8(ascii: "r"): bytes.append(0x0D)
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "u"):
        var code = hexadecimal(q + 2) ?? 0
        q += 4
        if code & 0xFC00 == 0xD800, token.end - q >= 8, q[2] == UInt8(ascii: "\\"), q[3] == UInt8(ascii: "u"),
          let low = hexadecimal(q + 4), low & 0xFC00 == 0xDC00
        {
          code = 0x10000 + (code & 0x3FF) << 10 + (low & 0x3FF)
          q += 6
        }
        bytes.append(contentsOf: String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
      default: bytes.append(q[1])
      }
      q += 2
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func hexadecimal(_ p: UnsafePointer<UInt8>) -> UInt32? {
    var value: UInt32 = 0
    for i in 0..<4 {
      let digit: UInt8
      switch p[i] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = p[i] - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = p[i] - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = p[i] - UInt8(ascii: "A") + 10
      default: return nil
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
