import FinstageCore

/// Weighted moving average.
///
///     wma(t) = (n x(t) + (n-1) x(t-1) + ... + x(t-n+1)) / (n (n+1) / 2)
///
/// Warm-up: n - 1 bars. As TA-Lib's WMA.
struct WMA: Kernel {
  let n: Int
  let divisor: Double

  init(n: Int) {
    self.n = n
    divisor = Double(n) * Double(n + 1) / 2
  }

  static var inputs: Inputs { .field }
  var start: WindowWeightedSum { WindowWeightedSum() }
  var memory: Int { WindowWeightedSum.memory(n) }

  @inline(__always)
  func step(
    _ state: inout WindowWeightedSum, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int,
    _ out: OutputColumns
  ) {
    out.a[i] = state.push(bars.field[i], memory, n).weighted / divisor
  }

  @inline(__always)
  func steps(
    _ state: inout WindowWeightedSum, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ range: Range<Int>,
    _ out: OutputColumns
  ) {
    let x = bars.field + range.lowerBound
    let result = out.a + range.lowerBound
    state.run(range.count, memory, n, x) { i, _, weighted in result[i] = weighted / divisor }
  }

  static let indicator = Indicator(
    "wma", .average, parameters: [.period(20)], inputs: inputs,
    summary: "weighted moving average, weights falling by one",
    formula: "wma = (n x(t) + (n-1) x(t-1) + ... + x(t-n+1)) / (n (n+1) / 2)",
    source: "as TA-Lib's WMA",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in WMA(n: Int(p[0])).driven() })
}
