import FinstageCore
import FinstageStore
import FinstageSystem

/// Runs tasks of a queue, several at a time: decides what begins, what ends and what is told, and leaves the processes to its host and
/// the queue to its account.
final class Worker {
  struct Settings {
    var drains = false
    /// Seconds that running tasks may continue after TERM.
    var grace = 30.0
    /// Milliseconds after which a ready task counts as one level more urgent.
    var starvation: Int64?
    /// How many bytes of an output are kept.
    var outputLimit = 16 << 20
    /// Seconds without an answer of the queue after which this worker ends what it runs, because others will soon take it to be dead; nil for never.
    var fence: Double?
  }

  /// A running task.
  private struct RunningTask {
    let task: ClaimedTask
    let slot: Int
    let begun: Double
    /// By the monotonic clock.
    var deadline: Double?
    /// Since when its processes are stopped.
    var stoppedSince: Double?
    var isRecorded = false
    var isTimedOut = false
    var isCancelled = false
    var isGivenBack = false
    /// When to send KILL after TERM.
    var killAt: Double?
    var retryAfter: Double?
  }

  private let host: any TaskHost
  private let account: any WorkerAccount
  private let settings: Settings
  private let log: WorkerLog
  /// Told what other workers there are. Returns whether the end of each of them will be told.
  private let onPeers: ([WorkerIdentity]) -> Bool

  private var running: [pid_t: RunningTask] = [:]
  /// Tasks that are ours already and begin as soon as a slot is free, without waiting for the queue: only where very many wait.
  private var backlog: [ClaimedTask] = []
  private var backlogSince = 0.0
  /// What the queue does not know yet, since when, and what it is being told.
  private var pending = WorkerTurn()
  private var pendingSince = 0.0
  private var told = WorkerTurn()
  private var untold: [AttemptOutcome] = []
  private var progress: [Int64: WorkerTurn.Progress] = [:]
  private var orders = WorkerOrders()
  private(set) var completed = 0
  private(set) var failed = 0
  private var stopAt: Double?
  private var nextReaping = 0.0
  private var reapingPeriod = Worker.reapingPeriods.lowerBound
  private var nextTrim = 0.0
  /// When the next task is due.
  private var nextDue: Double?
  /// There may be something to do in the queue.
  private var hasToLook = true
  /// When to look again because something was lacking.
  private var lookAt: Double?
  /// How many tasks at a time the queue wants of this worker.
  private var wantedSlots: Int?
  private var retryAt = 0.0
  private var isFull = false
  /// How often in a row the queue could not be reached.
  private var refusals = 0
  /// When the last request was sent that the queue has answered, and the one under way, by a clock that goes on while the machine sleeps.
  private var heardAt: Double
  private var askedAt = 0.0
  private var isFenced = false
  private var hadRoom = true
  /// No task is started before this time, because a resource was lacking.
  private var pausedUntil = -60.0
  private var pace = Pace()

  /// How often this worker looks for tasks of workers that have died: the end of a worker that is known is told at once, and a new
  /// worker wakes all others, so that an idle one need not look often.
  private static let reapingPeriods = 0.5...10.0
  /// How long to collect outcomes before reporting them, in seconds, while there are enough tasks to start.
  private static let gathering = 0.005
  /// Bytes of outputs that one turn takes.
  private static let outcomeBytes = 4 << 20
  /// From a start to its record, if the task still runs then.
  private static let recording = 0.02

  init(
    _ host: any TaskHost, _ account: any WorkerAccount, _ settings: Settings, log: WorkerLog,
    onPeers: @escaping ([WorkerIdentity]) -> Bool = { $0.isEmpty }
  ) {
    self.host = host
    self.account = account
    self.settings = settings
    self.log = log
    self.onPeers = onPeers
    heardAt = host.bootClock
  }

  /// Somebody may have added a task.
  func look() {
    hasToLook = true
    reapingPeriod = Worker.reapingPeriods.lowerBound
    nextReaping = min(nextReaping, host.clock + reapingPeriod)
  }

  /// Another worker has ended.
  func peerHasEnded() { nextReaping = 0 }

  // MARK: - The loop

  /// Goes on until it is told to stop, or all tasks are finished if it drains.
  func run() throws {
    do {
      while try advance() { host.wait(seconds: patience()) }
    } catch {
      abandon()
      throw error
    }
  }

