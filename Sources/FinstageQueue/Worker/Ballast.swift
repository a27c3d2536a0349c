import FinstageCore
import FinstageStore
import FinstageSystem

/// A file that reserves disk space: when the disk is full, removing the file makes room to record results.
final class Ballast {
  private let path: String
  private static let size = 1 << 20
  /// How many bytes must be free for tasks to start.
  private static let least: UInt64 = 256 << 10
  private var lastLook = -1.0
  private var wasRoom = true

  init(_ path: String) {
    self.path = path
    make()
  }

  private func make() {
    guard free() > 16 * UInt64(Ballast.size) else { return }
    let descriptor = systemOpen(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    let block = [UInt8](repeating: 0, count: Ballast.size)
    if systemWrite(descriptor, block, block.count) != block.count { unlink(path) }
    close(descriptor)
  }

  /// Removes the file to free its space; false if it is already gone.
  func drop() -> Bool { unlink(path) == 0 }

  /// Whether there is room for tasks to start; checks the disk at most twice a second.
  func hasRoom() -> Bool {
    let now = SystemClock.monotonic
    if now - lastLook > 0.5 {
      lastLook = now
      wasRoom = free() >= Ballast.least
      if access(path, F_OK) != 0 { make() }
    }
    return wasRoom
  }

  private func free() -> UInt64 { Folder.freeBytes(Folder.parent(of: path)) ?? .max }
}
