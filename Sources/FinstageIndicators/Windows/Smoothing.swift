import FinstageCore

/// The weights of a recursive average: new = decay * old + weight * x.
///
/// The two add up to exactly 1: however long the period, a constant series keeps its level, but for the last digits.
struct Smoothing {
  let weight: Double
  let decay: Double

  private init(weight: Double) {
    decay = 1 - weight
    self.weight = 1 - decay  // exact: decay lies between 0.5 and 1, or the weight does
  }

  /// An EMA's: 2 / (n + 1).
  static func exponential(_ n: Int) -> Smoothing { Smoothing(weight: 2 / (Double(n) + 1)) }

  /// J. W. Wilder's: 1 / n.
  static func wilder(_ n: Int) -> Smoothing { Smoothing(weight: 1 / Double(n)) }

  // Not old + weight * (x - old): only one product and one sum wait for the value before.
  @inline(__always)
  func next(_ old: Double, _ x: Double) -> Double { decay * old + weight * x }
}
