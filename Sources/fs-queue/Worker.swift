import CSpawn
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

/// Runs tasks of a queue, several at a time: one thread, which sleeps until a child ends, a task is added, or one is due.
final class Worker {
  /// A task that runs.
  private struct Job {
    let task: ClaimedTask
    let process: pid_t
    let lock: Int32
    let progress: Int32
    /// By the clock that nobody sets.
    let deadline: Double?
    var isTimedOut = false
    var isCancelled = false
    var isGivenBack = false
    /// When KILL follows TERM.
    var killAt: Double?
    var progressText: [UInt8] = []
    var retryAfter: Double?
  }

  private let queue: TaskQueue
  private let id: String
  private let slots: Int
  private let drains: Bool
  private let grace: Double
  private let diagnostics: Diagnostics
  private let ownLock: FileLock
  private var jobs: [pid_t: Job] = [:]
  /// Tasks that are ours already and begin as soon as a slot is free, without waiting for the database: only where very many wait.
  private var backlog: [ClaimedTask] = []
  private var ended: [AttemptOutcome] = []
  /// Processes that the database does not know of yet.
  private var started: [pid_t] = []
  private(set) var completed = 0
  private(set) var failed = 0
  private var stopAt: Double?
  private var nextReaping = 0.0

  /// Results up to this size are kept in the database.
  private static let inlineSize = 64 << 10
  /// How often is looked for tasks of workers that have died.
  private static let reapingPeriod = 0.5

  /// A pipe that the handler of SIGCHLD writes to.
  private nonisolated(unsafe) static var childSignal: (read: Int32, write: Int32) = (-1, -1)

  init(
    _ queue: TaskQueue, slots: Int, drains: Bool, grace: Double, _ diagnostics: Diagnostics
  ) throws(ToolFailure) {
    self.queue = queue
    self.slots = slots
    self.drains = drains
    self.grace = grace
    self.diagnostics = diagnostics
    id = (0..<4).map { _ in String(UInt32.random(in: .min ... .max), radix: 16) }.joined(separator: "-")
    guard let lock = FileLock(path: "\(queue.folder)/run/\(id).lock"), lock.tryAcquire() else {
      throw ToolFailure(.cannotCreate, "\(queue.folder)/run: \(String(cString: strerror(errno)))")
    }
    ownLock = lock
    do throws(DatabaseError) { try queue.register(id, slots: slots) } catch { throw ToolFailure(error) }
    Worker.catchChildren()
    // What tasks leave behind comes to this process when it ends, and is taken note of.
    _ = fs_become_subreaper()
  }

  /// What most tasks read.
  private let nothing = systemOpen("/dev/null", O_RDONLY | O_CLOEXEC)

  private static func catchChildren() {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    childSignal = (ends[0], ends[1])
    var action = sigaction()
    sigemptyset(&action.sa_mask)
    action.sa_flags = SA_RESTART | SA_NOCLDSTOP
    let handler: @convention(c) (Int32) -> Void = { _ in
      // Nothing here may allocate: a text as a pointer would.
      let code = errno
      var byte: UInt8 = 1
      _ = write(Worker.childSignal.write, &byte, 1)
      errno = code
    }
    #if canImport(Glibc)
      action.__sigaction_handler.sa_handler = handler
    #elseif canImport(Musl)
      action.__sa_handler.sa_handler = handler
    #else
      action.__sigaction_u.__sa_handler = handler
    #endif
    sigaction(SIGCHLD, &action, nil)
  }

  // MARK: - The loop