  /// Ends what runs, because nobody will take note of how it ends.
  private func abandon() {
    let begin = host.clock
    for process in running.keys { host.signal(process, .end) }
    var isKilled = false
    while !running.isEmpty, host.clock - begin < 10 {
      if !isKilled, host.clock - begin > min(settings.grace, 5) {
        for process in running.keys { host.signal(process, .kill) }
        isKilled = true
      }
      host.wait(seconds: 0.1)
      for ended in host.collect() {
        guard running.removeValue(forKey: ended.process) != nil else { continue }
        var outcome = ended.outcome
        if outcome.end != .exited(0) { outcome.end = .givenBack }
        pending.ended.append(outcome)
      }
    }
  }

  /// What has ended and was not told to the queue.
  var unreported: [AttemptOutcome] { (told.ended + pending.ended).filter { $0.end != .notBegun } }

  /// Does what there is to do now; false once there will be nothing more.
  /// - Parameter stops: somebody has asked to stop.
  func advance(stops: Bool = Interruption.signal != 0) throws -> Bool {
    collect()
    try listen()
    if stops && stopAt == nil {
      // Running tasks may finish; no more tasks start.
      stopAt = host.clock + settings.grace
      log.note("stopping: \(running.count) tasks are still running")
    }
    enforce()
    giveBackBacklog()
    try startWaiting()
    tell()
    return !isDone
  }

  private var isDone: Bool {
    guard running.isEmpty, host.taken == 0, backlog.isEmpty, pending.isEmpty, !account.isBusy, !isFull else {
      return false
    }
    if stopAt != nil { return true }
    return settings.drains && !hasToLook && orders.claimed.isEmpty && orders.unfinished == 0
  }

  /// Takes note of what has ended, and of what tasks say.
  private func collect() {
    for (process, report) in host.reports() {
      guard let task = running[process] else { continue }
      if let share = report.share {
        progress[task.task.id] = .init(id: task.task.id, attempt: task.task.attempt, share: share, note: report.note)
      }
      if let seconds = report.retryAfter { running[process]!.retryAfter = seconds }
    }
    for ended in host.collect() {
      if let warning = ended.warning { log.warning(warning) }
      guard let task = running.removeValue(forKey: ended.process) else { continue }
      var outcome = ended.outcome
      if task.isTimedOut { outcome.end = .timedOut }
      if task.isGivenBack && outcome.end != .exited(0) { outcome.end = .givenBack }
      outcome.retryAfter = outcome.retryAfter ?? task.retryAfter
      pace.note(host.clock)
      end(outcome)
    }
  }

  private func end(_ outcome: AttemptOutcome) {
    if pending.ended.isEmpty { pendingSince = host.clock }
    pending.ended.append(outcome)
  }

  private func giveBack(_ task: ClaimedTask) { end(AttemptOutcome(id: task.id, attempt: task.attempt, end: .notBegun)) }

  // MARK: - The queue

  /// Takes the answer of the account, if there is one.
  private func listen() throws {
    guard let answer = account.take() else { return }
    if let finding = answer.finding {
      for note in finding.notes { log.note(note) }
      if !onPeers(finding.peers) { reapingPeriod = Worker.reapingPeriods.lowerBound }
      if finding.isWaiting { nextReaping = min(nextReaping, host.clock + 0.03) }
    }
    if let failure = answer.failure { return try postpone(failure) }
    heardAt = max(heardAt, askedAt)
    refusals = 0
    isFenced = false
    if isFull {
      isFull = false
      hasToLook = true
      log.warning("the queue can be written again: tasks start again")
    }
    for outcome in told.ended {
      if outcome.end == .exited(0) { completed += 1 } else if outcome.end.isFailure { failed += 1 }
    }
    told = WorkerTurn()
    orders = answer.orders
    nextDue = orders.nextDueIn.map { host.clock + Double($0) / 1000 }
    if backlog.isEmpty { backlogSince = host.clock }
    backlog += orders.claimed
    for id in orders.cancelled { cancel(id) }
    pause(Set(orders.paused))
    if let slots = orders.slots, slots != wantedSlots {
      wantedSlots = slots
      host.resize(to: slots)
      hasToLook = true
    }
  }

