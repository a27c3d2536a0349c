import FinstageCore
import FinstagePostgres
import FinstageSystem

/// What tasks print, wherever they run.
///
/// Short outputs are in the row of their attempt. Long ones are brought into the table `output` in pieces, before the end of the attempt is told;
/// the file of the machine is removed once that is safe. While a task runs, its machine brings what it prints there, too, but only as
/// long as somebody on another machine asks for it.
extension PostgresTaskQueue {
  private static let piece = 256 << 10
  /// How long somebody who has asked is taken to be looking, milliseconds.
  private static let watching = 10_000

  private static func number(_ stream: TaskStream) -> Int { stream == .output ? 0 : 1 }

  func keepOutput(_ outcome: AttemptOutcome, _ stream: TaskStream) throws {
    try keepOutput(outcome.id, outcome.attempt, stream)
  }

  /// Brings the file of an output into the database, and removes it.
  func keepOutput(_ id: Int64, _ attempt: Int64, _ stream: TaskStream) throws {
    let path = spool.logPath(id, attempt: attempt, stream)
    guard let size = FileContent.size(path) else { return }
    // What was shown while it ran may be more than what is kept.
    try run(
      "DELETE FROM \(schema).output WHERE task = $1 AND n = $2 AND stream = $3",
      [PostgresValue(id), PostgresValue(attempt), PostgresValue(PostgresTaskQueue.number(stream))])
    var start = 0
    while start < size, let part = LocalSpool.read(path, from: start, limit: PostgresTaskQueue.piece), !part.isEmpty {
      try keep(part, id, attempt, stream, at: start)
      try beatIfDue()
      start += part.count
    }
    unlink(path)
  }

  /// Keeps a long output.
  func keepOutput(_ bytes: [UInt8], _ id: Int64, _ attempt: Int64, _ stream: TaskStream) throws {
    var start = 0
    while start < bytes.count {
      let part = Array(bytes[start..<min(start + PostgresTaskQueue.piece, bytes.count)])
      try keep(part, id, attempt, stream, at: start)
      start += part.count
    }
  }

  private func keep(_ bytes: [UInt8], _ id: Int64, _ attempt: Int64, _ stream: TaskStream, at start: Int) throws {
    try run(
      """
      INSERT INTO \(schema).output SELECT $1, $2, $3, $4, $5 WHERE EXISTS (SELECT 1 FROM \(schema).task WHERE id = $1)
      ON CONFLICT (task, n, stream, start) DO UPDATE SET bytes = excluded.bytes
      """,
      [
        PostgresValue(id), PostgresValue(attempt), PostgresValue(PostgresTaskQueue.number(stream)),
        PostgresValue(start),
        PostgresValue(bytes),
      ])
  }

  /// Brings what the tasks of a worker have printed since the last time to those who look.
  func show(_ worker: String) throws {
    guard let session = sessions[worker], session.isWatched else { return }
    let rows = try run("SELECT task FROM \(schema).watch WHERE until > \(clockSQL)")
    for id in rows.map({ $0.integer("task") }) {
      guard var held = session.held[id], let slot = held.slot else { continue }
      for stream in TaskStream.allCases {
        var start = held.shown[stream] ?? 0
        while let part = LocalSpool.read(
          spool.slotLog(worker, slot, stream), from: start, limit: PostgresTaskQueue.piece),
          !part.isEmpty, start < 64 << 20
        {
          try keep(part, id, held.attempt, stream, at: start)
          try beatIfDue()
          start += part.count
        }
        held.shown[stream] = start
      }
      sessions[worker]?.held[id]?.shown = held.shown
    }
  }

  package func output(_ id: Int64, attempt: Int64, _ stream: TaskStream, from: Int, limit: Int) throws -> [UInt8]? {
    let (content, length) = stream == .log ? ("err", "err_len") : ("out", "out_len")
    let row = try run(
      """
      SELECT substr(a.\(content), $3, $4) AS part, a.\(content) IS NOT NULL AS kept, a.\(length) AS length, a.how, t.owner, w.machine,
        CASE WHEN t.attempt = $2 AND t.state = 2 THEN t.slot END AS slot, t.attempt = $2 AND t.state IN (-1, 2) AS runs
      FROM \(schema).task AS t LEFT JOIN \(schema).attempt AS a ON a.task = t.id AND a.n = $2
      LEFT JOIN \(schema).worker AS w ON w.id = t.owner WHERE t.id = $1
      """,
      [PostgresValue(id), PostgresValue(attempt), PostgresValue(from + 1), PostgresValue(min(limit, Int(Int32.max)))]
    ).first
    guard let row else { return nil }
    if row.bool("kept") { return row.bytes("part") }
    if row.text("how") != nil {
      return row.integer("length") > 0 ? try pieces(id, attempt, stream, from: from, limit: limit) : []
    }
    guard row.bool("runs") else { return nil }
    guard let owner = row.text("owner"), let slot = row.optionalInteger("slot") else { return [] }
    if isLocal(row.text("machine")) {
      // The file of its slot serves one task after the other, and was this one's if it still runs afterwards.
      let bytes = LocalSpool.read(spool.slotLog(owner, Int(slot), stream), from: from, limit: limit) ?? []
      guard let now = try task(id), now.state == .running, now.attempt == attempt else {
        return try output(id, attempt: attempt, stream, from: from, limit: limit)
      }
      return bytes
    }
    // Who asks for the first time waits until the worker has heard of it.
    let isNew = try watch(id)
    for _ in 0..<(isNew && from == 0 ? 8 : 0) {
      let found = try pieces(id, attempt, stream, from: from, limit: limit)
      if !found.isEmpty { return found }
      usleep(200_000)
    }
    return try pieces(id, attempt, stream, from: from, limit: limit)
  }

  /// Tells the worker of a task on another machine that somebody looks.
  private func watch(_ id: Int64) throws -> Bool {
    let isNew =
      try run(
        """
        INSERT INTO \(schema).watch AS o SELECT $1, \(clockSQL) + \(PostgresTaskQueue.watching) ON CONFLICT (task) DO UPDATE
        SET until = excluded.until WHERE o.until < excluded.until - \(PostgresTaskQueue.watching / 2)
        """, [PostgresValue(id)]
      ).changed == 1
    if isNew { wake() }
    return isNew
  }

  private func pieces(_ id: Int64, _ attempt: Int64, _ stream: TaskStream, from: Int, limit: Int) throws -> [UInt8] {
    var result: [UInt8] = []
    let size = PostgresTaskQueue.piece
    while result.count < limit {
      let at = from + result.count
      let row = try run(
        """
        SELECT substr(bytes, ($4 - start + 1)::int, $5) AS part FROM \(schema).output WHERE task = $1 AND n = $2 AND stream = $3
          AND start <= $4 AND start > $4 - \(size) AND start + length(bytes) > $4 ORDER BY start DESC LIMIT 1
        """,
        [
          PostgresValue(id), PostgresValue(attempt), PostgresValue(PostgresTaskQueue.number(stream)), PostgresValue(at),
          PostgresValue(min(size, limit - result.count)),
        ]
      ).first
      guard let part = row?.bytes("part"), !part.isEmpty else { break }
      result += part
    }
    return result
  }

  package func outputFile(_ id: Int64, attempt: Int64, _ stream: TaskStream) throws -> String? { nil }
}
