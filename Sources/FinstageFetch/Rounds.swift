import FinstageSystem

/// Rounds at fixed instants: the time that a round takes does not move the next one. A round that lasts beyond the beginning of the next
/// ones skips those.
package struct Rounds {
  private let interval: Double
  private let begin: Double
  private var next = 0

  /// - Parameter interval: seconds from the beginning of a round to that of the next.
  package init(every interval: Double) {
    self.interval = interval
    begin = SystemClock.monotonic
  }

  /// Waits for the next round. Returns how many rounds were skipped, or nil once a signal has asked to stop.
  package mutating func wait() -> Int? {
    next += 1
    let late = SystemClock.monotonic - (begin + Double(next) * interval)
    let skipped = late > 0 ? Int(late / interval) + 1 : 0
    next += skipped
    while Interruption.signal == 0 {
      let left = begin + Double(next) * interval - SystemClock.monotonic
      if left <= 0 { return skipped }
      // A signal ends the wait.
      _ = poll(nil, 0, Int32(min(left * 1000, 60_000).rounded(.up)))
    }
    return nil
  }
}
