/// A value to be written to a FlatBuffer, the encoding of Arrow's metadata (flatbuffers.dev, "FlatBuffers internals").
indirect enum FlatValue {
  case bool(Bool)
  case int8(Int8)
  case int16(Int16)
  case int32(Int32)
  case int64(Int64)
  case string(String)
  case table([Int: FlatValue])
  case tables([FlatValue])
  /// Structs of 8-byte alignment, one after the other.
  case structs([UInt8], count: Int)

  fileprivate var inlineSize: Int {
    switch self {
    case .bool, .int8: 1
    case .int16: 2
    case .int64: 8
    default: 4
    }
  }
}

/// Writes a FlatBuffer front to back: the values that a table refers to follow it.
struct FlatBuilder {
  private(set) var bytes: [UInt8] = []

  /// - Parameter root: a table.
  package init(_ root: FlatValue) {
    put(UInt32(0))
    let place = write(root)
    patch(0, place)
    align(8)
  }

  private mutating func align(_ size: Int) {
    while bytes.count % size != 0 { bytes.append(0) }
  }

  private mutating func put<Value: FixedWidthInteger>(_ value: Value) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func patch(_ place: Int, _ target: Int) {
    let distance = UInt32(target - place).littleEndian
    withUnsafeBytes(of: distance) { source in
      for i in 0..<4 { bytes[place + i] = source[i] }
    }
  }

  /// Writes a value that a table refers to; returns the offset of its first byte.
  private mutating func write(_ value: FlatValue) -> Int {
    switch value {
    case .string(let text):
      align(4)
      let start = bytes.count
      put(UInt32(text.utf8.count))
      bytes.append(contentsOf: text.utf8)
      bytes.append(0)
      return start
    case .structs(let content, let count):
      // The count comes right before the structs, which are aligned to 8 bytes.
      align(4)
      if bytes.count % 8 == 0 { put(UInt32(0)) }
      let start = bytes.count
      put(UInt32(count))
      bytes.append(contentsOf: content)
      return start
    case .tables(let elements):
      align(4)
      let start = bytes.count
      put(UInt32(elements.count))
      let places = elements.map { _ in
        put(UInt32(0))
        return bytes.count - 4
      }
      for (element, place) in zip(elements, places) { patch(place, write(element)) }
      return start
    case .table(let fields):
      return table(fields)
    default:
      return bytes.count
    }
  }

  private mutating func table(_ fields: [Int: FlatValue]) -> Int {
    let count = (fields.keys.max() ?? -1) + 1
    align(2)
    let vtable = bytes.count
    for _ in 0..<count + 2 { put(UInt16(0)) }
    align(4)
    let start = bytes.count
    put(Int32(start - vtable))
    var offsets = [Int](repeating: 0, count: count)
    var later: [(place: Int, value: FlatValue)] = []
    // Wide fields first: less padding.
    for (field, value) in fields.sorted(by: { ($1.value.inlineSize, $0.key) < ($0.value.inlineSize, $1.key) }) {
      align(value.inlineSize)
      offsets[field] = bytes.count - start
      switch value {
      case .bool(let flag): put(UInt8(flag ? 1 : 0))
      case .int8(let number): put(number)
      case .int16(let number): put(number)
      case .int32(let number): put(number)
      case .int64(let number): put(number)
      default:
        later.append((bytes.count, value))
        put(UInt32(0))
      }
    }
    let size = bytes.count - start
    func set(_ index: Int, _ number: Int) {
      bytes[vtable + index * 2] = UInt8(truncatingIfNeeded: number)
      bytes[vtable + index * 2 + 1] = UInt8(truncatingIfNeeded: number >> 8)
    }
    set(0, (count + 2) * 2)
    set(1, size)
    for (field, offset) in offsets.enumerated() { set(field + 2, offset) }
    for (place, value) in later { patch(place, write(value)) }
    return start
  }
}

