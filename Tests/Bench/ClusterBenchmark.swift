import FinstagePostgres
import FinstageProcess
import FinstageQueue
import FinstageSystem
import Synchronization
import TestSupport

/// fs-queue on PostgreSQL against `xargs -P4` and against what its server can do for others, all within the same minutes.
struct ClusterBenchmark {
  private let folder = TemporaryFolder()

  /// Runs this benchmark with servers of its own; those of `Tests/Cluster/servers.sh`, with the disk as in earnest and then without.
  static func run() throws {
    if Environment["FINSTAGE_TEST_POSTGRES"] != nil { return try ClusterBenchmark().measure() }
    for fsync in ["on", "off"] {
      let result = try Run.shell(
        "'\(Run.package)/Tests/Cluster/servers.sh' '\(Run.binaries)/finstage-bench' cluster",
        environment: ["FSYNC": fsync, "FINSTAGE_BIN": Run.binaries])
      print(result.text, terminator: "")
      guard result.status == 0 else { throw Run.Failure(message: result.errors) }
    }
  }

  private func measure() throws {
    let server = Environment["FINSTAGE_TEST_POSTGRES"]!
    let isDurable = try PostgresConnection(PostgresAddress(server)).run("SHOW fsync").first?.text("fsync") == "on"
    print("fsync \(isDurable ? "on" : "off")")
    if isDurable {
      try tasks(server)
      try notice(server)
    } else {
      try depth(server)
    }
  }

  private func schema(_ server: String, _ name: String) throws -> String {
    let address = "\(server)?schema=\(name)"
    let connection = try PostgresConnection(PostgresAddress(address))
    try connection.run("DROP SCHEMA IF EXISTS \(name) CASCADE")
    _ = try PostgresSchema.apply(connection, roles: [])
    return address
  }

  private func rate(_ count: Int, _ script: String, _ address: String) throws -> Double {
    let result = try Run.shell(script, environment: ["FS_QUEUE": address, "FINSTAGE_HOME": folder.path])
    guard result.status == 0, let nanoseconds = Double(result.lines.last ?? "") else {
      throw Run.Failure(message: result.errors)
    }
    return Double(count) / nanoseconds * 1e9
  }

  // MARK: - Whole tasks

  private func tasks(_ server: String) throws {
    let count = 12_000
    let address = try schema(server, "bench_tasks")
    func work() throws -> Double {
      try rate(
        count,
        """
        seq \(count) | fs-queue add --each -- true > /dev/null; a=$(date +%s%N)
        for w in 1 2 3 4; do fs-queue work --workers 4 --drain & done; wait; b=$(date +%s%N); echo $((b - a))
        """, address)
    }
    func xargs() throws -> Double {
      try rate(count, "a=$(date +%s%N); seq \(count) | xargs -P4 -n1 true; b=$(date +%s%N); echo $((b - a))", address)
    }
    var pairs: [(Double, Double)] = []
    for _ in 0..<5 { pairs.append((try work(), try xargs())) }
    let ours = Contest.median(pairs.map(\.0))
    print(
      "no-op tasks, 4 processes of 4 slots: \(Int(ours))/s; xargs -P4: \(Int(Contest.median(pairs.map(\.1))))/s; ratio \(Contest.fixed(Contest.median(pairs.map { $0.0 / $0.1 }), 2)) (asked: 0.9)"
    )
    let claims = try claims(try schema(server, "bench_claims"), connections: 4, batch: 8, seconds: 5)
    print(
      "claims and ends alone, 8 at a time over 4 connections: \(Int(claims))/s, \(Contest.fixed(claims / Contest.median(pairs.map(\.1)), 1)) times xargs (asked: 5)"
    )
    try pgbench(server)
    // A report that keeps a snapshot for a minute.
    let holder = try PostgresConnection(PostgresAddress(server))
    try holder.run("BEGIN ISOLATION LEVEL REPEATABLE READ")
    try holder.run("SELECT count(*) FROM bench_tasks.task")
    let end = Run.now() + 60
    var under: [Double] = []
    while Run.now() < end { under.append(try work()) }
    try holder.run("ROLLBACK")
    print(
      "no-op tasks under a snapshot that is held for 60 s, the last run: \(Int(under.last!))/s, \(Contest.fixed(under.last! / ours, 2)) of the rate without (asked: 0.5)"
    )
  }