  /// The account rejected the last turn: it will be told again, unless that cannot help.
  private func postpone(_ failure: any Error) throws {
    pending.ended = told.ended + pending.ended
    pending.started += told.started
    told = WorkerTurn()
    orders = WorkerOrders()
    guard let trouble = PassingTrouble(failure), stopAt.map({ host.clock <= $0 }) ?? true else { throw failure }
    // Results wait in memory until there is room again; what was set aside for this makes some.
    if !isFull { log.warning("\(failure.sentence): no task begins until that is over") }
    isFull = true
    let isRoom = trouble == .full && host.dropBallast()
    // Many workers of many machines lose a server at the same time, and must not come back at the same time.
    let pause = trouble == .away ? min(5, 0.1 * Double(1 << min(refusals, 6))) * Double.random(in: 0.5...1) : 1
    refusals += 1
    retryAt = host.clock + (isRoom ? 0 : pause)
  }

  /// Asks the account for a turn, if there is anything to tell or to ask, and it is not busy.
  private func tell() {
    let now = host.clock
    guard now >= retryAt, !account.isBusy else { return }
    // Record running tasks promptly, so that another worker can find them if this process dies.
    for (process, task) in running where !task.isRecorded && now - task.begun > Worker.recording {
      pending.started.append(
        .init(
          id: task.task.id, attempt: task.task.attempt, pid: process, start: host.startTime(of: process),
          slot: task.slot,
          ran: Int64((now - task.begun) * 1000)))
      running[process]!.isRecorded = true
    }
    pending.progress = Array(progress.values)
    if let due = nextDue, due <= now {
      hasToLook = true
      nextDue = nil
    }
    if let at = lookAt, at <= now {
      hasToLook = true
      lookAt = nil
    }
    let reaps = now >= nextReaping
    guard hasToLook || reaps || !pending.isEmpty else { return }
    if !reaps, !hasToLook, pending.progress.isEmpty, pending.started.isEmpty, backlog.count > host.capacity,
      pending.ended.count < 64, now - pendingSince < Worker.gathering
    {
      return
    }
    if reaps {
      nextReaping = now + reapingPeriod
      // Nobody tells of the end of the last task: who only waits for that looks each second.
      let longest = settings.drains && running.isEmpty ? 1 : Worker.reapingPeriods.upperBound
      reapingPeriod = min(2 * reapingPeriod, longest)
    }
    let hasRoom = host.hasRoom
    if !hasRoom { lookAt = now + 0.5 }
    if hasRoom != hadRoom {
      hadRoom = hasRoom
      log.warning(hasRoom ? "there is room on the disk again" : "the disk is full: no task starts")
    }
    pending.ended = takeOutcomes()
    if stopAt == nil, !isFull, hasRoom, now >= pausedUntil {
      let reserve = orders.ready > 8 * host.capacity ? pace.reserve : 0
      pending.wanted = max(0, host.capacity - host.taken + reserve - backlog.count)
    }
    pending.starvation = settings.starvation
    told = pending
    pending = WorkerTurn()
    pending.ended = untold
    untold = []
    progress = [:]
    hasToLook = false
    askedAt = host.bootClock
    account.submit(LedgerRequest(turn: told, reaps: reaps))
  }

  /// The results that the next turn reports: no more than a slow connection carries in a few seconds. The others follow in the turn after it.
  private func takeOutcomes() -> [AttemptOutcome] {
    var bytes = 0
    let count = pending.ended.firstIndex { outcome in
      if bytes > Worker.outcomeBytes { return true }
      bytes += (outcome.output?.count ?? 0) + (outcome.log?.count ?? 0)
      return false
    }
    guard let count else { return pending.ended }
    untold = Array(pending.ended[count...])
    return Array(pending.ended[..<count])
  }

  // MARK: - Tasks

  private func startWaiting() throws {
    guard stopAt == nil, !isForgotten else { return }
    var count = 0
    while host.taken < host.capacity, count < backlog.count, host.clock >= pausedUntil {
      try start(backlog[count])
      count += 1
    }
    if count > 0 {
      backlog.removeFirst(count)
      backlogSince = host.clock
    }
  }

  private func start(_ task: ClaimedTask) throws {
    switch host.start(task) {
    case .started(let process, let slot):
      let now = host.clock
      let deadline = task.timeout.map { now + Double($0) / 1000 }
      running[process] = RunningTask(task: task, slot: slot, begun: now, deadline: deadline)
    case .impossible(let message):
      end(AttemptOutcome(id: task.id, attempt: task.attempt, end: .notStarted(message)))
    case .later(let message):
      // This is not the task's fault: return it to the queue, and wait a moment.
      if host.clock > pausedUntil + 10 { log.warning("task \(task.id) cannot be started now: \(message)") }
      giveBack(task)
      pausedUntil = host.clock + 0.5
      lookAt = pausedUntil
    case .homeless: throw ToolFailure(.io, "\(log.place): the folder of the queue is gone")
    }
  }

