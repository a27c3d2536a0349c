import FinstageCore

/// The slope of the regression line over n bars; see `WindowLine`.
///
///     linearreg_slope = slope
///
/// Warm-up: n - 1 bars. As TA-Lib's LINEARREG_SLOPE.
struct LinearRegressionSlope: Kernel {
  let n: Int
  let line: WindowLine

  init(n: Int) {
    self.n = n
    line = WindowLine(n: n)
  }

  static var inputs: Inputs { .field }
  var start: WindowWeightedSum { WindowWeightedSum() }
  var memory: Int { line.memory }

  @inline(__always)
  func step(
    _ state: inout WindowWeightedSum, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int,
    _ out: OutputColumns
  ) {
    let slope = line.push(&state, bars.field[i], memory).slope
    out.a[i] = slope
  }

  @inline(__always)
  func steps(
    _ state: inout WindowWeightedSum, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ range: Range<Int>,
    _ out: OutputColumns
  ) {
    let x = bars.field + range.lowerBound
    let result = out.a + range.lowerBound
    state.run(range.count, memory, n, x) { i, plain, weighted in result[i] = line.fit(plain, weighted).slope }
  }

  static let indicator = Indicator(
    "linearreg_slope", .statistics, parameters: [.period(14, from: 2)], inputs: inputs,
    summary: "slope of the regression line over n bars",
    formula: "the slope of the least-squares line through the last n values, for each bar",
    source: "least squares; as TA-Lib's LINEARREG_SLOPE",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in LinearRegressionSlope(n: Int(p[0])).driven() })
}
