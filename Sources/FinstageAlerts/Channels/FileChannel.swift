import FinstageCore
import FinstageSystem

/// Alerts as lines of a file.
final class FileChannel: AlertChannel {
  private let path: String
  /// They are lines of their own, and on disk together.
  let mostTogether = 500

  init(_ path: String) throws { self.path = path }

  func send(_ message: ChannelMessage, isOver: () -> Bool) throws {
    let file = systemOpen(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw ChannelFailure(.again(nil), "\(path): \(systemErrorText(errno))") }
    defer { close(file) }
    let lines = message.alerts.map { $0.text + "\n" }.joined()
    guard FileContent.write(Array(lines.utf8), to: file), fsync(file) == 0 || errno == EINVAL else {
      throw ChannelFailure(.again(nil), "\(path): \(systemErrorText(errno))")
    }
  }
}
