import FinstageSystem

/// Decides, check by check, whether a metric has passed its bound. A check collects readings until the standard error of their mean is at most
/// `precision`, and the bound counts as passed when two checks in a row lie beyond it.
package struct GuardJudge: Sendable {
  package enum Verdict: Sendable, Equatable {
    /// There are too few readings, and how many are needed.
    case notYet(have: Int, need: Int)
    /// There is nothing to compare with, or no reading.
    case noVerdict
    case ok
    /// Beyond the limit, for the first time.
    case warned
    case passed
  }

  /// What a check has found.
  package struct Finding: Sendable {
    package let verdict: Verdict
    package let mean: Double?
    package let baseline: Double?
    /// The change against the baseline in percent; nil for bounds of a value.
    package let changePercent: Double?
    package let readings: Int
  }

  /// The standard error of a check's mean, as a share of it, at most.
  package static let precision = 0.04
  private static let fewest = 3

  package let bound: OptimisationRule.Bound
  private var strikes = 0
  private var waiting: [Double] = []

  package init(_ bound: OptimisationRule.Bound) { self.bound = bound }

  /// How many readings a check needs, by their spread.
  package static func needed(_ sample: Sample) -> Int {
    guard let deviation = sample.deviation, sample.mean != 0 else { return fewest }
    let share = abs(deviation / sample.mean) / precision
    return max(fewest, Int((share * share).rounded(.up)))
  }

  /// Takes the readings since the last check.
  package mutating func check(_ readings: [Double], baseline: Double?) -> Finding {
    waiting += readings
    func finding(_ verdict: Verdict, _ mean: Double? = nil, _ change: Double? = nil) -> Finding {
      Finding(verdict: verdict, mean: mean, baseline: baseline, changePercent: change, readings: waiting.count)
    }
    if waiting.isEmpty { return finding(.noVerdict) }
    let sample = Sample(waiting)
    let need = GuardJudge.needed(sample)
    if waiting.count < need { return finding(.notYet(have: waiting.count, need: need), sample.mean) }
    var change: Double?
    var isBeyond: Bool
    switch bound.kind {
    case .minimum: isBeyond = sample.mean < bound.limit
    case .maximum: isBeyond = sample.mean > bound.limit
    case .increase, .improvement, .reduction:
      guard let baseline, baseline > 0 else {
        waiting = []
        return finding(.noVerdict, sample.mean)
      }
      change = (sample.mean - baseline) / baseline * 100
      isBeyond = bound.kind == .increase ? change! > bound.limit : -change! < bound.limit
    }
    strikes = isBeyond ? strikes + 1 : 0
    defer { waiting = [] }
    return finding(strikes >= 2 ? .passed : strikes == 1 ? .warned : .ok, sample.mean, change)
  }
}

/// A rule that is switched on and off at random, spell by spell: what differs between the two halves of a pair is the rule, whatever else the
/// day brings.
package struct Switchback: Sendable {
  /// Wrong on at most one day in a hundred, if the rule changes nothing.
  package static let alpha = 0.01

  package private(set) var test = PairedTest(alpha: Switchback.alpha)
  private var first: (isOn: Bool, mean: Double)?

  package init() {}

  /// Takes the mean of a spell. Returns whether the rule is known to do harm.
  package mutating func take(_ mean: Double, isOn: Bool) -> Bool {
    guard mean > 0 else {
      first = nil
      return false
    }
    guard let earlier = first, earlier.isOn != isOn else {
      first = (isOn, mean)
      return isHarmful
    }
    first = nil
    test.take(a: isOn ? earlier.mean : mean, b: isOn ? mean : earlier.mean)
    return isHarmful
  }

  private var isHarmful: Bool { test.p <= Switchback.alpha && (test.ratio ?? 1) > 1 }
}