  func run() throws(ToolFailure) {
    let alarm = WakeAlarm(queue.wakePath)
    defer {
      try? queue.unregister(id)
      unlink("\(queue.folder)/run/\(id).lock")
    }
    while true {
      collect()
      reap()
      if Interruption.signal != 0 && stopAt == nil {
        // What runs may finish; nothing new begins.
        stopAt = Clock.monotonic + grace
        diagnostics.note("stopping: \(jobs.count) tasks are still running")
      }
      if stopAt != nil { giveBackBacklog() }
      let free = stopAt == nil ? slots - jobs.count + reserve - backlog.count : 0
      let turn: TaskQueue.Turn
      do throws(DatabaseError) {
        // Who has ended in the meantime need not be recorded.
        let running = started.compactMap { process in
          jobs[process].map { (id: $0.task.id, pid: process, start: Spawn.startTime(of: process)) }
        }
        turn = try queue.turn(id, ended: ended, started: running, slots: free)
      } catch {
        if error.kind == .full {
          // Results wait in memory until there is room again.
          diagnostics.warning("\(error.description): trying again")
          _ = poll(nil, 0, 1000)
          if stopAt == nil { continue }
        }
        throw ToolFailure(error)
      }
      count(ended)
      ended = []
      started = []
      for id in turn.cancelled { cancel(id) }
      reserve = turn.ready > 8 * slots ? slots : 0
      backlog += turn.claimed
      startWaiting()
      if !ended.isEmpty { continue }  // some could not be started
      enforce()
      if jobs.isEmpty && started.isEmpty {
        if stopAt != nil { return }
        if drains && turn.claimed.isEmpty && turn.unfinished == 0 { return }
      }
      // Pids of what has just started are recorded in the next turn, which comes with the next event: the lock tells until then.
      wait(alarm, turn.nextDue)
    }
  }

  /// How many tasks to have at hand beside those that run.
  private var reserve = 0

  private func startWaiting() {
    while jobs.count < slots, !backlog.isEmpty, stopAt == nil { start(backlog.removeFirst()) }
  }

  private func giveBackBacklog() {
    for task in backlog { ended.append(AttemptOutcome(id: task.id, attempt: task.attempt, end: .givenBack)) }
    backlog = []
  }

  private func count(_ outcomes: [AttemptOutcome]) {
    for outcome in outcomes {
      if outcome.end == .exited(0) { completed += 1 } else if outcome.end != .givenBack { failed += 1 }
    }
  }

  private func wait(_ alarm: WakeAlarm, _ nextDue: Int64?) {
    var wait = Worker.reapingPeriod
    if let nextDue { wait = min(wait, max(0, Double(nextDue - TaskQueue.now) / 1000)) }
    let now = Clock.monotonic
    for job in jobs.values {
      if let at = job.killAt { wait = min(wait, max(0, at - now)) }
      if let deadline = job.deadline, !job.isTimedOut { wait = min(wait, max(0, deadline - now)) }
    }
    var descriptors = [pollfd(fd: Worker.childSignal.read, events: Int16(POLLIN), revents: 0)]
    if alarm.descriptor >= 0 { descriptors.append(pollfd(fd: alarm.descriptor, events: Int16(POLLIN), revents: 0)) }
    for job in jobs.values where job.progress >= 0 {
      descriptors.append(pollfd(fd: job.progress, events: Int16(POLLIN), revents: 0))
    }
    if alarm.descriptor < 0 { wait = min(wait, 0.05) }
    // Who runs is to be known soon, should this process die.
    if !started.isEmpty { wait = min(wait, 0.02) }
    _ = poll(&descriptors, nfds_t(descriptors.count), Int32((wait * 1000).rounded(.up)))
    var scratch = [UInt8](repeating: 0, count: 256)
    while systemRead(Worker.childSignal.read, &scratch, scratch.count) > 0 {}
    alarm.clear()
    readProgress()
  }

  // MARK: - Tasks

