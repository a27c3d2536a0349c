/// Helpers for paths and folders.
package enum Folder {
  /// The folder of a path.
  package static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Whether a path exists.
  package static func has(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The names in a folder, in no particular order; empty if the folder cannot be read.
  package static func names(in path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  /// Creates a folder and its missing parents, private to the user (0700); false if that fails.
  package static func make(_ path: String) -> Bool {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return true }
    guard errno == ENOENT, path != "/", path != "." else { return false }
    return make(parent(of: path)) && (mkdir(path, 0o700) == 0 || errno == EEXIST)
  }

  /// Flushes a folder to disk, so that new names in it survive a power cut.
  package static func sync(_ path: String) {
    let descriptor = systemOpen(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// The bytes that are free on the disk of a folder; nil if that cannot be known.
  package static func freeBytes(_ path: String) -> UInt64? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    return UInt64(status.f_bavail) * UInt64(status.f_frsize)
  }
}
