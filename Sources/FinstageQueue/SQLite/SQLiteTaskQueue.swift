import FinstageCore
import FinstageProcess
import FinstageStore
import FinstageSystem

/// Tasks in an SQLite database that the processes of one machine share (see `Database` for the rules).
///
/// No two runs of a task overlap: the processes of a run inherit a lock, so the kernel knows whether any of them is
/// alive.
package final class SQLiteTaskQueue: TaskQueue {
  package let spool: LocalSpool
  let database: Database
  private let clock: QueueClock
  /// Tasks that have ended in this transaction, and whose children are still to be updated.
  var endings: [Int64] = []
  var isTelling = false

  /// - Parameters:
  ///   - isDurable: acknowledged changes survive a power cut; without, they survive crashes of processes only.
  ///   - clock: what times are by; another one for tests.
  package init(folder: String, isDurable: Bool = true, clock: QueueClock = .system) throws {
    self.clock = clock
    spool = LocalSpool(folder: folder)
    let path = SQLiteTaskQueue.path(in: folder)
    // SQLite would take an empty file for a new database, but a queue that lost its file must not start over unnoticed.
    if FileContent.size(path) ?? 0 == 0, spool.hasTraces {
      throw DatabaseError(
        kind: .corrupt, path: path,
        message: "the file is empty or missing, although there was a queue (restore a copy, or remove \(folder))")
    }
    for part in LocalSpool.parts where !Folder.make("\(folder)/\(part)") {
      throw DatabaseError(
        kind: .cannotOpen, path: "\(folder)/\(part)", message: "cannot create the folder: \(systemErrorText(errno))")
    }
    // Whoever may write here decides what workers run.
    let advice = "use a queue of your own: --queue FOLDER or FS_QUEUE_HOME"
    let files = ["", "-wal", "-shm", "-journal", ".lock"].map { path + $0 }
    for place in [folder] + LocalSpool.parts.map({ "\(folder)/\($0)" }) + files {
      try FileTrust.check(place, advice: advice)
    }
    database = try Database(path: path, schema: SQLiteTaskQueue.schema, durability: isDurable ? .full : .normal)
    // It may have been made in between, by another.
    try FileTrust.check(path, advice: advice)
  }

  package var name: String { spool.folder }
  package var now: Int64 { clock.now }
  package func wake() { spool.wake() }
  package func makeAlarm() -> any Alarm { FileAlarm(spool.wakePath) }
  package func isAlive(_ worker: String) -> Bool { spool.isAlive(worker) }

  package static func path(in folder: String) -> String { "\(folder)/queue.db" }

  func note(_ id: Int64, _ was: TaskState?, _ now: TaskState, _ text: String? = nil) throws {
    let statement = try database.prepare("INSERT INTO event (task, at, was, now, note) VALUES (?, ?, ?, ?, ?)")
    statement.bind(1, id).bind(2, self.now)
    if let was { statement.bind(3, was.rawValue) }
    try statement.bind(4, now.rawValue).bind(5, text).run()
  }

  /// Moves a task to a new state if it is still in the old one; returns whether it was.
  @discardableResult
  func move(
    _ id: Int64, from old: TaskState, to new: TaskState, reason: String? = nil
  ) throws -> Bool {
    try database.prepare(
      """
      UPDATE task SET state = ?1, reason = coalesce(?2, reason), ended = CASE WHEN ?1 >= 4 THEN ?3 ELSE ended END
      WHERE id = ?4 AND state = ?5
      """
    ).bind(1, new.rawValue).bind(2, reason).bind(3, now).bind(4, id).bind(5, old.rawValue).run()
    guard database.changes == 1 else { return false }
    try note(id, old, new, reason)
    if new.isFinal { try hasEnded(id) }
    return true
  }

  func setting(_ name: String) throws -> String? {
    let statement = try database.prepare("SELECT value FROM setting WHERE name = ?").bind(1, name)
    defer { statement.reset() }
    return try statement.step() ? statement.text(0) : nil
  }

  package var isPaused: Bool { get throws { try setting("paused") != nil } }
}
