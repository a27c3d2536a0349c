import CSQLite
import FinstageCore
import FinstageSystem

/// One connection to an SQLite file that many processes share.
///
/// Every finstage database follows the same rules. It has a write-ahead log. Writes run in `BEGIN IMMEDIATE`
/// transactions. Prepared statements are kept. Each write transaction and each checkpoint holds a lock file beside the
/// database (`flock`).
///
/// SQLite up to 3.51.2 can lose committed rows when a checkpoint meets a commit of another process
/// (sqlite.org/wal.html#walresetbug). Automatic checkpoints are therefore off. A connection that sees a long log after
/// its commit checkpoints under the lock. The lock also queues writers fairly, which SQLite's own waiting does not.
///
/// Use a connection from one thread only. Nothing else in the process may open the database file: closing any
/// descriptor of it would drop SQLite's locks.
package final class Database {
  /// When a commit reaches the disk.
  package enum Durability: Sendable {
    /// Survives a power cut (`synchronous=FULL`).
    case full
    /// Survives a crash of the process; the last commits may be lost in a power cut (`NORMAL`).
    case normal
  }

  package let path: String
  private let handle: OpaquePointer
  /// Nil for a file that this user may only read.
  private let lock: FileLock?
  private var statements: [String: Statement] = [:]
  /// Pages in the log after the last commit.
  private var logPages: Int32 = 0
  private var isInTransaction = false
  private var isInterruptible = false
  /// Statements that took long; nil until the database is open.
  private var slow: SlowStatements?

  private static let busyTimeout: Int32 = 10_000
  /// How many seconds to wait for another process that writes.
  private static let lockTimeout = 10.0
  private static let checkpointPages: Int32 = 1000
  private static let truncationSize = 64 << 20

  /// Opens a file for queries. Whoever may also write it brings it to the schema's version, as `init(path:schema:durability:)` does.
  package convenience init(reading path: String, schema: Schema) throws {
    if access(path, W_OK) == 0 && access(Folder.parent(of: path), W_OK) == 0 {
      try self.init(path: path, schema: schema, durability: .full)
    } else {
      try self.init(readOnly: path, schema: schema)
    }
  }

  private init(readOnly path: String, schema: Schema) throws {
    self.path = path
    lock = nil
    try Database.refuseForeignFile(path, schema)
    handle = try Database.openReadOnly(path)
    do {
      sqlite3_busy_timeout(handle, Database.busyTimeout)
      try distrust(schema)
      let version = try self.version()
      if version > schema.migrations.count { throw newer() }
      try checkOwner(schema)
      try checkObjects(schema, version)
      guard version == schema.migrations.count else {
        throw DatabaseError(
          kind: .cannotOpen, path: path,
          message: "written by an older version of finstage; it must be opened once by a user who may write it")
      }
    } catch {
      sqlite3_close_v2(handle)
      throw error
    }
    slow = SlowStatements(watching: handle)
  }

  /// SQLite needs the log and its index to read a file; where it may not create them, there is nothing in them either.
  private static func openReadOnly(_ path: String) throws -> OpaquePointer {
    func open(_ name: String, _ flags: Int32) throws -> OpaquePointer {
      var opened: OpaquePointer?
      var code = sqlite3_open_v2(
        name, &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | flags, nil)
      if code == SQLITE_OK { code = sqlite3_exec(opened, "SELECT count(*) FROM sqlite_master", nil, nil, nil) }
      guard code == SQLITE_OK, let opened else {
        defer { sqlite3_close_v2(opened) }
        throw Database.error(opened, code, path)
      }
      return opened
    }
    do {
      return try open(path, 0)
    } catch let failure as DatabaseError where failure.kind == .cannotOpen && access(path, R_OK) == 0 {
      guard FileContent.size(path + "-wal") ?? 0 == 0 else {
        throw DatabaseError(
          kind: .cannotOpen, path: path,
          message: "its log is not yet in the file; it must be opened once by a user who may write it")
      }
      let name = path.utf8.map { byte in
        "%?#".utf8.contains(byte) ? "%" + String(byte, radix: 16) : String(decoding: [byte], as: UTF8.self)
      }
      return try open("file:\(name.joined())?immutable=1", SQLITE_OPEN_URI)
    }
  }

  /// Opens a file and brings it to the schema's version. Creates the file and its folder if they do not exist.
  package init(path: String, schema: Schema, durability: Durability) throws {
    self.path = path
    // Whatever name leads to a file, its lock is one.
    let place = Folder.has(path) ? systemRealPath(path) : path
    try Database.refuseNetworkFileSystem(path)
    try Database.refuseForeignFile(path, schema)
    guard Folder.make(Folder.parent(of: path)) else {
      throw DatabaseError(kind: .cannotOpen, path: path, message: "cannot create the folder: \(systemErrorText(errno))")
    }
    guard let lock = FileLock(path: place + ".lock") else {
      throw DatabaseError(kind: .cannotOpen, path: path + ".lock", message: systemErrorText(errno))
    }
    self.lock = lock
    // Create the file with our permissions before SQLite creates it with its own.
    let isNew = access(path, F_OK) != 0
    if isNew {
      // Another process may be quicker; a link that leads nowhere is no place for a new file.
      let descriptor = systemOpen(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw DatabaseError(kind: .cannotOpen, path: path, message: systemErrorText(errno)) }
      close(descriptor)
    }
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(
      path, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, nil)
    guard code == SQLITE_OK, let opened else {
      defer { sqlite3_close_v2(opened) }
      throw Database.error(opened, code, path)
    }
    handle = opened
    do {
      try distrust(schema)
      try configure(durability)
      try migrate(schema)
    } catch {
      sqlite3_close_v2(opened)
      throw error
    }
    slow = SlowStatements(watching: handle)
    if isNew { Folder.sync(Folder.parent(of: path)) }
  }

  deinit {
    slow?.append(to: path)
    for statement in statements.values { statement.finalize() }
    sqlite3_close_v2(handle)
  }

  /// Looks at the first bytes of a file before SQLite does: a file of somebody else must not be changed, and nothing is to be left
  /// beside it.
  private static func refuseForeignFile(_ path: String, _ schema: Schema) throws {
    // The sizes before the head: a checkpoint of another process may empty the log at any time, and writes the head before it does.
    let hasLog = FileContent.size(path + "-wal") ?? 0 > 0
    let isFresh = FileContent.size(path) ?? 0 <= 4096
    guard let head = FileContent.bytes(path, limit: 100), !head.isEmpty else { return }
    func foreign(_ message: String) -> DatabaseError { DatabaseError(kind: .corrupt, path: path, message: message) }
    guard head.starts(with: Array("SQLite format 3\0".utf8)), head.count == 100 else {
      throw foreign("not an SQLite database, or damaged")
    }
    let owner = head[68..<72].reduce(0) { $0 << 8 | Int64($1) }
    if owner == Int64(schema.applicationID) { return }
    // A new file of ours may have all but its first page in the log.
    guard owner == 0, hasLog || isFresh else {
      throw foreign("this SQLite database does not belong to finstage")
    }
  }

  /// Lets nothing in the file act.
  private func distrust(_ schema: Schema) throws {
    let code = fs_sqlite_distrust(handle, schema.kind == .own ? 1 : 0)
    guard code == SQLITE_OK else { throw error(code) }
    try execute("PRAGMA cell_size_check=ON")
    isInterruptible = schema.kind == .exchanged
    watchSignals(true)
  }

  /// A file can be built so that a statement takes for ever: a signal ends it. A transaction that writes is brought to its end.
  private func watchSignals(_ isWanted: Bool) {
    guard isInterruptible else { return }
    sqlite3_progress_handler(handle, isWanted ? 10_000 : 0, { _ in Interruption.signal != 0 ? 1 : 0 }, nil)
  }

  /// Refuses a file whose tables are not those of the schema.
  private func checkObjects(_ schema: Schema, _ version: Int) throws {
    guard schema.kind == .exchanged, version > 0 else { return }
    guard try Schema.objects(in: handle) == schema.objects(after: version) else {
      throw DatabaseError(
        kind: .corrupt, path: path,
        message: "it does not have the tables that finstage makes: damaged, or made by others")
    }
  }

  /// Makes a new file one with a log. SQLite does not wait here while another process looks at the file that it has just made.
  private func beginLog() throws {
    let deadline = SystemClock.monotonic + Double(Database.busyTimeout) / 1000
    while true {
      do {
        return try execute("PRAGMA journal_mode=WAL")
      } catch let failure as DatabaseError where failure.kind == .busy && SystemClock.monotonic < deadline {
        _ = poll(nil, 0, 2)
      }
    }
  }

  private func configure(_ durability: Durability) throws {
    sqlite3_busy_timeout(handle, Database.busyTimeout)
    fs_sqlite_no_checkpoint_on_close(handle)
    // Has an effect on a new file only; on any other it would be a write, and whoever only asks must not wait for those who write.
    if try integer("PRAGMA page_count") == 0 { try execute("PRAGMA auto_vacuum=INCREMENTAL") }
    // Changing the journal mode is a write; whoever only asks must not wait for those who write.
    if try text("PRAGMA journal_mode") != "wal" { try locked { try beginLog() } }
    try execute("PRAGMA wal_autocheckpoint=0")
    try execute("PRAGMA synchronous=\(durability == .full ? "FULL" : "NORMAL")")
    try execute("PRAGMA foreign_keys=ON")
    try execute("PRAGMA journal_size_limit=\(Database.truncationSize)")
    sqlite3_wal_hook(
      handle,
      { context, _, _, pages in
        Unmanaged<Database>.fromOpaque(context!).takeUnretainedValue().logPages = pages
        return SQLITE_OK
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private func migrate(_ schema: Schema) throws {
    let version = try version()
    if version <= schema.migrations.count, version > 0 {
      try checkOwner(schema)
      try checkObjects(schema, version)
    }
    if version == schema.migrations.count { return }
    try write {
      // Another process may have been quicker.
      var version = try self.version()
      if version > 0 { try checkOwner(schema) }
      guard version <= schema.migrations.count else { throw newer() }
      if version == 0 {
        guard try integer("SELECT count(*) FROM sqlite_master") == 0 else { throw foreign() }
        try execute("PRAGMA application_id=\(schema.applicationID)")
      }
      while version < schema.migrations.count {
        try execute(schema.migrations[version])
        version += 1
      }
      try execute("PRAGMA user_version=\(version)")
    }
  }

  private func version() throws -> Int {
    let version = Int(try integer("PRAGMA user_version"))
    guard version >= 0 else {
      throw DatabaseError(kind: .corrupt, path: path, message: "the file is damaged: its version is \(version)")
    }
    return version
  }

  private func checkOwner(_ schema: Schema) throws {
    guard try integer("PRAGMA application_id") == Int64(schema.applicationID) else { throw foreign() }
  }

  private func newer() -> DatabaseError {
    DatabaseError(kind: .newer, path: path, message: "written by a newer version of finstage (update this one)")
  }

  private func foreign() -> DatabaseError {
    DatabaseError(kind: .corrupt, path: path, message: "this SQLite database does not belong to finstage")
  }

  // MARK: - Statements

  /// Runs statements without results.
  package func execute(_ sql: String) throws {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    if code != SQLITE_OK { throw error(code) }
  }

  /// The prepared statement for a text, kept for this connection. Step it to its end before preparing the text again.
  package func prepare(_ sql: String) throws -> Statement {
    if let known = statements[sql] {
      known.reset()
      return known
    }
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard code == SQLITE_OK, let prepared else { throw error(code) }
    let statement = Statement(prepared, self)
    statements[sql] = statement
    return statement
  }

  /// The first column of the first row; zero if there are no rows.
  package func integer(_ sql: String) throws -> Int64 {
    let statement = try prepare(sql)
    defer { statement.reset() }
    return try statement.step() ? statement.integer(0) : 0
  }

  /// Returns the first column of the first row as text, or nil if there are no rows.
  private func text(_ sql: String) throws -> String? {
    let statement = try prepare(sql)
    defer { statement.reset() }
    return try statement.step() ? statement.text(0) : nil
  }

  /// Rows changed by the last statement.
  package var changes: Int { Int(sqlite3_changes(handle)) }

  // MARK: - Transactions

  /// Runs a body as one write transaction, with the lock held; rolls back if the body throws.
  package func write<Result>(_ body: () throws -> Result) throws -> Result {
    guard !isInTransaction else { return try body() }
    return try locked {
      try execute("BEGIN IMMEDIATE")
      isInTransaction = true
      watchSignals(false)
      defer {
        watchSignals(true)
        isInTransaction = false
      }
      do {
        let result = try body()
        try execute("COMMIT")
        if logPages >= Database.checkpointPages { checkpoint() }
        return result
      } catch {
        sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
        throw error
      }
    }
  }

  /// Runs queries that belong together: all see the file as it was at the first query. They block no other process.
  package func read<Result>(_ body: () throws -> Result) throws -> Result {
    guard !isInTransaction else { return try body() }
    try execute("BEGIN")
    defer { sqlite3_exec(handle, "COMMIT", nil, nil, nil) }
    return try body()
  }

  /// Runs a body that must not be in a transaction, with the lock held.
  package func exclusively<Result>(_ body: () throws -> Result) throws -> Result {
    try locked(body)
  }

  private func locked<Result>(_ body: () throws -> Result) throws -> Result {
    guard let lock else {
      throw DatabaseError(kind: .cannotOpen, path: path, message: "you may read this file, but not write it")
    }
    switch lock.acquire(within: Database.lockTimeout) {
    case .held: break
    case .late:
      throw DatabaseError(
        kind: .busy, path: path,
        message: "\(lock.holder ?? "another process") has kept the lock for ten seconds (let it go on, or end it)")
    case .interrupted: throw DatabaseError(kind: .busy, path: path, message: "interrupted while waiting for the lock")
    case .failed(let code):
      throw DatabaseError(kind: .busy, path: path, message: "cannot acquire the lock: \(systemErrorText(code))")
    }
    defer { lock.release() }
    return try body()
  }

  /// Empties the log if it is longer than `pages`. A process that opens the file while no other has it open reads the
  /// whole log, so short programs call this to keep the log short.
  package func shortenLog(beyond pages: Int) {
    guard logPages > Int32(pages) else { return }
    // Do not wait for readers: a later call tries again.
    sqlite3_busy_timeout(handle, 0)
    defer { sqlite3_busy_timeout(handle, Database.busyTimeout) }
    guard let lock, lock.tryAcquire() else { return }
    defer { lock.release() }
    _ = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
    logPages = 0
  }

  /// Gives free pages back to the disk if they are more than a quarter of the file. Other processes write in between.
  package func giveBackPages() throws {
    guard try integer("PRAGMA auto_vacuum") == 2 else { return }
    while true {
      let free = try integer("PRAGMA freelist_count")
      guard free > 256, try free * 4 > integer("PRAGMA page_count") else { break }
      try write { try execute("PRAGMA incremental_vacuum(2000)") }
    }
    shortenLog(beyond: 0)
  }

  /// Moves the log into the database and empties the log, so that users can copy the file alone.
  package func foldLog() throws {
    try locked {
      _ = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
    }
  }

  /// Moves the log into the database, with the lock held. A failure is harmless: the next writer tries again.
  private func checkpoint() {
    var status = stat()
    let isHuge = stat(path + "-wal", &status) == 0 && Int(status.st_size) > Database.truncationSize
    sqlite3_wal_checkpoint_v2(
      handle, nil, isHuge ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, nil, nil)
  }

  // MARK: - Errors

  func error(_ code: Int32) -> DatabaseError { Database.error(handle, code, path) }

  private static func error(_ handle: OpaquePointer?, _ code: Int32, _ path: String) -> DatabaseError {
    let kind: DatabaseError.Kind =
      switch code & 0xFF {
      case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt
      case SQLITE_BUSY, SQLITE_LOCKED: .busy
      case SQLITE_FULL: .full
      case SQLITE_INTERRUPT: .interrupted
      case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: .cannotOpen
      default: .other
      }
    let text =
      handle.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? String(cString: sqlite3_errstr(code))
    return DatabaseError(kind: kind, path: path, message: text)
  }

  /// Refuses network file systems: SQLite's locks do not work there.
  private static func refuseNetworkFileSystem(_ path: String) throws {
    let kind = UInt32(truncatingIfNeeded: fs_file_system_kind(Folder.parent(of: path)))
    // NFS, SMB, SMB2, CIFS, AFS, 9P
    if [0x6969, 0x517B, 0xFE53_4D42, 0xFF53_4D42, 0x5346_414F, 0x0102_1997].contains(kind) {
      throw DatabaseError(
        kind: .other, path: path,
        message: "databases do not work on network file systems (set FINSTAGE_HOME to a local folder)")
    }
  }
}