  private func start(_ task: ClaimedTask) {
    var outcome = AttemptOutcome(id: task.id, attempt: task.attempt, end: .exited(0))
    let lock = systemOpen(lockPath(task.id, task.attempt), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    let output = systemOpen(
      queue.logPath(task.id, attempt: task.attempt, errors: false), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_APPEND,
      0o600)
    let errors = systemOpen(
      queue.logPath(task.id, attempt: task.attempt, errors: true), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_APPEND,
      0o600)
    let input = self.input(task)
    var ends: [Int32] = [-1, -1]
    defer {
      for descriptor in [output, errors, ends[1]] where descriptor >= 0 { close(descriptor) }
      if input >= 0 && input != nothing { close(input) }
    }
    guard lock >= 0, output >= 0, errors >= 0, input >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0, pipe(&ends) == 0 else {
      // Not the task's fault: it is given back, and this worker waits a moment.
      if lock >= 0 { close(lock) }
      outcome.end = .givenBack
      diagnostics.warning("task \(task.id) cannot be started now: \(String(cString: strerror(errno)))")
      _ = poll(nil, 0, 200)
      ended.append(outcome)
      return
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    var environment = Spawn.ownEnvironment
    for (key, value) in task.environment { environment[key] = value }
    environment["FS_TASK_ID"] = String(task.id)
    environment["FS_ATTEMPT"] = String(task.attempt)
    environment["FS_PROGRESS_FD"] = String(Spawn.progressDescriptor)
    environment["FS_QUEUE_HOME"] = queue.folder
    do throws(Spawn.Failure) {
      let process = try Spawn.start(
        task.arguments, in: task.folder, environment: environment, input: input, output: output, errors: errors,
        lock: lock, progress: ends[1])
      jobs[process] = Job(
        task: task, process: process, lock: lock, progress: ends[0],
        deadline: task.timeout.map { Clock.monotonic + Double($0) / 1000 })
      started.append(process)
    } catch {
      close(lock)
      close(ends[0])
      unlink(lockPath(task.id, task.attempt))
      outcome.end = .notStarted(error.message)
      keepLogs(&outcome)
      ended.append(outcome)
    }
  }

  private func lockPath(_ id: Int64, _ attempt: Int64) -> String { "\(queue.folder)/run/\(id).\(attempt).lock" }

  /// What a task reads: nothing, or a file without a name.
  private func input(_ task: ClaimedTask) -> Int32 {
    guard let bytes = task.input else { return nothing }
    var template = Array("\(queue.folder)/run/input.XXXXXX".utf8CString)
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
      guard let job = jobs.removeValue(forKey: process) else { continue }  // somebody's grandchild
      readProgress(of: job, isLast: true)
      // What it left behind in its group ends with it.
      kill(-process, SIGKILL)
      close(job.lock)
      if job.progress >= 0 { close(job.progress) }
      unlink(lockPath(job.task.id, job.task.attempt))
      let low = status & 0x7F
      var outcome = AttemptOutcome(
        id: job.task.id, attempt: job.task.attempt, end: low == 0 ? .exited(status >> 8 & 0xFF) : .signalled(low))
      if job.isTimedOut { outcome.end = .timedOut }
      if job.isGivenBack && outcome.end != .exited(0) { outcome.end = .givenBack }
      outcome.retryAfter = lastRetryAfter[process]
      lastRetryAfter[process] = nil
      outcome.userMicroseconds = Int64(usage.ru_utime.tv_sec) * 1_000_000 + Int64(usage.ru_utime.tv_usec)
      outcome.systemMicroseconds = Int64(usage.ru_stime.tv_sec) * 1_000_000 + Int64(usage.ru_stime.tv_usec)
      outcome.peakKilobytes = Int64(usage.ru_maxrss)
      keepLogs(&outcome)
      ended.append(outcome)
      startWaiting()
    }
  }

  private var lastRetryAfter: [pid_t: Double] = [:]

  /// Small outputs go into the database, and empty ones nowhere; large ones stay files, safely on disk.
  private func keepLogs(_ outcome: inout AttemptOutcome) {
    for errors in [false, true] {
      let path = queue.logPath(outcome.id, attempt: outcome.attempt, errors: errors)
      var status = stat()
      guard stat(path, &status) == 0 else { continue }
      let size = Int(status.st_size)
      if errors { outcome.errorsLength = Int64(size) } else { outcome.outputLength = Int64(size) }
      if size > Worker.inlineSize {
        let descriptor = systemOpen(path, O_RDONLY | O_CLOEXEC)
        if descriptor >= 0 {
          fsync(descriptor)
          close(descriptor)
        }
        continue
      }
      var bytes = [UInt8](repeating: 0, count: size)
      if size > 0 {
        let descriptor = systemOpen(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { continue }
        let count = bytes.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress!, size) }
        close(descriptor)
        guard count == size else { continue }
      }
      if errors { outcome.errors = bytes } else { outcome.output = bytes }
      unlink(path)
    }
  }

  // MARK: - Ending tasks

  private func signal(_ job: inout Job, _ number: Int32) {
    kill(-job.process, number)
    // A stopped task must go on to hear of it.
    if number == SIGTERM {
      kill(-job.process, SIGCONT)
      job.killAt = Clock.monotonic + min(grace, 10)
    }
  }

