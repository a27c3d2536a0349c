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
