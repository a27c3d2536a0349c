/// How often and when to ask again.
public struct RetryPolicy: Sendable {
  public var retries = 3
  public var base = 1.0
  public var longest = 30.0
  /// The longest Retry-After that is waited for.
  public var longestPause = 120.0

  public init() {}

  /// Seconds before attempt `attempt` (the first retry is 1): full jitter, between 0 and the bound that doubles.
  func delay(_ attempt: Int, random: Double) -> Double {
    random * min(longest, base * Double(1 << min(attempt - 1, 20)))
  }
}
