import FinstageCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Tasks in a folder of files: a database, the locks of what runs, and what tasks have printed.
///
/// Every change of a state is one update guarded by the old state, with a row of history, in one transaction. A task runs at least
/// once; no two runs of it overlap: who runs it holds a lock that its processes inherit, so the kernel knows whether any is left.
public final class TaskQueue {
  public let folder: String
  private let database: Database

  private static let schema = Schema(
    applicationID: 0x6673_7175,  // "fsqu"
    migrations: [
      """
      CREATE TABLE task (
        id INTEGER PRIMARY KEY AUTOINCREMENT, state INTEGER NOT NULL, prio INTEGER NOT NULL, due INTEGER NOT NULL,
        argv TEXT NOT NULL, cwd TEXT NOT NULL, env TEXT, input BLOB, tags TEXT, ukey TEXT, timeout INTEGER, expires INTEGER,
        retries INTEGER NOT NULL, delay INTEGER NOT NULL, attempt INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,
        losses INTEGER NOT NULL DEFAULT 0, owner TEXT, pid INTEGER NOT NULL DEFAULT 0, pstart INTEGER NOT NULL DEFAULT 0,
        cancel INTEGER NOT NULL DEFAULT 0, status INTEGER, reason TEXT, progress REAL, note TEXT, added INTEGER NOT NULL,
        began INTEGER, ended INTEGER
      ) STRICT;
      CREATE INDEX ready ON task (prio, due, id) WHERE state = 0;
      CREATE INDEX later ON task (due) WHERE state IN (1, 3);
      CREATE INDEX active ON task (owner) WHERE state = 2;
      CREATE INDEX late ON task (expires) WHERE expires IS NOT NULL AND state IN (0, 1, 3);
      CREATE UNIQUE INDEX uniq ON task (ukey) WHERE ukey IS NOT NULL AND state < 4;
      CREATE INDEX old ON task (ended) WHERE state >= 4;
      CREATE TABLE attempt (
        task INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE, n INTEGER NOT NULL, owner TEXT, began INTEGER, ended INTEGER,
        status INTEGER, how TEXT, user_us INTEGER, sys_us INTEGER, peak_kb INTEGER, out_len INTEGER, err_len INTEGER, out BLOB,
        err BLOB, PRIMARY KEY (task, n)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE event (
        seq INTEGER PRIMARY KEY, task INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE, at INTEGER NOT NULL, was INTEGER,
        now INTEGER NOT NULL, note TEXT
      ) STRICT;
      CREATE INDEX history ON event (task);
      CREATE TABLE worker (
        uuid TEXT PRIMARY KEY, pid INTEGER NOT NULL, started INTEGER NOT NULL, slots INTEGER NOT NULL,
        completed INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0
      ) STRICT, WITHOUT ROWID;
      -- Counting a million tasks takes too long: counts are kept.
      CREATE TABLE tally (state INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;
      INSERT INTO tally VALUES (0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0);
      CREATE TRIGGER tally_added AFTER INSERT ON task BEGIN UPDATE tally SET n = n + 1 WHERE state = new.state; END;
      CREATE TRIGGER tally_changed AFTER UPDATE OF state ON task WHEN old.state <> new.state BEGIN
        UPDATE tally SET n = n - 1 WHERE state = old.state;
        UPDATE tally SET n = n + 1 WHERE state = new.state;
      END;
      CREATE TRIGGER tally_removed AFTER DELETE ON task BEGIN UPDATE tally SET n = n - 1 WHERE state = old.state; END;
      CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      """
    ])

  /// - Parameter isDurable: acknowledged changes survive a power cut; without, they survive crashes of processes only.
  public init(folder: String, isDurable: Bool = true) throws(DatabaseError) {
    self.folder = folder
    let path = "\(folder)/queue.db"
    // SQLite would take an empty file for a new database: a queue that lost its file must not begin anew unnoticed.
    var status = stat()
    if stat(path, &status) == 0, status.st_size == 0, TaskQueue.hasTraces(folder) {
      throw DatabaseError(
        kind: .corrupt, path: path,
        message: "the file is empty, though there was a queue (restore a copy, or remove \(folder))")
    }
    for part in ["run", "logs"] where !Folder.make("\(folder)/\(part)") {
      throw DatabaseError(
        kind: .other, path: "\(folder)/\(part)", message: "the folder cannot be made: \(systemErrorText(errno))")
    }
    database = try Database(path: path, schema: TaskQueue.schema, durability: isDurable ? .full : .normal)
  }

