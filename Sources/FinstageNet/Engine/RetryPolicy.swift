import FinstageSystem

/// How often and when to retry.
package struct RetryPolicy: Sendable {
  package var retries = 3
  package var base = 0.25
  package var longest = 30.0
  /// The longest Retry-After to wait for.
  package var longestPause = 120.0

  package init() {}

  /// Seconds before attempt `attempt` (the first retry is 1).
  func delay(_ attempt: Int, random: Double) -> Double {
    Backoff(base: base, longest: longest).wait(failures: attempt - 1, chance: random)
  }
}
