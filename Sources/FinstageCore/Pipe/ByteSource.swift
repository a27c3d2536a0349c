import FinstageSystem

/// Where bytes come from. Used by one thread.
package protocol ByteSource: AnyObject {
  /// `<stdin>` or a path, for messages.
  var name: String { get }
  /// Bytes read from the descriptor so far.
  var bytesRead: Int { get }
  /// Whether the last read got nothing because a signal asked to stop or to read the configuration again.
  var wasInterrupted: Bool { get }
  /// Reads at least one byte, or none at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int
}

/// The bytes of a file descriptor, as they are.
package final class DescriptorSource: ByteSource {
  package let name: String
  package private(set) var bytesRead = 0
  package private(set) var wasInterrupted = false
  private let descriptor: Int32
  private let isOwned: Bool
  /// Whether to read to the end despite signals, because this process also writes the other end.
  private var ignoresInterruption = false

  /// - Parameter path: a file, or `-` for standard input.
  package init(path: String) throws(InputError) {
    if path == "-" {
      name = "<stdin>"
      descriptor = 0
      isOwned = false
    } else {
      name = path
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      isOwned = true
      if descriptor < 0 {
        throw InputError(source: path, message: systemErrorText(errno), kind: .noInput)
      }
    }
  }

  /// The descriptor, for whoever waits until it is readable.
  package var descriptorNumber: Int32 { descriptor }

  /// Whether a read would return at once.
  package var isReadable: Bool {
    var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&ready, 1, 0) > 0
  }

  /// Reads a descriptor that its owner closes.
  package init(descriptor: Int32, name: String, ignoresInterruption: Bool = false) {
    self.ignoresInterruption = ignoresInterruption
    self.descriptor = descriptor
    self.name = name
    isOwned = false
  }

  deinit {
    if isOwned { _ = close(descriptor) }
  }

  /// Device, inode and size of a regular file that has not been read from; nil for anything else.
  package func unreadFile() -> Identity? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, lseek(descriptor, 0, SEEK_CUR) == 0
    else { return nil }
    return Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(status.st_ino), size: Int64(status.st_size),
      changed: systemChangeTime(status))
  }

  /// Which file it is, and what it was like when it was asked.
  package struct Identity: Sendable {
    package let device: UInt64
    package let inode: UInt64
    package let size: Int64
    /// When the file or its status was last changed, in nanoseconds since 1970.
    package let changed: Int64
  }

  /// The size of a regular file; nil for anything else.
  package var size: Int? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Reads bytes at an offset without moving the file position; returns fewer at the end of the file.
  package func bytes(at offset: Int64, _ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, got in
      got = max(0, pread(descriptor, buffer.baseAddress, count, off_t(offset)))
    }
  }

  /// Moves the file position to an offset; returns false if that fails.
  package func skip(to offset: Int64) -> Bool { lseek(descriptor, off_t(offset), SEEK_SET) == off_t(offset) }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    wasInterrupted = false
    while true {
      if (Interruption.isRequested || Interruption.endsReadsForReload) && !ignoresInterruption {
        wasInterrupted = true
        return 0
      }
      let count = systemRead(descriptor, buffer.baseAddress!, buffer.count)
      if count >= 0 {
        bytesRead += count
        return count
      }
      let code = errno
      if code == EINTR { continue }
      throw InputError(
        source: name, message: systemErrorText(code), kind: code == EISDIR || code == EBADF ? .noInput : .io)
    }
  }
}

/// Bytes that are already in memory: the start of a stream that was read to detect its format, or a test's input.
package final class MemorySource: ByteSource {
  package let name: String
  package var bytesRead: Int { position }
  package let wasInterrupted = false
  private let bytes: [UInt8]
  private var position = 0
  private let largestRead: Int

  /// - Parameter largestRead: the most bytes that one read returns, to imitate a slow pipe.
  package init(_ bytes: [UInt8], name: String = "<memory>", largestRead: Int = .max) {
    self.bytes = bytes
    self.name = name
    self.largestRead = largestRead
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, bytes.count - position, largestRead)
    bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count])) }
    position += count
    return count
  }
}
