/// What this process has seen of a host: how fast to go, and whether to go on at all.
struct HostHealth {
  /// Seconds between requests that the host's behaviour asks for.
  private(set) var delay = 0.0
  private var latency = 0.0
  private var samples = 0
  private var failuresInARow = 0
  private var refusalsInARow = 0
  /// When requests may be tried again after too many failures; 0 if there were not too many.
  private var openUntil = 0.0
  private(set) var lastFailure: FetchFailure?

  private static let floor = 0.05
  private static let ceiling = 10.0
  private static let failuresToOpen = 5
  private static let refusalsToStop = 2
  private static let cooldown = 30.0

  /// A good answer after so many seconds: go faster, unless answers get slower.
  mutating func succeeded(after seconds: Double) {
    failuresInARow = 0
    refusalsInARow = 0
    openUntil = 0
    samples += 1
    let isRising = samples > 10 && seconds > 3 * latency && seconds > 0.25
    latency = samples == 1 ? seconds : 0.9 * latency + 0.1 * seconds
    if isRising {
      delay = min(HostHealth.ceiling, max(HostHealth.floor, delay * 1.5))
    } else {
      delay *= 0.8
      if delay < HostHealth.floor { delay = 0 }
    }
  }

  /// A failure that a later request may not have: go slower.
  mutating func failed(_ failure: FetchFailure, now: Double) {
    lastFailure = failure
    delay = min(HostHealth.ceiling, max(HostHealth.floor, delay * 2))
    failuresInARow += 1
    if failure.kind == .tryLater, failure.retryAfter == nil { refusalsInARow += 1 }
    if failuresInARow >= HostHealth.failuresToOpen { openUntil = now + HostHealth.cooldown }
  }

  /// The host refuses us as such.
  mutating func refused(_ failure: FetchFailure) {
    lastFailure = failure
    openUntil = .infinity
  }

  /// Why no request goes out now; nil if it may.
  func verdict(now: Double) -> FetchFailure? {
    if refusalsInARow >= HostHealth.refusalsToStop, let lastFailure { return lastFailure }
    guard openUntil > now, let lastFailure else { return nil }
    return FetchFailure(
      lastFailure.kind, "not asked, after \(max(failuresInARow, 1)) failures in a row: \(lastFailure.sentence)")
  }
}
