import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstagePostgres
import FinstageQueue
import FinstageStore
import FinstageSystem

/// Ends the process with any status, such as that of a task.
func systemExitWith(_ status: Int32) -> Never {
  Interruption.dieIfRequested()
  exit(status)
}

/// Waits for tasks, and shows their output as it comes.
struct Follower {
  private let queue: any TaskQueue
  private let diagnostics: Diagnostics

  init(_ queue: any TaskQueue, _ diagnostics: Diagnostics) {
    self.queue = queue
    self.diagnostics = diagnostics
  }

  /// The status with which a task ended, as a shell would show it.
  private func status(of task: TaskRecord) -> Int32 {
    switch task.state {
    case .completed: 0
    case .cancelled, .dead: 125
    default: task.reason == "expired" ? 125 : Int32(truncatingIfNeeded: task.status ?? 1)
    }
  }

  /// Waits for the end of a task and returns its status, or 75 if it does not end in time or a signal arrives.
  func end(of id: Int64, until end: Double?, meanwhile: () throws -> Void = {}) throws -> Int32 {
    let begin = SystemClock.monotonic
    var hasLooked = false
    var awaySince: Double?
    while true {
      let task: TaskRecord
      do {
        task = try queue.known(id)
        try meanwhile()
        awaySince = nil
      } catch let error as PostgresError where [.away, .crowded].contains(error.kind) {
        // The task goes on without this; a server that was started again is asked again.
        let now = SystemClock.monotonic
        if awaySince == nil { diagnostics.warning("\(error.sentence) (trying again for a minute)") }
        awaySince = awaySince ?? now
        guard now - awaySince! < 60, Interruption.signal == 0, end.map({ now < $0 }) ?? true else { throw error }
        _ = poll(nil, 0, 500)
        continue
      }
      if task.state.isFinal { return status(of: task) }
      let now = SystemClock.monotonic
      if let end, now >= end { return 75 }
      if Interruption.signal != 0 { return 75 }
      if !hasLooked, now - begin > 0.5 {
        hasLooked = true
        if try !queue.workers().contains(where: { queue.isAlive($0.identity.id) }) {
          diagnostics.warning("no worker is running; nothing will happen until one is started (fs-queue work)")
        } else if let reason = try obstacle(task) {
          diagnostics.warning(reason)
        }
      }
      // Short tasks are looked at often: the end of a task touches nothing by itself.
      let pause = min(queue.lookInterval, max(0.001, (now - begin) / 4))
      _ = poll(nil, 0, Int32((max(0, min(pause, end.map { $0 - now } ?? pause)) * 1000).rounded(.up)))
    }
  }

  /// Why a task does not begin although there are workers; nil if nothing is known.
  private func obstacle(_ task: TaskRecord) throws -> String? {
    if task.state.isHeld { return task.isStopped ? "task \(task.id) is paused (fs-queue resume \(task.id))" : nil }
    if task.state == .paused { return "task \(task.id) is paused (fs-queue release \(task.id))" }
    if try queue.figures().isPaused { return "the queue is paused: no task begins until fs-queue resume" }
    if !task.group.isEmpty, let group = try queue.groups().first(where: { $0.name == task.group }) {
      if group.isPaused {
        return "the group \(group.name) is paused: task \(task.id) begins after fs-queue group \(group.name) --resume"
      }
      if group.limit == 0 { return "the limit of the group \(group.name) is 0: none of its tasks begins" }
    }
    if !task.place.isEmpty, let lack = try queue.placesWithoutWorker().first(where: { $0.place == task.place }) {
      return TaskText.lack(lack)
    }
    for parent in task.parents > 0 ? try queue.parents(of: task.id).prefix(100) : [] {
      guard try queue.task(parent)?.state == .paused else { continue }
      return "task \(task.id) waits for task \(parent), which is paused (fs-queue release \(parent))"
    }
    return nil
  }

  /// Waits for a task, shows both of its outputs as they come, and exits with its status.
  func follow(_ id: Int64) throws -> ExitStatus {
    var output = OutputTail(queue, id, .output, to: 1)
    var log = OutputTail(queue, id, .log, to: 2)
    let status = try end(of: id, until: nil) {
      try output.advance()
      try log.advance()
    }
    try output.finish()
    try log.finish()
    if status == 125, let task = try queue.task(id), let reason = task.reason {
      diagnostics.error("task \(id) is \(task.state.name) (\(reason))")
    }
    systemExitWith(status)
  }
}
