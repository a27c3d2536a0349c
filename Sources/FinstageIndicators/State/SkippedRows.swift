import FinstageCore
import FinstageSystem

/// The rows of bars that an earlier run has taken, kept until it is clear that history has not been edited: in memory while they are
/// few, in files without a name when they are many. Lines are kept as lines, rows of frames as frames.
package final class SkippedRows: KeptRows {
  private var memory: [UInt8] = []
  private var descriptor: Int32 = -1
  private var failure: Int32 = 0
  /// Where the last line was found in its batch.
  private var hint = 0
  /// The frame that rows are being taken from, and which.
  private var frame: Frame?
  private var rows: [Int] = []
  private var spills: [FrameSpill] = []

  private static let memoryBound = 4 << 20

  package init() {}

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Keeps the row of a bar.
  func keep(_ bar: Int, of batch: Batch) {
    if let source = batch.frame {
      if frame !== source { settle() }
      frame = source
      rows.append(batch.frameRow(of: bar))
      return
    }
    if hint >= batch.lineCount || batch.lines[hint].bar > bar { hint = 0 }
    while batch.lines[hint].bar != bar { hint += 1 }
    let line = batch.lines[hint]
    memory.append(contentsOf: UnsafeBufferPointer(start: batch.bytes + line.start, count: line.end - line.start))
    memory.append(UInt8(ascii: "\n"))
    if memory.count > SkippedRows.memoryBound { spill() }
  }

  // MARK: - Lines

  private func spill() {
    if descriptor < 0 { descriptor = FileContent.nameless(in: FileContent.temporaryFolder) }
    if descriptor < 0 || failure == 0 && !FileContent.write(memory, to: descriptor) { failure = errno }
    memory.removeAll(keepingCapacity: true)
  }

  /// All lines that were kept, from the first on; nil if there are none.
  package func lines() throws -> (any ByteSource)? {
    if descriptor < 0 && failure == 0 { return memory.isEmpty ? nil : MemorySource(memory, name: "<skipped lines>") }
    spill()
    if failure != 0 { throw SkippedRows.cannotKeep(failure) }
    lseek(descriptor, 0, SEEK_SET)
    return DescriptorSource(descriptor: descriptor, name: "<skipped lines>")
  }

  static func cannotKeep(_ code: Int32) -> ToolFailure {
    ToolFailure(.io, "\(FileContent.temporaryFolder): cannot keep skipped rows: \(systemErrorText(code))")
  }

  // MARK: - Frames

  private func settle() {
    guard let frame, !rows.isEmpty else { return }
    let kept = frame.taking(rows)
    rows.removeAll(keepingCapacity: true)
    if spills.last?.take(kept) != true {
      let spill = FrameSpill()
      _ = spill.take(kept)
      spills.append(spill)
    }
  }

  package func eachFrame(_ body: (Frame) throws -> Void) throws {
    settle()
    frame = nil
    for spill in spills { try spill.eachFrame(body) }
  }
}

/// Frames of one schema in a file without a name.
private final class FrameSpill {
  private let descriptor = FileContent.nameless(in: FileContent.temporaryFolder)
  private var schema: [(String, DataType)]?
  private var writer: (any FrameWriter)?
  private var sink: ByteSink?
  private var failure: (any Error)?

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Keeps a frame; false if it has other columns.
  func take(_ frame: Frame) -> Bool {
    let own = frame.columns.map { ($0.name, $0.vector.type) }
    if let schema {
      guard schema.count == own.count, zip(schema, own).allSatisfy({ $0 == $1 }) else { return false }
    }
    do {
      if schema == nil {
        schema = own
        guard descriptor >= 0 else { throw SkippedRows.cannotKeep(errno) }
        let sink = ByteSink(descriptor: descriptor, name: "<skipped rows>")
        writer = try FrameFormat.named("arrow")!.makeWriter(sink, FormatOptions())
        self.sink = sink
      }
      if failure == nil { try writer?.write(frame) }
    } catch {
      failure = error
    }
    return true
  }

  func eachFrame(_ body: (Frame) throws -> Void) throws {
    if let failure { throw failure }
    try writer?.finish()
    try sink?.flush()
    lseek(descriptor, 0, SEEK_SET)
    let source = DescriptorSource(descriptor: descriptor, name: "<skipped rows>")
    let reader = try FrameFormat.named("arrow")!.makeReader(source, FormatOptions())
    while let frame = try reader.next() { try body(frame) }
  }
}
