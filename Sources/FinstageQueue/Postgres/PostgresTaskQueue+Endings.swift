import FinstageCore
import FinstagePostgres
import FinstageSystem

/// The effects of the end of a task on the tasks that wait for it.
///
/// The statement that ends a task marks it (`telling`) if its end has consequences; each is then seen to in a transaction of its own, by
/// whichever worker looks first. So a turn is one round trip, and nothing is forgotten if the worker that ended the task dies in between.
extension PostgresTaskQueue {
  /// Moves a task to a new state if it is still in the old one; returns whether it was.
  @discardableResult
  func move(_ id: Int64, from old: TaskState, to new: TaskState, reason: String? = nil) throws -> Bool {
    let isFinal = new.isFinal
    let changed = try run(
      """
      UPDATE \(schema).task SET state = $2::smallint, reason = coalesce($3::text, reason)\(isFinal ? ", ended = \(clockSQL), telling = \(mustTell("$2::smallint"))" : ""),
        hist = \(history("$2::smallint", note: "$3::text"))
      WHERE id = $1 AND state = $4
      """, [PostgresValue(id), PostgresValue(new.rawValue), PostgresValue(reason), PostgresValue(old.rawValue)]
    ).changed
    guard changed == 1 else { return false }
    if isFinal { try count(ended: new, by: 1) }
    return true
  }

  /// How long one transaction goes on with ends, seconds.
  private static let telling = 0.2

  /// Sees to the ends that have consequences, until none is left.
  ///
  /// One process at a time does this, so that two of them do not wait for each other's tasks.
  /// - Parameters:
  ///   - waits: for another one that is at it.
  ///   - isWhole: false to leave after one portion: a worker has tasks to begin.
  /// - Returns: false if another one is at it, or there is more.
  @discardableResult
  func tellAll(waits: Bool = false, isWhole: Bool = true) throws -> Bool {
    var isCareful = false
    while true {
      try beatIfDue()
      do {
        switch try patiently(PostgresTaskQueue.longWork, { try tellSome(waits: waits, most: isCareful ? 1 : .max) }) {
        case .done(let count):
          // Nobody has been told yet of the tasks that may begin now.
          if count > 0 { wakeSleepers() }
          return true
        case .more:
          isCareful = false
          wakeSleepers()
          if !isWhole { return false }
        case .taken: return false
        }
      } catch let failure as PostgresError where failure.code == "55P03" && untold != nil {
        // Somebody holds a task that it is about, or one that waits for it.
        if let untold { avoided[untold] = SystemClock.monotonic + 5 }
      } catch let failure where isOfOneTask(failure) {
        // One of them cannot be told: it is found by itself, and set aside, so that it does not hold up all others.
        guard isCareful else {
          isCareful = true
          continue
        }
        try setAside(failure)
      }
    }
  }

  private enum Telling { case done(Int), more, taken }

  /// Held by whoever tells, to the end of its transaction.
  static let tellingLock = "pg_advisory_xact_lock(hashtext($1))"
  var tellingKey: PostgresValue { PostgresValue("\(schema) telling") }

  /// For transactions that others wait for: whoever is cut off in the middle, or waits itself, lets go.
  static let shortLived = """
    set_config('idle_in_transaction_session_timeout', '10000', true), set_config('lock_timeout', '1000', true),
      set_config('statement_timeout', '15000', true)
    """

  private func tellSome(waits: Bool, most: Int) throws -> Telling {
    untold = nil
    let now = SystemClock.monotonic
    avoided = avoided.filter { $0.value > now }
    return try write {
      if waits {
        try run("SELECT \(PostgresTaskQueue.tellingLock), \(PostgresTaskQueue.shortLived)", [tellingKey])
      } else if try run(
        "SELECT pg_try_advisory_xact_lock(hashtext($1)) AS mine, \(PostgresTaskQueue.shortLived)", [tellingKey]
      ).first?.bool("mine") != true {
        return .taken
      }
      let end = SystemClock.monotonic + PostgresTaskQueue.telling
      var count = 0
      while count == 0 || (count < most && SystemClock.monotonic < end) {
        let row = try run(
          """
          SELECT \(TaskRecord.columns) FROM \(schema).task WHERE telling AND id <> ALL($1::bigint[]) ORDER BY id LIMIT 1
          """, [PostgresValue(Array(avoided.keys))]
        ).first
        guard let task = row.map({ TaskRecord($0) }) else { return .done(count) }
        untold = task.id
        try run("UPDATE \(schema).task SET telling = false WHERE id = $1", [PostgresValue(task.id)])
        if task.schedule != nil { try noteScheduleEnd(task.id) }
        if task.state == .failed || task.state == .dead { try tryToRaiseAlarm(task) }
        try tell(task)
        count += 1
      }
      return .more
    }
  }

