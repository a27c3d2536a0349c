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

/// A task from its start to the end of its last process.
extension Worker {
  func start(_ task: ClaimedTask) {
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
  func collect() {
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
  func release() {
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

  func cancel(_ id: Int64) {
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
  func enforce() {
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
  func readProgress(of process: pid_t) {
    guard let job = jobs[process], let report = job.slot.progressReader.read() else { return }
    if let share = report.share { progress[job.task.id] = (share, report.note) }
    if let seconds = report.retryAfter { jobs[process]!.retryAfter = seconds }
  }
}
