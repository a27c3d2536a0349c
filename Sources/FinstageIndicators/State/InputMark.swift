import CZlib
import FinstageCore

/// How far a file has been read, so that a later run can continue there when the file has grown.
///
/// A file counts as the same if it has the same inode number on the same device, is at least as long, and has the same bytes before the
/// mark: it has not been changed since, or their checksum is the same. Only files that end with a whole line are marked.
package struct InputMark: BitwiseCopyable, Sendable, Equatable {
  let device: UInt64
  let inode: UInt64
  /// When the file was last changed, in nanoseconds (`st_ctim`).
  let changed: Int64
  /// Bytes read, up to the end of a line.
  let offset: Int64
  /// Lines read.
  package let lines: Int
  /// The checksum of all bytes before the mark.
  let check: UInt64

  /// The mark of a file that was read to its end.
  /// - Parameters:
  ///   - offset: where the file ended.
  ///   - known: an earlier mark of the file whose bytes are still the same.
  package init?(
    _ source: DescriptorSource, _ file: DescriptorSource.Identity, offset: Int64, lines: Int,
    after known: InputMark? = nil
  ) {
    // Compressed files cannot be read from the middle.
    guard offset > 0, source.bytes(at: 0, 2) != [0x1F, 0x8B], source.bytes(at: offset - 1, 1) == [UInt8(ascii: "\n")],
      let check = InputMark.check(source, from: known?.offset ?? 0, to: offset, after: known?.check ?? 0)
    else { return nil }
    device = file.device
    inode = file.inode
    changed = file.changed
    self.offset = offset
    self.lines = lines
    self.check = check
  }

  /// Whether it can be the mark of a file: it may come from a damaged state.
  var isSane: Bool { offset >= 0 && (0...1 << 56).contains(lines) }

  /// Whether a file that has not been read yet is the one that was marked.
  func fits(_ source: DescriptorSource, _ file: DescriptorSource.Identity) -> Bool {
    guard file.device == device, file.inode == inode, file.size >= offset else { return false }
    if file.size == offset && file.changed == changed { return true }
    return InputMark.check(source, from: 0, to: offset, after: 0) == check
  }

  /// The checksum of bytes of a file, continued from that of the bytes before; nil if they cannot be read.
  private static func check(_ source: DescriptorSource, from start: Int64, to end: Int64, after before: UInt64)
    -> UInt64?
  {
    var check = UInt(before)
    var at = start
    while at < end {
      let bytes = source.bytes(at: at, Int(min(end - at, 1 << 20)))
      if bytes.isEmpty { return nil }
      check = bytes.withUnsafeBufferPointer { crc32(check, $0.baseAddress, UInt32($0.count)) }
      at += Int64(bytes.count)
    }
    return UInt64(check)
  }
}

/// An input of a run with state: starts after what an earlier run has read, and makes the mark for the next run.
package final class MarkedInput {
  package let source: DescriptorSource
  /// Lines of the file before the first one that will be read.
  package private(set) var linesBefore = 0
  private var start: Int64 = 0
  private let file: DescriptorSource.Identity?
  /// The mark up to which the file is known.
  private var known: InputMark?

  package init(_ source: DescriptorSource, marks: [InputMark]) {
    self.source = source
    file = source.unreadFile()
    guard let file else { return }
    let fitting = marks.first { $0.fits(source, file) }
    if let fitting, source.skip(to: fitting.offset) {
      known = fitting
      start = fitting.offset
      linesBefore = fitting.lines
    }
  }

  /// The marks for the next run, after all of this input has been read.
  /// - Parameter lines: the number of its lines, including the skipped ones.
  package func marks(after marks: [InputMark], lines: Int) -> [InputMark] {
    guard let file else { return marks }
    let others = marks.filter { $0.inode != file.inode || $0.device != file.device }
    let end = start + Int64(source.bytesRead)
    let mark = InputMark(source, file, offset: end, lines: lines, after: known)
    // Keep only the newest marks: folders of daily files must not make the state grow without limit.
    return Array((others + (mark.map { [$0] } ?? [])).suffix(1000))
  }
}
