#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The lines of bars that an earlier run has taken, kept until it is clear that history has not been edited: in memory while
/// they are few, in a file without a name when they are many.
public final class SkippedLines {
  private var memory: [UInt8] = []
  private var descriptor: Int32 = -1
  private var failure: Int32 = 0
  /// Where the last line was found in its batch.
  private var hint = 0

  private static let memoryBound = 4 << 20

  public init() {}

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Keeps the line of a bar.
  func keep(_ bar: Int, of batch: Batch) {
    if hint >= batch.lineCount || batch.lines[hint].bar > bar { hint = 0 }
    while batch.lines[hint].bar != bar { hint += 1 }
    let line = batch.lines[hint]
    memory.append(contentsOf: UnsafeBufferPointer(start: batch.bytes + line.start, count: line.end - line.start))
    memory.append(UInt8(ascii: "\n"))
    if memory.count > SkippedLines.memoryBound { spill() }
  }

  private func spill() {
    if descriptor < 0 { descriptor = SkippedLines.namelessFile() }
    if descriptor < 0 { failure = errno }
    var done = 0
    while done < memory.count && failure == 0 {
      let count = memory.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress! + done, $0.count - done) }
      if count > 0 {
        done += count
      } else if errno != EINTR {
        failure = errno
      }
    }
    memory.removeAll(keepingCapacity: true)
  }

  private static func namelessFile() -> Int32 {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let path = "\(folder)/finstage.\(getpid()).skipped"
    let descriptor = systemOpen(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor >= 0 { unlink(path) }
    return descriptor
  }

  /// All lines that were kept, from the first on.
  func source() throws(InputError) -> any ByteSource {
    if descriptor < 0 && failure == 0 { return MemorySource(memory, name: "<skipped lines>") }
    spill()
    if failure != 0 {
      throw InputError(
        source: "TMPDIR", message: "skipped lines cannot be kept: \(systemErrorText(failure))", kind: .io)
    }
    lseek(descriptor, 0, SEEK_SET)
    return DescriptorSource(descriptor: descriptor, name: "<skipped lines>")
  }
}
