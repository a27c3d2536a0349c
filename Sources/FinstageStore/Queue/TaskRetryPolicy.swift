/// Whether, and when, a task runs again after failing.
public struct TaskRetryPolicy: Sendable, Equatable {
  public enum Backoff: Int64, Sendable, CaseIterable {
    /// Doubled for each further failure.
    case exponential = 0
    case fixed = 1

    public var name: String { "\(self)" }
  }

  /// How often it is run again.
  public var retries: Int64 = 0
  /// Milliseconds before the first retry.
  public var delay: Int64 = 10_000
  /// The longest delay, milliseconds.
  public var longest: Int64 = 3_600_000
  public var backoff = Backoff.exponential
  /// The exit statuses that are retried, as a shell shows them; nil for all but those that running again would not change.
  public var statuses: Set<Int64>?

  public init() {}

  /// Statuses that running again would not change: usage, bad data, not allowed, bad configuration, "never again", and programs
  /// that are not there.
  private static let hopeless: Set<Int64> = [64, 65, 77, 78, 100, 126, 127]

  func retries(_ status: Int64) -> Bool { statuses?.contains(status) ?? !TaskRetryPolicy.hopeless.contains(status) }

  /// Milliseconds until the next attempt: full jitter above one half of the first delay.
  func wait(failures: Int64, chance: Double) -> Int64 {
    let factor = backoff == .fixed ? 1 : Double(sign: .plus, exponent: Int(min(failures, 40)), significand: 1)
    let bound = min(Double(longest), Double(delay) * factor)
    let least = min(Double(delay) / 2, bound)
    return Int64(least + (bound - least) * chance)
  }
}
