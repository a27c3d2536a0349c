import FinstageCore
import FinstageProcess
import FinstageStore
import FinstageSystem

/// Looks for tasks of workers that died: ends their processes, and gives them back once none is left.
///
/// Who is alive the kernel knows: a worker holds a lock, and each process of a task the lock of its slot. Only processes that surely
/// belong to the task are signalled: those that have the slot's lock open, and the group that was recorded, if its leader is still
/// the process that was meant. Nothing of another start of the machine is.
final class Reaper {
  private let queue: any TaskQueue
  private let spool: LocalSpool
  private let worker: String
  /// When TERM was sent to what is left of an attempt.
  private var asked: [Int64: Double] = [:]
  /// Who has which lock of a slot, looked for once a look, if at all.
  private var holders: [String: [pid_t]]?
  /// From TERM to KILL, seconds.
  private static let patience = 0.2

  init(_ queue: any TaskQueue, _ spool: LocalSpool, worker: String) {
    self.queue = queue
    self.spool = spool
    self.worker = worker
  }

  /// What a look found.
  struct Finding: Sendable {
    /// What became of whom.
    var notes: [String] = []
    /// Some tasks are still being ended.
    var isWaiting = false
    /// The other workers, by the queue's account.
    var peers: [WorkerIdentity] = []
  }

  func look() throws -> Finding {
    var attempts: [String: [RunningAttempt]] = [:]
    for attempt in try queue.running() where attempt.owner != worker {
      attempts[attempt.owner, default: []].append(attempt)
    }
    let workers = try queue.workers().map(\.identity).filter { $0.id != worker }
    let suspects = Set(attempts.keys).union(workers.map(\.id))
    var finding = Finding()
    finding.peers = workers
    guard !suspects.isEmpty else { return finding }
    // One process at a time; the others need not wait for it.
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
        guard let loss = loss(of: attempt, slots[Attempt(id: attempt.id, attempt: attempt.attempt)], isOldBoot: isOldBoot)
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

  /// Which task was started last in which slot of a worker.
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

  /// What is left of an attempt without a worker; nil as long as a process of it is, which is then asked to end, and made to.
  private func loss(of attempt: RunningAttempt, _ slot: Int?, isOldBoot: Bool) -> LostAttempt? {
    if !isOldBoot {
      let path = slot.map { spool.slotLock(attempt.owner, $0) }
      let isHeld = path.map(FileLock.isHeld) ?? false
      let isLeaderAlive = ProcessTable.isAlive(attempt.pid, start: attempt.start)
      if isHeld || isLeaderAlive {
        let now = SystemClock.monotonic
        if asked[attempt.id] == nil { asked[attempt.id] = now }
        let number = now - asked[attempt.id]! < Reaper.patience ? SIGTERM : SIGKILL
        if isLeaderAlive {
          systemKill(-attempt.pid, number)
          systemKill(-attempt.pid, SIGCONT)
        }
        if isHeld, let path {
          if holders == nil { holders = ProcessTable.holders(on: LocalHost.lockDescriptor) }
          for process in holders?[systemRealPath(path)]
            ?? ProcessTable.holders(of: path, usuallyOn: LocalHost.lockDescriptor) {
            systemKill(process, number)
            systemKill(process, SIGCONT)
          }
        }
        return nil
      }
    }
    // What had not begun is no loss of its own doing.
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