  /// Adds the alarm of a task; if that fails, its history says so, and the end of the task is still told.
  private func tryToRaiseAlarm(_ task: TaskRecord) throws {
    try run("SAVEPOINT alarm")
    do {
      try raiseAlarm(task)
      try run("RELEASE SAVEPOINT alarm")
    } catch let failure where isOfOneTask(failure) {
      try run("ROLLBACK TO SAVEPOINT alarm")
      try remark(task.id, "its alarm could not be added: \(failure.sentence)")
    }
  }

  /// A line in the history of a task.
  private func remark(_ id: Int64, _ text: String) throws {
    try run(
      "UPDATE \(schema).task SET hist = \(history("state", note: "$2::text")) WHERE id = $1",
      [PostgresValue(id), PostgresValue(text)])
  }

  func isOfOneTask(_ failure: any Error) -> Bool {
    guard let error = failure as? PostgresError else { return true }
    return error.kind == .refused || error.kind == .notUnique
  }

  /// Gives up an end that cannot be told, and what waits for it; its history says so.
  private func setAside(_ failure: any Error) throws {
    guard let id = untold else { throw failure }
    untold = nil
    try write {
      try run("UPDATE \(schema).task SET telling = false WHERE id = $1", [PostgresValue(id)])
      try remark(id, "what waits for it could not be told: \(failure.sentence)")
      let children = try run(
        """
        SELECT t.id FROM \(schema).edge AS e JOIN \(schema).task AS t ON t.id = e.child
        WHERE e.parent = $1 AND t.state IN (-2, 0, 1, 3) AND t.parents > 0 ORDER BY t.id FOR UPDATE OF t
        """, [PostgresValue(id)])
      try cancel(children.map { $0.integer("id") }, reason: "condition")
    }
  }

  /// Records how a run of a schedule ended, if a schedule added the task.
  private func noteScheduleEnd(_ id: Int64) throws {
    try run(
      """
      UPDATE \(schema).schedule AS s SET total = total + 1, succeeded = succeeded + (t.state = 4)::int, last_status = t.status,
        last_seconds = (t.ended - t.began) / 1000.0 FROM \(schema).task AS t WHERE t.id = $1 AND s.name = t.job
      """, [PostgresValue(id)])
  }

  /// Adds the alarm of a task that has failed for good.
  private func raiseAlarm(_ task: TaskRecord) throws {
    let id = task.id
    let row = try run("SELECT alarm, env FROM \(schema).task WHERE id = $1", [PostgresValue(id)]).first
    let own = row?.text("alarm")
    guard let command = FailureAlarm.command(for: task, own: own, standard: try own == nil ? onFailure() : nil) else {
      return
    }
    let attempt = try attempts(id).last { $0.number == task.attempt }
    func end(_ stream: TaskStream, _ length: Int64) throws -> [UInt8] {
      if length == 0 { return [] }
      return Array(
        try (output(id, attempt: task.attempt, stream, from: 0, limit: 64 << 20) ?? []).suffix(FailureAlarm.logSize))
    }
    var log = try end(.log, attempt?.logLength ?? 0)
    if log.isEmpty { log = try end(.output, attempt?.outputLength ?? 0) }
    let environment = StoredText.environment(row?.text("env"))
    _ = try insert(FailureAlarm.task(command, for: task, environment: environment, log: log))
  }

  /// Lets the children of a task continue, or cancels them.
  private func tell(_ task: TaskRecord) throws {
    let children = try run(
      """
      SELECT t.id, e.cond FROM \(schema).edge AS e JOIN \(schema).task AS t ON t.id = e.child
      WHERE e.parent = $1 AND t.state IN (-2, 0, 1, 3) AND t.parents > 0 ORDER BY t.id FOR UPDATE OF t
      """, [PostgresValue(task.id)])
    guard !children.isEmpty, task.state.isFinal else { return }
    let outcome = outcome(task)
    var verdicts: [String: Bool] = [:]
    var (free, unwanted): ([Int64], [Int64]) = ([], [])
    for child in children {
      let text = child.text("cond") ?? ""
      if verdicts[text] == nil { verdicts[text] = try ((try? OutcomeCondition(text)) ?? .completed).holds(outcome) }
      if verdicts[text] == true { free.append(child.integer("id")) } else { unwanted.append(child.integer("id")) }
    }
    if !free.isEmpty {
      try run(
        "UPDATE \(schema).task SET parents = parents - 1, due = greatest(due, \(clockSQL)) WHERE id = ANY($1::bigint[]) AND parents > 0",
        [PostgresValue(free)])
    }
    try cancel(unwanted, reason: "condition")
  }

