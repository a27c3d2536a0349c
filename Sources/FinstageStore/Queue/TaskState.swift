/// Where a task is in its life. Terminal states change only by an explicit retry.
public enum TaskState: Int64, Sendable, CaseIterable {
  /// Ready to run.
  case pending = 0
  /// Due later.
  case scheduled = 1
  case running = 2
  /// Failed, and due again later.
  case retrying = 3
  case completed = 4
  case failed = 5
  case cancelled = 6
  /// Its worker died under it three times.
  case dead = 7

  public var name: String { "\(self)" }

  public static func named(_ name: String) -> TaskState? { allCases.first { $0.name == name } }

  /// Whether nothing more will happen by itself.
  public var isFinal: Bool { rawValue >= TaskState.completed.rawValue }
}

/// How urgent a task is; of equal ones the one that is due first comes first, then the one added first.
public enum TaskPriority: Int64, Sendable, CaseIterable {
  case critical = 0
  case high = 1
  case normal = 2
  case low = 3

  public var name: String { "\(self)" }
}

/// A task as it is added.
public struct NewTask: Sendable {
  /// The program and its arguments.
  public var arguments: [String]
  public var priority = TaskPriority.normal
  /// How often it is run again after failing.
  public var retries: Int64 = 0
  /// Milliseconds before the first retry; doubled for each further one.
  public var retryDelay: Int64 = 10_000
  /// Milliseconds that a run may take; nil for ever.
  public var timeout: Int64?
  /// When it may run first, and when it is too late to begin: milliseconds since 1970.
  public var due: Int64?
  public var expires: Int64?
  /// No two unfinished tasks have the same.
  public var uniqueKey: String?
  public var folder: String
  /// Variables beside those of the worker.
  public var environment: [String: String] = [:]
  public var input: [UInt8]?
  public var tags: [String] = []

  public init(arguments: [String], folder: String) {
    self.arguments = arguments
    self.folder = folder
  }
}

/// What to do with a task whose unique key an unfinished one has.
public enum UniquePolicy: String, Sendable, CaseIterable {
  /// The one that is there is the task.
  case ignore
  /// The one that is there, if it is not running yet, becomes the new one.
  case replace
  /// Nothing is added.
  case reject
}

/// A task as it is in the queue.
public struct TaskRecord: Sendable {
  public var id: Int64
  public var state: TaskState
  public var priority: TaskPriority
  public var arguments: [String]
  public var folder: String
  public var tags: [String]
  public var due: Int64
  public var added: Int64
  public var began: Int64?
  public var ended: Int64?
  public var attempt: Int64
  public var failures: Int64
  public var losses: Int64
  public var retries: Int64
  public var owner: String?
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
  public let environment: [String: String]
  public let input: [UInt8]?
  public let timeout: Int64?
}

/// How a run of a task ended.
public struct AttemptOutcome: Sendable {
  public enum End: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)
    case timedOut
    /// It could not be started.
    case notStarted(String)
    /// The worker was told to stop, and gives the task back.
    case givenBack
  }

  public var id: Int64
  public var attempt: Int64
  public var end: End
  public var userMicroseconds: Int64 = 0
  public var systemMicroseconds: Int64 = 0
  public var peakKilobytes: Int64 = 0
  /// What it printed, as far as that is kept in the database; nil if it lies in the log files.
  public var output: [UInt8]?
  public var errors: [UInt8]?
  public var outputLength: Int64 = 0
  public var errorsLength: Int64 = 0
  /// Seconds after which it asks to be run again.
  public var retryAfter: Double?

  public init(id: Int64, attempt: Int64, end: End) {
    self.id = id
    self.attempt = attempt
    self.end = end
  }

  /// The status that a shell would show.
  public var status: Int64 {
    switch end {
    case .exited(let status): Int64(status)
    case .signalled(let number): 128 + Int64(number)
    case .timedOut: 124
    case .notStarted: 127
    case .givenBack: 0
    }
  }

  /// Statuses that running again would not change: usage, bad data, not allowed, bad configuration, "never again", and programs
  /// that are not there.
  private static let hopeless: Set<Int64> = [64, 65, 77, 78, 100, 126, 127]

  /// What becomes of the task.
  /// - Parameters:
  ///   - failures: how often it has failed before.
  ///   - chance: uniform between 0 and 1.
  /// - Returns: the state, the reason, and milliseconds until it is due again.
  public func verdict(
    failures: Int64, retries: Int64, delay: Int64, isCancelled: Bool, chance: Double
  ) -> (state: TaskState, reason: String?, delay: Int64) {
    if end == .givenBack { return isCancelled ? (.cancelled, "cancelled", 0) : (.pending, nil, 0) }
    if end == .exited(0) { return (.completed, nil, 0) }
    let reason: String
    switch end {
    case .exited(let status): reason = status == 100 ? "never again" : "status \(status)"
    case .signalled(let number): reason = "signal \(number)"
    case .timedOut: reason = "timeout"
    case .notStarted(let message): reason = message
    case .givenBack: reason = ""
    }
    if isCancelled { return (.cancelled, "cancelled", 0) }
    if AttemptOutcome.hopeless.contains(status) || failures >= retries { return (.failed, reason, 0) }
    if let retryAfter { return (.retrying, reason, Int64(min(max(retryAfter, 0), 86_400) * 1000)) }
    // Full jitter above one half, doubled each time, an hour at most.
    let bound = min(3_600_000, Double(delay) * Double(sign: .plus, exponent: Int(min(failures, 40)), significand: 1))
    let least = min(Double(delay) / 2, bound)
    return (.retrying, reason, Int64(least + (bound - least) * chance))
  }
}