/// A table of a FlatBuffer. Its content is not trusted: anything that lies outside of the bytes counts as missing, and so does
/// everything once more tables have been visited than the bytes can hold. Tables may share others, so that a few bytes can
/// describe a tree without end.
struct FlatTable {
  private final class Budget {
    var tables: Int
    /// Bytes of texts.
    var text: Int
    init(tables: Int, text: Int) {
      self.tables = tables
      self.text = text
    }
  }

  private let budget: Budget
  private let bytes: [UInt8]
  private let start: Int
  private let vtable: Int
  private let vtableSize: Int

  /// The root table.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count >= 8, let offset = FlatTable.load(bytes, 0, UInt32.self) else { return nil }
    self.init(bytes, at: Int(offset), Budget(tables: bytes.count / 8 + 16, text: bytes.count * 2))
  }

  private init?(_ bytes: [UInt8], at start: Int, _ budget: Budget) {
    budget.tables -= 1
    guard budget.tables >= 0 else { return nil }
    self.budget = budget
    guard let back = FlatTable.load(bytes, start, Int32.self) else { return nil }
    let vtable = start - Int(back)
    guard let size = FlatTable.load(bytes, vtable, UInt16.self), size >= 4, vtable + Int(size) <= bytes.count else {
      return nil
    }
    self.bytes = bytes
    self.start = start
    self.vtable = vtable
    vtableSize = Int(size)
  }

  private static func load<Value: FixedWidthInteger>(_ bytes: [UInt8], _ at: Int, _: Value.Type) -> Value? {
    guard at >= 0, at <= bytes.count - MemoryLayout<Value>.size else { return nil }
    return bytes.withUnsafeBytes { Value(littleEndian: $0.loadUnaligned(fromByteOffset: at, as: Value.self)) }
  }

  private func place(_ field: Int) -> Int? {
    let entry = 4 + field * 2
    guard entry + 2 <= vtableSize, let offset = FlatTable.load(bytes, vtable + entry, UInt16.self), offset > 0 else {
      return nil
    }
    return start + Int(offset)
  }

  /// A number, or the default value if the field is missing.
  package func number<Value: FixedWidthInteger>(_ field: Int, _ standard: Value) -> Value {
    place(field).flatMap { FlatTable.load(bytes, $0, Value.self) } ?? standard
  }

  package func bool(_ field: Int) -> Bool { number(field, UInt8(0)) != 0 }

  private func target(_ field: Int) -> Int? {
    guard let place = place(field), let offset = FlatTable.load(bytes, place, UInt32.self) else { return nil }
    return place + Int(offset)
  }

  package func table(_ field: Int) -> FlatTable? { target(field).flatMap { FlatTable(bytes, at: $0, budget) } }

  package func string(_ field: Int) -> String? {
    guard let at = target(field), let count = FlatTable.load(bytes, at, UInt32.self), at + 4 + Int(count) <= bytes.count
    else { return nil }
    budget.text -= Int(count)
    guard budget.text >= 0 else { return nil }
    return String(decoding: bytes[at + 4..<at + 4 + Int(count)], as: UTF8.self)
  }

  /// The tables of a vector; nil if one of them is damaged.
  package func tables(_ field: Int) -> [FlatTable]? {
    guard let at = target(field) else { return [] }
    guard let count = FlatTable.load(bytes, at, UInt32.self), at + 4 + 4 * Int(count) <= bytes.count else { return nil }
    var result: [FlatTable] = []
    for i in 0..<Int(count) {
      let place = at + 4 + 4 * i
      guard let offset = FlatTable.load(bytes, place, UInt32.self),
        let table = FlatTable(bytes, at: place + Int(offset), budget)
      else { return nil }
      result.append(table)
    }
    return result
  }

  /// The 64-bit words of a vector of structs or numbers.
  package func words(_ field: Int, each size: Int = 1) -> [Int64]? {
    guard let at = target(field) else { return [] }
    guard let count = FlatTable.load(bytes, at, UInt32.self), at + 4 + 8 * size * Int(count) <= bytes.count else {
      return nil
    }
    return (0..<Int(count) * size).map { FlatTable.load(bytes, at + 4 + 8 * $0, Int64.self)! }
  }
}
