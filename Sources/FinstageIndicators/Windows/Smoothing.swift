import FinstageCore

/// The weights of a recursive average: new = decay * old + weight * x.
///
/// The two add up to exactly 1, so a constant series keeps its level, except for the last digits, with any period.
struct Smoothing {
  let weight: Double
  let decay: Double

  private init(weight: Double) {
    decay = 1 - weight
    self.weight = 1 - decay  // exact: decay lies between 0.5 and 1, or the weight does
  }

  /// The weight of an EMA: 2 / (n + 1).
  static func exponential(_ n: Int) -> Smoothing { Smoothing(weight: 2 / (Double(n) + 1)) }

  /// The weight of J. W. Wilder's average: 1 / n.
  static func wilder(_ n: Int) -> Smoothing { Smoothing(weight: 1 / Double(n)) }

  // Not old + weight * (x - old): in this form only one product and one sum wait for the previous value.
  @inline(__always)
  func next(_ old: Double, _ x: Double) -> Double { decay * old + weight * x }
}
