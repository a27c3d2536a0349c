import CPlatform
import FinstageCommand
import FinstageCore
import FinstageStore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Runs tasks of a queue, several at a time. One thread starts and ends them, and sleeps until a child ends, a task is added, or
/// one is due; another (`Ledger`) keeps the account.
final class Worker {
  struct Settings {
    var slots = 4
    var drains = false
    /// Seconds that running tasks may go on after TERM.
    var grace = 30.0
    /// Milliseconds after which a ready task counts as one level more urgent.
    var starvation: Int64?
    /// Bytes of an output that are kept.
    var outputLimit = 16 << 20
    var retention = Retention(completed: nil, failed: nil)
  }

  /// A task that runs.
  struct Job {
    let task: ClaimedTask
    let slot: Slot
    let begun: Double
    /// By the clock that nobody sets.
    let deadline: Double?
    var isRecorded = false
    var isTimedOut = false
    var isCancelled = false
    var isGivenBack = false
    /// When KILL follows TERM.
    var killAt: Double?
    var retryAfter: Double?
  }

  /// A task whose leader has ended, but not all of its processes.
  struct Remainder {
    var outcome: AttemptOutcome
    let slot: Slot
    let since: Double
  }

  let queue: any TaskQueue
  let settings: Settings
  /// How many tasks at a time.
  private let slots: Int
  let diagnostics: Diagnostics
  let id: String
  private let ownLock: FileLock
  let spawn: Spawn
  private let ledger: Ledger
  private let peers = PeerWatch()
  private let ballast: Ballast

  var jobs: [pid_t: Job] = [:]
  var freeSlots: [Slot] = []
  var slotsMade = 0
  var remainders: [Remainder] = []
  /// Tasks that are ours already and begin as soon as a slot is free, without waiting for the database: only where very many wait.
  var backlog: [ClaimedTask] = []
  private var backlogSince = 0.0
  /// What the database does not know yet, since when, and what it is being told.
  private var pending = WorkerTurn()
  private var pendingSince = 0.0
  private var told = WorkerTurn()
  var progress: [Int64: (Double, String?)] = [:]
  private var orders = WorkerOrders()
  private(set) var completed = 0
  private(set) var failed = 0
  var stopAt: Double?
  private var nextReaping = 0.0
  var nextTrim = 0.0
  /// There may be something to do in the database.
  private var hasToLook = true
  private var retryAt = 0.0
  private var isFull = false
  private var hadRoom = true
  /// Nothing is started before: something was lacking.
  var pausedUntil = -60.0
  /// The folder of the queue is gone.
  var isHomeless = false
  var pace = Pace()

  /// How often is looked for tasks of workers that have died, if nothing tells of it.
  private static let reapingPeriod = 0.5
  /// How long what has ended waits to be told, while there is enough to start.
  private static let gathering = 0.005

  init(_ queue: any TaskQueue, _ settings: Settings, _ diagnostics: Diagnostics) throws(ToolFailure) {
    self.queue = queue
    self.settings = settings
    self.diagnostics = diagnostics
    slots = Spawn.reserveDescriptors(for: settings.slots)
    if slots < settings.slots {
      diagnostics.warning("only \(slots) tasks at a time: the limit of open files is too low for more (ulimit -n)")
    }
    id = (0..<4).map { _ in String(UInt32.random(in: .min ... .max), radix: 16) }.joined(separator: "-")
    guard let lock = FileLock(path: queue.spool.workerLock(id)), lock.tryAcquire() else {
      throw ToolFailure(.cannotCreate, "\(queue.spool.folder)/run: \(systemErrorText(errno))")
    }
    ownLock = lock
    spawn = Spawn(home: queue.spool.folder)
    ballast = Ballast("\(queue.spool.folder)/run/ballast")
    let identity = WorkerIdentity(
      id: id, pid: getpid(), start: ProcessTable.startTime(of: getpid()), boot: ProcessTable.boot)
    do throws(DatabaseError) { try queue.register(identity, slots: slots) } catch { throw ToolFailure(error) }
    ChildSignal.catch()
    // The end of a terminal is a wish to stop, too.
    Interruption.takes(SIGHUP)
    // What tasks leave behind comes to this process when it ends, and is taken note of.
    _ = fs_become_subreaper()
    guard let ledger = Ledger(queue, worker: id, settings.retention) else {
      throw ToolFailure(.io, "a thread cannot be started: \(systemErrorText(errno))")
    }
    self.ledger = ledger
  }

