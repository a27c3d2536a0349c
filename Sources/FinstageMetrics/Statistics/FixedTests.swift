import FinstageSystem

/// Tests of samples of a fixed size. Who looks again and again and stops at a small p is wrong far more often than p says: `PairedTest` is
/// for that.
package enum FixedTests {
  package struct Welch: Sendable {
    package let t: Double
    package let df: Double
    /// Two-sided.
    package let p: Double
    /// Of the difference of the means, a minus b.
    package let interval: (low: Double, high: Double)
  }

  /// Welch's test of equal means (Welch 1947); nil for fewer than two values, or no spread at all.
  /// - Parameter level: of the interval, such as 0.95.
  package static func welch(_ a: Sample, _ b: Sample, level: Double = 0.95) -> Welch? {
    guard let va = a.variance, let vb = b.variance, va + vb > 0 else { return nil }
    let (sa, sb) = (va / Double(a.count), vb / Double(b.count))
    let error = (sa + sb).squareRoot()
    let df = (sa + sb) * (sa + sb) / (sa * sa / Double(a.count - 1) + sb * sb / Double(b.count - 1))
    let t = (a.mean - b.mean) / error
    let reach = error * Distributions.studentTwoSidedQuantile(1 - level, df: df)
    return Welch(
      t: t, df: df, p: Distributions.studentTwoSided(t, df: df),
      interval: (a.mean - b.mean - reach, a.mean - b.mean + reach))
  }

  package struct MannWhitney: Sendable {
    /// How many pairs have the larger value in the first sample; ties count half.
    package let u: Double
    /// Two-sided, by the normal approximation with corrections for continuity and ties.
    package let p: Double
    /// The chance that a value of the first sample is the larger one.
    package let superiority: Double
  }

  /// The rank test of Mann and Whitney (1947). It compares distributions, not means; nil for an empty sample.
  package static func mannWhitney(_ a: Sample, _ b: Sample) -> MannWhitney? {
    guard a.count > 0, b.count > 0 else { return nil }
    let all = (a.values.map { ($0, true) } + b.values.map { ($0, false) }).sorted { $0.0 < $1.0 }
    var (rankSum, ties) = (0.0, 0.0)
    var start = 0
    while start < all.count {
      var end = start + 1
      while end < all.count, all[end].0 == all[start].0 { end += 1 }
      let rank = Double(start + 1 + end) / 2
      rankSum += rank * Double(all[start..<end].count { $0.1 })
      let tied = Double(end - start)
      ties += tied * tied * tied - tied
      start = end
    }
    let (na, nb) = (Double(a.count), Double(b.count))
    let n = na + nb
    let u = rankSum - na * (na + 1) / 2
    let superiority = u / (na * nb)
    let deviation = (na * nb / 12 * (n + 1 - ties / (n * (n - 1)))).squareRoot()
    guard deviation > 0 else { return MannWhitney(u: u, p: 1, superiority: superiority) }
    let z = (max(u, na * nb - u) - na * nb / 2 - 0.5) / deviation
    return MannWhitney(u: u, p: min(1, erfc(z / 2.0.squareRoot())), superiority: superiority)
  }

  /// The pooled z of two proportions, and its two-sided p; nil if there is nothing to compare.
  package static func proportions(_ x1: Int, of n1: Int, _ x2: Int, of n2: Int) -> (z: Double, p: Double)? {
    guard n1 > 0, n2 > 0 else { return nil }
    let pooled = Double(x1 + x2) / Double(n1 + n2)
    let error = (pooled * (1 - pooled) * (1 / Double(n1) + 1 / Double(n2))).squareRoot()
    guard error > 0 else { return (0, 1) }
    let z = (Double(x1) / Double(n1) - Double(x2) / Double(n2)) / error
    return (z, Distributions.normalTwoSided(z))
  }

  /// Pearson's chi-square of counts against the shares that were planned (sample ratio mismatch).
  package static func ratioMismatch(_ counts: [Int], shares: [Double]) -> (chiSquare: Double, p: Double)? {
    let total = Double(counts.reduce(0, +))
    guard counts.count > 1, counts.count == shares.count, total > 0, shares.allSatisfy({ $0 > 0 }) else { return nil }
    let chiSquare = zip(counts, shares).reduce(0.0) {
      let expected = total * $1.1
      return $0 + (Double($1.0) - expected) * (Double($1.0) - expected) / expected
    }
    return (chiSquare, Distributions.chiSquareAbove(chiSquare, df: counts.count - 1))
  }
}
