/// Writes what is kept in Redis: integers with the least byte first, lengths before texts.
package struct ValueWriter {
  package private(set) var bytes: [UInt8] = []

  package init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// - Parameter count: how many bytes the number takes.
  package mutating func add(_ number: UInt64, _ count: Int) {
    for i in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * UInt64(i)))) }
  }

  /// - Parameter count: how many bytes its length takes.
  package mutating func add(_ part: some Collection<UInt8>, length count: Int) {
    add(UInt64(part.count), count)
    bytes += part
  }

  package mutating func add(_ part: some Collection<UInt8>) { bytes += part }
}

/// Reads what `ValueWriter` has written; nil wherever it ends too early.
package struct ValueReader {
  private let bytes: [UInt8]
  private var place = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package var isAtEnd: Bool { place == bytes.count }
  package var rest: ArraySlice<UInt8> { bytes[place...] }

  package mutating func number(_ count: Int) -> UInt64? {
    guard count <= bytes.count - place else { return nil }
    defer { place += count }
    return (0..<count).reduce(0) { $0 | UInt64(bytes[place + $1]) << (8 * UInt64($1)) }
  }

  /// - Parameter count: how many bytes its length takes.
  package mutating func part(length count: Int) -> ArraySlice<UInt8>? {
    guard let length = number(count), length <= UInt64(bytes.count - place) else { return nil }
    defer { place += Int(length) }
    return bytes[place..<place + Int(length)]
  }
}
