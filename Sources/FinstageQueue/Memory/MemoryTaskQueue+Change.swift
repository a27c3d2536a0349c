import FinstageCore
import FinstageProcess
import FinstageSystem

/// How tasks change and end, and what becomes of those that wait for them.
extension MemoryTaskQueue {
  /// Gives a task a new state, whatever it was.
  func move(_ id: Int64, to state: TaskState, reason: String? = nil, note: String? = nil) {
    guard let old = items[id]?.record else { return }
    items[id]?.record.state = state
    if let reason { items[id]?.record.reason = reason }
    if state.isFinal { items[id]?.record.ended = now }
    if !state.isHeld {
      items[id]?.record.owner = nil
      items[id]?.record.slot = nil
      items[id]?.record.pid = 0
    }
    items[id]?.events.append(TaskEvent(at: now, state: state, note: note ?? reason))
    let change: Int64 = (state.isHeld ? 1 : 0) - (old.state.isHeld ? 1 : 0)
    groupsByName[old.group]?.group.running += change
    guard state.isFinal else { return }
    if let name = old.schedule, let record = items[id]?.record {
      schedulesByName[name]?.record.total += 1
      if state == .completed { schedulesByName[name]?.record.succeeded += 1 }
      schedulesByName[name]?.record.lastStatus = record.status
      schedulesByName[name]?.record.lastSeconds = record.seconds
    }
    if let item = items[id],
      let command = FailureAlarm.command(for: item.record, own: item.task.onFailure, standard: failureCommand)
    {
      let log = item.attempts.last.flatMap { $0.log?.isEmpty == false ? $0.log : $0.output } ?? []
      _ = insert(
        FailureAlarm.task(
          command, for: item.record, environment: item.task.environment, log: Array(log.suffix(FailureAlarm.logSize))))
    }
    tellChildren(of: id)
  }

  /// One after the other: a chain may be very long.
  func tellChildren(of id: Int64) {
    endings.append(id)
    guard endings.count == 1 else { return }
    while let parent = endings.first {
      for child in items[parent]?.children ?? [] {
        guard let item = items[child], !item.record.state.isFinal, item.record.parents > 0 else { continue }
        let conditions = item.parents.filter { $0.id == parent }.map(\.condition)
        if conditions.allSatisfy({ (try? $0.holds(outcome(parent))) == true }) {
          items[child]?.record.parents -= 1
          items[child]?.record.due = max(item.record.due, now)
        } else {
          move(child, to: .cancelled, reason: "condition")
        }
      }
      endings.removeFirst()
    }
  }

  func outcome(_ id: Int64) -> OutcomeCondition.Outcome {
    let item = items[id]!
    return OutcomeCondition.Outcome(
      state: item.record.state, status: item.record.status, attempts: item.record.attempt, seconds: item.record.seconds,
      output: { item.attempts.last?.output ?? [] })
  }

  package func cancel(_ id: Int64) throws -> TaskState? {
    guard let state = items[id]?.record.state else { return nil }
    if state.isHeld {
      items[id]?.record.isCancelRequested = true
    } else if !state.isFinal {
      move(id, to: .cancelled, reason: "cancelled")
    }
    wake()
    return state
  }

  package func retry(_ id: Int64) throws -> TaskState? {
    guard let record = items[id]?.record else { return nil }
    guard record.state.isFinal else { return record.state }
    if let key = record.uniqueKey, let known = unfinished(key) { throw TaskRefusal.notUnique(key: key, id: known.id) }
    reopen(id)
    var reached: [Int64] = []
    var parents = [id]
    while let parent = parents.popLast() {
      for child in items[parent]?.children.sorted() ?? [] {
        guard let record = items[child]?.record, record.state == .cancelled, record.reason == "condition",
          !reached.contains(child)
        else { continue }
        reached.append(child)
        parents.append(child)
      }
    }
    for child in TaskGraph.sorted(reached, parents: { items[$0]?.parents.map(\.id) ?? [] }) {
      guard let item = items[child] else { continue }
      if let key = item.record.uniqueKey, unfinished(key) != nil { continue }
      func isOpen(_ parent: Int64) -> Bool {
        items[parent]?.record.state.isFinal == false
      }
      let isUnwanted = item.parents.contains { parent in
        !isOpen(parent.id) && items[parent.id] != nil && (try? parent.condition.holds(outcome(parent.id))) != true
      }
      if isUnwanted { continue }
      let waits = item.parents.count { isOpen($0.id) }
      reopen(child)
      items[child]?.record.parents = Int64(waits)
    }
    wake()
    return record.state
  }

