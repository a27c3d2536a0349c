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
  private struct Job {
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
  private struct Remainder {
    var outcome: AttemptOutcome
    let slot: Slot
    let since: Double
  }

  private let queue: any TaskQueue
  private let settings: Settings
  /// How many tasks at a time.
  private let slots: Int
  private let diagnostics: Diagnostics
  private let id: String
  private let ownLock: FileLock
  private let spawn: Spawn
  private let ledger: Ledger
  private let peers = PeerWatch()
  private let ballast: Ballast

  private var jobs: [pid_t: Job] = [:]
  private var freeSlots: [Slot] = []
  private var slotsMade = 0
  private var remainders: [Remainder] = []
  /// Tasks that are ours already and begin as soon as a slot is free, without waiting for the database: only where very many wait.
  private var backlog: [ClaimedTask] = []
  private var backlogSince = 0.0
  /// What the database does not know yet, since when, and what it is being told.
  private var pending = WorkerTurn()
  private var pendingSince = 0.0
  private var told = WorkerTurn()
  private var progress: [Int64: (Double, String?)] = [:]
  private var orders = WorkerOrders()
  private(set) var completed = 0
  private(set) var failed = 0
  private var stopAt: Double?
  private var nextReaping = 0.0
  private var nextTrim = 0.0
  private var nextBallast = 0.0
  /// There may be something to do in the database.
  private var hasToLook = true
  private var retryAt = 0.0
  private var isFull = false
  private var hadRoom = true
  /// Nothing is started before: something was lacking.
  private var pausedUntil = -60.0
  /// The folder of the queue is gone.
  private var isHomeless = false
  private var pace = Pace()

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
  private let nothing = systemOpen("/dev/null", O_RDONLY | O_CLOEXEC)

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
    for note in answer.notes { diagnostics.note(note) }
    if let known = answer.peers { peers.watch(known) }
    if answer.isReaping { nextReaping = min(nextReaping, Clock.monotonic + 0.03) }
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

  private func end(_ outcome: AttemptOutcome) {
    if pending.ended.isEmpty { pendingSince = Clock.monotonic }
    pending.ended.append(outcome)
  }

  private func startWaiting() {
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

  // MARK: - Tasks

  private func start(_ task: ClaimedTask) {
    guard let slot = freeSlots.popLast() ?? makeSlot(), slot.write(task) else {
      // Not the task's fault: it is given back, and this worker waits a moment.
      if Clock.monotonic > pausedUntil + 10 {
        diagnostics.warning("task \(task.id) cannot be started now: \(systemErrorText(errno))")
      }
      end(AttemptOutcome(id: task.id, attempt: task.attempt, end: .notBegun))
      pausedUntil = Clock.monotonic + 0.5
      isHomeless = !Folder.has("\(queue.spool.folder)/run")
      return
    }
    let input = task.input.map(self.input) ?? nothing
    defer { if input >= 0 && input != nothing { close(input) } }
    let limit = task.timeout.map { Double($0) / 1000 }
    do throws(Spawn.Failure) {
      guard input >= 0 else { throw Spawn.Failure(message: "its input cannot be given: \(systemErrorText(errno))") }
      let process = try spawn.start(
        task,
        .init(
          input: input, output: slot.output, errors: slot.errors, lock: slot.lock, progress: slot.progress.write),
        deadline: limit.map { Clock.wall + $0 })
      let now = Clock.monotonic
      jobs[process] = Job(task: task, slot: slot, begun: now, deadline: limit.map { now + $0 })
    } catch {
      freeSlots.append(slot)
      end(AttemptOutcome(id: task.id, attempt: task.attempt, end: .notStarted(error.message)))
    }
  }

  private func makeSlot() -> Slot? {
    slotsMade += 1
    return Slot(slotsMade, worker: id, queue.spool, Slot.Bounds(limit: settings.outputLimit))
  }

  /// What a task reads: a file without a name.
  private func input(_ bytes: [UInt8]) -> Int32 {
    var template = Array("\(queue.spool.folder)/run/input.XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { return -1 }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress! + done, bytes.count - done) }
      if count <= 0 {
        close(descriptor)
        return -1
      }
      done += count
    }
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
  }

  /// Takes note of children that have ended.
  private func collect() {
    while true {
      var status: Int32 = 0
      var usage = rusage()
      let process = wait4(-1, &status, WNOHANG, &usage)
      guard process > 0 else { return }
      guard jobs[process] != nil else { continue }  // somebody's grandchild
      readProgress(of: process)
      let job = jobs.removeValue(forKey: process)!
      let low = status & 0x7F
      var outcome = AttemptOutcome(
        id: job.task.id, attempt: job.task.attempt, end: low == 0 ? .exited(status >> 8 & 0xFF) : .signalled(low))
      if job.isTimedOut { outcome.end = .timedOut }
      if job.isGivenBack && outcome.end != .exited(0) { outcome.end = .givenBack }
      outcome.retryAfter = job.retryAfter
      outcome.userMicroseconds = Int64(usage.ru_utime.tv_sec) * 1_000_000 + Int64(usage.ru_utime.tv_usec)
      outcome.systemMicroseconds = Int64(usage.ru_stime.tv_sec) * 1_000_000 + Int64(usage.ru_stime.tv_usec)
      // Of a small program the kernel tells what this process took when it started it.
      if usage.ru_maxrss > ProcessUsage.ownPeak { outcome.peakKilobytes = Int64(usage.ru_maxrss) }
      // What it left behind in its group ends with it.
      kill(-process, SIGKILL)
      job.slot.releaseLock()
      pace.note()
      if job.slot.takeLock() {
        finish(outcome, job.slot)
        startWaiting()
      } else {
        remainders.append(Remainder(outcome: outcome, slot: job.slot, since: Clock.monotonic))
      }
    }
  }

  private func finish(_ outcome: AttemptOutcome, _ slot: Slot) {
    var outcome = outcome
    slot.takeOutput(&outcome)
    end(outcome)
    freeSlots.append(slot)
  }

  /// Ends what has left the group of a task and lives on: it has ended only when its last process has.
  private func release() {
    guard !remainders.isEmpty else { return }
    let rest = remainders
    remainders = []
    for remainder in rest {
      if remainder.slot.takeLock() {
        finish(remainder.outcome, remainder.slot)
        continue
      }
      if Clock.monotonic - remainder.since > 0.002 {
        for process in ProcessTable.holders(of: queue.spool.slotLock(id, remainder.slot.index)) {
          kill(process, SIGKILL)
        }
      }
      if Clock.monotonic - remainder.since > 5 {
        // Not ours to end, it seems: the result counts, the place is given up.
        diagnostics.warning("task \(remainder.outcome.id) left processes behind that cannot be ended")
        var outcome = remainder.outcome
        remainder.slot.takeOutput(&outcome)
        end(outcome)
        continue
      }
      remainders.append(remainder)
    }
  }

  // MARK: - Ending tasks

  private func signal(_ process: pid_t, _ job: inout Job) {
    kill(-process, SIGTERM)
    // A stopped task must go on to hear of it.
    kill(-process, SIGCONT)
    job.killAt = Clock.monotonic + min(settings.grace, 10)
  }

  private func cancel(_ id: Int64) {
    if let place = backlog.firstIndex(where: { $0.id == id }) {
      let task = backlog.remove(at: place)
      end(AttemptOutcome(id: task.id, attempt: task.attempt, end: .notBegun))
      return
    }
    for (process, var job) in jobs where job.task.id == id && !job.isCancelled {
      job.isCancelled = true
      signal(process, &job)
      jobs[process] = job
    }
  }

  /// Ends what has run for too long, kills what has not heeded TERM, and lets go of what is printed without end.
  private func enforce() {
    let now = Clock.monotonic
    for (process, var job) in jobs {
      if let deadline = job.deadline, now >= deadline, !job.isTimedOut {
        job.isTimedOut = true
        signal(process, &job)
      }
      if let stopAt, now >= stopAt, !job.isGivenBack {
        job.isGivenBack = true
        signal(process, &job)
      }
      if let killAt = job.killAt, now >= killAt {
        kill(-process, SIGKILL)
        for holder in ProcessTable.holders(of: queue.spool.slotLock(id, job.slot.index)) { kill(holder, SIGKILL) }
        job.killAt = now + 1
      }
      jobs[process] = job
    }
    if now >= nextTrim {
      var most = 0
      for job in jobs.values { most = max(most, job.slot.trim()) }
      nextTrim = now + (most > settings.outputLimit ? 0.02 : 0.25)
    }
  }

  // MARK: - Progress

  /// Takes note of what a task says of itself.
  private func readProgress(of process: pid_t) {
    guard let job = jobs[process], let report = job.slot.progressReader.read() else { return }
    if let share = report.share { progress[job.task.id] = (share, report.note) }
    if let seconds = report.retryAfter { jobs[process]!.retryAfter = seconds }
  }
}
