import FinstageCore
import FinstageProcess
import FinstageSystem

/// A queue in the memory of one process: nothing is kept beyond it. For tests, and as the shortest engine there can be.
///
/// Used by one thread.
package final class MemoryTaskQueue: TaskQueue {
  /// A task with what only the queue knows of it.
  private struct Item {
    var record: TaskRecord
    var task: NewTask
    var expires: Int64?
    var start: Int64 = 0
    var events: [TaskEvent] = []
    var attempts: [Attempt] = []
    var parents: [(id: Int64, condition: OutcomeCondition)] = []
    var children: [Int64] = []
  }

  private struct Attempt {
    var record: AttemptRecord
    var output: [UInt8]?
    var log: [UInt8]?
  }

  private struct Group {
    var group: QueueGroup
    /// The earliest start of the next one, microseconds since 1970.
    var next: Int64 = 0
  }

  private struct Schedule {
    var record: ScheduleRecord
    let source: String
    var last: Int64
  }

  private let clock: QueueClock
  private let alarm = PipeAlarm()
  private var items: [Int64: Item] = [:]
  private var lastID: Int64 = 0
  private var groupsByName: [String: Group] = ["": Group(group: QueueGroup(name: ""))]
  private var workersByID: [String: WorkerRecord] = [:]
  private var schedulesByName: [String: Schedule] = [:]
  private var allFirings: [FiringRecord] = []
  private var isPaused = false
  private var purgedCompleted: Int64 = 0
  private var failureCommand: String?
  private var attemptEnds: [String: Int64] = [:]
  private var waiting = Histogram()
  private var runTimes = Histogram()
  private var endTimes: [Int64] = []

  package init(clock: QueueClock = .system) { self.clock = clock }

  package var name: String { "memory" }
  package var now: Int64 { clock.now }
  package func wake() { alarm.ring() }
  package func makeAlarm() -> any Alarm { alarm }
  package func isAlive(_ worker: String) -> Bool { workersByID[worker] != nil }

  // MARK: - Adding

  package func add(_ tasks: [NewTask], policy: UniquePolicy) throws -> [Int64] {
    let before = (items, groupsByName, lastID)
    do {
      var ids: [Int64] = []
      for task in tasks {
        if let key = task.uniqueKey, let known = unfinished(key) {
          switch policy {
          case .ignore:
            ids.append(known.id)
            continue
          case .replace where !known.state.isHeld: move(known.id, to: .cancelled, reason: "replaced")
          case .reject, .replace: throw TaskRefusal.notUnique(key: key, id: known.id)
          }
        }
        ids.append(insert(task, before: ids))
      }
      for (i, task) in tasks.enumerated() where !task.after.isEmpty { try depend(ids[i], task.after, ids) }
      wake()
      return ids
    } catch {
      (items, groupsByName, lastID) = before
      throw error
    }
  }

  private func unfinished(_ key: String) -> TaskRecord? {
    items.values.first { $0.record.uniqueKey == key && !$0.record.state.isFinal }?.record
  }

  private func insert(_ task: NewTask, before: [Int64] = []) -> Int64 {
    let (due, expires) = task.times(now: now)
    let state = task.isPaused ? TaskState.paused : due > now ? .scheduled : .pending
    if groupsByName[task.group] == nil { groupsByName[task.group] = Group(group: QueueGroup(name: task.group)) }
    lastID += 1
    let gatherer: Int64? =
      switch task.gatherer {
      case .task(let number): number
      case .added(let place): before[place]
      case nil: nil
      }
    let record = TaskRecord(
      id: lastID, state: state, priority: task.priority, arguments: task.arguments, folder: task.folder,
      tags: task.tags,
      group: task.group, parents: 0, gatherer: gatherer, item: task.item, schedule: task.schedule,
      uniqueKey: task.uniqueKey, due: due, added: now, attempt: 0, failures: 0, losses: 0, retries: task.retry.retries,
      pid: 0, isCancelRequested: false)
    items[lastID] = Item(
      record: record, task: task, expires: expires, events: [TaskEvent(at: now, state: state, note: nil)])
    return lastID
  }

  private func depend(_ id: Int64, _ after: [Dependency], _ ids: [Int64]) throws {
    var isUnwanted = false
    for dependency in after {
      let parent: Int64 =
        switch dependency.parent {
        case .task(let number): number
        case .added(let place): ids[place]
        }
      guard items[id]?.parents.contains(where: { $0.id == parent }) == false else { continue }
      guard let record = items[parent]?.record else { throw TaskRefusal.noParent(parent) }
      wait(id, for: parent, dependency.condition)
      if record.state.isFinal, try !dependency.condition.holds(outcome(parent)) { isUnwanted = true }
    }
    if isUnwanted { move(id, to: .cancelled, reason: "condition") }
  }

  private func wait(_ id: Int64, for parent: Int64, _ condition: OutcomeCondition) {
    items[id]?.parents.append((parent, condition))
    items[parent]?.children.append(id)
    if items[parent]?.record.state.isFinal == false { items[id]?.record.parents += 1 }
  }

  // MARK: - Changing

  /// Gives a task a new state, whatever it was.
  private func move(_ id: Int64, to state: TaskState, reason: String? = nil, note: String? = nil) {
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

  private var endings: [Int64] = []

  /// One after the other: a chain may be very long.
  private func tellChildren(of id: Int64) {
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

  private func outcome(_ id: Int64) -> OutcomeCondition.Outcome {
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
    for child in reached {
      guard let item = items[child] else { continue }
      if let key = item.record.uniqueKey, unfinished(key) != nil { continue }
      func isOpen(_ parent: Int64) -> Bool {
        parent == id || reached.contains(parent) || items[parent]?.record.state.isFinal == false
      }
      let isUnwanted = item.parents.contains { parent in
        !isOpen(parent.id) && items[parent.id] != nil && (try? parent.condition.holds(outcome(parent.id))) != true
      }
      if isUnwanted { continue }
      reopen(child)
      items[child]?.record.parents = Int64(item.parents.count { isOpen($0.id) })
    }
    wake()
    return record.state
  }

  private func reopen(_ id: Int64) {
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

  // MARK: - Working

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
  private func isCurrent(_ id: Int64, _ attempt: Int64, _ worker: String) -> Bool {
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
  private func isKept(_ id: Int64) -> Bool {
    guard let item = items[id], !item.record.state.isFinal else { return false }
    return item.record.state == .paused || item.parents.contains { isKept($0.id) }
  }

  private func changeAttempt(_ id: Int64, _ number: Int64, _ change: (inout Attempt) -> Void) {
    guard let place = items[id]?.attempts.firstIndex(where: { $0.record.number == number }) else { return }
    change(&items[id]!.attempts[place])
  }

  private func promote() {
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

  private func claim(
    _ count: Int, _ worker: String, _ starvation: Int64?, _ nextDue: inout Int64?
  ) -> [ClaimedTask] {
    func rank(_ record: TaskRecord) -> (Int64, Int64, Int64) {
      let waited = starvation.map { max(0, now - record.due) / max($0, 1) } ?? 0
      return (record.priority.level - waited, record.due, record.id)
    }
    let ready = items.values.map(\.record).filter { $0.state == .pending && $0.parents == 0 }
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

  private func take(_ id: Int64, _ worker: String) -> ClaimedTask {
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

  private func settle(_ outcome: AttemptOutcome, _ worker: String) {
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
  private func unclaim(_ id: Int64) {
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

  // MARK: - Asking

  package func task(_ id: Int64) throws -> TaskRecord? { items[id]?.record }

  package func tasks(_ filter: TaskFilter, limit: Int) throws -> [TaskRecord] {
    let found = items.values.map(\.record).filter { record in
      (filter.state.map { record.state == $0 } ?? true) && (filter.tag.map(record.tags.contains) ?? true)
        && (filter.group.map { record.group == $0 } ?? true) && (filter.gatherer.map { record.gatherer == $0 } ?? true)
        && (filter.schedule.map { record.schedule == $0 } ?? true) && (filter.after.map { record.id > $0 } ?? true)
    }
    return Array(found.sorted { filter.isRising ? $0.id < $1.id : $0.id > $1.id }.prefix(limit))
  }

  package func history(_ id: Int64) throws -> [TaskEvent] { TaskEvent.completed(items[id]?.events ?? []) }
  package func attempts(_ id: Int64) throws -> [AttemptRecord] { items[id]?.attempts.map(\.record) ?? [] }

  package func output(_ id: Int64, attempt: Int64, _ stream: TaskStream, from: Int, limit: Int) throws -> [UInt8]? {
    guard let attempt = items[id]?.attempts.first(where: { $0.record.number == attempt }) else { return nil }
    return Array(((stream == .output ? attempt.output : attempt.log) ?? []).dropFirst(from).prefix(limit))
  }

  package func outputFile(_ id: Int64, attempt: Int64, _ stream: TaskStream) throws -> String? { nil }

  package func parents(of id: Int64) throws -> [Int64] {
    (items[id]?.parents ?? []).map(\.id).filter { items[$0]?.record.state.isFinal == false }.sorted()
  }

  package func groups() throws -> [QueueGroup] { groupsByName.values.map(\.group).sorted { $0.name < $1.name } }

  package func workers() throws -> [WorkerRecord] {
    workersByID.values.sorted { $0.started < $1.started }.map { worker in
      var worker = worker
      worker.now = now
      worker.tasks = items.values.filter { $0.record.owner == worker.identity.id && $0.record.state.isHeld }
        .map(\.record.id)
      return worker
    }
  }

  package func figures() throws -> QueueFigures {
    var figures = QueueFigures()
    for state in TaskState.allCases { figures.counts[state] = items.values.count { $0.record.state == state } }
    figures.isPaused = isPaused
    figures.oldestReady = items.values.filter { $0.record.state == .pending && $0.record.parents == 0 }
      .map(\.record.due).min()
    figures.submitted = lastID
    figures.completed = Int64(figures.counts[.completed] ?? 0) + purgedCompleted
    figures.attempts = attemptEnds
    figures.waiting = waiting
    figures.running = runTimes
    figures.endedLastMinute = endTimes.count { $0 > now - 60_000 }
    figures.endedLastHour = endTimes.count { $0 > now - 3_600_000 }
    return figures
  }

  /// Nothing is counted apart from the tasks, so nothing can be wrong.
  package func health() throws -> QueueHealth { QueueHealth() }
  package func repair() throws {}

  // MARK: - Schedules

  package func setSchedules(_ jobs: [ScheduledJob], source: String) throws {
    for job in jobs {
      if let holder = schedulesByName[job.name]?.source, holder != source, JobsFile.isThere(holder) {
        throw ScheduleClash(name: job.name, source: holder)
      }
    }
    for (name, schedule) in schedulesByName where schedule.source == source {
      if !jobs.contains(where: { $0.name == name }) { _ = try removeSchedule(name) }
    }
    for job in jobs where schedulesByName[job.name]?.record.job.json != job.json {
      let known = schedulesByName[job.name]
      var record = known?.record ?? ScheduleRecord(job: job, succeeded: 0, total: 0)
      record.job = job
      record.next = FiringPlan.first(job, after: now)
      schedulesByName[job.name] = Schedule(record: record, source: source, last: known?.last ?? now)
    }
    wake()
  }

  package func removeSchedule(_ name: String) throws -> Bool {
    allFirings.removeAll { $0.name == name }
    return schedulesByName.removeValue(forKey: name) != nil
  }

  package func schedules() throws -> [ScheduleRecord] {
    schedulesByName.values.map(\.record).sorted { ($0.next ?? .max, $0.job.name) < ($1.next ?? .max, $1.job.name) }
  }

  package func firings(_ name: String?, limit: Int) throws -> [FiringRecord] {
    Array(allFirings.reversed().filter { name == nil || $0.name == name }.prefix(limit))
  }

  private func fire() {
    let due = schedulesByName.values.filter { $0.record.next.map { $0 <= now } ?? false }
    for schedule in due.sorted(by: { ($0.record.next ?? 0) < ($1.record.next ?? 0) }) {
      let job = schedule.record.job
      let plan = FiringPlan(job, after: schedule.last, now: now)
      schedulesByName[job.name]?.record.next = plan.next
      if let last = plan.instants.last?.instant { schedulesByName[job.name]?.last = last }
      for (instant, isWanted) in plan.instants {
        if isWanted { begin(job, instant) } else { log(job, instant, "missed", nil) }
      }
    }
  }

  private func begin(_ job: ScheduledJob, _ instant: Int64) {
    var unfinished = items.values.map(\.record).filter { $0.schedule == job.name && !$0.state.isFinal }
      .sorted { $0.id < $1.id }
    var what = "fired"
    switch FiringPlan.overlap(job, unfinished: unfinished.count) {
    case .skip: return log(job, instant, "overlap", unfinished.first?.id)
    case .queue: what = "queued"
    case .replace:
      what = "replaced"
      for record in unfinished {
        if record.state.isHeld {
          items[record.id]?.record.isCancelRequested = true
        } else {
          move(record.id, to: .cancelled, reason: "replaced")
        }
      }
      unfinished.removeAll { !$0.state.isHeld }
    case .add: break
    }
    let id = insert(FiringPlan.task(job, instant))
    if what != "fired", let last = unfinished.last { wait(id, for: last.id, .any) }
    schedulesByName[job.name]?.record.lastTask = id
    schedulesByName[job.name]?.record.lastInstant = instant
    log(job, instant, what, id)
  }

  private func log(_ job: ScheduledJob, _ instant: Int64, _ what: String, _ task: Int64?) {
    allFirings.append(FiringRecord(name: job.name, instant: instant, at: now, what: what, task: task))
  }
}
