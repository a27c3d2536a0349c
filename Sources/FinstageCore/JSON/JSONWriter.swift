/// JSON is written here and nowhere else: values are put together as a tree, and the tree knows its text.
extension JSONValue {
  /// Compact text on one line: decimals in their shortest form, no value where a number is not finite.
  package var text: String {
    var bytes: [UInt8] = []
    write(into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  package func write(into bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += Array("null".utf8)
    case .bool(let value): bytes += Array((value ? "true" : "false").utf8)
    case .integer(let value): bytes += Array(String(value).utf8)
    case .number(let value): bytes += Array((value.isFinite ? NumberText.string(value) : "null").utf8)
    case .string(let text): bytes += JSONText.quoted(text)
    case .array(let items):
      bytes.append(UInt8(ascii: "["))
      for (i, item) in items.enumerated() {
        if i > 0 { bytes.append(UInt8(ascii: ",")) }
        item.write(into: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (i, member) in members.enumerated() {
        if i > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += JSONText.quoted(member.key)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(into: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  // MARK: - Making values

  package init(_ value: String?) { self = value.map { .string($0) } ?? .null }
  package init(_ value: Double?) { self = value.map { .number($0) } ?? .null }
  package init(_ value: (some BinaryInteger)?) { self = value.map { .integer(Int64($0)) } ?? .null }
  package init(_ value: Bool?) { self = value.map { .bool($0) } ?? .null }
  package init(_ values: [String]) { self = .array(values.map { .string($0) }) }
  package init(_ values: [some BinaryInteger]) { self = .array(values.map { .integer(Int64($0)) }) }

  /// An instant as ISO 8601 text.
  /// - Parameter milliseconds: since 1970-01-01T00:00:00Z.
  package init(time milliseconds: Int64?) {
    self = milliseconds.map { .string(Timestamp.string($0.clampedToNanoseconds(1_000_000))) } ?? .null
  }

  /// - Parameter second: since 1970-01-01T00:00:00Z.
  package init(second: Int64?) {
    self = second.map { .string(Timestamp.string($0.clampedToNanoseconds(1_000_000_000))) } ?? .null
  }

  /// An object; members whose value is nil are left out.
  package init(members: [(key: String, value: JSONValue?)]) {
    self = .object(members.compactMap { member in member.value.map { (member.key, $0) } })
  }

  /// The same object with more members behind its own; nil values are left out.
  package func adding(_ more: [(key: String, value: JSONValue?)]) -> JSONValue {
    .object((members ?? []) + more.compactMap { member in member.value.map { (member.key, $0) } })
  }

  /// A number to so many places.
  package static func rounded(_ value: Double?, _ places: Int) -> JSONValue {
    guard let value else { return .null }
    var power = 1.0
    for _ in 0..<places { power *= 10 }
    return .number((value * power).rounded() / power)
  }
}

extension Int64 {
  /// This many units of so many nanoseconds, as far as 64 bits reach.
  fileprivate func clampedToNanoseconds(_ unit: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: unit)
    return overflow ? (self < 0 ? .min : .max) : product
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(floatLiteral value: Double) { self = .number(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { (key: $0.0, value: $0.1) })
  }
}
