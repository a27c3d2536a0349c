import FinstageSystem

/// A test of two commands that is right whenever somebody looks and whatever the noise is like, if the order within each pair of runs was
/// drawn at random.
///
/// With x = log(b/a) of a pair and z = x/scale, cut at 3, where the scale comes from earlier pairs only, S = sum z and V = sum z² give
/// M = exp(r S²/(2(1+rV)))/sqrt(1+rV) (Robbins 1970). If the commands do not differ, the coin that ordered each pair makes z symmetric given the
/// past, so that M is a supermartingale (de la Peña 1999), and by Ville's inequality P(ever 1/max M <= alpha) <= alpha. No moments need
/// to exist, and the pairs need not be independent of each other.
package struct PairedTest: Sendable {
  /// Log ratios of the pairs so far.
  package private(set) var ratios: [Double] = []
  private var run: Run

  /// About where the test is sharpest, in pairs; see Howard et al. 2021.
  private static let sharpest = 50.0
  private static let seeds = 3
  private static let cut = 3.0

  package let alpha: Double

  package init(alpha: Double = 0.05) {
    self.alpha = alpha
    run = Run(shift: 0, alpha: alpha)
  }

  /// The test that the ratio of all pairs is exp(shift).
  private struct Run: Sendable {
    let shift: Double
    let r: Double
    /// Distances from the shift, in ascending order.
    var distances: [Double] = []
    var s = 0.0
    var v = 0.0
    var largest = 0.0

    init(shift: Double, alpha: Double) {
      self.shift = shift
      let l = -2 * log(alpha)
      r = (l + log(l + 1)) / PairedTest.sharpest
    }

    mutating func take(_ ratio: Double) {
      let x = ratio - shift
      if distances.count >= PairedTest.seeds {
        let count = distances.count
        let median =
          count % 2 == 1 ? distances[count / 2] : (distances[count / 2 - 1] + distances[count / 2]) / 2
        let scale = 1.4826 * median
        // Equal times so far: any difference is as good as large.
        let z =
          x == 0
          ? 0
          : scale > 0 ? max(-PairedTest.cut, min(PairedTest.cut, x / scale)) : x > 0 ? PairedTest.cut : -PairedTest.cut
        s += z
        v += z * z
        largest = max(largest, r * s * s / (2 * (1 + r * v)) - log1p(r * v) / 2)
      }
      let distance = abs(x)
      var (low, high) = (0, distances.count)
      while low < high {
        let middle = (low + high) / 2
        if distances[middle] < distance { low = middle + 1 } else { high = middle }
      }
      distances.insert(distance, at: low)
    }

    var p: Double { min(1, exp(-largest)) }
  }

  /// Takes a pair of times, both above zero.
  package mutating func take(a: Double, b: Double) {
    let ratio = log(b / a)
    ratios.append(ratio)
    run.take(ratio)
  }

  package var pairs: Int { ratios.count }

  /// The smallest p so far, which is valid at any time.
  package var p: Double { run.p }

  /// The typical ratio b/a: the median of the pairs.
  package var ratio: Double? { Sample(ratios).median.map { exp($0) } }

  /// The ratios b/a that are not ruled out: right at all times together with the probability 1 - alpha, if B takes a fixed multiple
  /// of A's time. Nil before anything is ruled out.
  package var interval: (low: Double, high: Double)? {
    guard pairs > PairedTest.seeds, let centre = Sample(ratios).median else { return nil }
    func isRuledOut(_ shift: Double) -> Bool {
      var run = Run(shift: shift, alpha: alpha)
      for ratio in ratios { run.take(ratio) }
      return run.p <= alpha
    }
    func bound(_ direction: Double) -> Double? {
      var reach = max(1e-6, Sample(ratios.map { abs($0 - centre) }).median ?? 0)
      var inside = centre
      while !isRuledOut(centre + direction * reach) {
        inside = centre + direction * reach
        reach *= 2
        if reach > 1e3 { return nil }
      }
      var outside = centre + direction * reach
      for _ in 0..<30 {
        let middle = (inside + outside) / 2
        if isRuledOut(middle) { outside = middle } else { inside = middle }
      }
      return outside
    }
    guard let low = bound(-1), let high = bound(1) else { return nil }
    return (exp(low), exp(high))
  }
}

/// A test of failures in pairs that is valid at any time: of the pairs in which one run failed, half should be of each, if the
/// commands fail alike. The mixture of all shares against a half (beta-binomial), exact.
package struct FailureTest: Sendable {
  package private(set) var a = 0
  package private(set) var b = 0
  private var largest = 0.0

  package init() {}

  package mutating func take(aFailed: Bool, bFailed: Bool) {
    guard aFailed != bFailed else { return }
    if aFailed { a += 1 } else { b += 1 }
    let n = Double(a + b)
    largest = max(
      largest, lgamma(Double(a) + 1) + lgamma(Double(b) + 1) - lgamma(n + 2) + n * log(2.0))
  }

  package var p: Double { min(1, exp(-largest)) }
}
