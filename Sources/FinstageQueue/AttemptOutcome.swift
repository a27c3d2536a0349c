/// How a run of a task ended.
package struct AttemptOutcome: Sendable {
  package enum End: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)
    case timedOut
    /// It could not be started.
    case notStarted(String)
    /// The worker was told to stop, and returned the task to the queue.
    case givenBack
    /// It was claimed, but never started; the claim is undone.
    case notBegun

    /// Whether it counts as a failure.
    package var isFailure: Bool { self != .exited(0) && self != .givenBack && self != .notBegun }

    /// The name that the queue stores.
    package var name: String {
      switch self {
      case .exited: "exit"
      case .signalled: "signal"
      case .timedOut: "timeout"
      case .notStarted: "not started"
      case .givenBack: "given back"
      case .notBegun: "not begun"
      }
    }
  }

  package var id: Int64
  package var attempt: Int64
  package var end: End
  /// How long it ran, in milliseconds.
  package var ran: Int64 = 0
  package var userMicroseconds: Int64 = 0
  package var systemMicroseconds: Int64 = 0
  /// Nil if the system does not report it.
  package var peakKilobytes: Int64?
  /// What it printed, as far as that is kept in the queue; nil if it lies in files.
  package var output: [UInt8]?
  package var log: [UInt8]?
  package var outputLength: Int64 = 0
  package var logLength: Int64 = 0
  /// Seconds after which the task asked to be run again.
  package var retryAfter: Double?

  package init(id: Int64, attempt: Int64, end: End) {
    self.id = id
    self.attempt = attempt
    self.end = end
  }

  /// The status that a shell would show.
  package var status: Int64 {
    switch end {
    case .exited(let status): Int64(status)
    case .signalled(let number): 128 + Int64(number)
    case .timedOut: 124
    case .notStarted: 127
    case .givenBack, .notBegun: 0
    }
  }

  /// What becomes of the task.
  /// - Parameters:
  ///   - failures: how many times it has failed before.
  ///   - chance: uniform between 0 and 1.
  /// - Returns: the state, the reason, and milliseconds until it is due again.
  package func verdict(
    failures: Int64, policy: TaskRetryPolicy, isCancelled: Bool, chance: Double
  ) -> (state: TaskState, reason: String?, delay: Int64) {
    if end == .givenBack || end == .notBegun {
      return isCancelled ? (.cancelled, "cancelled", 0) : (.pending, end == .givenBack ? "given back" : nil, 0)
    }
    if end == .exited(0) { return (.completed, nil, 0) }
    let reason: String
    switch end {
    case .exited(let status): reason = status == 100 ? "never again" : "status \(status)"
    case .signalled(let number): reason = "signal \(number)"
    case .timedOut: reason = "timeout"
    case .notStarted(let message): reason = message
    case .givenBack, .notBegun: reason = ""
    }
    if isCancelled { return (.cancelled, "cancelled", 0) }
    if !policy.retries(status) || failures >= policy.retries { return (.failed, reason, 0) }
    if let retryAfter { return (.retrying, reason, Int64(min(max(retryAfter, 0), 86_400) * 1000)) }
    return (.retrying, reason, policy.wait(failures: failures, chance: chance))
  }
}
