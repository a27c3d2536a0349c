import FinstageCore
import FinstagePostgres
import FinstageProcess
import FinstageStore
import FinstageSystem

/// Tasks in a PostgreSQL database that the processes of any number of machines share.
///
/// A worker has a lease by the clock of the server, which its turns renew. What ran on a machine that is no longer heard of is given to others when
/// its lease has ended, and by then that machine has ended it (`Worker.Settings.fence`). On its own machine a worker is judged by the
/// kernel, as with the SQLite queue. Every write of a worker names itself, its term and the attempt, so that what comes too late changes nothing.
///
/// Used by one thread at a time.
package final class PostgresTaskQueue: TaskQueue {
  package let place: PostgresAddress
  package let address: String?
  package let machine: String
  /// The files of this machine: locks and outputs of what runs here.
  package let spool: LocalSpool
  /// The clock, for tests; nil for that of the server.
  private let clock: QueueClock?
  /// Whether turns wait until the disk of the server has what they did.
  let isDurable: Bool
  private var connection: PostgresConnection?
  /// What is added to the clock of this machine to have that of the server, milliseconds.
  private var offset: Int64 = 0

  private(set) var hasBeaten: ((Double) -> Void)?

  // Of the worker that this process is.
  var sessions: [String: WorkerSession] = [:]
  /// Whether a pooler is between, through which no notices come.
  private(set) var isPooled = false

  /// The task whose end is being told.
  var untold: Int64?
  /// Ends that somebody else's lock keeps from being told, and until when they are left alone, by the monotonic clock.
  var avoided: [Int64: Double] = [:]

  /// Milliseconds.
  static let leaseSpan: Int64 = 60_000
  static let beat: Int64 = 5_000
  /// After the lease of a worker, before its tasks are given to others: clocks of servers differ after a failover.
  static let grace: Int64 = 5_000

  /// - Parameters:
  ///   - text: the address as the user has given it.
  ///   - folder: where the files of this machine are.
  ///   - isDurable: whether turns of workers survive a crash of the server; adds always do.
  /// - Throws: `PostgresError`, `ToolFailure` for an address that is none, `FileTrust.Failure` for a folder that others may write.
  package init(_ text: String, folder: String, isDurable: Bool = true, clock: QueueClock? = nil) throws {
    address = text
    self.isDurable = isDurable
    place = try PostgresAddress(text)
    self.clock = clock
    spool = LocalSpool(folder: folder)
    for part in LocalSpool.parts where !Folder.make("\(folder)/\(part)") {
      throw ToolFailure(.opening(errno), "\(folder)/\(part): cannot create the folder: \(systemErrorText(errno))")
    }
    for folder in [folder] + LocalSpool.parts.map({ "\(folder)/\($0)" }) {
      try FileTrust.check(folder, advice: "use a folder of your own: FINSTAGE_HOME")
    }
    machine = spool.machine()
    _ = try session()
  }

  package var name: String { place.name }
  package var lease: Double? { Double(PostgresTaskQueue.leaseSpan) / 1000 }
  package var now: Int64 { clock?.now ?? SystemClock.wallMilliseconds + offset }
  var schema: String { place.schema }

  /// The time, as part of a statement: an expression that is worked out once.
  var clockSQL: String {
    clock.map { "\($0.now)::bigint" } ?? "(SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint)"
  }

  // MARK: - The connection

  /// The connection; another one if the last was lost.
  func session() throws -> PostgresConnection {
    if let connection, connection.isOpen { return connection }
    let made = try PostgresConnection(place)
    switch try PostgresSchema.state(made) {
    case .current, .newer: break
    case .missing:
      throw PostgresError(
        .missing, "\(place.name): there is no queue in the schema \(schema) (fs-queue schema --apply makes one)")
    case .older(let old):
      throw PostgresError(
        .missing, "\(place.name): the schema \(schema) has version \(old): fs-queue schema --apply brings it up to date"
      )
    case .tooNew(let new): throw PostgresSchema.tooNew(place, new)
    }
    let begin = SystemClock.wallMilliseconds
    let server = try made.run("SELECT \(clockSQL) AS now").first?.integer("now") ?? begin
    offset = server - (begin + SystemClock.wallMilliseconds) / 2
    if !sessions.isEmpty { try prepare(made) }
    made.patience = patience ?? usualPatience
    connection = made
    return made
  }

  /// How long work outside of turns may take, seconds: less than the time after which a worker without an answer ends what it runs.
  static let longWork = 20.0

  /// Does what may take longer than a turn.
  func patiently<T>(_ seconds: Double = PostgresTaskQueue.longWork, _ body: () throws -> T) throws -> T {
    let before = patience
    patience = max(patience ?? 0, seconds)
    connection?.patience = patience ?? 30
    defer {
      patience = before
      connection?.patience = before ?? usualPatience
    }
    return try body()
  }

  /// Seconds to wait for an answer where that is not what is usual.
  private var patience: Double?
  private var usualPatience: Double { sessions.isEmpty ? 30 : 8 }

  /// Makes a connection fit for the turns of a worker.
  func prepare(_ connection: PostgresConnection) throws {
    connection.stopsOnSignal = false
    isPooled = try connection.isPooled()
    connection.prepares = !isPooled
    connection.patience = usualPatience
    let isolation = try connection.run("SELECT current_setting('default_transaction_isolation') AS level").first?.text(
      "level")
    if isPooled {
      connection.isolates = isolation != "read committed"
    } else {
      try connection.run(
        "SELECT \(planning(isLocal: false)), set_config('default_transaction_isolation', 'read committed', false)")
    }
  }

  @discardableResult
  func run(_ sql: String, _ values: [PostgresValue] = []) throws -> PostgresRows {
    try session().run(sql, values)
  }

  private(set) var isWriting = false

  /// Runs a transaction; once more if another one has stood in its way, or if the connection was lost before its end.
  func write<T>(_ body: () throws -> T) throws -> T {
    if isWriting { return try body() }
    var tries = 0
    while true {
      tries += 1
      do {
        try session().begin()
        isWriting = true
        defer { isWriting = false }
        let result = try body()
        do { try run("COMMIT") } catch let error as PostgresError where error.kind == .away {
          throw PostgresError(
            .unknownOutcome, "\(error.sentence): whether the change was made cannot be told (look, or do it again)")
        }
        return result
      } catch {
        // A lost connection takes its transaction with it; the next one is a new one.
        if let connection, connection.isOpen { _ = try? connection.run("ROLLBACK") }
        guard let kind = (error as? PostgresError)?.kind, kind == .conflict || kind == .away || kind == .notUnique,
          tries < 5
        else { throw error }
        if kind == .away, tries > 1 { throw error }
      }
    }
  }

  /// Refuses a change of a queue that is being moved. A move waits for those under way (`setMoveMark`).
  func refuseIfMoved() throws {
    try run("LOCK TABLE \(schema).added IN ROW EXCLUSIVE MODE")
    if let mark = try moveMark() { throw mark.refusal(name) }
  }

  // MARK: - Waking

  var channel: String { "\(schema)_wake" }

  package func wake() { _ = try? run("SELECT pg_notify($1, '')", [PostgresValue(channel)]) }

  /// After tasks were added: a notice costs a commit, so nobody gets one who does not sleep.
  func wakeSleepers() {
    _ = try? run(
      "SELECT pg_notify($1, '') WHERE EXISTS (SELECT 1 FROM \(schema).worker WHERE sleeping)", [PostgresValue(channel)])
  }

  package func onBeat(_ body: @escaping (Double) -> Void) { hasBeaten = body }

  package var lookInterval: Double { 0.2 }

  package func makeAlarm() -> any Alarm { isPooled ? PipeAlarm() : PostgresAlarm(place, channel: channel) }

  // MARK: - Pieces of statements

  /// The history of a task with one more line.
  /// - Parameters:
  ///   - state, note: expressions; a note that is null is none.
  func history(_ state: String, note: String = "NULL") -> String {
    let text = note == "NULL" ? "''" : "coalesce(' ' || translate(\(note), E'\\n\\r', '  '), '')"
    return "right(hist || \(clockSQL)::text || ' ' || (\(state))::text || \(text) || E'\\n', 20000)"
  }

  /// Whether the end of a task has consequences that a transaction of their own sees to.
  func mustTell(_ state: String) -> String {
    """
    (kids OR job IS NOT NULL OR ((\(state)) IN (5, 7) AND (alarm IS NOT NULL OR EXISTS
      (SELECT 1 FROM \(schema).meta WHERE key = 'on_failure'))))
    """
  }

  func setting(_ key: String) throws -> String? {
    try run("SELECT value FROM \(schema).meta WHERE key = $1", [PostgresValue(key)]).first?.text("value")
  }

  /// Changes how many tasks there are that have ended in some way.
  func count(ended state: TaskState, by change: Int) throws {
    guard change != 0 else { return }
    try increase(["state \(state.rawValue)"], [Double(change)])
  }

  func increase(_ names: [String], _ values: [Double]) throws {
    let statement = increment(names, values)
    try run(statement.sql, statement.values)
  }

  func increment(_ names: [String], _ values: [Double]) -> PostgresStatement {
    PostgresStatement(
      "INSERT INTO \(schema).figure_log VALUES ($1::text[], $2::double precision[])",
      [PostgresValue(names), PostgresValue(values.map { Double?($0) })])
  }
}

