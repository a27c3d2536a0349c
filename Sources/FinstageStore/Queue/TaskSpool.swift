import FinstageCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The files of a queue on this machine beside its database: locks of workers and of what runs, what tasks print, and the file
/// that is touched when there may be something to do.
public struct TaskSpool: Sendable {
  public let folder: String

  public init(folder: String) { self.folder = folder }

  static let parts = ["run", "logs"]

  /// What is touched when there may be something to do.
  public var wakePath: String { "\(folder)/run/wake" }

  /// Held by a worker for as long as it lives.
  public func workerLock(_ worker: String) -> String { "\(folder)/run/\(worker).lock" }

  /// Held by each process of the task that runs in a slot of a worker; says which task that is.
  public func slotLock(_ worker: String, _ slot: Int) -> String { "\(folder)/run/\(worker).\(slot).slot" }

  /// Where the task that runs in a slot prints to.
  public func slotLog(_ worker: String, _ slot: Int, errors: Bool) -> String {
    "\(folder)/logs/\(worker).\(slot).\(errors ? "err" : "out")"
  }

  /// What an attempt has printed, if it is too large for the database.
  public func logPath(_ id: Int64, attempt: Int64, errors: Bool) -> String {
    "\(folder)/logs/\(id).\(attempt).\(errors ? "err" : "out")"
  }

  /// Tells workers of all processes to look.
  public func wake() {
    let descriptor = systemOpen(wakePath, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    _ = pwrite(descriptor, "w", 1, 0)
    close(descriptor)
  }

  /// The names in one of the folders.
  public func names(in part: String) -> [String] { Folder.names(in: "\(folder)/\(part)") }

  /// Whether workers or tasks have left files: an empty database is then no new one.
  var hasTraces: Bool { TaskSpool.parts.contains { names(in: $0).contains { $0 != "wake" } } }
}
