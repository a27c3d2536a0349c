import FinstageCore

/// The states of one kernel: a record of plain bytes for each series, with the kernel's state first and its working
/// memory after it.
///
/// Records lie in chunks that never move. A chunk is made when one of its series is first asked for.
package final class SeriesStore {
  /// The size of a record, in bytes.
  package let recordSize: Int
  private let start: UnsafeMutableRawPointer
  private var chunks: UnsafeMutablePointer<UnsafeMutableRawPointer>
  private var chunkCount = 0
  private var chunkCapacity = 16
  /// A chunk has 2^chunkShift records.
  private let chunkShift: Int
  private let mask: Int

  /// The size of a state in a record, in bytes; the working memory after it is aligned for doubles.
  @inline(__always)
  package static func size<State>(of type: State.Type) -> Int { (MemoryLayout<State>.size &+ 7) & ~7 }

  package convenience init<State: BitwiseCopyable>(start state: State, memory: Int) {
    let size = max(SeriesStore.size(of: State.self) + memory * 8, 8)
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    defer { bytes.deallocate() }
    bytes.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    bytes.storeBytes(of: state, as: State.self)
    self.init(bytes: bytes, size: size)
  }

  /// Another store for records of the same size with the same initial bytes.
  package convenience init(like other: SeriesStore) {
    self.init(bytes: other.start, size: other.recordSize)
  }

  private init(bytes: UnsafeRawPointer, size: Int) {
    recordSize = size
    start = .allocate(byteCount: size, alignment: 16)
    start.copyMemory(from: bytes, byteCount: size)
    // About 16 KiB a chunk: small for one symbol, few allocations for many.
    var shift = 0
    while shift < 8 && size << (shift + 1) <= 16 << 10 { shift += 1 }
    chunkShift = shift
    mask = (1 << shift) - 1
    chunks = .allocate(capacity: chunkCapacity)
  }

  deinit {
    for i in 0..<chunkCount { chunks[i].deallocate() }
    chunks.deallocate()
    start.deallocate()
  }

  /// The record of a series; the record never moves.
  @inline(__always)
  package func record(_ series: Int) -> UnsafeMutableRawPointer {
    let chunk = series &>> chunkShift
    if chunk >= chunkCount { grow(to: chunk) }
    return chunks[chunk] + (series & mask) &* recordSize
  }

  /// Resets a series to its start.
  func reset(_ series: Int) { record(series).copyMemory(from: start, byteCount: recordSize) }

  @inline(never)
  private func grow(to chunk: Int) {
    while chunkCount <= chunk {
      if chunkCount == chunkCapacity {
        let grown = UnsafeMutablePointer<UnsafeMutableRawPointer>.allocate(capacity: chunkCapacity * 2)
        grown.update(from: chunks, count: chunkCount)
        chunks.deallocate()
        chunks = grown
        chunkCapacity *= 2
      }
      let size = 1 << chunkShift
      let records = UnsafeMutableRawPointer.allocate(byteCount: size * recordSize, alignment: 64)
      for i in 0..<size { (records + i * recordSize).copyMemory(from: start, byteCount: recordSize) }
      chunks[chunkCount] = records
      chunkCount += 1
    }
  }
}
