/// How many tasks end in a short time: that many are worth having at hand.
struct Pace {
  private var since = 0.0
  private var count = 0
  private(set) var reserve = 0
  private static let window = 0.05

  /// A task has ended.
  mutating func note(_ now: Double) {
    if now - since > Pace.window {
      // Scale the count to the window: if more time has passed, the tasks are slower.
      reserve = since == 0 ? 0 : min(200, Int(Double(count) * Pace.window / (now - since)))
      (since, count) = (now, 0)
    }
    count += 1
  }
}