  /// Cancels tasks that wait.
  func cancel(_ ids: [Int64], reason: String) throws {
    guard !ids.isEmpty else { return }
    try run(
      """
      WITH d AS (UPDATE \(schema).task SET state = 6, reason = $2::text, ended = \(clockSQL), telling = \(mustTell("6")),
        hist = \(history("6", note: "$2::text")) WHERE id = ANY($1::bigint[]) AND state IN (-2, 0, 1, 3) RETURNING 1)
      INSERT INTO \(schema).figure_log SELECT ARRAY['state 6'], ARRAY[count(*)] FROM d HAVING count(*) > 0
      """, [PostgresValue(ids), PostgresValue(reason)])
  }

  func outcome(_ task: TaskRecord) -> OutcomeCondition.Outcome {
    OutcomeCondition.Outcome(
      state: task.state, status: task.status, attempts: task.attempt, seconds: task.seconds,
      output: { try self.output(task.id, attempt: task.attempt, .output, from: 0, limit: 1 << 20) ?? [] })
  }

  func reopen(_ task: TaskRecord, parents: Int64) throws {
    try run(
      """
      UPDATE \(schema).task SET state = 0, failures = 0, losses = 0, cancel = false, due = \(clockSQL), ended = NULL, status = NULL,
        reason = NULL, expires = NULL, telling = false, parents = $2, hist = \(history("0", note: "'retry'")) WHERE id = $1
      """, [PostgresValue(task.id), PostgresValue(parents)])
    try count(ended: task.state, by: -1)
  }

  /// Lets tasks that were cancelled because of the outcome of this one wait again, all the way down the graph, unless
  /// the outcome of another task still rules them out.
  func reviveChildren(of id: Int64) throws {
    var reached: [Int64] = []
    var known: Set<Int64> = [id]
    var parents = [id]
    while let parent = parents.popLast() {
      let found = try run(
        """
        SELECT t.id FROM \(schema).edge AS e JOIN \(schema).task AS t ON t.id = e.child
        WHERE e.parent = $1 AND t.state = 6 AND t.reason = 'condition' ORDER BY t.id FOR UPDATE OF t
        """, [PostgresValue(parent)])
      for child in found.map({ $0.integer("id") }) where known.insert(child).inserted {
        reached.append(child)
        parents.append(child)
      }
    }
    // Parents first: what stays cancelled above rules out what is below.
    for child in try TaskGraph.sorted(reached, parents: allParents) {
      guard let task = try task(child) else { continue }
      if let key = task.uniqueKey, try unfinished(key) != nil { continue }
      var waits: Int64 = 0
      var isUnwanted = false
      for edge in try run(
        """
        SELECT e.parent, e.cond, p.state < 4 OR p.telling AS open FROM \(schema).edge AS e JOIN \(schema).task AS p ON p.id = e.parent
        WHERE e.child = $1
        """, [PostgresValue(child)])
      {
        if edge.bool("open") {
          waits += 1
        } else if let other = try self.task(edge.integer("parent")),
          try !(edge.text("cond").flatMap { try? OutcomeCondition($0) } ?? .completed).holds(outcome(other))
        {
          isUnwanted = true
        }
      }
      if !isUnwanted { try reopen(task, parents: waits) }
    }
  }

  private func allParents(of id: Int64) throws -> [Int64] {
    try run("SELECT parent FROM \(schema).edge WHERE child = $1", [PostgresValue(id)]).map { $0.integer("parent") }
  }

  package func parents(of id: Int64) throws -> [Int64] {
    try run(
      """
      SELECT e.parent FROM \(schema).edge AS e JOIN \(schema).task AS t ON t.id = e.parent WHERE e.child = $1 AND t.state < 4
      ORDER BY 1
      """, [PostgresValue(id)]
    ).map { $0.integer("parent") }
  }
}