  /// Returns the backlog to the queue if it waits here too long, because the running tasks take longer than expected,
  /// or if this worker is stopping or cannot start tasks. Other workers may claim it then.
  private func giveBackBacklog() {
    let now = host.clock
    guard !backlog.isEmpty, stopAt != nil || now < pausedUntil || now - backlogSince > 0.25 || isForgotten else {
      return
    }
    for task in backlog { giveBack(task) }
    backlog = []
    pace = Pace()
  }

  private func cancel(_ id: Int64) {
    if let place = backlog.firstIndex(where: { $0.id == id }) { return giveBack(backlog.remove(at: place)) }
    for (process, task) in running where task.task.id == id && !task.isCancelled {
      running[process]!.isCancelled = true
      askToEnd(process)
    }
  }

  /// Pauses the processes of these tasks, and resumes those of all others. The time of a stop does not count for a time-out.
  private func pause(_ ids: Set<Int64>) {
    for (process, task) in running where task.killAt == nil && ids.contains(task.task.id) != (task.stoppedSince != nil)
    {
      if let since = task.stoppedSince {
        if let deadline = task.deadline { running[process]!.deadline = deadline + host.clock - since }
        running[process]!.stoppedSince = nil
        host.signal(process, .continue)
      } else {
        running[process]!.stoppedSince = host.clock
        host.signal(process, .stop)
      }
    }
  }

  private func askToEnd(_ process: pid_t) {
    host.signal(process, .end)
    running[process]!.killAt = host.clock + min(settings.grace, 10)
  }

  /// Whether others may soon take this worker to be dead, or have done so: also because the machine has slept.
  private var isForgotten: Bool {
    guard let fence = settings.fence else { return false }
    if let heard = account.heardAt { heardAt = max(heardAt, heard) }
    return host.bootClock - heardAt > fence
  }

  /// Ends tasks that have run for too long, kills tasks that have ignored TERM, and trims output that grows without
  /// end.
  private func enforce() {
    let now = host.clock
    if let fence = settings.fence, !isFenced, !running.isEmpty, isForgotten {
      // By the time that others take its tasks, nothing of them must run here.
      isFenced = true
      log.warning("no answer of the queue for \(Int(fence)) s: running tasks are ended")
      for (process, task) in running where !task.isGivenBack {
        running[process]!.isGivenBack = true
        host.signal(process, .end)
        running[process]!.killAt = now + 5
      }
    }
    for (process, task) in running {
      if let deadline = task.deadline, now >= deadline, !task.isTimedOut, task.stoppedSince == nil {
        running[process]!.isTimedOut = true
        askToEnd(process)
      }
      if let stopAt, now >= stopAt, !task.isGivenBack {
        running[process]!.isGivenBack = true
        askToEnd(process)
      }
      if let killAt = running[process]!.killAt, now >= killAt {
        host.signal(process, .kill)
        running[process]!.killAt = now + 1
      }
    }
    if !running.isEmpty, now >= nextTrim {
      let most = host.trim()
      nextTrim = now + (most > settings.outputLimit ? 0.02 : 0.25)
    }
  }

  // MARK: - Waiting

  /// Seconds until there is something to do without being told.
  func patience() -> Double {
    let now = host.clock
    var until = nextReaping
    if let nextDue { until = min(until, nextDue) }
    if let lookAt { until = min(until, lookAt) }
    if !pending.isEmpty || hasToLook { until = min(until, max(retryAt, now + Worker.gathering)) }
    if !backlog.isEmpty { until = min(until, backlogSince + 0.25) }
    for task in running.values {
      if let at = task.killAt { until = min(until, at) }
      if let deadline = task.deadline, !task.isTimedOut, task.stoppedSince == nil { until = min(until, deadline) }
      if !task.isRecorded { until = min(until, max(now, task.begun + Worker.recording + 0.001)) }
    }
    if !running.isEmpty { until = min(until, nextTrim) }
    if let stopAt, stopAt > now { until = min(until, stopAt) }
    if settings.fence != nil, !running.isEmpty { until = min(until, now + 1) }
    return max(0, min(until - now, 60))
  }
}

/// What a worker says while it works.
struct WorkerLog {
  /// Where the queue is.
  var place: String
  var warning: (String) -> Void
  var note: (String) -> Void
}