  /// What most tasks read.
  let nothing = systemOpen("/dev/null", O_RDONLY | O_CLOEXEC)

  // MARK: - The loop

  func run() throws(ToolFailure) {
    let alarm = WakeAlarm(queue.spool.wakePath)
    while true {
      collect()
      release()
      try listen()
      if Interruption.signal != 0 && stopAt == nil {
        // What runs may finish; nothing new begins.
        stopAt = Clock.monotonic + settings.grace
        diagnostics.note("stopping: \(jobs.count) tasks are still running")
      }
      giveBackBacklog()
      startWaiting()
      enforce()
      tell()
      if isHomeless { throw ToolFailure(.io, "\(queue.spool.folder): the folder of the queue is gone") }
      if isDone { break }
      wait(alarm)
    }
    ledger.end()
    try? queue.unregister(id)
    unlink(queue.spool.workerLock(id))
    Slot.removeFiles(of: id, queue.spool)
  }

  private var isDone: Bool {
    guard jobs.isEmpty, remainders.isEmpty, backlog.isEmpty, pending.isEmpty, !ledger.isBusy, !isFull else {
      return false
    }
    if stopAt != nil { return true }
    return settings.drains && !hasToLook && orders.claimed.isEmpty && orders.unfinished == 0
  }

  /// Takes the answer of the ledger, if there is one.
  private func listen() throws(ToolFailure) {
    guard let answer = ledger.take() else { return }
    if let finding = answer.finding {
      for note in finding.notes { diagnostics.note(note) }
      peers.watch(finding.peers)
      if finding.isWaiting { nextReaping = min(nextReaping, Clock.monotonic + 0.03) }
    }
    if let error = answer.error {
      // What was told counts for nothing: it is told again.
      pending.ended = told.ended + pending.ended
      pending.started += told.started
      told = WorkerTurn()
      orders = WorkerOrders()
      guard error.kind == .full || error.kind == .busy else { throw ToolFailure(error) }
      if stopAt.map({ Clock.monotonic > $0 }) ?? false { throw ToolFailure(error) }
      // Results wait in memory until there is room again; what was kept for this makes some.
      if !isFull { diagnostics.warning("\(error.description): no task begins until that is over") }
      isFull = true
      let isRoom = error.kind == .full && ballast.drop()
      retryAt = Clock.monotonic + (isRoom ? 0 : 1)
      return
    }
    if isFull {
      isFull = false
      hasToLook = true
      diagnostics.warning("it is over, tasks begin again")
    }
    for outcome in told.ended {
      if outcome.end == .exited(0) { completed += 1 } else if outcome.end.isFailure { failed += 1 }
    }
    told = WorkerTurn()
    orders = answer.orders
    for id in orders.cancelled { cancel(id) }
    if backlog.isEmpty { backlogSince = Clock.monotonic }
    backlog += orders.claimed
  }

  /// Asks the ledger for a turn, if there is anything to tell or to ask, and it is not busy.
  private func tell() {
    let now = Clock.monotonic
    guard now >= retryAt, !ledger.isBusy else { return }
    for (process, job) in jobs where !job.isRecorded && now - job.begun > 0.02 {
      pending.started.append(
        .init(id: job.task.id, pid: process, start: ProcessTable.startTime(of: process), slot: job.slot.index))
      jobs[process]!.isRecorded = true
    }
    pending.progress = progress.map { ($0.key, $0.value.0, $0.value.1) }
    let reaps = now >= nextReaping
    guard hasToLook || reaps || !pending.isEmpty else { return }
    if !reaps, !hasToLook, pending.progress.isEmpty, pending.started.isEmpty, backlog.count > slots,
      pending.ended.count < 64, now - pendingSince < Worker.gathering
    {
      return
    }
    if reaps { nextReaping = now + Worker.reapingPeriod }
    let hasRoom = ballast.hasRoom()
    if hasRoom != hadRoom {
      hadRoom = hasRoom
      diagnostics.warning(hasRoom ? "there is room on the disk again" : "the disk is full: no task begins")
    }
    if stopAt == nil, !isFull, hasRoom, now >= pausedUntil {
      let reserve = orders.ready > 8 * slots ? pace.reserve : 0
      pending.wanted = max(0, slots - jobs.count - remainders.count + reserve - backlog.count)
    }
    pending.starvation = settings.starvation
    told = pending
    pending = WorkerTurn()
    progress = [:]
    hasToLook = false
    ledger.submit(.init(turn: told, reaps: reaps))
  }

