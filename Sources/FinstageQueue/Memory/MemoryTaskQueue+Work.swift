import FinstageCore
import FinstageProcess
import FinstageSystem

/// What workers do: turns, claims, and what is lost with a worker.
extension MemoryTaskQueue {
  package func register(_ worker: WorkerIdentity, slots: Int) throws {
    workersByID[worker.id] = WorkerRecord(
      identity: worker, started: now, slots: Int64(slots), completed: 0, failed: 0, tasks: [], now: now)
  }

  package func unregister(_ worker: String) throws { workersByID[worker] = nil }

  package func setSlots(_ slots: Int, worker: String) throws -> Bool {
    workersByID[worker]?.slots = Int64(slots)
    wake()
    return workersByID[worker] != nil
  }

  /// Whether an attempt is the current one of a task that a worker holds.
  func isCurrent(_ id: Int64, _ attempt: Int64, _ worker: String) -> Bool {
    guard let record = items[id]?.record else { return false }
    return record.attempt == attempt && record.owner == worker && record.state.isHeld
  }

  package func turn(_ worker: String, _ work: WorkerTurn) throws -> WorkerOrders {
    for start in work.started
    where isCurrent(start.id, start.attempt, worker) && items[start.id]?.record.state == .claimed {
      move(start.id, to: .running)
      items[start.id]?.record.began = now - start.ran
      items[start.id]?.record.pid = Int64(start.pid)
      items[start.id]?.record.slot = start.slot
      items[start.id]?.start = start.start
      changeAttempt(start.id, start.attempt) { $0.record.began = now - start.ran }
    }
    for report in work.progress where isCurrent(report.id, report.attempt, worker) {
      items[report.id]?.record.progress = report.share
      items[report.id]?.record.note = report.note
    }
    for outcome in work.ended { settle(outcome, worker) }
    promote()
    fire()
    var orders = WorkerOrders()
    var nextDue: Int64?
    if work.wanted > 0 && !isPaused { orders.claimed = claim(work.wanted, worker, work.starvation, &nextDue) }
    for item in items.values {
      let record = item.record
      if record.owner == worker, record.isCancelRequested, record.state.isHeld { orders.cancelled.append(record.id) }
      if record.owner == worker, record.isStopped, record.state.isHeld { orders.paused.append(record.id) }
      if record.state == .scheduled || record.state == .retrying { nextDue = min(nextDue ?? .max, record.due) }
      if record.state == .pending { orders.ready += 1 }
      if !record.state.isFinal, !isKept(record.id) { orders.unfinished += 1 }
    }
    orders.slots = workersByID[worker].map { Int($0.slots) }
    for schedule in schedulesByName.values {
      if let next = schedule.record.next { nextDue = min(nextDue ?? .max, next) }
    }
    orders.nextDueIn = nextDue.map { max(0, $0 - now) }
    return orders
  }

  /// Whether a task waits for a release, its own or that of another.
  func isKept(_ id: Int64) -> Bool {
    guard let item = items[id], !item.record.state.isFinal else { return false }
    return item.record.state == .paused || item.parents.contains { isKept($0.id) }
  }

  func changeAttempt(_ id: Int64, _ number: Int64, _ change: (inout Attempt) -> Void) {
    guard let place = items[id]?.attempts.firstIndex(where: { $0.record.number == number }) else { return }
    change(&items[id]!.attempts[place])
  }

  func promote() {
    for item in items.values where item.record.state == .scheduled || item.record.state == .retrying {
      if item.record.due <= now { move(item.record.id, to: .pending) }
    }
    for item in items.values {
      guard let expires = item.expires, expires <= now, !item.record.state.isFinal, !item.record.state.isHeld else {
        continue
      }
      move(item.record.id, to: .failed, reason: "expired")
    }
  }

  func claim(
    _ count: Int, _ worker: String, _ starvation: Int64?, _ nextDue: inout Int64?
  ) -> [ClaimedTask] {
    func rank(_ record: TaskRecord) -> (Int64, Int64, Int64) {
      let waited = starvation.map { max(0, now - record.due) / max($0, 1) } ?? 0
      return (record.priority.level - waited, record.due, record.id)
    }
    let places = [""] + (workersByID[worker]?.identity.places ?? [])
    let ready = items.values.map(\.record)
      .filter { $0.state == .pending && $0.parents == 0 && places.contains($0.place) }
      .sorted { rank($0) < rank($1) }
    var claimed: [ClaimedTask] = []
    for record in ready {
      if claimed.count == count { break }
      guard let lane = groupsByName[record.group], !lane.group.isPaused,
        lane.group.limit.map({ lane.group.running < $0 }) ?? true
      else { continue }
      if let gap = lane.group.gap {
        // A clock that was set back must not hold a group up.
        if lane.next > now * 1000 && lane.next - now * 1000 <= gap {
          nextDue = min(nextDue ?? .max, (lane.next + 999) / 1000)
          continue
        }
        groupsByName[record.group]?.next = now * 1000 + gap
      }
      claimed.append(take(record.id, worker))
    }
    return claimed
  }

