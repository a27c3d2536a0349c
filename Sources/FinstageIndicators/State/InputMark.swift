import CZlib
import FinstageCore

/// How far a file has been read, so that a later run can continue there when the file has grown.
///
/// A file counts as the same if it has the same inode number on the same device, is at least as long, and has the same
/// bytes before the mark. A rewritten file has another inode number. Only files that end with a whole line are marked.
package struct InputMark: BitwiseCopyable, Sendable, Equatable {
  let device: UInt64
  let inode: UInt64
  /// Bytes read, up to the end of a line.
  let offset: Int64
  /// Lines read.
  package let lines: Int
  /// The checksum of the bytes before the mark.
  let check: UInt64

  private static let checked: Int64 = 4096

  /// The mark of a file that was read to its end.
  /// - Parameter offset: where the file ended.
  package init?(_ source: DescriptorSource, device: UInt64, inode: UInt64, offset: Int64, lines: Int) {
    guard let check = InputMark.check(source, before: offset) else { return nil }
    self.device = device
    self.inode = inode
    self.offset = offset
    self.lines = lines
    self.check = check
  }

  /// Whether a file that has not been read yet is the one that was marked.
  func fits(_ source: DescriptorSource, device: UInt64, inode: UInt64, size: Int64) -> Bool {
    device == self.device && inode == self.inode && size >= offset && InputMark.check(source, before: offset) == check
  }

  private static func check(_ source: DescriptorSource, before offset: Int64) -> UInt64? {
    let count = min(offset, checked)
    // Compressed files cannot be read from the middle.
    let start = source.bytes(at: 0, 2)
    guard count > 0, start != [0x1F, 0x8B] else { return nil }
    let bytes = source.bytes(at: offset - count, Int(count))
    guard bytes.count == Int(count), bytes.last == UInt8(ascii: "\n") else { return nil }
    return bytes.withUnsafeBufferPointer { UInt64(crc32(0, $0.baseAddress, UInt32($0.count))) }
  }
}

/// An input of a run with state: starts after what an earlier run has read, and makes the mark for the next run.
package final class MarkedInput {
  package let source: DescriptorSource
  /// Lines of the file before the first one that will be read.
  package private(set) var linesBefore = 0
  private var start: Int64 = 0
  private let file: (device: UInt64, inode: UInt64, size: Int64)?

  package init(_ source: DescriptorSource, marks: [InputMark]) {
    self.source = source
    file = source.unreadFile()
    guard let file else { return }
    let fitting = marks.first { $0.fits(source, device: file.device, inode: file.inode, size: file.size) }
    if let fitting, source.skip(to: fitting.offset) {
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
    let mark = InputMark(source, device: file.device, inode: file.inode, offset: end, lines: lines)
    // Keep only the newest marks: folders of daily files must not make the state grow without limit.
    return Array((others + (mark.map { [$0] } ?? [])).suffix(1000))
  }
}
