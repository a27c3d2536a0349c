import FinstageCore
import FinstageStore
import FinstageSystem

extension stat {
  /// When the file was written last, seconds since 1970.
  fileprivate var modified: Int {
    #if canImport(Darwin)
      st_mtimespec.tv_sec
    #else
      st_mtim.tv_sec
    #endif
  }
}

extension SQLiteTaskQueue {
  /// Counts that the queue keeps, how to find wrong ones, and how to correct them.
  private static let kept: [(name: String, wrong: String, repair: String)] = [
    (
      "counts of states",
      "SELECT count(*) FROM tally WHERE n <> (SELECT count(*) FROM task WHERE task.state = tally.state)",
      "UPDATE tally SET n = (SELECT count(*) FROM task WHERE task.state = tally.state)"
    ),
    (
      "counts of running tasks of groups",
      "SELECT count(*) FROM grp WHERE name <> '' AND running <> (SELECT count(*) FROM task WHERE state IN (-1, 2) AND grp = name)",
      "UPDATE grp SET running = (SELECT count(*) FROM task WHERE state IN (-1, 2) AND grp = name) WHERE name <> ''"
    ),
    (
      "references to groups", "SELECT count(DISTINCT grp) FROM task WHERE grp NOT IN (SELECT name FROM grp)",
      "INSERT INTO grp (name) SELECT DISTINCT grp FROM task WHERE grp NOT IN (SELECT name FROM grp)"
    ),
    (
      "counts of tasks to wait for",
      """
      SELECT count(*) FROM task WHERE state IN (0, 1, 3) AND parents <>
        (SELECT count(*) FROM edge JOIN task AS p ON p.id = edge.parent WHERE edge.child = task.id AND p.state < 4)
      """,
      """
      UPDATE task SET parents =
        (SELECT count(*) FROM edge JOIN task AS p ON p.id = edge.parent WHERE edge.child = task.id AND p.state < 4)
      WHERE state IN (0, 1, 3)
      """
    ),
  ]

  package func facts() throws -> [Fact] { SQLiteTaskQueue.facts(of: spool.folder) }

  /// What can be said of a queue without opening it.
  package static func facts(of folder: String) -> [Fact] {
    var facts = [
      Fact("queue", folder),
      Fact(
        "sqlite",
        SQLiteLibrary.version
          + (SQLiteLibrary.hasResetRace
            ? " (can lose rows at checkpoints, sqlite.org/wal.html#walresetbug; the lock prevents it)" : "")),
    ]
    if let free = Folder.freeBytes(folder) {
      facts.append(Fact("disk", "\(free >> 20) MiB free" + (free < 64 << 20 ? ": low" : "")))
    }
    return facts
  }

  /// Checks the whole file and the counts in it. The queue may be in use meanwhile.
  package func health() throws -> QueueHealth {
    var health = QueueHealth()
    do {
      let check = try database.prepare("PRAGMA integrity_check(20)")
      while try check.step() { if let text = check.text(0), text != "ok" { health.damages.append(text) } }
      guard health.damages.isEmpty else { return health }
      // Read all counts at one moment, because workers change them all the time.
      try database.read {
        for (name, wrong, _) in SQLiteTaskQueue.kept where try database.integer(wrong) > 0 {
          health.faults.append("\(name) are wrong")
        }
      }
    } catch let error as DatabaseError {
      guard error.kind == .corrupt else { throw error }
      health.damages.append(error.message)
      return health
    }
    let strays = try strayLogs()
    if !strays.isEmpty { health.faults.append("\(strays.count) log files belong to no task") }
    return health
  }

  /// Repairs the faults that `health` reports.
  package func repair() throws {
    try database.write {
      for (_, wrong, repair) in SQLiteTaskQueue.kept where try database.integer(wrong) > 0 {
        try database.execute(repair)
      }
      try database.execute("PRAGMA optimize")
    }
    // Remove locks of workers that died before they were registered, but not the file of a worker that is just
    // starting.
    for name in spool.names(in: "run") where name.hasSuffix(".lock") && name != "reaper.lock" {
      let path = "\(spool.folder)/run/\(name)"
      var status = stat()
      guard stat(path, &status) == 0, now / 1000 - Int64(status.modified) > 3600,
        let lock = FileLock(path: path), lock.tryAcquire()
      else { continue }
      unlink(path)
    }
    for name in try strayLogs() { unlink("\(spool.folder)/logs/\(name)") }
  }

  /// Logs of attempts whose task is gone.
  private func strayLogs() throws -> [String] {
    var strays: [String] = []
    for name in spool.names(in: "logs") {
      guard let id = name.split(separator: ".").first.flatMap({ Int64($0) }), name.split(separator: ".").count == 3
      else {
        continue
      }
      if try task(id) == nil { strays.append(name) }
    }
    return strays
  }

  /// Copies what can be read from a damaged queue into a new one: tasks one by one, each with its attempts, history and
  /// dependencies. Tasks that were running are ready again in the copy.
  /// - Returns: how many tasks were copied, how many could not be read, and the numbers of those that were running.
  package static func recover(_ folder: String, to new: String) throws -> (
    copied: Int, lost: Int, running: [Int64]
  ) {
    let copy = try SQLiteTaskQueue(folder: new)
    let source = try Database(path: path(in: folder), schema: schema, durability: .full)
    let target = copy.database
    // Rows may refer to tasks that are copied later.
    try target.execute("PRAGMA foreign_keys=OFF")
    let last = max(
      (try? source.integer("SELECT seq FROM sqlite_sequence WHERE name = 'task'")) ?? 0,
      (try? source.integer("SELECT max(id) FROM task")) ?? 0)
    var (copied, lost) = (0, 0)
    try target.write {
      for table in ["grp", "setting", "schedule", "figure", "histogram"] {
        _ = try? copyRows("SELECT * FROM \(table)", nil, source, table, target)
      }
    }
    var from: Int64 = 1
    while from <= last {
      let end = min(from + 999, last)
      try target.write {
        for id in from...end {
          guard let count = try? copyRows("SELECT * FROM task WHERE id = ?", id, source, "task", target) else {
            lost += 1
            continue
          }
          copied += count
          for (table, key) in [("attempt", "task"), ("event", "task"), ("edge", "child")] {
            _ = try? copyRows("SELECT * FROM \(table) WHERE \(key) = ?", id, source, table, target)
          }
        }
      }
      from = end + 1
    }
    var running: [Int64] = []
    let rows = try target.prepare("SELECT id FROM task WHERE state IN (-1, 2) ORDER BY id")
    while try rows.step() { running.append(rows.integer(0)) }
    try target.execute("UPDATE task SET state = 0, owner = NULL, pid = 0, slot = NULL WHERE state IN (-1, 2)")
    try copy.repair()
    return (copied, lost, running)
  }

  /// Copies rows from one file to another, as far as they can be read.
  private static func copyRows(
    _ sql: String, _ key: Int64?, _ source: Database, _ table: String, _ target: Database
  ) throws -> Int {
    let rows = try source.prepare(sql)
    defer { rows.reset() }
    if let key { rows.bind(1, key) }
    let marks = [String](repeating: "?", count: Int(rows.columnCount)).joined(separator: ", ")
    var count = 0
    while try rows.step() {
      let insert = try target.prepare("INSERT OR REPLACE INTO \(table) VALUES (\(marks))")
      insert.bindRow(of: rows)
      try insert.run()
      count += 1
    }
    return count
  }
}
