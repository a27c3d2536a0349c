import FinstageSystem
import FinstageCore

/// Realised volatility from ranges (M. Parkinson, "The Extreme Value Method for Estimating the Variance of the Rate of
/// Return", 1980).
///
///     parkinson = sqrt(year / (4 n ln 2) sum of ln(high / low)^2) over n bars
///
/// A fraction per year of `year` bars. Warm-up: n - 1 bars. A bar whose prices are not positive counts as 0.
struct Parkinson: Kernel {
  let n: Int
  let scale: Double

  init(n: Int, barsPerYear: Double) {
    self.n = n
    scale = barsPerYear / (4 * Double(n) * 0.693147180559945309417)
  }

  static var inputs: Inputs { .highLow }
  var start: WindowSum { WindowSum() }
  var memory: Int { n }

  @inline(__always)
  func step(
    _ state: inout WindowSum, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let span = LogRatio.of(bars.high[i], bars.low[i])
    out.a[i] = (scale * state.push(span * span, memory, n)).squareRoot()
  }

  static let indicator = Indicator(
    "parkinson", .volatility, parameters: [.period(20)], variations: [.real("year", 252, 1...100_000_000)],
    inputs: inputs,
    summary: "realised volatility from high and low, as a fraction per year",
    formula: "sqrt(year / (4 n ln 2) sum of ln(high / low)^2) over n bars",
    source: "M. Parkinson, 1980",
    undefined: "a bar whose prices are not positive counts as 0",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, v in Parkinson(n: Int(p[0]), barsPerYear: v[0]).driven() })
}
