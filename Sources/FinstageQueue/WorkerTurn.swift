/// What a worker reports and asks for.
package struct WorkerTurn: Sendable {
  /// A process that runs a task.
  package struct Start: Sendable {
    package var id: Int64
    package var attempt: Int64
    package var pid: Int32
    /// When the process started, in ticks since the machine did.
    package var start: Int64
    package var slot: Int
    /// How long it has run, in milliseconds.
    package var ran: Int64

    package init(id: Int64, attempt: Int64, pid: Int32, start: Int64, slot: Int, ran: Int64) {
      self.id = id
      self.attempt = attempt
      self.pid = pid
      self.start = start
      self.slot = slot
      self.ran = ran
    }
  }

  /// How far a task says it is.
  package struct Progress: Sendable {
    package var id: Int64
    package var attempt: Int64
    package var share: Double
    package var note: String?

    package init(id: Int64, attempt: Int64, share: Double, note: String?) {
      self.id = id
      self.attempt = attempt
      self.share = share
      self.note = note
    }
  }

  package var ended: [AttemptOutcome] = []
  package var started: [Start] = []
  package var progress: [Progress] = []
  /// How many tasks to claim.
  package var wanted = 0
  /// Milliseconds after which a ready task counts as one level more urgent; nil for never.
  package var starvation: Int64?

  package init() {}

  package var isEmpty: Bool { ended.isEmpty && started.isEmpty && progress.isEmpty }
}

/// What a worker has to do.
package struct WorkerOrders: Sendable {
  package var claimed: [ClaimedTask] = []
  /// Tasks of this worker that somebody wants to end.
  package var cancelled: [Int64] = []
  /// Tasks of this worker whose processes must stop until they are resumed.
  package var paused: [Int64] = []
  /// How many tasks to run at a time; nil if nothing is said.
  package var slots: Int?
  /// Milliseconds until the next task or schedule is due; nil if none is.
  package var nextDueIn: Int64?
  /// How many tasks of the queue are not finished, and how many of them are pending.
  package var unfinished = 0
  package var ready = 0

  package init() {}
}
