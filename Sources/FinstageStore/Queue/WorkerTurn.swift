/// What a worker reports, and asks for.
public struct WorkerTurn: Sendable {
  /// A process that runs a task.
  public struct Start: Sendable {
    public var id: Int64
    public var pid: Int32
    /// When it started, in ticks since the machine did.
    public var start: Int64
    public var slot: Int

    public init(id: Int64, pid: Int32, start: Int64, slot: Int) {
      self.id = id
      self.pid = pid
      self.start = start
      self.slot = slot
    }
  }

  public var ended: [AttemptOutcome] = []
  public var started: [Start] = []
  /// How far tasks say they are.
  public var progress: [(id: Int64, share: Double, note: String?)] = []
  /// How many tasks to claim.
  public var wanted = 0
  /// A task that has been ready for so many milliseconds counts as one level more urgent; nil for never.
  public var starvation: Int64?

  public init() {}

  public var isEmpty: Bool { ended.isEmpty && started.isEmpty && progress.isEmpty }
}

/// What a worker has to do.
public struct WorkerOrders: Sendable {
  public var claimed: [ClaimedTask] = []
  /// Running tasks of this worker that somebody wants to end.
  public var cancelled: [Int64] = []
  /// When the next task is due, milliseconds since 1970; nil if none is.
  public var nextDue: Int64?
  /// Tasks that are not finished, whoever has them, and those of them that could begin.
  public var unfinished = 0
  public var ready = 0

  public init() {}
}