  /// Turns that end eight tasks and claim eight, by several threads; tasks a second.
  private func claims(_ address: String, connections: Int, batch: Int, seconds: Double) throws -> Double {
    let filler = try PostgresTaskQueue(address, folder: folder.path + "/claims")
    let task = NewTask(arguments: ["true"], folder: "/")
    for _ in 0..<20 { _ = try filler.add([NewTask](repeating: task, count: 5000)) }
    let done = Mutex(0)
    let failures = Mutex<[String]>([])
    let end = Run.now() + seconds
    let begin = Run.now()
    let path = folder.path
    let threads = (0..<connections).map { number in
      WorkerThread {
        do {
          let queue = try PostgresTaskQueue(address, folder: path + "/claims")
          let name = "bench\(number)"
          try queue.register(WorkerIdentity(id: name, pid: 1, start: 1, boot: "b"), slots: batch)
          var held: [ClaimedTask] = []
          while Run.now() < end {
            var turn = WorkerTurn()
            turn.ended = held.map { AttemptOutcome(id: $0.id, attempt: $0.attempt, end: .exited(0)) }
            turn.wanted = batch
            done.withLock { $0 += turn.ended.count }
            held = try queue.turn(name, turn).claimed
          }
          var last = WorkerTurn()
          last.ended = held.map { AttemptOutcome(id: $0.id, attempt: $0.attempt, end: .notBegun) }
          _ = try queue.turn(name, last)
          try queue.unregister(name)
        } catch { failures.withLock { $0.append(error.sentence) } }
      }!
    }
    for thread in threads { thread.join() }
    if let failure = failures.withLock({ $0.first }) { throw Run.Failure(message: failure) }
    return Double(done.withLock { $0 }) / (Run.now() - begin)
  }

  /// What the server does for a queue of the shape that most have: rows locked in passing, taken, ended.
  private func pgbench(_ server: String) throws {
    guard let bin = Environment["FINSTAGE_TEST_PG_BIN"] else { return }
    let connection = try PostgresConnection(PostgresAddress(server))
    for statement in [
      "DROP TABLE IF EXISTS peer",
      "CREATE TABLE peer (id bigserial PRIMARY KEY, state smallint NOT NULL DEFAULT 0, prio smallint NOT NULL DEFAULT 2, payload text)",
      "CREATE INDEX peer_ready ON peer (prio, id) WHERE state = 0",
      "INSERT INTO peer (payload) SELECT 'true' FROM generate_series(1, 200000)", "ANALYZE peer",
    ] { try connection.run(statement) }
    let script = folder.file(
      "peer.sql",
      """
      BEGIN;
      WITH next AS (SELECT id FROM peer WHERE state = 0 ORDER BY prio, id LIMIT 8 FOR UPDATE SKIP LOCKED)
      UPDATE peer SET state = 2 FROM next WHERE peer.id = next.id AND peer.state = 0 RETURNING peer.id, payload;
      COMMIT;
      """)
    let result = try Run.shell(
      "'\(bin)/pgbench' -n -c 4 -j 2 -T 5 -M prepared -f '\(script)' '\(server)' | sed -n 's/^tps = \\([0-9]*\\).*/\\1/p'"
    )
    guard let turns = Double(result.lines.first ?? "") else { return }
    print(
      "pgbench, claims alone of a queue in one table, 8 at a time over 4 connections: \(Int(turns * 8))/s (nothing is ended, kept or counted)"
    )
  }

  // MARK: - Depth

  private func depth(_ server: String) throws {
    var medians: [Double] = []
    for finished in [0, 1_000_000] {
      let address = try schema(server, "bench_depth_\(finished)")
      let name = try PostgresAddress(address).schema
      if finished > 0 {
        try PostgresConnection(PostgresAddress(address)).run(
          """
          INSERT INTO \(name).task (state, prio, due, grp, place, attempt, added, began, ended, retries, delay, cap, backoff, clean, argv, cwd)
          SELECT 4, 2, 1, '', '', 1, 1, 1, 1, 0, 1, 1, 0, false, '["true"]', '/' FROM generate_series(1, \(finished))
          """)
      }
      var rates: [Double] = []
      for _ in 0..<5 { rates.append(try claims(address, connections: 4, batch: 8, seconds: 2)) }
      medians.append(Contest.median(rates))
      print("claims with \(finished) finished tasks beside, median of 5: \(Int(medians.last!))/s")
    }
    print("  ratio \(Contest.fixed(medians[0] / medians[1], 2)) (asked: within 1.3)")
  }

  // MARK: - Notice

  private func notice(_ server: String) throws {
    let address = try schema(server, "bench_notice")
    var times: [Double] = []
    for _ in 0..<15 {
      let result = try Run.shell(
        """
        rm -f begun; fs-queue work --workers 1 & worker=$!; until [ -n "$(fs-queue workers --json 2>/dev/null)" ]; do sleep 0.02; done; sleep 0.3
        fs-queue add -- sh -c 'date +%s%N > begun' > /dev/null; added=$(date +%s%N); until [ -s begun ]; do :; done
        begun=$(cat begun); kill $worker; wait $worker 2>/dev/null; echo $(( begun > added ? begun - added : 0 ))
        """, folder: folder.path, environment: ["FS_QUEUE": address, "FINSTAGE_HOME": folder.path])
      if let nanoseconds = Double(result.lines.last ?? "") { times.append(nanoseconds / 1e6) }
    }
    times.sort()
    print(
      "from the return of fs-queue add to the start of the task in a worker that sleeps: median \(Contest.fixed(Contest.median(times), 1)) ms, most \(Contest.fixed(times.last ?? 0, 1)) (asked: 5)"
    )
  }
}