  func take(_ id: Int64, _ worker: String) -> ClaimedTask {
    move(id, to: .claimed)
    items[id]!.record.attempt += 1
    items[id]!.record.owner = worker
    items[id]!.record.began = nil
    items[id]!.record.status = nil
    items[id]!.record.reason = nil
    items[id]!.record.progress = nil
    items[id]!.record.note = nil
    items[id]!.record.isStopped = false
    let item = items[id]!
    items[id]!.attempts.append(
      Attempt(record: AttemptRecord(number: item.record.attempt, owner: worker)))
    return ClaimedTask(
      id: id, attempt: item.record.attempt, arguments: item.task.arguments, folder: item.task.folder,
      hasCleanEnvironment: item.task.hasCleanEnvironment, environment: item.task.environment, input: item.task.input,
      timeout: item.task.timeout)
  }

  func settle(_ outcome: AttemptOutcome, _ worker: String) {
    let isCurrent = isCurrent(outcome.id, outcome.attempt, worker)
    if outcome.end == .notBegun {
      if isCurrent { unclaim(outcome.id) }
      return
    }
    let began = now - outcome.ran
    changeAttempt(outcome.id, outcome.attempt) { attempt in
      attempt.record.began = began
      attempt.record.ended = now
      attempt.record.status = outcome.status
      attempt.record.how = outcome.end.name
      attempt.record.userMicroseconds = outcome.userMicroseconds
      attempt.record.systemMicroseconds = outcome.systemMicroseconds
      attempt.record.peakKilobytes = outcome.peakKilobytes
      attempt.record.outputLength = outcome.outputLength
      attempt.record.logLength = outcome.logLength
      attempt.output = outcome.output
      attempt.log = outcome.log
    }
    guard isCurrent, let item = items[outcome.id] else { return }
    attemptEnds[outcome.end.name, default: 0] += 1
    endTimes.append(now)
    waiting.note(Double(max(0, began - item.record.due)) / 1000)
    runTimes.note(Double(outcome.ran) / 1000)
    let (state, reason, wait) = outcome.verdict(
      failures: item.record.failures, policy: item.task.retry, isCancelled: item.record.isCancelRequested,
      chance: Double.random(in: 0..<1))
    if state == .retrying || state == .failed { items[outcome.id]?.record.failures += 1 }
    items[outcome.id]?.record.status = outcome.status
    items[outcome.id]?.record.began = began
    if state == .retrying { items[outcome.id]?.record.due = now + wait }
    move(outcome.id, to: state, reason: reason)
    if state == .completed {
      workersByID[worker]?.completed += 1
    } else if state.isFinal {
      workersByID[worker]?.failed += 1
    }
  }

  /// Takes a claim back, as if it had not been.
  func unclaim(_ id: Int64) {
    guard let record = items[id]?.record else { return }
    items[id]?.attempts.removeLast()
    items[id]?.record.attempt -= 1
    items[id]?.record.began = nil
    move(
      id, to: record.isCancelRequested ? .cancelled : .pending, reason: record.isCancelRequested ? "cancelled" : nil)
  }

  package func running() throws -> [RunningAttempt] {
    items.values.filter(\.record.state.isHeld).map { item in
      RunningAttempt(
        id: item.record.id, attempt: item.record.attempt, owner: item.record.owner ?? "",
        pid: Int32(truncatingIfNeeded: item.record.pid), start: item.start, slot: item.record.slot,
        boot: workersByID[item.record.owner ?? ""]?.identity.boot)
    }
  }

  package func giveBack(_ lost: RunningAttempt, _ loss: LostAttempt) throws {
    guard isCurrent(lost.id, lost.attempt, lost.owner), let record = items[lost.id]?.record else { return }
    defer { wake() }
    guard loss.hasBegun else { return unclaim(lost.id) }
    items[lost.id]?.record.losses += 1
    changeAttempt(lost.id, lost.attempt) { attempt in
      attempt.record.ended = now
      attempt.record.how = "lost"
      attempt.output = loss.output
      attempt.log = loss.log
      attempt.record.outputLength = loss.outputLength
      attempt.record.logLength = loss.logLength
    }
    attemptEnds["lost", default: 0] += 1
    endTimes.append(now)
    let state: TaskState = record.isCancelRequested ? .cancelled : record.losses + 1 >= 3 ? .dead : .pending
    move(lost.id, to: state, reason: record.isCancelRequested ? "cancelled" : "lost")
  }
}
