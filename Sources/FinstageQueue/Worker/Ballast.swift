import FinstageCore
import FinstageStore
import FinstageSystem

/// A file that takes room on the disk to give it back when the disk is full: then results can still be written down.
final class Ballast {
  private let path: String
  private static let size = 1 << 20
  /// What must be free for tasks to begin.
  private static let least: UInt64 = 256 << 10
  private var lastLook = -1.0
  private var wasRoom = true

  init(_ path: String) {
    self.path = path
    make()
  }

  private func make() {
    guard free() > 16 * UInt64(Ballast.size) else { return }
    let descriptor = systemOpen(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    let block = [UInt8](repeating: 0, count: Ballast.size)
    if systemWrite(descriptor, block, block.count) != block.count { unlink(path) }
    close(descriptor)
  }

  /// Gives the room back; false if that was done before.
  func drop() -> Bool { unlink(path) == 0 }

  /// Whether there is room for tasks to begin; looked at twice a second.
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
