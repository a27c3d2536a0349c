/// Distinct texts, numbered in the order they were added: the dictionary of a column of strings.
///
/// Only one thread at a time may add texts; several threads may read while none adds.
package final class TextPool: @unchecked Sendable {
  private let table = SymbolTable()

  package init() {}

  package var count: Int { table.count }

  /// The number of a text.
  package func intern(_ text: String) -> Int {
    var copy = text
    return copy.withUTF8 { intern($0) }
  }

  package func intern(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    // The table reads whole words, which may extend past the text.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count + 8) { copy in
      if let base = bytes.baseAddress { copy.baseAddress!.update(from: base, count: bytes.count) }
      (copy.baseAddress! + bytes.count).update(repeating: 0, count: 8)
      return table.intern(copy.baseAddress!, bytes.count)
    }
  }

  /// The number of a text that has eight readable bytes after it.
  @inline(__always)
  package func intern(padded text: UnsafePointer<UInt8>, _ length: Int) -> Int { table.intern(text, length) }

  package subscript(index: Int) -> String { table.name(index) }

  package func bytes(_ index: Int) -> [UInt8] { table.bytes(index) }

  /// The bytes of a text, valid until the next one is added.
  package func withBytes<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    body(table.view(index))
  }

  /// The rank of each text in byte order.
  package func ranks() -> [Int32] {
    let order = (0..<count).sorted { a, b in table.view(a).lexicographicallyPrecedes(table.view(b)) }
    var ranks = [Int32](repeating: 0, count: count)
    for (rank, index) in order.enumerated() { ranks[index] = Int32(rank) }
    return ranks
  }
}
