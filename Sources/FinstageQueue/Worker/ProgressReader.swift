import FinstageCore
import FinstageStore
import FinstageSystem

/// Reads what tasks write to FS_PROGRESS_FD: lines such as `progress 0.4 text` and `retry-after 30`. Other lines are
/// ignored.
final class ProgressReader {
  /// The latest values that a task reported.
  struct Report {
    var share: Double?
    var note: String?
    /// Seconds.
    var retryAfter: Double?
  }

  private let descriptor: Int32
  private var rest: [UInt8] = []
  private static let longest = 65_536

  /// - Parameter descriptor: the read end of a non-blocking pipe.
  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// What the task has reported since the last call; nil if it has written nothing.
  func read() -> Report? {
    var hasRead = false
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
      while true {
        let count = systemRead(descriptor, buffer.baseAddress!, buffer.count)
        if count <= 0 { break }
        hasRead = true
        rest += UnsafeRawBufferPointer(rebasing: buffer[..<count])
        if rest.count > ProgressReader.longest { rest.removeFirst(rest.count - ProgressReader.longest) }
        if count < buffer.count { break }
      }
    }
    guard hasRead else { return nil }
    var report = Report()
    var start = 0
    while let end = rest[start...].firstIndex(of: 0x0A) {
      // No text of a database may have a zero byte.
      take(String(decoding: rest[start..<end].filter { $0 != 0 }, as: UTF8.self), &report)
      start = end + 1
    }
    rest.removeFirst(start)
    return report
  }

  /// Discards an unfinished line, because the next task is a different one.
  func forget() { rest = [] }

  private func take(_ line: String, _ report: inout Report) {
    let words = line.split(separator: " ", maxSplits: 2).map(String.init)
    guard words.count > 1 else { return }
    if words[0] == "progress", let share = Double(words[1]), (0...1).contains(share) {
      report.share = share
      report.note = words.count > 2 ? String(words[2].prefix(200)) : nil
    } else if words[0] == "retry-after", let seconds = TimeSpan(words[1])?.seconds {
      report.retryAfter = seconds
    }
  }
}
