import FinstageCore
import FinstagePostgres

/// The tables of a queue in PostgreSQL. Times are milliseconds since 1970 by the clock of the server, and spans are milliseconds, unless a
/// name says otherwise. The columns of `task` are those of the SQLite queue where they mean the same.
package enum PostgresSchema {
  /// What this program makes; it works with every later one that says it stays readable from this one on.
  package static let version = 1

  /// The statements that bring a schema from one version to the next, the first from nothing.
  static func migrations(_ schema: String) -> [[String]] { [first(schema)] }

  private static func first(_ schema: String) -> [String] {
    [
      // Settings of the queue, and the version of the schema: `version` is what it is, `readable_from` the oldest program that can use it.
      "CREATE TABLE \(schema).meta (key text PRIMARY KEY, value text NOT NULL)",
      """
      CREATE TABLE \(schema).worker (
        id text PRIMARY KEY, machine text NOT NULL, host text NOT NULL, boot text NOT NULL, pid integer NOT NULL, pstart bigint NOT NULL,
        slots integer NOT NULL, places text[] NOT NULL, started bigint NOT NULL, lease_until bigint NOT NULL, term integer NOT NULL,
        sleeping boolean NOT NULL DEFAULT false, completed bigint NOT NULL DEFAULT 0, failed bigint NOT NULL DEFAULT 0
      ) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 50, autovacuum_vacuum_scale_factor = 0)
      """,
      """
      CREATE TABLE \(schema).grp (
        name text PRIMARY KEY, lim bigint, gap_us bigint, next_us bigint NOT NULL DEFAULT 0, paused boolean NOT NULL DEFAULT false
      ) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 50, autovacuum_vacuum_scale_factor = 0)
      """,
      "INSERT INTO \(schema).grp (name) VALUES ('')",
      // The history is a text of lines, time, state and note: a row of its own for each change would be most of the work of a small task.
      """
      CREATE TABLE \(schema).task (
        id bigserial PRIMARY KEY, state smallint NOT NULL, prio smallint NOT NULL, due bigint NOT NULL, grp text NOT NULL,
        place text NOT NULL, parents integer NOT NULL DEFAULT 0, attempt integer NOT NULL DEFAULT 0, failures integer NOT NULL DEFAULT 0,
        losses integer NOT NULL DEFAULT 0, owner text, pid integer NOT NULL DEFAULT 0, pstart bigint NOT NULL DEFAULT 0, slot integer,
        cancel boolean NOT NULL DEFAULT false, stopped boolean NOT NULL DEFAULT false, kids boolean NOT NULL DEFAULT false,
        telling boolean NOT NULL DEFAULT false, status integer, reason text, progress double precision, note text,
        added bigint NOT NULL, began bigint, ended bigint, expires bigint, retries integer NOT NULL, delay bigint NOT NULL,
        cap bigint NOT NULL, backoff smallint NOT NULL, codes text, timeout bigint, clean boolean NOT NULL, batch bigint, item text,
        job text, alarm text, ukey text, argv text NOT NULL, cwd text NOT NULL, env text, tags text, input bytea,
        hist text NOT NULL DEFAULT ''
      ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000,
              autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000)
      """,
      "CREATE INDEX task_ready ON \(schema).task (grp, place, prio, due, id) WHERE state = 0 AND parents = 0",
      "CREATE INDEX task_waiting ON \(schema).task (id) WHERE state = 0 AND parents > 0",
      "CREATE INDEX task_later ON \(schema).task (due) WHERE state IN (1, 3)",
      "CREATE INDEX task_paused ON \(schema).task (id) WHERE state = -2",
      "CREATE INDEX task_active ON \(schema).task (owner) WHERE state IN (-1, 2)",
      "CREATE INDEX task_asked ON \(schema).task (id) WHERE state IN (-1, 2) AND (cancel OR stopped)",
      "CREATE INDEX task_group ON \(schema).task (grp) WHERE state IN (-1, 2) AND grp <> ''",
      "CREATE INDEX task_late ON \(schema).task (expires) WHERE expires IS NOT NULL AND state IN (-2, 0, 1, 3)",
      "CREATE INDEX task_telling ON \(schema).task (id) WHERE telling",
      "CREATE INDEX task_old ON \(schema).task (ended) WHERE state >= 4",
      "CREATE INDEX task_troubled ON \(schema).task (state, id) WHERE state IN (5, 6, 7)",
      "CREATE INDEX task_batch ON \(schema).task (batch) WHERE batch IS NOT NULL",
      "CREATE INDEX task_job ON \(schema).task (job) WHERE job IS NOT NULL AND state < 4",
      "CREATE UNIQUE INDEX task_key ON \(schema).task (ukey) WHERE ukey IS NOT NULL AND state < 4",
      """
      CREATE TABLE \(schema).attempt (
        task bigint NOT NULL, n integer NOT NULL, owner text, began bigint, ended bigint, status integer, how text, user_us bigint,
        sys_us bigint, peak_kb bigint, out_len bigint, err_len bigint, out bytea, err bytea, PRIMARY KEY (task, n)
      )
      """,
      // What is too long for a row of attempt, and what a running task prints while somebody on another machine looks.
      """
      CREATE TABLE \(schema).output (
        task bigint NOT NULL, n integer NOT NULL, stream smallint NOT NULL, start bigint NOT NULL, bytes bytea NOT NULL,
        PRIMARY KEY (task, n, stream, start)
      )
      """,
      "CREATE TABLE \(schema).watch (task bigint PRIMARY KEY, until bigint NOT NULL)",
      "CREATE TABLE \(schema).edge (parent bigint NOT NULL, child bigint NOT NULL, cond text NOT NULL, PRIMARY KEY (parent, child))",
      "CREATE INDEX edge_child ON \(schema).edge (child)",
      // The numbers that an add was answered with, for an adder that has lost the answer.
      "CREATE TABLE \(schema).added (key text PRIMARY KEY, at bigint NOT NULL, ids bigint[] NOT NULL)",
      "CREATE INDEX added_at ON \(schema).added (at)",
      """
      CREATE TABLE \(schema).figure (
        name text PRIMARY KEY, value double precision NOT NULL
      ) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 50, autovacuum_vacuum_scale_factor = 0)
      """,
      // What turns add to the figures, a row a turn: a row that is changed again and again would be walked over in all its versions while somebody holds a
      // snapshot. Workers add it up each few seconds.
      "CREATE TABLE \(schema).figure_log (names text[] NOT NULL, amounts double precision[] NOT NULL)",
      """
      CREATE TABLE \(schema).schedule (
        name text PRIMARY KEY, source text NOT NULL, host text NOT NULL, definition text NOT NULL, next bigint, last_instant bigint,
        last_task bigint, last_status integer, last_seconds double precision, succeeded bigint NOT NULL DEFAULT 0,
        total bigint NOT NULL DEFAULT 0
      )
      """,
      "CREATE INDEX schedule_next ON \(schema).schedule (next) WHERE next IS NOT NULL",
      // One row an instant, whoever is first: no leader is needed for schedules.
      """
      CREATE TABLE \(schema).firing (
        name text NOT NULL, instant bigint NOT NULL, seq bigserial, at bigint NOT NULL, what text NOT NULL, task bigint,
        PRIMARY KEY (name, instant)
      )
      """,
      "CREATE INDEX firing_seq ON \(schema).firing (seq)",
      "INSERT INTO \(schema).meta VALUES ('version', '1'), ('readable_from', '1')",
    ]
  }

  /// All statements that make the schema from nothing, for people who run them themselves.
  package static func script(_ schema: String) -> String {
    var lines = ["BEGIN;", "CREATE SCHEMA \(schema);"]
    for migration in migrations(schema) { lines += migration.map { $0 + ";" } }
    lines += ["COMMIT;", "", "-- The rights of a role that adds tasks and runs workers, but does not own the schema:"]
    lines += grants(schema, to: "fs_worker").map { "-- \($0);" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What a role needs that only uses the queue.
  package static func grants(_ schema: String, to role: String) -> [String] {
    [
      "GRANT USAGE ON SCHEMA \(schema) TO \(role)",
      "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA \(schema) TO \(role)",
      "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA \(schema) TO \(role)",
    ]
  }

  /// What state a schema is in.
  package enum State: Equatable, Sendable {
    case missing
    /// As this program makes it.
    case current
    case older(Int)
    /// Newer, and made so that this program can use it.
    case newer(Int)
    case tooNew(Int)
  }

  package static func state(_ connection: PostgresConnection) throws -> State {
    let schema = connection.address.schema
    guard
      try connection.run("SELECT to_regclass($1) IS NOT NULL AS there", [PostgresValue("\(schema).meta")]).first?.bool(
        "there") == true
    else { return .missing }
    let rows = try connection.run("SELECT key, value FROM \(schema).meta WHERE key IN ('version', 'readable_from')")
    var found: [String: Int] = [:]
    for row in rows { found[row.text("key") ?? ""] = Int(row.text("value") ?? "") }
    guard let present = found["version"] else { return .missing }
    if present < version { return .older(present) }
    if present == version { return .current }
    return (found["readable_from"] ?? present) <= version ? .newer(present) : .tooNew(present)
  }

  /// The tables that are not there although the schema is.
  package static func missingTables(_ connection: PostgresConnection) throws -> [String] {
    let schema = connection.address.schema
    let wanted = migrations(schema).joined().compactMap { statement -> String? in
      guard statement.hasPrefix("CREATE TABLE \(schema).") else { return nil }
      return String(statement.dropFirst("CREATE TABLE \(schema).".count).prefix { $0 != " " })
    }
    let there = Set(
      try connection.run("SELECT tablename FROM pg_tables WHERE schemaname = $1", [PostgresValue(schema)]).map {
        $0.text("tablename") ?? ""
      })
    return wanted.filter { !there.contains($0) }
  }

  /// Makes the schema, or brings it up to date; returns what it did.
  package static func apply(_ connection: PostgresConnection, roles: [String]) throws -> [String] {
    let schema = connection.address.schema
    var done: [String] = []
    try connection.run("BEGIN")
    do {
      // Two machines may do this at the same time.
      try connection.run("SELECT pg_advisory_xact_lock(hashtext($1))", [PostgresValue("finstage schema \(schema)")])
      var from = 0
      switch try state(connection) {
      case .missing:
        try connection.run("CREATE SCHEMA IF NOT EXISTS \(schema)")
      case .older(let old): from = old
      case .current, .newer: from = version
      case .tooNew(let new): throw tooNew(connection.address, new)
      }
      for (i, migration) in migrations(schema).enumerated() where i >= from {
        for statement in migration { try connection.run(statement) }
        done.append(i == 0 ? "made the tables of \(schema)" : "brought \(schema) to version \(i + 1)")
      }
      for role in roles {
        for grant in grants(schema, to: quoted(role)) { try connection.run(grant) }
        done.append("\(role) may use \(schema)")
      }
      try connection.run("COMMIT")
    } catch {
      if connection.isOpen { _ = try? connection.run("ROLLBACK") }
      throw error
    }
    return done
  }

  static func tooNew(_ address: PostgresAddress, _ version: Int) -> PostgresError {
    PostgresError(
      .missing,
      "\(address.name): the schema \(address.schema) has version \(version), this program knows \(PostgresSchema.version): install the newer one"
    )
  }

  /// A name in quotation marks.
  static func quoted(_ name: String) -> String {
    var text = "\""
    for character in name { text += character == "\"" ? "\"\"" : String(character) }
    return text + "\""
  }
}
