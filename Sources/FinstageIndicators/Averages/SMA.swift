import FinstageCore

/// Simple moving average.
///
///     sma(t) = (x(t) + x(t-1) + ... + x(t-n+1)) / n
///
/// Warm-up: n - 1 bars. As TA-Lib's SMA.
struct SMA: Kernel {
  let n: Int

  static var inputs: Inputs { .field }
  var start: WindowSum { WindowSum() }
  var memory: Int { n }

  @inline(__always)
  func step(
    _ state: inout WindowSum, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    out.a[i] = state.push(bars.field[i], memory, n) / Double(n)
  }

  @inline(__always)
  func steps(
    _ state: inout WindowSum, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ range: Range<Int>,
    _ out: OutputColumns
  ) {
    let x = bars.field + range.lowerBound
    let result = out.a + range.lowerBound
    let size = Double(n)
    state.run(range.count, memory, n, { x[$0] }, { result[$0] = $1 / size })
  }

  static let indicator = Indicator(
    "sma", .average, parameters: [.period(20)], inputs: inputs,
    summary: "simple moving average",
    formula: "sma = (x(t) + x(t-1) + ... + x(t-n+1)) / n",
    source: "as TA-Lib's SMA",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in SMA(n: Int(p[0])).driven() })
}
