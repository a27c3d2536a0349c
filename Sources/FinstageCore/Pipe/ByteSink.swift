import FinstageSystem

/// Why output could not be written.
package enum OutputError: ExitError, Equatable, Sendable {
  /// The reader of the pipe has gone: the end, silently.
  case closed
  /// The file cannot be made (exit 73).
  case cannotCreate(path: String, message: String)
  /// Writing failed: a full disk, a quota (exit 74).
  case io(path: String, message: String)

  package var exitStatus: ExitStatus {
    switch self {
    case .closed: .done
    case .cannotCreate: .cannotCreate
    case .io: .io
    }
  }

  package var sentence: String {
    switch self {
    case .closed: ""
    case .cannotCreate(let path, let message): "\(path): cannot be written: \(message)"
    case .io(let path, let message): "\(path): writing failed: \(message)"
    }
  }
}

/// Collects bytes and writes them in big blocks, each ending where the caller said a record ends. Used by one thread at a time.
///
/// A file is written beside its place and renamed by `finish`; dropped without that, it leaves nothing behind.
package final class ByteSink: @unchecked Sendable {
  package let name: String
  package private(set) var bytesWritten = 0
  /// Whether somebody may be waiting for each line: a terminal or a socket.
  package let isLive: Bool

  private var descriptor: Int32
  private var isOwned = true
  private var temporary: String?
  private let path: String?
  /// What has not been handed to the system yet; whole records only.
  package let buffer = OutputBuffer()
  /// After a failed write nothing more is tried.
  private var isBroken = false

  private static let blockSize = 256 << 10

  /// - Parameter path: a file, or `-` for standard output.
  package init(path: String) throws {
    if path == "-" {
      name = "<stdout>"
      self.path = nil
      descriptor = 1
      var status = stat()
      isLive = isatty(1) == 1 || (fstat(1, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK)
      return
    }
    name = path
    isLive = false
    var existing = stat()
    if stat(path, &existing) == 0 && existing.st_mode & S_IFMT != S_IFREG {
      // A device or a named pipe cannot be replaced: write into it.
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
      self.path = nil
      if descriptor < 0 { throw OutputError.cannotCreate(path: path, message: systemErrorText(errno)) }
      return
    }
    // A link stays a link: what it points at is replaced.
    let place = existing.st_mode == 0 ? path : systemRealPath(path)
    self.path = place
    let draft = "\(place).\(getpid()).tmp"
    descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if descriptor < 0 { throw OutputError.cannotCreate(path: path, message: systemErrorText(errno)) }
    temporary = draft
    if existing.st_mode != 0 { fchmod(descriptor, existing.st_mode & 0o7777) }
  }

  /// Writes into a descriptor that stays its owner's to close.
  package init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
    isLive = false
    isOwned = false
    path = nil
  }

  deinit {
    if let temporary { unlink(temporary) }
    if descriptor > 2 && isOwned { close(descriptor) }
  }

  /// Writes a record.
  package func write(_ text: String) throws {
    var copy = text
    copy.withUTF8 { buffer.append($0) }
    try flushIfLarge()
  }

  /// Writes bytes as they are.
  package func write(bytes: [UInt8]) throws {
    buffer.append(bytes[...])
    try flushIfLarge()
  }

  /// Hands the buffer to the system once it is worth a call.
  package func flushIfLarge() throws {
    if buffer.count >= ByteSink.blockSize { try flush() }
  }

  /// Hands everything to the system.
  package func flush() throws {
    defer { buffer.clear() }
    try put(buffer)
  }

  /// Writes what another buffer holds.
  package func write(_ other: OutputBuffer) throws { try write(through: other) }

  /// Writes what another buffer holds, after everything that came before it.
  private func write(through other: OutputBuffer) throws {
    if buffer.count > 0 { try flush() }
    try put(other)
  }

  private func put(_ bytes: OutputBuffer) throws {
    if isBroken { throw OutputError.closed }
    var done = 0
    while done < bytes.count {
      let count = systemWrite(descriptor, bytes.base + done, bytes.count - done)
      if count >= 0 {
        done += count
        bytesWritten += count
        continue
      }
      let code = errno
      if code == EINTR { continue }
      if code == EAGAIN {
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&ready, 1, -1)
        continue
      }
      isBroken = true
      if code == EPIPE { throw OutputError.closed }
      throw OutputError.io(path: name, message: systemErrorText(code))
    }
  }

  /// Begins a file anew. What was written so far lies in the file whose path is returned, for the caller to read and remove; nil
  /// if the output is no file that could be begun anew.
  func startOver() throws -> String? {
    guard let draft = temporary else { return nil }
    try flush()
    let old = draft + ".old"
    guard rename(draft, old) == 0 else { throw OutputError.io(path: name, message: systemErrorText(errno)) }
    let opened = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard opened >= 0 else {
      let code = errno
      unlink(old)
      throw OutputError.cannotCreate(path: draft, message: systemErrorText(code))
    }
    var status = stat()
    if fstat(descriptor, &status) == 0 { fchmod(opened, status.st_mode & 0o7777) }
    close(descriptor)
    descriptor = opened
    bytesWritten = 0
    return old
  }

  /// Whether all that was written is where it belongs: false for a file that a signal has kept from its place.
  package var isInPlace: Bool { temporary == nil }

  /// Flushes, and puts a file in its place, unless a signal has cut the run short: half a result is no result.
  package func finish() throws {
    try flush()
    guard let draft = temporary, let path, !Interruption.isRequested else { return }
    if fsync(descriptor) != 0 && errno != EINVAL && errno != EROFS {
      throw OutputError.io(path: path, message: systemErrorText(errno))
    }
    if rename(draft, path) != 0 { throw OutputError.cannotCreate(path: path, message: systemErrorText(errno)) }
    temporary = nil
  }
}
