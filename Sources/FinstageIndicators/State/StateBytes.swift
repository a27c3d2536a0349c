import FinstageCore

/// Writes values as bytes, in the byte order of the machine, with each length before the data that it counts.
struct StateWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append<Value: BitwiseCopyable>(_ value: Value) {
    withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
  }

  mutating func append(bytes more: [UInt8]) {
    append(UInt64(more.count))
    bytes += more
  }

  mutating func append(text: String) { append(bytes: Array(text.utf8)) }

  mutating func append<Value: BitwiseCopyable>(array: [Value]) {
    append(UInt64(array.count))
    for value in array { append(value) }
  }

  /// Appends `size` bytes that a closure fills.
  mutating func append(size: Int, _ fill: (UnsafeMutableRawPointer) -> Void) {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: size))
    bytes.withUnsafeMutableBytes { if let base = $0.baseAddress, size > 0 { fill(base + start) } }
  }
}

/// Reads what `StateWriter` wrote, and checks every length against the bytes that remain.
struct StateReader {
  private let bytes: [UInt8]
  private(set) var position = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The number of bytes not read yet.
  var rest: Int { bytes.count - position }

  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= rest else { return nil }
    defer { position += count }
    return bytes[position..<position + count]
  }

  mutating func value<Value: BitwiseCopyable>() -> Value? {
    guard let slice = take(MemoryLayout<Value>.size) else { return nil }
    return slice.withUnsafeBytes { $0.loadUnaligned(as: Value.self) }
  }

  mutating func string() -> ArraySlice<UInt8>? {
    guard let count: UInt64 = value(), let size = Int(exactly: count) else { return nil }
    return take(size)
  }

  mutating func text() -> String? { string().map { String(decoding: $0, as: UTF8.self) } }

  mutating func array<Value: BitwiseCopyable>() -> [Value]? {
    guard let count: UInt64 = value(), count <= UInt64(rest) else { return nil }
    var values: [Value] = []
    for _ in 0..<count {
      guard let value: Value = value() else { return nil }
      values.append(value)
    }
    return values
  }
}
