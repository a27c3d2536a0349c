import FinstageSystem

/// A parameter of a statement, as text that PostgreSQL reads; nil for null. Zero bytes, which its texts cannot have, are left out.
package struct PostgresValue: Sendable, ExpressibleByNilLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral,
  ExpressibleByBooleanLiteral
{
  let text: String?

  /// The text, for an array of such values.
  package var string: String? { text }

  private init(text: String?) { self.text = text }
  package init(nilLiteral: ()) { text = nil }
  package init(integerLiteral value: Int64) { text = String(value) }
  package init(stringLiteral value: String) { text = value }
  package init(booleanLiteral value: Bool) { text = value ? "t" : "f" }
  package init(_ value: String?) { text = value.map(PostgresValue.withoutZeros) }
  package init(_ value: (some BinaryInteger)?) { text = value.map { String($0) } }
  package init(_ value: Double?) { text = value.map { "\($0)" } }
  package init(_ value: Bool) { text = value ? "t" : "f" }
  package init(_ value: [UInt8]?) { text = value.map(PostgresValue.hexadecimal) }

  private static func withoutZeros(_ text: String) -> String {
    guard text.utf8.contains(0) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\0" }))
  }

  /// An array of integers.
  package init(_ values: [Int64]) { text = "{" + values.lazy.map(String.init).joined(separator: ",") + "}" }
  package init(_ values: [Int64?]) { text = PostgresValue.list(values.map { $0.map(String.init) }) }
  package init(_ values: [Double?]) { text = PostgresValue.list(values.map { $0.map { "\($0)" } }) }
  package init(_ values: [Bool]) { text = "{" + values.lazy.map { $0 ? "t" : "f" }.joined(separator: ",") + "}" }
  /// An array of texts.
  package init(_ values: [String?]) { text = PostgresValue.list(values) }
  package init(_ values: [String]) { text = PostgresValue.list(values) }
  /// An array of bytes.
  package init(_ values: [[UInt8]?]) { text = PostgresValue.list(values.map { $0.map(PostgresValue.hexadecimal) }) }

  /// An array as text: each element in quotation marks, with `\` before those inside and before itself.
  private static func list(_ values: [String?]) -> String {
    var bytes: [UInt8] = [UInt8(ascii: "{")]
    for (i, value) in values.enumerated() {
      if i > 0 { bytes.append(UInt8(ascii: ",")) }
      guard let value else {
        bytes += "NULL".utf8
        continue
      }
      bytes.append(UInt8(ascii: "\""))
      for byte in value.utf8 where byte != 0 {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: "}"))
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let digits = Array("0123456789abcdef".utf8)

  /// The text of a `bytea`: `\x` and two digits a byte.
  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    String(unsafeUninitializedCapacity: 2 + 2 * bytes.count) { target in
      target[0] = UInt8(ascii: "\\")
      target[1] = UInt8(ascii: "x")
      for (i, byte) in bytes.enumerated() {
        target[2 + 2 * i] = digits[Int(byte >> 4)]
        target[3 + 2 * i] = digits[Int(byte & 15)]
      }
      return 2 + 2 * bytes.count
    }
  }

  /// The bytes of the text of a `bytea`; nil if it is none. The server writes them either way (`bytea_output`): as `\x` and two digits a byte, or as they
  /// are but for `\\` and `\` with three octal digits.
  static func bytes(_ text: String) -> [UInt8]? {
    text.hasPrefix("\\x") ? bytes(hexadecimal: text) : bytes(escaped: text)
  }

  private static func bytes(escaped text: String) -> [UInt8]? {
    let source = Array(text.utf8)
    let backslash = UInt8(ascii: "\\")
    var result: [UInt8] = []
    result.reserveCapacity(source.count)
    var place = 0
    while place < source.count {
      guard source[place] == backslash else {
        result.append(source[place])
        place += 1
        continue
      }
      if place + 1 < source.count, source[place + 1] == backslash {
        result.append(backslash)
        place += 2
      } else {
        let octal = source.dropFirst(place + 1).prefix(3)
        guard octal.count == 3, let byte = UInt8(String(decoding: octal, as: UTF8.self), radix: 8) else { return nil }
        result.append(byte)
        place += 4
      }
    }
    return result
  }

  private static func bytes(hexadecimal text: String) -> [UInt8]? {
    func digit(_ byte: UInt8) -> UInt8? {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
      default: nil
      }
    }
    let digits = Array(text.utf8)
    guard digits.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "x")]), digits.count % 2 == 0 else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(digits.count / 2 - 1)
    for i in stride(from: 2, to: digits.count, by: 2) {
      guard let high = digit(digits[i]), let low = digit(digits[i + 1]) else { return nil }
      result.append(high << 4 | low)
    }
    return result
  }
}
