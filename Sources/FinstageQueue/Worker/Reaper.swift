import FinstageCore
import FinstageProcess
import FinstageStore
import FinstageSystem

/// Looks for tasks of dead workers, ends their processes, and returns the tasks to the queue once no process is left.
///
/// Locks show what is alive: a worker holds its own lock, and each process of a task holds the lock of its slot. Only
/// processes that certainly belong to the task are signalled: those that have the lock of the slot open, and the
/// recorded process group, if its leader is still the recorded process. Nothing is signalled for tasks that ran before
/// the last boot of the machine.
final class Reaper {
  private let queue: any TaskQueue
  private let spool: LocalSpool
  private let worker: String
  private let results: KeptResults
  /// When TERM was first sent to the remaining processes of a task.
  private var asked: [Int64: Double] = [:]
  /// The processes that hold each slot lock; searched at most once per look, when needed.
  private var holders: [String: [pid_t]]?
  /// Seconds from TERM to KILL.
  private static let patience = 0.2

  init(_ queue: any TaskQueue, _ spool: LocalSpool, worker: String) {
    self.queue = queue
    self.spool = spool
    self.worker = worker
    results = KeptResults(spool)
  }

  /// What a look found.
  struct Finding: Sendable {
    /// Messages about tasks that were lost.
    var notes: [String] = []
    /// Whether to look again soon: some processes are still being ended, or another worker is looking.
    var isWaiting = false
    /// The other workers that the queue has registered.
    var peers: [WorkerIdentity] = []
  }

  func look() throws -> Finding {
    // Before the tasks of dead workers are taken to be lost.
    let offered = try results.offer(to: queue)
    var attempts: [String: [RunningAttempt]] = [:]
    for attempt in try queue.running() where attempt.owner != worker && queue.isLocal(attempt.machine) {
      attempts[attempt.owner, default: []].append(attempt)
    }
    let workers = try queue.workers().map(\.identity).filter { $0.id != worker && queue.isLocal($0.machine) }
    let suspects = Set(attempts.keys).union(workers.map(\.id))
    var finding = Finding()
    finding.peers = workers
    finding.notes = try offered + queue.giveBackExpired()
    guard !suspects.isEmpty else { return finding }
    // Only one process looks at a time; the others do not wait for it.
    guard let lock = FileLock(path: "\(spool.folder)/run/reaper.lock"), lock.tryAcquire() else {
      finding.isWaiting = true
      return finding
    }
    defer { lock.release() }
    holders = nil
    for owner in suspects.sorted() where !FileLock.isHeld(spool.workerLock(owner)) {
      let isOldBoot = (workers.first { $0.id == owner }?.boot).map { $0 != ProcessTable.boot } ?? false
      var isClean = true
      let slots = slots(of: owner)
      for attempt in attempts[owner] ?? [] {
        guard
          let loss = loss(of: attempt, slots[Attempt(id: attempt.id, attempt: attempt.attempt)], isOldBoot: isOldBoot)
        else {
          isClean = false
          continue
        }
        try queue.giveBack(attempt, loss)
        asked[attempt.id] = nil
        finding.notes.append("task \(attempt.id) was lost with its worker")
      }
      if isClean {
        try queue.unregister(owner)
        spool.removeFiles(of: owner)
      } else {
        finding.isWaiting = true
      }
    }
    return finding
  }

  private struct Attempt: Hashable {
    let id: Int64
    let attempt: Int64
  }

  /// The slot of a worker in which each task was started, for the last task of each slot.
  private func slots(of owner: String) -> [Attempt: Int] {
    let prefix = owner + "."
    var slots: [Attempt: Int] = [:]
    for name in spool.names(in: "run") where name.hasPrefix(prefix) && name.hasSuffix(".slot") {
      guard let number = Int(name.dropFirst(prefix.count).dropLast(5)),
        let task = Slot.task(spool.slotLock(owner, number))
      else { continue }
      slots[Attempt(id: task.id, attempt: task.attempt)] = number
    }
    return slots
  }

  /// What is left of an attempt whose worker died; nil as long as one of its processes is alive. Those get TERM, then
  /// KILL.
  private func loss(of attempt: RunningAttempt, _ slot: Int?, isOldBoot: Bool) -> LostAttempt? {
    if !isOldBoot {
      let path = slot.map { spool.slotLock(attempt.owner, $0) }
      let isHeld = path.map(FileLock.isHeld) ?? false
      let isLeaderAlive = ProcessTable.isAlive(attempt.pid, start: attempt.start)
      // A daemon has left its session and closed its descriptors, but not lost its variables.
      let daemons =
        isHeld || isLeaderAlive
        ? [] : ProcessTable.started(with: spool.variables(attempt.id, attempt: attempt.attempt))
      if isHeld || isLeaderAlive || !daemons.isEmpty {
        let now = SystemClock.monotonic
        if asked[attempt.id] == nil { asked[attempt.id] = now }
        let number = now - asked[attempt.id]! < Reaper.patience ? SIGTERM : SIGKILL
        if isLeaderAlive {
          ProcessTable.signal(attempt.pid, number) {
            guard ProcessTable.isAlive(attempt.pid, start: attempt.start) else { return false }
            systemKill(-attempt.pid, number)
            systemKill(-attempt.pid, SIGCONT)
            // It is one of its group, and has been told.
            return false
          }
        }
        for process in daemons {
          let variables = spool.variables(attempt.id, attempt: attempt.attempt)
          for number in [number, SIGCONT] {
            ProcessTable.signal(process, number) { ProcessTable.wasStarted(process, with: variables) }
          }
        }
        if isHeld, let path {
          if holders == nil { holders = ProcessTable.holders(on: LocalHost.lockDescriptor) }
          for process in holders?[systemRealPath(path)]
            ?? ProcessTable.holders(of: path, usuallyOn: LocalHost.lockDescriptor)
          {
            for number in [number, SIGCONT] {
              ProcessTable.signal(process, number) { ProcessTable.holds(process, path) }
            }
          }
        }
        return nil
      }
    }
    // The task had not started, so the loss does not count against it.
    guard let slot else { return LostAttempt(hasBegun: false) }
    var loss = LostAttempt(hasBegun: true)
    for stream in TaskStream.allCases {
      let path = spool.slotLog(attempt.owner, slot, stream)
      guard let size = FileContent.size(path), size > 0 else { continue }
      if stream == .log { loss.logLength = Int64(size) } else { loss.outputLength = Int64(size) }
      if size > LocalSpool.inlineSize {
        rename(path, spool.logPath(attempt.id, attempt: attempt.attempt, stream))
      } else {
        let bytes = FileContent.bytes(path, limit: size)
        if stream == .log { loss.log = bytes } else { loss.output = bytes }
      }
    }
    return loss
  }
}
