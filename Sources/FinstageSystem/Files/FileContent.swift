/// Whole files: reading with a bound, writing all, replacing whole, and files without a name.
package enum FileContent {
  /// The bytes of a file from its start, at most `limit`; nil if the file cannot be read (`errno` says why).
  package static func bytes(_ path: String, limit: Int = .max) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return bytes(descriptor, limit: limit)
  }

  /// What a descriptor still has to give, at most `limit` bytes; nil on an error.
  package static func bytes(_ descriptor: Int32, limit: Int = .max) -> [UInt8]? {
    var result: [UInt8] = []
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      result.reserveCapacity(min(Int(status.st_size), limit))
    }
    return withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      while result.count < limit {
        let count = read(descriptor, buffer.baseAddress!, min(buffer.count, limit - result.count))
        if count < 0 && errno == EINTR { continue }
        if count < 0 { return nil }
        if count == 0 { break }
        result.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
      return result
    }
  }

  /// Bytes of a file at an offset, as many as there are up to `count`, without moving its position; nil on an error.
  package static func bytes(_ descriptor: Int32, at start: Int, count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let part = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress! + done, count - done, off_t(start + done))
      }
      if part < 0 && errno == EINTR { continue }
      if part < 0 { return nil }
      if part == 0 { break }
      done += part
    }
    return done == count ? bytes : Array(bytes[..<done])
  }

  /// The text of a file; nil if it cannot be read.
  package static func text(_ path: String, limit: Int = .max) -> String? {
    bytes(path, limit: limit).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The size of a file in bytes; nil if there is no such file.
  package static func size(_ path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// The rights on a file; nil if there is no such file.
  package static func mode(_ path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
  }

  /// Writes all bytes, however many calls that takes; false on an error (`errno` says which).
  @discardableResult
  package static func write(_ bytes: some Collection<UInt8>, to descriptor: Int32) -> Bool {
    bytes.withContiguousStorageIfAvailable { write(UnsafeRawBufferPointer($0), to: descriptor) }
      ?? write(Array(bytes), to: descriptor)
  }

  @discardableResult
  package static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = systemWrite(descriptor, bytes.baseAddress! + done, bytes.count - done)
      if count >= 0 {
        done += count
        continue
      }
      if errno == EINTR { continue }
      guard errno == EAGAIN else { return false }
      var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      _ = poll(&ready, 1, -1)
    }
    return true
  }

  /// Appends a text in one write, so that lines of many processes do not mix; makes the file (0600) if there is none.
  /// - Parameter followsLinks: whether the user has named the file, as in `FS_METRICS=/dev/stderr`.
  package static func append(_ text: String, to path: String, followsLinks: Bool = true) -> Bool {
    let descriptor = open(
      path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | (followsLinks ? 0 : O_NOFOLLOW), 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var copy = text
    return copy.withUTF8 { systemWrite(descriptor, $0.baseAddress!, $0.count) == $0.count }
  }

  /// Puts a file in place whole or not at all: written beside its place, synced, renamed; 0600. False on an error.
  package static func replace(_ path: String, with bytes: [UInt8]) -> Bool {
    let draft = "\(path).\(getpid()).tmp"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    let isWritten = write(bytes, to: descriptor) && fsync(descriptor) == 0
    close(descriptor)
    guard isWritten, rename(draft, path) == 0 else {
      let code = errno
      unlink(draft)
      errno = code
      return false
    }
    Folder.sync(Folder.parent(of: path))
    return true
  }

  /// A file without a name in a folder, open for reading and writing; -1 on an error. Its blocks are free once it is closed.
  package static func nameless(in folder: String) -> Int32 {
    var template = Array("\(folder)/finstage.XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { return -1 }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }

  /// The folder for temporary files: TMPDIR, or /tmp.
  package static var temporaryFolder: String { Environment["TMPDIR"] ?? "/tmp" }
}
