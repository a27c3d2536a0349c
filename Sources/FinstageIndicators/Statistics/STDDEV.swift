import FinstageSystem
import FinstageCore

/// Standard deviation of the last n values; see `WindowVariance`.
///
///     stddev = sqrt(sum of (x - mean)^2 / n)
///
/// The population's (divided by n). Warm-up: n - 1 bars. As TA-Lib's STDDEV.
struct STDDEV: Kernel {
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
    let squares = state.push(bars.field[i], memory, n, inverse: inverse).squares
    out.a[i] = (squares * inverse).squareRoot()
  }

  @inline(__always)
  func steps(
    _ state: inout WindowVariance, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ range: Range<Int>,
    _ out: OutputColumns
  ) {
    let x = bars.field + range.lowerBound
    let result = out.a + range.lowerBound
    state.run(range.count, memory, n, inverse: inverse, x) { i, _, squares in
      result[i] = (squares * inverse).squareRoot()
    }
  }

  static let indicator = Indicator(
    "stddev", .statistics, parameters: [.period(20)], inputs: inputs,
    summary: "standard deviation of the last n values (the population's)",
    formula: "sqrt(sum of (x - mean)^2 / n)",
    source: "as TA-Lib's STDDEV",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in STDDEV(n: Int(p[0])).driven() })
}
