import FinstageSystem

/// Lets one process fetch a key while the others wait. Keys are spread by hash over locks on 256 files.
///
/// The kernel releases a lock when its holder dies, and waiting does not poll. Two keys may share a lock: they then
/// wait for each other needlessly, which costs time but nothing else.
package final class Flights: Sendable {
  private let folder: String

  /// Nil if the folder cannot be created.
  package init?(folder: String) {
    guard Folder.make(folder) else { return nil }
    self.folder = folder
  }

  /// The lock of a key; nil if its file cannot be created.
  package func lock(_ key: String) -> FileLock? {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a: the same in all processes
    for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let stripe = (hash ^ hash >> 32) & 0xFF
    return FileLock(path: "\(folder)/\(stripe < 16 ? "0" : "")\(String(stripe, radix: 16))")
  }
}
