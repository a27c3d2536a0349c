import FinstageCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A lock between processes (`flock` on a file of its own): the kernel gives it back when its holder dies, and waiting is no
/// polling. Children do not inherit it.
public final class FileLock: @unchecked Sendable {
  // One descriptor, fixed for life; the kernel serialises what is done with it.
  private let descriptor: Int32

  /// Nil if the file cannot be made; `errno` says why.
  public init?(path: String) {
    descriptor = systemOpen(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    if descriptor < 0 { return nil }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Waits for the lock; false on an error, or when a signal has asked to stop.
  public func acquire() -> Bool {
    while flock(descriptor, LOCK_EX) != 0 {
      if errno != EINTR || Interruption.signal != 0 { return false }
    }
    return true
  }

  /// Takes the lock if nobody has it.
  public func tryAcquire() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

  public func release() { _ = flock(descriptor, LOCK_UN) }

  /// Whether somebody holds a lock; a file that is not there is held by nobody.
  public static func isHeld(_ path: String) -> Bool {
    let descriptor = systemOpen(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0
  }
}

/// Folders of ours.
public enum Folder {
  /// The folder of a path.
  public static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Whether a path leads to something.
  public static func has(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The names in a folder, in no order; none if it cannot be read.
  public static func names(in path: String) -> [String] {
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

  /// Makes a folder and those above it, for us alone; false if that fails.
  public static func make(_ path: String) -> Bool {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return true }
    guard errno == ENOENT, path != "/", path != "." else { return false }
    return make(parent(of: path)) && (mkdir(path, 0o700) == 0 || errno == EEXIST)
  }

  /// Makes new names in a folder last.
  public static func sync(_ path: String) {
    let descriptor = systemOpen(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

/// Where finstage keeps its files (design: XDG base directories; `FINSTAGE_HOME` moves all of them under one folder).
public enum HomeFolder: String, Sendable {
  case cache, data, state, config

  /// The folder; nil where no home is known.
  public var path: String? {
    if let home = HomeFolder.variable("FINSTAGE_HOME") { return "\(home)/\(rawValue)" }
    let (name, standard) =
      switch self {
      case .cache: ("XDG_CACHE_HOME", ".cache")
      case .data: ("XDG_DATA_HOME", ".local/share")
      case .state: ("XDG_STATE_HOME", ".local/state")
      case .config: ("XDG_CONFIG_HOME", ".config")
      }
    // A relative path there is to be ignored, says the specification.
    if let folder = HomeFolder.variable(name), folder.hasPrefix("/") { return "\(folder)/finstage" }
    return HomeFolder.variable("HOME").map { "\($0)/\(standard)/finstage" }
  }

  private static func variable(_ name: String) -> String? {
    guard let value = getenv(name), value[0] != 0 else { return nil }
    return String(cString: value)
  }
}
