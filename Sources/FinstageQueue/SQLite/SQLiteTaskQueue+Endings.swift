import FinstageCore
import FinstageStore

/// The effects of the end of a task on the tasks that wait for it.
extension SQLiteTaskQueue {
  /// Called in the transaction in which a task reaches a final state.
  func hasEnded(_ id: Int64) throws {
    try noteScheduleEnd(id)
    try raiseAlarm(id)
    endings.append(id)
    // A loop instead of recursion, because a chain may be very long.
    guard !isTelling else { return }
    isTelling = true
    defer {
      isTelling = false
      endings = []
    }
    while let next = endings.popLast() { try tell(next) }
  }

  /// Adds the alarm of a task that has failed for good.
  private func raiseAlarm(_ id: Int64) throws {
    let row = try database.prepare("SELECT alarm, env FROM task WHERE id = ? AND state IN (5, 7)").bind(1, id)
    guard try row.step() else { return row.reset() }
    let (own, variables) = (row.text(0), row.text(1))
    row.reset()
    guard let task = try task(id),
      let command = FailureAlarm.command(for: task, own: own, standard: try own == nil ? onFailure() : nil)
    else { return }
    let environment = StoredText.environment(variables)
    let attempt = try attempts(id).last { $0.number == task.attempt }
    // Of a log beyond the limit only the beginning and the end are kept: its length does not tell where the end is.
    func end(_ stream: TaskStream, _ length: Int64) throws -> [UInt8] {
      if length == 0 { return [] }
      let all = try output(id, attempt: task.attempt, stream, from: 0, limit: 64 << 20) ?? []
      return Array(all.suffix(FailureAlarm.logSize))
    }
    var log = try end(.log, attempt?.logLength ?? 0)
    if log.isEmpty { log = try end(.output, attempt?.outputLength ?? 0) }
    _ = try insert(FailureAlarm.task(command, for: task, environment: environment, log: log))
  }

  /// Lets the children of a task continue, or cancels them.
  private func tell(_ parent: Int64) throws {
    let edges = try database.prepare(
      """
      SELECT edge.child, edge.cond, task.state FROM edge JOIN task ON task.id = edge.child
      WHERE edge.parent = ? AND task.state IN (-2, 0, 1, 3) AND task.parents > 0
      """
    ).bind(1, parent)
    var children: [(id: Int64, condition: String, state: TaskState)] = []
    while try edges.step() {
      children.append(
        (edges.integer(0), edges.text(1) ?? "", TaskState(rawValue: edges.integer(2)) ?? .pending))
    }
    guard !children.isEmpty, let task = try task(parent) else { return }
    let outcome = outcome(task)
    for child in children {
      let condition = (try? OutcomeCondition(child.condition)) ?? .completed
      if try condition.holds(outcome) {
        try database.prepare("UPDATE task SET parents = parents - 1, due = max(due, ?) WHERE id = ? AND parents > 0")
          .bind(1, now).bind(2, child.id).run()
      } else {
        try move(child.id, from: child.state, to: .cancelled, reason: "condition")
      }
    }
  }

  func outcome(_ task: TaskRecord) -> OutcomeCondition.Outcome {
    var seconds: Double?
    if let began = task.began, let ended = task.ended { seconds = Double(ended - began) / 1000 }
    return OutcomeCondition.Outcome(
      state: task.state, status: task.status, attempts: task.attempt, seconds: seconds,
      output: { try self.outputText(task.id, attempt: task.attempt) })
  }

  /// What an attempt printed, at most the first mebibyte.
  func outputText(_ id: Int64, attempt: Int64) throws -> [UInt8] {
    try output(id, attempt: attempt, .output, from: 0, limit: 1 << 20) ?? []
  }

  func reopen(_ task: TaskRecord, parents: Int64) throws {
    try database.prepare(
      """
      UPDATE task SET state = 0, failures = 0, losses = 0, cancel = 0, due = ?, ended = NULL, status = NULL, reason = NULL,
        expires = NULL, parents = ? WHERE id = ?
      """
    ).bind(1, now).bind(2, parents).bind(3, task.id).run()
    try note(task.id, task.state, .pending, "retry")
  }

  /// Lets tasks that were cancelled because of the outcome of this one wait again, all the way down the graph, unless
  /// the outcome of another task still rules them out.
  func reviveChildren(of id: Int64) throws {
    var reached: [Int64] = []
    var known: Set<Int64> = [id]
    var parents = [id]
    while let parent = parents.popLast() {
      let statement = try database.prepare(
        """
        SELECT task.id FROM edge JOIN task ON task.id = edge.child
        WHERE edge.parent = ? AND task.state = 6 AND task.reason = 'condition' ORDER BY task.id
        """
      ).bind(1, parent)
      while try statement.step() {
        let child = statement.integer(0)
        if known.insert(child).inserted {
          reached.append(child)
          parents.append(child)
        }
      }
    }
    // Parents first: what stays cancelled above rules out what is below.
    for child in try TaskGraph.sorted(reached, parents: allParents) {
      guard let task = try task(child), try unfinishedKey(task) == nil else { continue }
      let edges = try database.prepare("SELECT parent, cond FROM edge WHERE child = ?").bind(1, child)
      var waits: Int64 = 0
      var isUnwanted = false
      var conditions: [(Int64, String)] = []
      while try edges.step() { conditions.append((edges.integer(0), edges.text(1) ?? "")) }
      for (parent, text) in conditions {
        guard let other = try self.task(parent) else { continue }
        if !other.state.isFinal {
          waits += 1
        } else if try !((try? OutcomeCondition(text)) ?? .completed).holds(outcome(other)) {
          isUnwanted = true
        }
      }
      if !isUnwanted { try reopen(task, parents: waits) }
    }
  }

  private func unfinishedKey(_ task: TaskRecord) throws -> Int64? {
    guard let key = task.uniqueKey else { return nil }
    return try unfinished(key)?.id
  }

  private func allParents(of id: Int64) throws -> [Int64] {
    let statement = try database.prepare("SELECT parent FROM edge WHERE child = ?").bind(1, id)
    var ids: [Int64] = []
    while try statement.step() { ids.append(statement.integer(0)) }
    return ids
  }

  package func parents(of id: Int64) throws -> [Int64] {
    let statement = try database.prepare(
      "SELECT edge.parent FROM edge JOIN task ON task.id = edge.parent WHERE edge.child = ? AND task.state < 4 ORDER BY 1"
    ).bind(1, id)
    var ids: [Int64] = []
    while try statement.step() { ids.append(statement.integer(0)) }
    return ids
  }
}
