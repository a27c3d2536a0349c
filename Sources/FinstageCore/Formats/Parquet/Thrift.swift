/// A value in Thrift's compact protocol, which Parquet uses for its metadata (thrift-compact-protocol.md).
indirect enum ThriftValue {
  case bool(Bool)
  case byte(Int8)
  case i16(Int16)
  case i32(Int32)
  case i64(Int64)
  case double(Double)
  case binary([UInt8])
  case list([ThriftValue])
  case structure([Int: ThriftValue])

  package static func text(_ text: String) -> ThriftValue { .binary(Array(text.utf8)) }

  package subscript(field: Int) -> ThriftValue? {
    if case .structure(let fields) = self { return fields[field] }
    return nil
  }

  package var integer: Int? {
    switch self {
    case .byte(let value): Int(value)
    case .i16(let value): Int(value)
    case .i32(let value): Int(value)
    case .i64(let value): Int(value)
    default: nil
    }
  }

  package var flag: Bool? {
    if case .bool(let value) = self { return value }
    return nil
  }

  package var bytes: [UInt8]? {
    if case .binary(let value) = self { return value }
    return nil
  }

  package var string: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

  package var elements: [ThriftValue]? {
    if case .list(let values) = self { return values }
    return nil
  }

  fileprivate var code: UInt8 {
    switch self {
    case .bool(let value): value ? 1 : 2
    case .byte: 3
    case .i16: 4
    case .i32: 5
    case .i64: 6
    case .double: 7
    case .binary: 8
    case .list: 9
    case .structure: 12
    }
  }
}

/// Writes Thrift values.
struct ThriftWriter {
  private(set) var bytes: [UInt8] = []

  static func encode(_ value: ThriftValue) -> [UInt8] {
    var writer = ThriftWriter()
    writer.put(value)
    return writer.bytes
  }

  private mutating func unsigned(_ value: UInt64) { VariableLength.append(value, to: &bytes) }

  private mutating func signed(_ value: Int64) { VariableLength.appendSigned(value, to: &bytes) }

  private mutating func put(_ value: ThriftValue) {
    switch value {
    case .bool(let flag): bytes.append(flag ? 1 : 2)
    case .byte(let number): bytes.append(UInt8(bitPattern: number))
    case .i16(let number): signed(Int64(number))
    case .i32(let number): signed(Int64(number))
    case .i64(let number): signed(number)
    case .double(let number): withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    case .binary(let content):
      unsigned(UInt64(content.count))
      bytes.append(contentsOf: content)
    case .list(let elements):
      let code: UInt8 = elements.first.map { if case .bool = $0 { 1 } else { $0.code } } ?? 5
      if elements.count < 15 {
        bytes.append(UInt8(elements.count) << 4 | code)
      } else {
        bytes.append(0xF0 | code)
        unsigned(UInt64(elements.count))
      }
      for element in elements { put(element) }
    case .structure(let fields):
      var last = 0
      for (id, value) in fields.sorted(by: { $0.key < $1.key }) {
        let delta = id - last
        if delta >= 1 && delta <= 15 {
          bytes.append(UInt8(delta) << 4 | value.code)
        } else {
          bytes.append(value.code)
          signed(Int64(id))
        }
        last = id
        if case .bool = value { continue }  // the value is in the code
        put(value)
      }
      bytes.append(0)
    }
  }
}

/// Reads Thrift values; the result is nil if they are damaged or nested too deeply.
struct ThriftReader {
  private let bytes: UnsafeRawBufferPointer
  private(set) var position: Int
  /// Values that may still be read: a bound on memory.
  private var budget: Int

  package init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
    self.bytes = bytes
    self.position = position
    budget = bytes.count * 2 + 64
  }

  private mutating func byte() -> UInt8? {
    guard position < bytes.count else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  private mutating func unsigned() -> UInt64? { VariableLength.read(bytes, &position) }

  private mutating func signed() -> Int64? { VariableLength.readSigned(bytes, &position) }

  mutating func structure(depth: Int = 0) -> ThriftValue? {
    guard depth < 16 else { return nil }
    var fields: [Int: ThriftValue] = [:]
    var id = 0
    while true {
      guard let head = byte() else { return nil }
      if head == 0 { return .structure(fields) }
      if head >> 4 == 0 {
        guard let number = signed(), (-40_000..<40_000).contains(number) else { return nil }
        id = Int(number)
      } else {
        id += Int(head >> 4)
      }
      guard let value = value(head & 15, isField: true, depth: depth) else { return nil }
      fields[id] = value
    }
  }

  private mutating func value(_ code: UInt8, isField: Bool, depth: Int) -> ThriftValue? {
    budget -= 1
    guard budget > 0 else { return nil }
    switch code {
    case 1, 2:
      if isField { return .bool(code == 1) }
      return byte().map { .bool($0 == 1) }
    case 3: return byte().map { .byte(Int8(bitPattern: $0)) }
    case 4: return signed().map { .i16(Int16(truncatingIfNeeded: $0)) }
    case 5: return signed().map { .i32(Int32(truncatingIfNeeded: $0)) }
    case 6: return signed().map { .i64($0) }
    case 7:
      guard position + 8 <= bytes.count else { return nil }
      defer { position += 8 }
      return .double(Double(bitPattern: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian))
    case 8:
      guard let count = unsigned(), count <= UInt64(bytes.count - position) else { return nil }
      defer { position += Int(count) }
      return .binary(Array(bytes[position..<position + Int(count)]))
    case 9, 10:
      // Lists in lists, too.
      guard depth < 16, let head = byte() else { return nil }
      var count = UInt64(head >> 4)
      if count == 15 {
        guard let more = unsigned() else { return nil }
        count = more
      }
      guard count <= UInt64(bytes.count - position) + 1 else { return nil }
      var elements: [ThriftValue] = []
      for _ in 0..<count {
        guard let element = value(head & 15, isField: false, depth: depth + 1) else { return nil }
        elements.append(element)
      }
      return .list(elements)
    case 12: return structure(depth: depth + 1)
    default: return nil  // maps are not used
    }
  }
}
