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
  let database: Database

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

  func note(_ id: Int64, _ was: TaskState?, _ now: TaskState, _ text: String? = nil) throws(DatabaseError) {
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

  func unfinished(_ key: String) throws(DatabaseError) -> (id: Int64, state: TaskState)? {
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

  static func list(_ texts: [String]) -> String { "[\(texts.map(JSONString.quoted).joined(separator: ","))]" }

  static func texts(_ json: String?) -> [String] {
    guard let json, let document = try? JSONDocument.parse(Array(json.utf8)) else { return [] }
    return (document.array ?? []).compactMap(\.string)
  }
}