  func end(_ outcome: AttemptOutcome) {
    if pending.ended.isEmpty { pendingSince = Clock.monotonic }
    pending.ended.append(outcome)
  }

  func startWaiting() {
    guard stopAt == nil else { return }
    var count = 0
    while jobs.count + remainders.count < slots, count < backlog.count, Clock.monotonic >= pausedUntil {
      start(backlog[count])
      count += 1
    }
    if count > 0 {
      backlog.removeFirst(count)
      backlogSince = Clock.monotonic
    }
  }

  /// What waits here too long, since the tasks before it take longer than those did that it was taken for, is left to others.
  private func giveBackBacklog() {
    guard !backlog.isEmpty, stopAt != nil || Clock.monotonic < pausedUntil || Clock.monotonic - backlogSince > 0.25
    else { return }
    for task in backlog { end(AttemptOutcome(id: task.id, attempt: task.attempt, end: .notBegun)) }
    backlog = []
    pace = Pace()
  }

  private func wait(_ alarm: WakeAlarm) {
    let now = Clock.monotonic
    var until = nextReaping
    if let next = orders.nextDue { until = min(until, now + max(0, Double(next - TaskClock.now) / 1000)) }
    if !pending.isEmpty || hasToLook { until = min(until, max(retryAt, now + Worker.gathering)) }
    if !backlog.isEmpty { until = min(until, backlogSince + 0.25) }
    if !remainders.isEmpty { until = min(until, now + 0.005) }
    var isUnrecorded = false
    for job in jobs.values {
      if let at = job.killAt { until = min(until, at) }
      if let deadline = job.deadline, !job.isTimedOut { until = min(until, deadline) }
      if !job.isRecorded { isUnrecorded = true }
    }
    if !jobs.isEmpty { until = min(until, nextTrim) }
    // Who runs is to be known soon, should this process die.
    if isUnrecorded { until = min(until, now + 0.025) }
    if alarm.descriptor < 0 { until = min(until, now + 0.05) }
    if let stopAt, stopAt > now { until = min(until, stopAt) }
    var descriptors = [
      pollfd(fd: ChildSignal.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: ledger.signal, events: Int16(POLLIN), revents: 0),
      pollfd(fd: alarm.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    let firstPeer = descriptors.count
    let watched = peers.descriptors
    for peer in watched { descriptors.append(pollfd(fd: peer, events: Int16(POLLIN), revents: 0)) }
    let firstJob = descriptors.count
    let talking = Array(jobs.keys)
    for process in talking {
      descriptors.append(pollfd(fd: jobs[process]!.slot.progress.read, events: Int16(POLLIN), revents: 0))
    }
    let milliseconds = Int32((max(0, min(until - now, 60)) * 1000).rounded(.up))
    let count = poll(&descriptors, nfds_t(descriptors.count), milliseconds)
    if let next = orders.nextDue, next <= TaskClock.now {
      hasToLook = true
      orders.nextDue = nil
    }
    guard count > 0 else { return }
    func hasCome(_ i: Int) -> Bool { descriptors[i].revents != 0 }
    if hasCome(0) { Worker.drain(ChildSignal.descriptor) }
    if hasCome(1) { Worker.drain(ledger.signal) }
    if hasCome(2) {
      alarm.clear()
      hasToLook = true
    }
    for (i, peer) in watched.enumerated() where hasCome(firstPeer + i) {
      peers.forget(peer)
      nextReaping = 0
    }
    for (i, process) in talking.enumerated() where hasCome(firstJob + i) { readProgress(of: process) }
  }

  private static func drain(_ descriptor: Int32) {
    withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
      while systemRead(descriptor, buffer.baseAddress!, buffer.count) == buffer.count {}
    }
  }
}
