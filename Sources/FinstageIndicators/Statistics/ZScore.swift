import FinstageSystem
import FinstageCore

/// How many standard deviations the value is from the mean of the last n; see `WindowVariance`.
///
///     zscore = (x - mean) / sqrt(sum of (x - mean)^2 / n)
///
/// Warm-up: n - 1 bars. 0 where the deviation is 0.
struct ZScore: Kernel {
  let n: Int
  private let inverse: Double

  init(n: Int) {
    self.n = n
    inverse = 1 / Double(n)
  }

  static var inputs: Inputs { .field }
  var start: WindowVariance { WindowVariance() }
  var memory: Int { WindowVariance.memory(n) }

  @inline(__always)
  func step(
    _ state: inout WindowVariance, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int,
    _ out: OutputColumns
  ) {
    let x = bars.field[i]
    let (mean, squares) = state.push(x, memory, n, inverse: inverse)
    let deviation = (squares * inverse).squareRoot()
    out.a[i] = deviation == 0 ? 0 : (x - mean) / deviation
  }

  static let indicator = Indicator(
    "zscore", .statistics, parameters: [.period(20, from: 2)], inputs: inputs,
    summary: "distance from the mean of n values, in standard deviations",
    formula: "(x - sma(n)) / stddev(n)",
    source: "the usual definition, with the population's deviation",
    undefined: "0 where the deviation is 0",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in ZScore(n: Int(p[0])).driven() })
}
