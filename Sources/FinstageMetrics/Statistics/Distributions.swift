import FinstageSystem

/// Probabilities of the distributions that tests need, to about 14 digits.
package enum Distributions {
  /// P(|Z| > |z|) of the normal distribution.
  package static func normalTwoSided(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

  /// P(|T| > |t|) of Student's distribution with `df` degrees of freedom.
  package static func studentTwoSided(_ t: Double, df: Double) -> Double {
    if t.isInfinite { return 0 }
    return incompleteBeta(df / 2, 0.5, df / (df + t * t))
  }

  /// The value that |T| exceeds with the probability `p`, for 0 < p < 1.
  package static func studentTwoSidedQuantile(_ p: Double, df: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    while studentTwoSided(high, df: df) > p, high < 1e300 { high *= 2 }
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if middle == low || middle == high { break }
      if studentTwoSided(middle, df: df) > p { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// P(X > x) of the chi-square distribution.
  package static func chiSquareAbove(_ x: Double, df: Int) -> Double {
    if x <= 0 { return 1 }
    return df == 1 ? erfc((x / 2).squareRoot()) : upperGamma(Double(df) / 2, x / 2)
  }

  /// The regularised incomplete beta function I_x(a, b), by the continued fraction of DLMF 8.17.22 with Lentz's method.
  package static func incompleteBeta(_ a: Double, _ b: Double, _ x: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    // The fraction converges fast on one side of the mean.
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(b, a, 1 - x) }
    let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    let tiny = 1e-300
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    d = 1 / (abs(d) < tiny ? tiny : d)
    var fraction = d
    for m in 1...10_000 {
      let m = Double(m)
      for term in [
        m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
      ] {
        d = 1 + term * d
        d = 1 / (abs(d) < tiny ? tiny : d)
        c = 1 + term / c
        if abs(c) < tiny { c = tiny }
        fraction *= d * c
      }
      if abs(d * c - 1) < 1e-16 { break }
    }
    return front * fraction
  }

  /// The regularised upper incomplete gamma function Q(a, x), by the series and the continued fraction of DLMF 8.11.4 and 8.9.2.
  package static func upperGamma(_ a: Double, _ x: Double) -> Double {
    if x <= 0 { return 1 }
    let front = exp(a * log(x) - x - lgamma(a))
    if x < a + 1 {
      var term = 1 / a
      var sum = term
      for n in 1...100_000 {
        term *= x / (a + Double(n))
        sum += term
        if term < sum * 1e-17 { break }
      }
      return 1 - front * sum
    }
    let tiny = 1e-300
    var b = x + 1 - a
    var c = 1 / tiny
    var d = 1 / b
    var fraction = d
    for n in 1...100_000 {
      let n = Double(n)
      let term = -n * (n - a)
      b += 2
      d = term * d + b
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = b + term / c
      if abs(c) < tiny { c = tiny }
      fraction *= d * c
      if abs(d * c - 1) < 1e-16 { break }
    }
    return front * fraction
  }
}
