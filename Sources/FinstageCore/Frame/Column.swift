import FinstageSystem

/// One field of a batch: eight bytes for each bar, and whether the bar has a value there.
///
/// The memory belongs to the column, grows with `reserve` and is never shared. A column moves from thread to thread
/// together with its batch, so two threads never use it at once.
package final class Column: @unchecked Sendable {
  package let field: Field
  @exclusivity(unchecked)
  package private(set) var storage: UnsafeMutableRawPointer
  /// One byte per bar: 1 if there is a value, 0 if it is null or missing.
  @exclusivity(unchecked)
  package private(set) var present: UnsafeMutablePointer<UInt8>
  @exclusivity(unchecked)
  package private(set) var capacity: Int

  package init(_ field: Field, capacity: Int = 256) {
    self.field = field
    self.capacity = capacity
    storage = UnsafeMutableRawPointer.allocate(byteCount: capacity * 8, alignment: 64)
    present = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
  }

  deinit {
    storage.deallocate()
    present.deallocate()
  }

  /// Doubles; NaN where there is no value.
  package var doubles: UnsafeMutablePointer<Double> { storage.assumingMemoryBound(to: Double.self) }
  /// Integers, or nanoseconds since 1970; undefined where there is no value.
  package var integers: UnsafeMutablePointer<Int64> { storage.assumingMemoryBound(to: Int64.self) }
  /// Indices into the reader's `SymbolTable`; undefined where there is no value.
  package var symbols: UnsafeMutablePointer<UInt64> { storage.assumingMemoryBound(to: UInt64.self) }

  package func hasValue(_ row: Int) -> Bool { present[row] != 0 }

  /// Whether each of `count` rows from `start` on has a value.
  package func isComplete(_ start: Int, _ count: Int) -> Bool { memchr(present + start, 0, count) == nil }

  package func reserve(_ wanted: Int) {
    guard wanted > capacity else { return }
    let larger = wanted
    let newStorage = UnsafeMutableRawPointer.allocate(byteCount: larger * 8, alignment: 64)
    newStorage.copyMemory(from: storage, byteCount: capacity * 8)
    let newPresent = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    newPresent.update(from: present, count: capacity)
    storage.deallocate()
    present.deallocate()
    storage = newStorage
    present = newPresent
    capacity = larger
  }
}
