/// Who works: a new identity for each start of a process.
public struct WorkerIdentity: Sendable {
  public var id: String
  public var pid: Int32
  /// When the process started, in ticks since the machine did.
  public var start: Int64
  /// Which start of the machine it was.
  public var boot: String

  public init(id: String, pid: Int32, start: Int64, boot: String) {
    self.id = id
    self.pid = pid
    self.start = start
    self.boot = boot
  }
}

/// A worker, by the queue's account.
public struct WorkerRecord: Sendable {
  public var identity: WorkerIdentity
  public var started: Int64
  public var slots: Int64
  public var completed: Int64
  public var failed: Int64
  /// The numbers of its tasks.
  public var running: [Int64]
}

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

/// A running task, whose worker may be gone.
public struct RunningAttempt: Sendable {
  public var id: Int64
  public var attempt: Int64
  public var owner: String
  /// The leader of its process group; 0 if it is not known.
  public var pid: Int32
  /// When that started; another process may have got its number since.
  public var start: Int64
  public var slot: Int?
  /// Which start of the machine its worker belongs to; nil if the worker is unknown.
  public var boot: String?
}

/// What is left of an attempt that was lost.
public struct LostAttempt: Sendable {
  /// Whether it had begun: that counts against the task.
  public var hasBegun: Bool
  public var output: [UInt8]?
  public var errors: [UInt8]?
  public var outputLength: Int64 = 0
  public var errorsLength: Int64 = 0

  public init(hasBegun: Bool) { self.hasBegun = hasBegun }
}

/// The queue in numbers.
public struct QueueFigures: Sendable {
  /// A distribution of seconds: how many were up to each bound.
  public struct Histogram: Sendable {
    public var counts: [Int64]
    public var sum: Double
    /// Seconds.
    public static let bounds: [Double] = [0.01, 0.1, 1, 10, 60, 600, 3600]

    public init() {
      counts = [Int64](repeating: 0, count: Histogram.bounds.count + 1)
      sum = 0
    }

    public mutating func note(_ seconds: Double) {
      counts[Histogram.bounds.firstIndex { seconds <= $0 } ?? Histogram.bounds.count] += 1
      sum += seconds
    }
  }

  public var counts: [TaskState: Int] = [:]
  public var isPaused = false
  /// Pending tasks that wait for others.
  public var blocked = 0
  /// When the oldest ready task became due, milliseconds since 1970.
  public var oldestReady: Int64?
  /// How many were ever added, however many of them are gone by now.
  public var submitted: Int64 = 0
  /// Attempts since the queue was made, by how they ended.
  public var attempts: [String: Int64] = [:]
  /// From being ready to being begun, and from there to the end.
  public var waiting = Histogram()
  public var running = Histogram()
  /// Attempts that ended within the last minute and the last hour.
  public var endedLastMinute = 0
  public var endedLastHour = 0

  public init() {}
}
