import FinstageCore
import FinstageSystem

/// Two commands that are run in pairs, or were: what the pairs say so far.
package struct Comparison: Sendable {
  package enum Outcome: String, Sendable {
    case faster, slower, same, undecided
    /// The outputs are not the same.
    case differs
    /// B fails more often than A.
    case fails
    /// B fails less often than A.
    case mends
  }

  package struct Limits: Sendable {
    package var alpha = 0.05
    /// Differences up to this share do not matter; nil for any.
    package var margin: Double?
    package init() {}
  }

  package let limits: Limits
  package private(set) var times: PairedTest
  package private(set) var failures = FailureTest()
  package private(set) var a: [Double] = []
  package private(set) var b: [Double] = []
  package private(set) var failedA = 0
  package private(set) var failedB = 0
  package private(set) var pairs = 0
  /// Whether the outputs of A and B are not the same.
  package var outputsDiffer: Bool?

  package init(_ limits: Limits = Limits()) {
    self.limits = limits
    times = PairedTest(alpha: limits.alpha)
  }

  /// Takes a pair of times in milliseconds; nil for a run that has failed.
  package mutating func take(a first: Double?, b second: Double?) {
    pairs += 1
    failures.take(aFailed: first == nil, bFailed: second == nil)
    if let first { a.append(first) } else { failedA += 1 }
    if let second { b.append(second) } else { failedB += 1 }
    if let first, let second, first > 0, second > 0 { times.take(a: first, b: second) }
  }

  /// What can be said by now, at any time.
  package var outcome: Outcome {
    if outputsDiffer == true { return .differs }
    if failures.p <= limits.alpha, failedB != failedA { return failedB > failedA ? .fails : .mends }
    if times.p <= limits.alpha {
      // Those who named a margin want to know whether the difference matters.
      guard let margin = limits.margin else { return (times.ratio ?? 1) < 1 ? .faster : .slower }
      guard let interval = times.interval else { return .undecided }
      if isWithin(interval, margin) { return .same }
      if interval.high < 1 { return .faster }
      if interval.low > 1 { return .slower }
      return .undecided
    }
    if let margin = limits.margin, let interval = times.interval, isWithin(interval, margin) { return .same }
    return .undecided
  }

  private func isWithin(_ interval: (low: Double, high: Double), _ margin: Double) -> Bool {
    interval.low >= 1 / (1 + margin) && interval.high <= 1 + margin
  }

  private static func summary(_ values: [Double], _ failed: Int) -> JSONValue {
    let sample = Sample(values)
    func rounded(_ value: Double?) -> JSONValue { value.map { .rounded($0, 4) } ?? .null }
    return [
      "runs": JSONValue(values.count), "failures": JSONValue(failed),
      "median_ms": rounded(sample.median), "mean_ms": rounded(values.isEmpty ? nil : sample.mean),
      "min_ms": rounded(sample.minimum), "max_ms": rounded(sample.maximum), "sd_ms": rounded(sample.deviation),
    ]
  }

  /// What is said after each pair.
  package var progress: JSONValue {
    let interval = times.interval
    return [
      "type": "ab_progress", "pairs": JSONValue(pairs), "p_always_valid": .number(times.p),
      "ratio": times.ratio.map { .rounded($0, 6) } ?? .null,
      "interval": interval.map { [.rounded($0.low, 6), .rounded($0.high, 6)] } ?? .null,
      "result": .string(outcome.rawValue),
    ]
  }

  /// All of it, at the end.
  package var report: JSONValue {
    let interval = times.interval
    var members: [(key: String, value: JSONValue?)] = [
      ("type", "ab"), ("result", .string(outcome.rawValue)), ("pairs", JSONValue(pairs)),
      ("ratio", times.ratio.map { .rounded($0, 6) } ?? .null),
      ("interval", interval.map { [.rounded($0.low, 6), .rounded($0.high, 6)] } ?? .null),
      ("confidence", .rounded(1 - limits.alpha, 6)), ("p_always_valid", .number(times.p)),
      ("margin", limits.margin.map { .number($0) }), ("failure_p_always_valid", .number(failures.p)),
      ("outputs_differ", outputsDiffer.map { .bool($0) }), ("a", Comparison.summary(a, failedA)),
      ("b", Comparison.summary(b, failedB)),
    ]
    let (first, second) = (Sample(a), Sample(b))
    var once: [(key: String, value: JSONValue?)] = []
    if let welch = FixedTests.welch(first, second) {
      once.append(
        (
          "welch",
          [
            "t": .number(welch.t), "df": .number(welch.df), "p": .number(welch.p),
            "mean_difference_a_minus_b_ms": .rounded(first.mean - second.mean, 6),
            "interval": [.rounded(welch.interval.low, 6), .rounded(welch.interval.high, 6)],
          ]
        ))
    }
    if let rank = FixedTests.mannWhitney(first, second) {
      once.append(
        ("mann_whitney", ["u": .number(rank.u), "p": .number(rank.p), "superiority": .number(rank.superiority)]))
    }
    if failedA + failedB > 0,
      let failed = FixedTests.proportions(failedA, of: pairs, failedB, of: pairs)
    {
      once.append(("failures", ["z": .number(failed.z), "p": .number(failed.p)]))
    }
    members.append(("looked_at_once", JSONValue(members: once)))
    return JSONValue(members: members)
  }
}
