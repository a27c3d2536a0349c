import FinstageCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Tasks in an SQLite database that the processes of one machine share (see `Database` for the rules of that).
///
/// No two runs of a task overlap: who runs it holds a lock that its processes inherit, so the kernel knows whether any is left.
public final class SQLiteTaskQueue: TaskQueue {
  public let spool: TaskSpool
  let database: Database
  /// Tasks that have ended in this transaction, and whose children have not been told yet.
  var endings: [Int64] = []
  var isTelling = false

  /// - Parameter isDurable: acknowledged changes survive a power cut; without, they survive crashes of processes only.
  public init(folder: String, isDurable: Bool = true) throws(DatabaseError) {
    spool = TaskSpool(folder: folder)
    let path = SQLiteTaskQueue.path(in: folder)
    // SQLite would take an empty file for a new database: a queue that lost its file must not begin anew unnoticed.
    var status = stat()
    if stat(path, &status) != 0 || status.st_size == 0, spool.hasTraces {
      throw DatabaseError(
        kind: .corrupt, path: path,
        message: "the file is empty or gone, though there was a queue (restore a copy, or remove \(folder))")
    }
    for part in TaskSpool.parts where !Folder.make("\(folder)/\(part)") {
      throw DatabaseError(
        kind: .other, path: "\(folder)/\(part)", message: "the folder cannot be made: \(systemErrorText(errno))")
    }
    database = try Database(path: path, schema: SQLiteTaskQueue.schema, durability: isDurable ? .full : .normal)
  }

  public static func path(in folder: String) -> String { "\(folder)/queue.db" }

  func note(_ id: Int64, _ was: TaskState?, _ now: TaskState, _ text: String? = nil) throws(DatabaseError) {
    let statement = try database.prepare("INSERT INTO event (task, at, was, now, note) VALUES (?, ?, ?, ?, ?)")
    statement.bind(1, id).bind(2, TaskClock.now)
    if let was { statement.bind(3, was.rawValue) }
    try statement.bind(4, now.rawValue).bind(5, text).run()
  }

  /// Changes a state, if it is what it was.
  @discardableResult
  func move(
    _ id: Int64, from old: TaskState, to new: TaskState, reason: String? = nil
  ) throws(DatabaseError) -> Bool {
    try database.prepare(
      """
      UPDATE task SET state = ?1, reason = coalesce(?2, reason), ended = CASE WHEN ?1 >= 4 THEN ?3 ELSE ended END
      WHERE id = ?4 AND state = ?5
      """
    ).bind(1, new.rawValue).bind(2, reason).bind(3, TaskClock.now).bind(4, id).bind(5, old.rawValue).run()
    guard database.changes == 1 else { return false }
    try note(id, old, new, reason)
    if new.isFinal { try hasEnded(id) }
    return true
  }

  static func list(_ texts: [String]) -> String { "[\(texts.map(JSONString.quoted).joined(separator: ","))]" }

  static func texts(_ json: String?) -> [String] {
    guard let json, let document = try? JSONDocument.parse(Array(json.utf8)) else { return [] }
    return (document.array ?? []).compactMap(\.string)
  }

  func setting(_ name: String) throws(DatabaseError) -> String? {
    let statement = try database.prepare("SELECT value FROM setting WHERE name = ?").bind(1, name)
    defer { statement.reset() }
    return try statement.step() ? statement.text(0) : nil
  }

  public var isPaused: Bool { get throws(DatabaseError) { try setting("paused") != nil } }

  public func pause(_ isPaused: Bool) throws(DatabaseError) {
    try database.write { () throws(DatabaseError) in
      if isPaused {
        try database.prepare("INSERT OR REPLACE INTO setting VALUES ('paused', '1')").run()
      } else {
        try database.prepare("DELETE FROM setting WHERE name = 'paused'").run()
      }
    }
    spool.wake()
  }
}
