/// Bytes to be written, in memory that grows and is reused. Used by one thread at a time and passed on as a whole.
package final class OutputBuffer: @unchecked Sendable {
  @exclusivity(unchecked)
  private(set) var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  @exclusivity(unchecked)
  package private(set) var count = 0

  package init(capacity: Int = 64 << 10) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  package func clear() { count = 0 }

  /// Makes room for `wanted` more bytes; the caller must not write past them. Call `commit` with the end of what was
  /// written.
  @inline(__always)
  package func reserve(_ wanted: Int) -> UnsafeMutablePointer<UInt8> {
    if capacity &- count < wanted { grow(wanted) }
    return base + count
  }

  @inline(__always)
  package func commit(_ end: UnsafeMutablePointer<UInt8>) { count = end - base }

  @inline(never)
  private func grow(_ wanted: Int) {
    // Grow by half: most buffers live as long as the run, so unused memory is not returned before the end.
    capacity = max(capacity + capacity / 2, count + wanted)
    let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    grown.update(from: base, count: count)
    base.deallocate()
    base = grown
  }

  package func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    let room = reserve(bytes.count)
    room.update(from: start, count: bytes.count)
    commit(room + bytes.count)
  }

  package func append(_ bytes: ArraySlice<UInt8>) { bytes.withUnsafeBufferPointer { append($0) } }
}