/// What the engine knows of a worker of this process.
struct WorkerSession {
  /// A task that the worker has.
  struct Held {
    var attempt: Int64
    var failures: Int64
    var policy: TaskRetryPolicy
    var due: Int64
    /// The slot, once it is known; and how much of the outputs others have been shown.
    var slot: Int?
    var shown: [TaskStream: Int] = [:]
  }

  var identity: WorkerIdentity
  var slots: Int
  var term: Int64 = 0
  var held: [Int64: Held] = [:]
  /// When the lease was last renewed, by the monotonic clock.
  var beat = -1e9
  var sleeps = false
  /// The place in the order of all tasks up to which this worker has looked, and when it looked from the beginning, by the monotonic clock.
  var frontier: (prio: Int64, due: Int64, id: Int64)?
  var lookedAt = -1e9
  /// Tasks that have ended since the last beat.
  var completed: Int64 = 0
  var failed: Int64 = 0
  /// The answer to a turn was lost: the server may have given this worker tasks that it does not know of.
  var isUnsure = false
  /// The lease had ended: what this worker runs may be others' by now.
  var hasToCheck = false
  /// How many tasks wait for a worker, and how many others are not finished, when they were counted last; and when, by the monotonic clock.
  var ready = 0
  var others = 0
  var countedAt = -1e9
  /// Somebody on another machine looks at what tasks print.
  var isWatched = false
}
