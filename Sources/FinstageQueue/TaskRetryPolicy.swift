import FinstageSystem

/// Whether, and when, a task runs again after failing.
package struct TaskRetryPolicy: Sendable, Equatable {
  package enum Growth: String, Sendable, CaseIterable {
    /// Doubled for each further failure.
    case exponential
    case fixed

    package var name: String { rawValue }
  }

  /// How many times the task is run again.
  package var retries: Int64 = 0
  /// Milliseconds before the first retry.
  package var delay: Int64 = 10_000
  /// The longest delay, milliseconds.
  package var longest: Int64 = 3_600_000
  package var backoff = Growth.exponential
  /// The exit statuses to retry, as a shell shows them; nil for all except those that running again would not change.
  package var statuses: Set<Int64>?

  package init() {}

  /// Statuses that running again would not change: usage, bad data, not allowed, bad configuration, "never again", and
  /// programs that cannot be run or do not exist.
  private static let hopeless: Set<Int64> = [64, 65, 77, 78, 100, 126, 127]

  func retries(_ status: Int64) -> Bool { statuses?.contains(status) ?? !TaskRetryPolicy.hopeless.contains(status) }

  /// Milliseconds until the next attempt: no less than one half of the first delay.
  func wait(failures: Int64, chance: Double) -> Int64 {
    let backoff = Backoff(
      base: Double(delay), longest: Double(longest), least: 0.5, isDoubling: backoff == .exponential)
    return Int64(backoff.wait(failures: Int(failures), chance: chance))
  }
}
