import FinstageCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files of what tasks print.
public enum SpooledOutput {
  /// Results up to this size are kept in the database.
  public static let inlineSize = 64 << 10

  /// The bytes of a file from its start, at most so many; nil if there is no file.
  public static func read(_ path: String, limit: Int) -> [UInt8]? {
    let descriptor = systemOpen(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    return read(descriptor, count: min(Int(status.st_size), limit))
  }

  /// Bytes of a file, as many as there are, without moving its position.
  public static func read(_ descriptor: Int32, from start: Int = 0, count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let part = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress! + done, count - done, off_t(start + done))
      }
      if part < 0 { return nil }
      if part == 0 { break }
      done += part
    }
    return done == count ? bytes : Array(bytes[..<done])
  }
}

extension SpooledOutput {
  /// Writes the beginning and the end of a large output to a file, with a line between that says how much is missing.
  public static func abridge(_ source: Int32, size: Int, head: Int, tail: Int, to path: String) {
    let target = systemOpen(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard target >= 0 else { return }
    defer { close(target) }
    copy(source, from: 0, count: head, to: target)
    let note = Array("\n[\(size - head - tail) bytes left out]\n".utf8)
    _ = systemWrite(target, note, note.count)
    copy(source, from: size - tail, count: tail, to: target)
    fsync(target)
  }

  private static func copy(_ source: Int32, from start: Int, count: Int, to target: Int32) {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    var done = 0
    while done < count {
      let part = block.withUnsafeMutableBytes {
        pread(source, $0.baseAddress!, min($0.count, count - done), off_t(start + done))
      }
      if part <= 0 { return }
      guard block.withUnsafeBytes({ systemWrite(target, $0.baseAddress!, part) }) == part else { return }
      done += part
    }
  }
}
