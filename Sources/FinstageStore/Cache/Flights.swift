import FinstageSystem

/// One fetches, the others wait: between processes, by locks on 256 files that a key's hash is spread over.
///
/// The kernel gives a lock back when its holder dies, and waiting for it is no polling. Two keys may share a lock: then they
/// wait for each other without need, which costs time and nothing else.
package final class Flights: Sendable {
  private let folder: String

  /// Nil if the folder cannot be made.
  package init?(folder: String) {
    guard Folder.make(folder) else { return nil }
    self.folder = folder
  }

  /// The lock of a key; nil if there can be none.
  package func lock(_ key: String) -> FileLock? {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a: the same in all processes
    for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let stripe = (hash ^ hash >> 32) & 0xFF
    return FileLock(path: "\(folder)/\(stripe < 16 ? "0" : "")\(String(stripe, radix: 16))")
  }
}
