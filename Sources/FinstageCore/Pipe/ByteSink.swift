import FinstageSystem

/// Why output could not be written.
package enum OutputError: ExitError, Equatable, Sendable {
  /// The reader has closed the pipe; the tool ends silently.
  case closed
  /// The file cannot be created (exit 73).
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

/// Collects bytes and writes them in big blocks that end at record boundaries.
///
/// The caller decides where a record ends. A sink is used by one thread at a time. A file is written under a temporary
/// name next to its destination, and `finish` renames it. If the sink is dropped before `finish`, the temporary file is
/// removed.
package final class ByteSink: @unchecked Sendable {
  package let name: String
  package private(set) var bytesWritten = 0
  /// Whether a reader may be waiting for each line, as on a terminal or a socket.
  package let isLive: Bool

  private var descriptor: Int32
  private var isOwned = true
  private var temporary: String?
  /// Packs what is written into a file whose name ends in .gz.
  private var gzip: GzipPacker?
  /// Whether the name of the file asks for tabs between values.
  package var isTabbed: Bool {
    path.map { $0.lowercased() }.map { $0.hasSuffix(".tsv") || $0.hasSuffix(".tsv.gz") } ?? false
  }

  private let path: String?
  /// Bytes that have not been passed to the system yet; whole records only.
  package let buffer = OutputBuffer()
  /// What has been written, where it stays in memory.
  private var collected: [UInt8]?
  /// Set by a failed write; nothing more is written after that.
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
    // A symbolic link stays a link; the file it points to is replaced.
    let place = existing.st_mode == 0 ? path : systemRealPath(path)
    self.path = place
    let draft = "\(place).\(getpid()).tmp"
    // What replaces a private file is private from its first byte.
    descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, existing.st_mode == 0 ? 0o666 : 0o600)
    if descriptor < 0 { throw OutputError.cannotCreate(path: path, message: systemErrorText(errno)) }
    temporary = draft
    if path.lowercased().hasSuffix(".gz") { gzip = GzipPacker() }
    if existing.st_mode != 0 { fchmod(descriptor, existing.st_mode & 0o777) }
  }

  /// Writes into a descriptor that stays its owner's to close.
  package init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
    isLive = false
    isOwned = false
    path = nil
  }

  /// Keeps what is written, for `takeBytes`.
  package init(collecting name: String) {
    descriptor = -1
    self.name = name
    isLive = false
    path = nil
    collected = []
  }

  /// What has been written to a sink that keeps it.
  package func takeBytes() throws -> [UInt8] {
    try flush()
    defer { collected = [] }
    return collected ?? []
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

  /// Writes the buffer out once it is large enough to be worth a system call.
  package func flushIfLarge() throws {
    if buffer.count >= ByteSink.blockSize { try flush() }
  }

  /// Writes the whole buffer out.
  package func flush() throws {
    defer { buffer.clear() }
    try put(buffer)
  }

  /// Writes the contents of another buffer.
  package func write(_ other: OutputBuffer) throws { try write(through: other) }

  /// Writes the contents of another buffer, after everything that came before them.
  private func write(through other: OutputBuffer) throws {
    if buffer.count > 0 { try flush() }
    try put(other)
  }

  private func put(_ bytes: OutputBuffer) throws {
    guard let gzip else { return try put(bytes.base, bytes.count) }
    var done = 0
    while done < bytes.count {
      let count = min(bytes.count - done, 1 << 30)
      try gzip.pack(bytes.base + done, count, isLast: false) { try put($0, $1) }
      done += count
    }
  }

  private func put(_ bytes: UnsafePointer<UInt8>, _ size: Int) throws {
    if isBroken { throw OutputError.closed }
    if collected != nil {
      collected?.append(contentsOf: UnsafeBufferPointer(start: bytes, count: size))
      bytesWritten += size
      return
    }
    var done = 0
    while done < size {
      let count = systemWrite(descriptor, bytes + done, size - done)
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

  /// Starts the file over and returns the path of a file with everything written so far. The caller reads and removes
  /// that file. Returns nil if the output is not a file that can be started over.
  func startOver() throws -> String? {
    guard let draft = temporary else { return nil }
    try flush()
    let old = draft + ".old"
    guard rename(draft, old) == 0 else { throw OutputError.io(path: name, message: systemErrorText(errno)) }
    let opened = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard opened >= 0 else {
      let code = errno
      unlink(old)
      throw OutputError.cannotCreate(path: draft, message: systemErrorText(code))
    }
    var status = stat()
    if fstat(descriptor, &status) == 0 { fchmod(opened, status.st_mode & 0o777) }
    close(descriptor)
    descriptor = opened
    bytesWritten = 0
    return old
  }

  /// Whether the output is at its destination; false for a file that still has its temporary name, for example after a
  /// signal.
  package var isInPlace: Bool { temporary == nil }

  /// Flushes, and renames a file to its destination. After a signal the file is not renamed, because it may be
  /// incomplete.
  package func finish() throws {
    try flush()
    if let gzip {
      try gzip.pack(buffer.base, 0, isLast: true) { try put($0, $1) }
      self.gzip = nil
    }
    guard let draft = temporary, let path, !Interruption.isRequested else { return }
    if fsync(descriptor) != 0 && errno != EINVAL && errno != EROFS {
      throw OutputError.io(path: path, message: systemErrorText(errno))
    }
    if rename(draft, path) != 0 { throw OutputError.cannotCreate(path: path, message: systemErrorText(errno)) }
    temporary = nil
  }
}
