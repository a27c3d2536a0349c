/// A whole JSON text as a tree, for responses of web services: small, nested, read once. Records on pipes are not read
/// this way.
package enum JSONValue: Sendable {
  case null
  case bool(Bool)
  /// A number without a decimal point or exponent that fits in 64 bits.
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([JSONValue])
  /// Members in order; if a key repeats, the last one counts.
  case object([(key: String, value: JSONValue)])

  /// Where a text stopped being JSON.
  package struct Failure: Error, Equatable {
    /// Counted from 1.
    package let byte: Int
    package let message: String

    package init(byte: Int, message: String) {
      self.byte = byte
      self.message = message
    }
  }

  /// Reads a text that is one JSON value (RFC 8259), at most 128 levels deep.
  package static func parse(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
    let padded = bytes + [UInt8](repeating: 0, count: Batch.padding)
    var result: Result<JSONValue, Failure> = .success(.null)
    padded.withUnsafeBufferPointer { buffer in
      let start = buffer.baseAddress!
      var scanner = JSONScanner(start, end: start + bytes.count)
      do throws(JSONScanner.Failure) {
        scanner.skipWhitespace()
        let value = try JSONValue.value(&scanner, depth: 0)
        scanner.skipWhitespace()
        if scanner.p < scanner.end { throw scanner.failure("nothing may follow the value") }
        result = .success(value)
      } catch {
        result = .failure(Failure(byte: error.offset + 1, message: error.message))
      }
    }
    return try result.get()
  }

  private static func value(_ scanner: inout JSONScanner, depth: Int) throws(JSONScanner.Failure) -> JSONValue {
    guard scanner.p < scanner.end else { throw scanner.failure("a value is expected") }
    switch scanner.p[0] {
    case UInt8(ascii: "{"):
      try scanner.enter(depth)
      scanner.p += 1
      scanner.skipWhitespace()
      var members: [(key: String, value: JSONValue)] = []
      if scanner.take("}") { return .object(members) }
      repeat {
        scanner.skipWhitespace()
        let key = JSONScanner.decode(try scanner.string())
        try scanner.colon()
        members.append((key, try value(&scanner, depth: depth + 1)))
        scanner.skipWhitespace()
      } while scanner.take(",")
      guard scanner.take("}") else { throw scanner.failure("\",\" or \"}\" is expected") }
      return .object(members)
    case UInt8(ascii: "["):
      try scanner.enter(depth)
      scanner.p += 1
      scanner.skipWhitespace()
      var items: [JSONValue] = []
      if scanner.take("]") { return .array(items) }
      repeat {
        scanner.skipWhitespace()
        items.append(try value(&scanner, depth: depth + 1))
        scanner.skipWhitespace()
      } while scanner.take(",")
      guard scanner.take("]") else { throw scanner.failure("\",\" or \"]\" is expected") }
      return .array(items)
    case UInt8(ascii: "\""):
      return .string(JSONScanner.decode(try scanner.string()))
    case UInt8(ascii: "t"):
      try scanner.literal("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try scanner.literal("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try scanner.literal("null")
      return .null
    default:
      let (token, text) = try scanner.number()
      if let integer = token.int64 { return .integer(integer) }
      return .number(token.double(text: text, end: scanner.p))
    }
  }

  /// A member of an object; nil if there is none or if this is not an object.
  package subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { return members.last { $0.key == key }?.value }
    return nil
  }

  package var array: [JSONValue]? {
    if case .array(let items) = self { return items }
    return nil
  }

  package var members: [(key: String, value: JSONValue)]? {
    if case .object(let members) = self { return members }
    return nil
  }

  package var string: String? {
    if case .string(let text) = self { return text }
    return nil
  }

  package var integer: Int64? {
    if case .integer(let value) = self { return value }
    return nil
  }

  /// Any number as a double.
  package var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  package var isNull: Bool {
    if case .null = self { return true }
    return false
  }
}
