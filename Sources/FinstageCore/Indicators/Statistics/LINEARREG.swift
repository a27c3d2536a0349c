/// The end of the regression line over n bars; see `WindowLine`.
///
///     linearreg = intercept + slope (n - 1)
///
/// Warm-up: n - 1 bars. As TA-Lib's LINEARREG.
struct LinearRegression: Kernel {
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
    let (slope, mean) = line.push(&state, bars.field[i], memory)
    out.a[i] = line.value(at: Double(n &- 1), slope: slope, mean: mean)
  }

  @inline(__always)
  func steps(
    _ state: inout WindowWeightedSum, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ range: Range<Int>,
    _ out: OutputColumns
  ) {
    let x = bars.field + range.lowerBound
    let result = out.a + range.lowerBound
    state.run(range.count, memory, n, x) { i, plain, weighted in
      let (slope, mean) = line.fit(plain, weighted)
      result[i] = line.value(at: Double(n &- 1), slope: slope, mean: mean)
    }
  }

  static let indicator = Indicator(
    "linearreg", .statistics, parameters: [.period(14, from: 2)], inputs: inputs,
    summary: "end of the regression line over n bars",
    formula: "the least-squares line through the last n values, at the newest one",
    source: "least squares; as TA-Lib's LINEARREG",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in LinearRegression(n: Int(p[0])).driven() })
}
