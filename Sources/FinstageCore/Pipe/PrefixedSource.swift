import FinstageSystem

/// A source that can be looked into: bytes that were looked at are read again.
package final class PrefixedSource: ByteSource {
  package var name: String { source.name }
  package var bytesRead: Int { source.bytesRead }
  package var wasInterrupted: Bool { source.wasInterrupted }

  private let source: any ByteSource
  /// What has been looked at and not been read, in memory that grows only when somebody looks.
  private var buffer = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  private var position = 0
  private var end = 0
  /// What the source said before bytes were put back; it is told when they have been read.
  private var fault: InputError?

  /// The file itself, if the bytes come unchanged from a regular file, which can be read in any order.
  package let file: DescriptorSource?

  private static let block = 128 << 10

  package init(_ source: any ByteSource, file: DescriptorSource? = nil) {
    self.source = source
    self.file = file
  }

  deinit { buffer.deallocate() }

  /// Up to `count` of the next bytes; fewer only at the end.
  package func peek(_ count: Int) throws(InputError) -> [UInt8] { Array(try look(atLeast: count).prefix(count)) }

  /// The next bytes that are there, at least `count`; fewer only at the end.
  package func look(atLeast count: Int) throws(InputError) -> [UInt8] {
    while end - position < count {
      guard try more() else { break }
    }
    return Array(UnsafeRawBufferPointer(rebasing: buffer[position..<end]))
  }

  /// Puts bytes that were read back in front of the others.
  /// - Parameter fault: what the source has said since, to be thrown after all bytes.
  func putBack(_ bytes: [UInt8], before fault: InputError?) {
    let left = Array(UnsafeRawBufferPointer(rebasing: buffer[position..<end]))
    buffer.deallocate()
    buffer = .allocate(byteCount: bytes.count + left.count, alignment: 64)
    buffer.copyBytes(from: bytes)
    UnsafeMutableRawBufferPointer(rebasing: buffer[bytes.count...]).copyBytes(from: left)
    position = 0
    end = bytes.count + left.count
    self.fault = fault
  }

  /// Passes over bytes that were looked at.
  package func skip(_ count: Int) throws(InputError) { position = min(end, position + count) }

  /// Reads some more behind what has been looked at; false at the end.
  private func more() throws(InputError) -> Bool {
    if buffer.count - end < PrefixedSource.block {
      let grown = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(PrefixedSource.block, buffer.count * 2), alignment: 64)
      if end > position {
        grown.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[position..<end]))
      }
      buffer.deallocate()
      buffer = grown
      end -= position
      position = 0
    }
    if fault != nil { return false }
    let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
    end += count
    return count > 0
  }

  package func read(into target: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    guard position < end else {
      if let fault { throw fault }
      return try source.read(into: target)
    }
    let count = min(target.count, end - position)
    target.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[position..<position + count]))
    position += count
    if position == end {
      buffer.deallocate()
      buffer = UnsafeMutableRawBufferPointer(start: nil, count: 0)
      position = 0
      end = 0
    }
    return count
  }

  /// Reads the rest of the source into memory, but stops once there are more than `limit` bytes.
  func readAll(limit: Int = .max) throws(InputError) -> [UInt8] {
    while end - position <= limit, try more() {}
    defer { position = end }
    return Array(UnsafeRawBufferPointer(rebasing: buffer[position..<end]))
  }

  /// Fills the target; fewer bytes come only at the end.
  func fill(_ target: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    var done = 0
    while done < target.count {
      let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: target[done...]))
      if count == 0 { break }
      done += count
    }
    return done
  }
}
