import FinstageSystem

/// Lets one process fetch a key while the others wait: a lock on one byte of a file, which the key's hash chooses. The kernel
/// releases it when its holder dies.
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
    // One byte of one file for each key: 2^62 places, so that keys do not meet.
    return FileLock(path: "\(folder)/keys", byte: Int64(hash >> 2))
  }
}