  func reopen(_ id: Int64) {
    move(id, to: .pending, note: "retry")
    items[id]?.record.failures = 0
    items[id]?.record.losses = 0
    items[id]?.record.isCancelRequested = false
    items[id]?.record.due = now
    items[id]?.record.ended = nil
    items[id]?.record.status = nil
    items[id]?.record.reason = nil
    items[id]?.record.parents = 0
    items[id]?.expires = nil
  }

  package func edit(_ id: Int64, _ change: (NewTask) throws -> NewTask) throws -> TaskState? {
    guard let item = items[id] else { return nil }
    let record = item.record
    guard !record.state.isFinal, !record.state.isHeld else { return record.state }
    var old = item.task
    old.due = record.due
    old.expiresIn = item.expires.map { max(10, $0 - max(record.due, now)) }
    let new = try change(old)
    if let key = new.uniqueKey, let known = unfinished(key), known.id != id {
      throw TaskRefusal.notUnique(key: key, id: known.id)
    }
    if groupsByName[new.group] == nil { groupsByName[new.group] = Group(group: QueueGroup(name: new.group)) }
    items[id]?.task = new
    items[id]?.expires = new.expiresIn.map { max(record.due, now) + $0 }
    items[id]?.record.priority = new.priority
    items[id]?.record.arguments = new.arguments
    items[id]?.record.folder = new.folder
    items[id]?.record.tags = new.tags
    items[id]?.record.group = new.group
    items[id]?.record.place = new.place
    items[id]?.record.uniqueKey = new.uniqueKey
    items[id]?.record.retries = new.retry.retries
    items[id]?.events.append(TaskEvent(at: now, state: record.state, note: "edited"))
    wake()
    return record.state
  }

  package func pause(_ id: Int64, _ isPaused: Bool) throws -> TaskState? {
    guard let record = items[id]?.record else { return nil }
    if record.state.isHeld {
      items[id]?.record.isStopped = isPaused
    } else if !record.state.isFinal, (record.state == .paused) != isPaused {
      let waiting = TaskState.waiting(due: record.due, now: now, failures: record.failures)
      move(id, to: isPaused ? .paused : waiting)
      if !isPaused { items[id]?.record.due = max(record.due, now) }
    }
    wake()
    return record.state
  }

  package func purge(before: Int64, states: [TaskState], limit: Int) throws -> Int {
    let old = items.values.filter { item in
      guard item.record.state.isFinal, states.contains(item.record.state), let ended = item.record.ended, ended < before
      else { return false }
      // Results stay until they have been gathered.
      return item.record.gatherer.flatMap { items[$0]?.record.state.isFinal } ?? true
    }
    for item in old.prefix(limit) {
      if item.record.state == .completed { purgedCompleted += 1 }
      items[item.record.id] = nil
    }
    return min(old.count, limit)
  }

  package func onFailure() -> String? { failureCommand }
  package func setOnFailure(_ command: String?) { failureCommand = command }

  package func pause(_ isPaused: Bool) throws {
    self.isPaused = isPaused
    wake()
  }

  package func change(group name: String, _ change: QueueGroupChange) throws {
    var group = groupsByName[name] ?? Group(group: QueueGroup(name: name))
    if let limit = change.limit { group.group.limit = limit }
    if let gap = change.gap { group.group.gap = gap }
    if let isPaused = change.isPaused { group.group.isPaused = isPaused }
    groupsByName[name] = group
    wake()
  }
}