  /// Whether workers or tasks have left files: an empty database is then no new one.
  private static func hasTraces(_ folder: String) -> Bool {
    for part in ["run", "logs"] {
      guard let directory = opendir("\(folder)/\(part)") else { continue }
      defer { closedir(directory) }
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if ![".", "..", "wake"].contains(name) { return true }
      }
    }
    return false
  }

  /// Milliseconds since 1970.
  public static var now: Int64 { Int64(Clock.wall * 1000) }

  /// What is touched when there may be something to do.
  public var wakePath: String { "\(folder)/run/wake" }

  /// Tells workers of all processes to look.
  public func wake() {
    let descriptor = systemOpen(wakePath, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    _ = pwrite(descriptor, "w", 1, 0)
    close(descriptor)
  }

  private func note(_ id: Int64, _ was: TaskState?, _ now: TaskState, _ text: String? = nil) throws(DatabaseError) {
    let statement = try database.prepare("INSERT INTO event (task, at, was, now, note) VALUES (?, ?, ?, ?, ?)")
    statement.bind(1, id).bind(2, TaskQueue.now)
    if let was { statement.bind(3, was.rawValue) }
    try statement.bind(4, now.rawValue).bind(5, text).run()
  }

  // MARK: - Adding

  /// Why a task was not added.
  public enum Refusal: Error {
    case database(DatabaseError)
    /// An unfinished task has the key.
    case notUnique(key: String, id: Int64)
  }

  /// Adds tasks in one transaction; returns their numbers.
  public func add(_ tasks: [NewTask], policy: UniquePolicy = .reject) throws(Refusal) -> [Int64] {
    var ids: [Int64] = []
    var conflict: (String, Int64)?
    do throws(DatabaseError) {
      try database.write { () throws(DatabaseError) in
        for task in tasks {
          if let key = task.uniqueKey, let known = try unfinished(key) {
            switch policy {
            case .ignore:
              ids.append(known.id)
              continue
            case .replace where known.state != .running:
              try move(known.id, from: known.state, to: .cancelled, reason: "replaced")
            case .reject, .replace:
              conflict = (key, known.id)
              throw DatabaseError(kind: .other, path: folder, message: "not unique")
            }
          }
          ids.append(try insert(task))
        }
      }
    } catch {
      if let conflict { throw .notUnique(key: conflict.0, id: conflict.1) }
      throw .database(error)
    }
    wake()
    return ids
  }

  private func unfinished(_ key: String) throws(DatabaseError) -> (id: Int64, state: TaskState)? {
    let statement = try database.prepare("SELECT id, state FROM task WHERE ukey = ? AND state < 4").bind(1, key)
    defer { statement.reset() }
    return try statement.step() ? (statement.integer(0), TaskState(rawValue: statement.integer(1)) ?? .pending) : nil
  }

  private func insert(_ task: NewTask) throws(DatabaseError) -> Int64 {
    let now = TaskQueue.now
    let due = task.due ?? now
    let state = due > now ? TaskState.scheduled : .pending
    let statement = try database.prepare(
      """
      INSERT INTO task (state, prio, due, argv, cwd, env, input, tags, ukey, timeout, expires, retries, delay, added)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
      """)
    statement.reset()
    statement.bind(1, state.rawValue).bind(2, task.priority.rawValue).bind(3, due)
    statement.bind(4, TaskQueue.list(task.arguments)).bind(5, task.folder)
    if !task.environment.isEmpty {
      let pairs = task.environment.sorted { $0.key < $1.key }.map {
        "\(JSONString.quoted($0.key)):\(JSONString.quoted($0.value))"
      }
      statement.bind(6, "{\(pairs.joined(separator: ","))}")
    }
    if let input = task.input { statement.bind(7, input) }
    if !task.tags.isEmpty { statement.bind(8, TaskQueue.list(task.tags)) }
    if let key = task.uniqueKey { statement.bind(9, key) }
    if let timeout = task.timeout { statement.bind(10, timeout) }
    if let expires = task.expires { statement.bind(11, expires) }
    statement.bind(12, task.retries).bind(13, task.retryDelay).bind(14, now)
    var id: Int64 = 0
    while try statement.step() { id = statement.integer(0) }
    try note(id, nil, state)
    return id
  }

  private static func list(_ texts: [String]) -> String { "[\(texts.map(JSONString.quoted).joined(separator: ","))]" }

  private static func texts(_ json: String?) -> [String] {
    guard let json, let document = try? JSONDocument.parse(Array(json.utf8)) else { return [] }
    return (document.array ?? []).compactMap(\.string)
  }

  // MARK: - Working

  /// Says that a worker is there.
  public func register(_ worker: String, slots: Int) throws(DatabaseError) {
    try database.write { () throws(DatabaseError) in
      try database.prepare("INSERT INTO worker (uuid, pid, started, slots) VALUES (?, ?, ?, ?)")
        .bind(1, worker).bind(2, Int64(getpid())).bind(3, TaskQueue.now).bind(4, Int64(slots)).run()
    }
  }

  public func unregister(_ worker: String) throws(DatabaseError) {
    try database.write { () throws(DatabaseError) in
      try database.prepare("DELETE FROM worker WHERE uuid = ?").bind(1, worker).run()
    }
  }

  /// What one turn of a worker found.
  public struct Turn: Sendable {
    public var claimed: [ClaimedTask] = []
    /// Running tasks of this worker that somebody wants to end.
    public var cancelled: [Int64] = []
    /// When the next task is due, milliseconds since 1970; nil if none is.
    public var nextDue: Int64?
    /// Tasks that are not finished, whoever has them, and those of them that could begin.
    public var unfinished = 0
    public var ready = 0
  }

  /// One transaction: takes note of what ended, lets what is due become ready, and claims tasks for free slots.
  public func turn(
    _ worker: String, ended: [AttemptOutcome], started: [(id: Int64, pid: Int32, start: Int64)], slots: Int
  ) throws(DatabaseError) -> Turn {
    try database.write { () throws(DatabaseError) in
      let now = TaskQueue.now
      for task in started {
        try database.prepare("UPDATE task SET pid = ?, pstart = ? WHERE id = ? AND owner = ? AND state = 2")
          .bind(1, Int64(task.pid)).bind(2, task.start).bind(3, task.id).bind(4, worker).run()
      }
      for outcome in ended { try settle(outcome, worker, now) }
      try promote(now)
      var turn = Turn()
      if slots > 0, try setting("paused") == nil {
        while turn.claimed.count < slots, let task = try claim(worker, now) { turn.claimed.append(task) }
      }
      let cancelled = try database.prepare("SELECT id FROM task WHERE owner = ? AND state = 2 AND cancel = 1").bind(
        1, worker)
      while try cancelled.step() { turn.cancelled.append(cancelled.integer(0)) }
      let next = try database.prepare("SELECT min(due) FROM task WHERE state IN (1, 3)")
      if try next.step(), !next.isNull(0) { turn.nextDue = next.integer(0) }
      next.reset()
      turn.ready = Int(try database.integer("SELECT n FROM tally WHERE state = 0"))
      turn.unfinished = Int(try database.integer("SELECT sum(n) FROM tally WHERE state < 4"))
      return turn
    }
  }

  private func promote(_ now: Int64) throws(DatabaseError) {
    let due = try database.prepare("SELECT id, state FROM task WHERE state IN (1, 3) AND due <= ?").bind(1, now)
    var ready: [(Int64, TaskState)] = []
    while try due.step() { ready.append((due.integer(0), TaskState(rawValue: due.integer(1)) ?? .scheduled)) }
    for (id, state) in ready { try move(id, from: state, to: .pending) }
    let late = try database.prepare(
      "SELECT id, state FROM task WHERE expires IS NOT NULL AND state IN (0, 1, 3) AND expires <= ?"
    ).bind(1, now)
    var expired: [(Int64, TaskState)] = []
    while try late.step() { expired.append((late.integer(0), TaskState(rawValue: late.integer(1)) ?? .pending)) }
    for (id, state) in expired { try move(id, from: state, to: .failed, reason: "expired") }
  }

  /// Changes a state, if it is what it was.
  @discardableResult
  private func move(
    _ id: Int64, from old: TaskState, to new: TaskState, reason: String? = nil
  ) throws(DatabaseError) -> Bool {
    try database.prepare(
      """
      UPDATE task SET state = ?1, reason = coalesce(?2, reason), ended = CASE WHEN ?1 >= 4 THEN ?3 ELSE ended END
      WHERE id = ?4 AND state = ?5
      """
    ).bind(1, new.rawValue).bind(2, reason).bind(3, TaskQueue.now).bind(4, id).bind(5, old.rawValue).run()
    guard database.changes == 1 else { return false }
    try note(id, old, new, reason)
    return true
  }

  private func claim(_ worker: String, _ now: Int64) throws(DatabaseError) -> ClaimedTask? {
    let statement = try database.prepare(
      """
      UPDATE task SET state = 2, attempt = attempt + 1, owner = ?, began = ?, pid = 0, pstart = 0, status = NULL, reason = NULL,
        progress = NULL, note = NULL
      WHERE id = (SELECT id FROM task WHERE state = 0 ORDER BY prio, due, id LIMIT 1)
      RETURNING id, attempt, argv, cwd, env, input, timeout
      """
    ).bind(1, worker).bind(2, now)
    guard try statement.step() else { return nil }
    var environment: [String: String] = [:]
    if let text = statement.text(4), let document = try? JSONDocument.parse(Array(text.utf8)) {
      for (key, value) in document.members ?? [] { environment[key] = value.string ?? "" }
    }
    let task = ClaimedTask(
      id: statement.integer(0), attempt: statement.integer(1), arguments: TaskQueue.texts(statement.text(2)),
      folder: statement.text(3) ?? "/", environment: environment, input: statement.isNull(5) ? nil : statement.bytes(5),
      timeout: statement.isNull(6) ? nil : statement.integer(6))
    while try statement.step() {}
    try database.prepare("INSERT INTO attempt (task, n, owner, began) VALUES (?, ?, ?, ?)")
      .bind(1, task.id).bind(2, task.attempt).bind(3, worker).bind(4, now).run()
    try note(task.id, .pending, .running)
    return task
  }

  private func settle(_ outcome: AttemptOutcome, _ worker: String, _ now: Int64) throws(DatabaseError) {
    let row = try database.prepare(
      "SELECT failures, retries, delay, cancel FROM task WHERE id = ? AND attempt = ? AND owner = ? AND state = 2"
    ).bind(1, outcome.id).bind(2, outcome.attempt).bind(3, worker)
    // A late result of an attempt that was given up: it is kept with the attempt, and changes nothing else.
    let isCurrent = try row.step()
    let (failures, retries, delay, cancel) = (row.integer(0), row.integer(1), row.integer(2), row.integer(3) != 0)
    row.reset()
    let how: String =
      switch outcome.end {
      case .exited: "exit"
      case .signalled: "signal"
      case .timedOut: "timeout"
      case .notStarted: "not started"
      case .givenBack: "given back"
      }
    let attempt = try database.prepare(
      """
      UPDATE attempt SET ended = ?, status = ?, how = ?, user_us = ?, sys_us = ?, peak_kb = ?, out_len = ?, err_len = ?, out = ?,
        err = ? WHERE task = ? AND n = ?
      """)
    attempt.bind(1, now).bind(2, outcome.status).bind(3, how).bind(4, outcome.userMicroseconds)
    attempt.bind(5, outcome.systemMicroseconds).bind(6, outcome.peakKilobytes).bind(7, outcome.outputLength)
    attempt.bind(8, outcome.errorsLength)
    if let output = outcome.output { attempt.bind(9, output) }
    if let errors = outcome.errors { attempt.bind(10, errors) }
    try attempt.bind(11, outcome.id).bind(12, outcome.attempt).run()
    guard isCurrent else { return }
    let (state, reason, wait) = outcome.verdict(
      failures: failures, retries: retries, delay: delay, isCancelled: cancel, chance: Double.random(in: 0..<1))
    let isFailure = state == .retrying || state == .failed
    let update = try database.prepare(
      """
      UPDATE task SET state = ?, failures = failures + ?, status = ?, reason = ?, due = ?, owner = NULL, pid = 0,
        ended = ? WHERE id = ?
      """)
    update.bind(1, state.rawValue).bind(2, Int64(isFailure ? 1 : 0)).bind(3, outcome.status).bind(4, reason)
    update.bind(5, state == .retrying ? now + wait : now)
    if state.isFinal { update.bind(6, now) }
    try update.bind(7, outcome.id).run()
    try note(outcome.id, .running, state, reason)
    if state.isFinal {
      let column = state == .completed ? "completed" : "failed"
      try database.prepare("UPDATE worker SET \(column) = \(column) + 1 WHERE uuid = ?").bind(1, worker).run()
    }
  }

  /// What a task says of how far it is.
  public func report(_ id: Int64, progress: Double, note text: String?) throws(DatabaseError) {
    try database.write { () throws(DatabaseError) in
      try database.prepare("UPDATE task SET progress = ?, note = ? WHERE id = ? AND state = 2")
        .bind(1, progress).bind(2, text).bind(3, id).run()
    }
  }

  // MARK: - What was lost

  /// A running task whose worker may be gone.
  public struct Orphan: Sendable {
    public let id: Int64
    public let attempt: Int64
    public let owner: String
    public let pid: Int32
    /// When its process started, as the kernel counts; another process may have got its number since.
    public let start: Int64
  }

  public func running() throws(DatabaseError) -> [Orphan] {
    let statement = try database.prepare("SELECT id, attempt, owner, pid, pstart FROM task WHERE state = 2")
    defer { statement.reset() }
    var orphans: [Orphan] = []
    while try statement.step() {
      orphans.append(
        Orphan(
          id: statement.integer(0), attempt: statement.integer(1), owner: statement.text(2) ?? "",
          pid: Int32(truncatingIfNeeded: statement.integer(3)), start: statement.integer(4)))
    }
    return orphans
  }

  /// Gives a task back whose worker died and of whose processes none is left; after the third time it is dead.
  /// - Parameter isLoss: it had begun.
  public func giveBack(_ orphan: Orphan, isLoss: Bool = true) throws(DatabaseError) {
    try database.write { () throws(DatabaseError) in
      let row = try database.prepare(
        "SELECT losses, cancel FROM task WHERE id = ? AND attempt = ? AND owner = ? AND state = 2"
      ).bind(1, orphan.id).bind(2, orphan.attempt).bind(3, orphan.owner)
      guard try row.step() else { return }
      let losses = row.integer(0) + (isLoss ? 1 : 0)
      let isCancelled = row.integer(1) != 0
      row.reset()
      let state = isCancelled ? TaskState.cancelled : losses >= 3 ? .dead : .pending
      let update = try database.prepare(
        "UPDATE task SET state = ?, losses = ?, owner = NULL, pid = 0, reason = ?, ended = ? WHERE id = ?")
      update.bind(1, state.rawValue).bind(2, losses).bind(3, isCancelled ? "cancelled" : "lost")
      if state.isFinal { update.bind(4, TaskQueue.now) }
      try update.bind(5, orphan.id).run()
      try database.prepare("UPDATE attempt SET ended = ?, how = 'lost' WHERE task = ? AND n = ?")
        .bind(1, TaskQueue.now).bind(2, orphan.id).bind(3, orphan.attempt).run()
      try database.prepare("DELETE FROM worker WHERE uuid = ?").bind(1, orphan.owner).run()
      try note(orphan.id, .running, state, "lost")
    }
    wake()
  }

  // MARK: - Asking and changing

  private static let columns =
    "id, state, prio, argv, cwd, tags, due, added, began, ended, attempt, failures, losses, retries, owner, pid, status, reason, progress, note, cancel"

  private func record(_ statement: Statement) -> TaskRecord {
    func integer(_ column: Int32) -> Int64? { statement.isNull(column) ? nil : statement.integer(column) }
    return TaskRecord(
      id: statement.integer(0), state: TaskState(rawValue: statement.integer(1)) ?? .pending,
      priority: TaskPriority(rawValue: statement.integer(2)) ?? .normal, arguments: TaskQueue.texts(statement.text(3)),
      folder: statement.text(4) ?? "", tags: TaskQueue.texts(statement.text(5)), due: statement.integer(6),
      added: statement.integer(7), began: integer(8), ended: integer(9), attempt: statement.integer(10),
      failures: statement.integer(11), losses: statement.integer(12), retries: statement.integer(13),
      owner: statement.text(14), pid: statement.integer(15), status: integer(16), reason: statement.text(17),
      progress: statement.isNull(18) ? nil : statement.double(18), note: statement.text(19),
      isCancelRequested: statement.integer(20) != 0)
  }

  public func task(_ id: Int64) throws(DatabaseError) -> TaskRecord? {
    let statement = try database.prepare("SELECT \(TaskQueue.columns) FROM task WHERE id = ?").bind(1, id)
    defer { statement.reset() }
    return try statement.step() ? record(statement) : nil
  }

  /// Tasks, the newest first.
  public func tasks(_ state: TaskState?, limit: Int) throws(DatabaseError) -> [TaskRecord] {
    let condition = state.map { "WHERE state = \($0.rawValue)" } ?? ""
    let statement = try database.prepare(
      "SELECT \(TaskQueue.columns) FROM task \(condition) ORDER BY id DESC LIMIT ?"
    ).bind(1, Int64(limit))
    defer { statement.reset() }
    var tasks: [TaskRecord] = []
    while try statement.step() { tasks.append(record(statement)) }
    return tasks
  }

  /// What became of a task, step by step.
  public func history(_ id: Int64) throws(DatabaseError) -> [(at: Int64, state: TaskState, note: String?)] {
    let statement = try database.prepare("SELECT at, now, note FROM event WHERE task = ? ORDER BY seq").bind(1, id)
    defer { statement.reset() }
    var events: [(Int64, TaskState, String?)] = []
    while try statement.step() {
      events.append((statement.integer(0), TaskState(rawValue: statement.integer(1)) ?? .pending, statement.text(2)))
    }
    return events
  }

  /// What an attempt printed, as far as the database has it, and how much it was.
  public func output(
    _ id: Int64, attempt: Int64, errors: Bool
  ) throws(DatabaseError) -> (bytes: [UInt8]?, length: Int64)? {
    let (content, length) = errors ? ("err", "err_len") : ("out", "out_len")
    let statement = try database.prepare("SELECT \(content), \(length) FROM attempt WHERE task = ? AND n = ?")
      .bind(1, id).bind(2, attempt)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    return (statement.isNull(0) ? nil : statement.bytes(0), statement.integer(1))
  }

  /// Where an attempt prints to.
  public func logPath(_ id: Int64, attempt: Int64, errors: Bool) -> String {
    "\(folder)/logs/\(id).\(attempt).\(errors ? "err" : "out")"
  }

  /// Cancels a task: at once if it is not running; its worker ends it otherwise. Returns the state before; nil if there is none.
  public func cancel(_ id: Int64) throws(DatabaseError) -> TaskState? {
    let state = try database.write { () throws(DatabaseError) -> TaskState? in
      guard let task = try task(id) else { return nil }
      if task.state == .running {
        try database.prepare("UPDATE task SET cancel = 1 WHERE id = ? AND state = 2").bind(1, id).run()
      } else if !task.state.isFinal {
        try move(id, from: task.state, to: .cancelled, reason: "cancelled")
      }
      return task.state
    }
    wake()
    return state
  }

  /// Lets a finished task run again. Returns the state before; nil if there is none.
  public func retry(_ id: Int64) throws(Refusal) -> TaskState? {
    var conflict: (String, Int64)?
    do throws(DatabaseError) {
      let state = try database.write { () throws(DatabaseError) -> TaskState? in
        guard let task = try task(id) else { return nil }
        guard task.state.isFinal else { return task.state }
        let key = try database.prepare("SELECT ukey FROM task WHERE id = ?").bind(1, id)
        _ = try key.step()
        let text = key.text(0)
        key.reset()
        if let text, let known = try unfinished(text) {
          conflict = (text, known.id)
          throw DatabaseError(kind: .other, path: folder, message: "not unique")
        }
        try database.prepare(
          """
          UPDATE task SET state = 0, failures = 0, losses = 0, cancel = 0, due = ?, ended = NULL, status = NULL, reason = NULL,
            expires = NULL WHERE id = ?
          """
        ).bind(1, TaskQueue.now).bind(2, id).run()
        try note(id, task.state, .pending, "retry")
        return task.state
      }
      wake()
      return state
    } catch {
      if let conflict { throw .notUnique(key: conflict.0, id: conflict.1) }
      throw .database(error)
    }
  }

  /// Removes finished tasks that ended before a time, with all that is known of them; returns how many.
  public func purge(before: Int64, state: TaskState?) throws(DatabaseError) -> Int {
    var removed = 0
    while true {
      var batch: [(id: Int64, attempts: Int64)] = []
      let condition = state.map { "AND state = \($0.rawValue)" } ?? "AND state <> 7"
      let statement = try database.prepare(
        "SELECT id, attempt FROM task WHERE state >= 4 AND ended < ? \(condition) LIMIT 500"
      ).bind(1, before)
      while try statement.step() { batch.append((statement.integer(0), statement.integer(1))) }
      if batch.isEmpty { return removed }
      try database.write { () throws(DatabaseError) in
        for task in batch {
          try database.prepare("DELETE FROM task WHERE id = ? AND state >= 4").bind(1, task.id).run()
        }
      }
      for task in batch {
        for attempt in 1...max(task.attempts, 1) {
          for errors in [false, true] { unlink(logPath(task.id, attempt: attempt, errors: errors)) }
        }
      }
      removed += batch.count
    }
  }

  private func setting(_ name: String) throws(DatabaseError) -> String? {
    let statement = try database.prepare("SELECT value FROM setting WHERE name = ?").bind(1, name)
    defer { statement.reset() }
    return try statement.step() ? statement.text(0) : nil
  }

  public var isPaused: Bool { get throws(DatabaseError) { try setting("paused") != nil } }

  /// Lets no task begin, or lets them again.
  public func pause(_ isPaused: Bool) throws(DatabaseError) {
    try database.write { () throws(DatabaseError) in
      if isPaused {
        try database.prepare("INSERT OR REPLACE INTO setting VALUES ('paused', '1')").run()
      } else {
        try database.prepare("DELETE FROM setting WHERE name = 'paused'").run()
      }
    }
    wake()
  }

  /// How many tasks are in each state.
  public func counts() throws(DatabaseError) -> [TaskState: Int] {
    let statement = try database.prepare("SELECT state, n FROM tally")
    defer { statement.reset() }
    var counts: [TaskState: Int] = [:]
    while try statement.step() {
      if let state = TaskState(rawValue: statement.integer(0)) { counts[state] = Int(statement.integer(1)) }
    }
    return counts
  }

  public struct WorkerRecord: Sendable {
    public var id: String
    public var pid: Int64
    public var started: Int64
    public var slots: Int64
    public var completed: Int64
    public var failed: Int64
    public var running: [Int64]
  }

  public func workers() throws(DatabaseError) -> [WorkerRecord] {
    let statement = try database.prepare(
      "SELECT uuid, pid, started, slots, completed, failed FROM worker ORDER BY started")
    var workers: [WorkerRecord] = []
    while try statement.step() {
      workers.append(
        WorkerRecord(
          id: statement.text(0) ?? "", pid: statement.integer(1), started: statement.integer(2),
          slots: statement.integer(3),
          completed: statement.integer(4), failed: statement.integer(5), running: []))
    }
    for i in workers.indices {
      let running = try database.prepare("SELECT id FROM task WHERE owner = ? AND state = 2").bind(1, workers[i].id)
      while try running.step() { workers[i].running.append(running.integer(0)) }
    }
    return workers
  }

  /// When the oldest ready task became due; nil if none is ready.
  public func oldestReady() throws(DatabaseError) -> Int64? {
    let statement = try database.prepare("SELECT min(due) FROM task WHERE state = 0")
    defer { statement.reset() }
    return try statement.step() && !statement.isNull(0) ? statement.integer(0) : nil
  }
}
