/// A task as it is in the queue.
public struct TaskRecord: Sendable {
  public var id: Int64
  public var state: TaskState
  public var priority: TaskPriority
  public var arguments: [String]
  public var folder: String
  public var tags: [String]
  public var group: String
  /// How many unfinished tasks it waits for.
  public var parents: Int64
  public var batch: Int64?
  public var item: String?
  public var job: String?
  public var uniqueKey: String?
  public var due: Int64
  public var added: Int64
  public var began: Int64?
  public var ended: Int64?
  public var attempt: Int64
  public var failures: Int64
  public var losses: Int64
  public var retries: Int64
  public var owner: String?
  /// The place at its worker where it runs.
  public var slot: Int?
  public var pid: Int64
  /// The exit status, or 128 + the number of a signal; 124 for a time-out.
  public var status: Int64?
  public var reason: String?
  public var progress: Double?
  public var note: String?
  public var isCancelRequested: Bool
}

/// A task that a worker has taken.
public struct ClaimedTask: Sendable {
  public let id: Int64
  public let attempt: Int64
  public let arguments: [String]
  public let folder: String
  public let hasCleanEnvironment: Bool
  public let environment: [String: String]
  public let input: [UInt8]?
  public let timeout: Int64?
}

/// Which tasks are meant.
public struct TaskFilter: Sendable {
  public var state: TaskState?
  public var tag: String?
  public var group: String?
  public var batch: Int64?
  public var job: String?
  /// Only those with greater numbers.
  public var after: Int64?
  /// The oldest first.
  public var isRising = false

  public init() {}
}

/// One run of a task.
public struct AttemptRecord: Sendable {
  public var number: Int64
  public var owner: String?
  public var began: Int64?
  public var ended: Int64?
  public var status: Int64?
  /// `exit`, `signal`, `timeout`, `not started`, `given back`, `lost`; nil while it runs.
  public var how: String?
  public var userMicroseconds: Int64?
  public var systemMicroseconds: Int64?
  public var peakKilobytes: Int64?
  public var outputLength: Int64?
  public var errorsLength: Int64?
}
