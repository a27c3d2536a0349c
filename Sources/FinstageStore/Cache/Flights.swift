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
    // One byte of one file for each key: 2^62 places, so that keys do not meet.
    return FileLock(path: "\(folder)/keys", byte: Int64(StableHash(key).value >> 2))
  }
}
