/// The state of a task. Final states change only by an explicit retry.
package enum TaskState: Int64, Sendable, CaseIterable {
  /// Kept from running until somebody releases it.
  case paused = -2
  /// Ready to run.
  case pending = 0
  /// Due later.
  case scheduled = 1
  /// Taken by a worker, and not begun yet: given back without a loss if the worker dies.
  case claimed = -1
  case running = 2
  /// Failed, and due again later.
  case retrying = 3
  case completed = 4
  case failed = 5
  case cancelled = 6
  /// Workers died three times while running it.
  case dead = 7

  package var name: String { "\(self)" }

  package static func named(_ name: String) -> TaskState? { allCases.first { $0.name == name } }

  /// Whether the task has ended and will not run again by itself.
  package var isFinal: Bool { rawValue >= TaskState.completed.rawValue }
  /// The state of a task that waits, and whose time comes or has come.
  static func waiting(due: Int64, now: Int64, failures: Int64) -> TaskState {
    due <= now ? .pending : failures > 0 ? .retrying : .scheduled
  }

  /// Whether a worker has it.
  package var isHeld: Bool { self == .claimed || self == .running }
}

/// How urgent a task is. Equally urgent tasks run in the order in which they are due, then in the order in which they
/// were added.
package enum TaskPriority: String, Sendable, CaseIterable {
  case critical, high, normal, low

  package var name: String { rawValue }

  /// 0 for the most urgent.
  package var level: Int64 {
    switch self {
    case .critical: 0
    case .high: 1
    case .normal: 2
    case .low: 3
    }
  }

  /// Nil if there is no such level.
  package init?(level: Int64) {
    guard let known = TaskPriority.allCases.first(where: { $0.level == level }) else { return nil }
    self = known
  }
}

/// What a task prints.
package enum TaskStream: Sendable, CaseIterable {
  /// Standard output: the result.
  case output
  /// Standard error: the log.
  case log
}
