/// What this process has seen of a host: decides how fast to send requests, and whether to send any more.
struct HostHealth {
  /// Seconds to leave between requests, judging by the host's behaviour.
  private(set) var delay = 0.0
  private var latency = 0.0
  private var samples = 0
  private var failuresInARow = 0
  private var refusalsInARow = 0
  /// When requests may be sent again after too many failures; 0 if there were not too many.
  private var openUntil = 0.0
  private(set) var lastFailure: FetchFailure?

  private static let floor = 0.05
  private static let ceiling = 10.0
  private static let failuresToOpen = 5
  private static let refusalsToStop = 2
  private static let cooldown = 30.0

  /// Records a good answer after this many seconds: speeds up, or slows down if answers are getting slower.
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

  /// Records a failure that a later request may not have: slows down.
  mutating func failed(_ failure: FetchFailure, now: Double) {
    lastFailure = failure
    delay = min(HostHealth.ceiling, max(HostHealth.floor, delay * 2))
    failuresInARow += 1
    if failure.kind == .tryLater, failure.retryAfter == nil { refusalsInARow += 1 }
    if failuresInARow >= HostHealth.failuresToOpen { openUntil = now + HostHealth.cooldown }
  }

  /// Records that the host refuses this client altogether.
  mutating func refused(_ failure: FetchFailure) {
    lastFailure = failure
    openUntil = .infinity
  }

  /// Why no request may go out now; nil if one may.
  func verdict(now: Double) -> FetchFailure? {
    if refusalsInARow >= HostHealth.refusalsToStop, let lastFailure { return lastFailure }
    guard openUntil > now, let lastFailure else { return nil }
    return FetchFailure(
      lastFailure.kind, "not requested after \(max(failuresInARow, 1)) failures in a row: \(lastFailure.sentence)")
  }
}