  private func cancel(_ id: Int64) {
    if let place = backlog.firstIndex(where: { $0.id == id }) {
      let task = backlog.remove(at: place)
      ended.append(AttemptOutcome(id: task.id, attempt: task.attempt, end: .givenBack))
      return
    }
    for (process, var job) in jobs where job.task.id == id && !job.isCancelled {
      job.isCancelled = true
      signal(&job, SIGTERM)
      jobs[process] = job
    }
  }

  /// Ends what has run for too long, and kills what has not heeded TERM.
  private func enforce() {
    let now = Clock.monotonic
    for (process, var job) in jobs {
      if let deadline = job.deadline, now >= deadline, !job.isTimedOut {
        job.isTimedOut = true
        signal(&job, SIGTERM)
      }
      if let stopAt, now >= stopAt, !job.isGivenBack {
        job.isGivenBack = true
        signal(&job, SIGTERM)
      }
      if let killAt = job.killAt, now >= killAt {
        kill(-process, SIGKILL)
        job.killAt = now + 1
      }
      jobs[process] = job
    }
  }

  // MARK: - Progress

  private func readProgress() {
    for job in jobs.values { readProgress(of: job, isLast: false) }
  }

  /// Lines of a task: `progress 0.4 text`, `retry-after 30`.
  private func readProgress(of job: Job, isLast: Bool) {
    guard job.progress >= 0 else { return }
    var bytes = [UInt8](repeating: 0, count: 4096)
    var text = job.progressText
    while true {
      let count = bytes.withUnsafeMutableBytes { systemRead(job.progress, $0.baseAddress!, 4096) }
      if count <= 0 { break }
      text += bytes[..<count]
      if text.count > 65_536 { text.removeFirst(text.count - 65_536) }
    }
    var rest = text
    var latest: (Double, String?)?
    while let end = rest.firstIndex(of: 0x0A) {
      let line = String(decoding: rest[..<end], as: UTF8.self)
      rest.removeFirst(end - rest.startIndex + 1)
      let words = line.split(separator: " ", maxSplits: 2).map(String.init)
      if words.first == "progress", words.count > 1, let share = Double(words[1]), (0...1).contains(share) {
        latest = (share, words.count > 2 ? String(words[2].prefix(200)) : nil)
      } else if words.first == "retry-after", words.count > 1, let seconds = Double(words[1]) {
        lastRetryAfter[job.process] = seconds
      }
    }
    if !isLast, jobs[job.process] != nil { jobs[job.process]!.progressText = rest }
    if let (share, note) = latest { try? queue.report(job.task.id, progress: share, note: note) }
  }

  // MARK: - What others left

  /// Tasks of workers that died: their processes are ended, and once none is left, they are given back.
  private func reap() {
    let now = Clock.monotonic
    guard now >= nextReaping else { return }
    nextReaping = now + Worker.reapingPeriod
    guard let orphans = try? queue.running() else { return }
    var isAlive: [String: Bool] = [id: true]
    for orphan in orphans {
      if isAlive[orphan.owner] == nil { isAlive[orphan.owner] = isHeld("\(queue.folder)/run/\(orphan.owner).lock") }
      guard isAlive[orphan.owner] == false else { continue }
      if isHeld(lockPath(orphan.id, orphan.attempt)) {
        // Its processes outlived its worker. Only who is surely meant is signalled.
        if orphan.pid > 0, Spawn.startTime(of: orphan.pid) == orphan.start { kill(-orphan.pid, SIGKILL) }
        nextReaping = now + 0.05
        continue
      }
      // A task that had not begun is no loss of its own doing.
      let hasBegun = unlink(lockPath(orphan.id, orphan.attempt)) == 0
      try? queue.giveBack(orphan, isLoss: hasBegun)
      diagnostics.note("task \(orphan.id) was lost with its worker")
    }
    for (owner, alive) in isAlive where !alive { unlink("\(queue.folder)/run/\(owner).lock") }
  }

  /// Whether somebody holds a lock; a file that is not there is held by nobody.
  private func isHeld(_ path: String) -> Bool {
    let descriptor = systemOpen(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0
  }
}
