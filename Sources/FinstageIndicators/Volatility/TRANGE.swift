import FinstageSystem
import FinstageCore

/// True range (J. W. Wilder, "New Concepts in Technical Trading Systems", 1978).
///
///     trange(t) = max(high - low, |high - close(t-1)|, |low - close(t-1)|)
///
/// Warm-up: 1 bar. As TA-Lib's TRANGE.
struct TRANGE: Kernel {
  static var inputs: Inputs { .highLowClose }
  var start: TrueRange { TrueRange() }

  @inline(__always)
  func step(
    _ state: inout TrueRange, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int,
    _ out: OutputColumns
  ) {
    out.a[i] = state.push(high: bars.high[i], low: bars.low[i], close: bars.close[i])
  }

  @inline(__always)
  func steps(
    _ state: inout TrueRange, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ range: Range<Int>,
    _ out: OutputColumns
  ) {
    let first = range.lowerBound
    step(&state, memory, bars, first, out)
    let (high, low, close) = (bars.high + first, bars.low + first, bars.close + first)
    let result = out.a + first
    for k in 1..<max(range.count, 1) { result[k] = TrueRange.of(high[k], low[k], close[k &- 1]) }
    state.previousClose = close[range.count &- 1]
  }

  static let indicator = Indicator(
    "trange", .volatility, inputs: inputs,
    summary: "true range",
    formula: "the largest of high - low, |high - previous close| and |low - previous close|",
    source: "J. W. Wilder, 1978; as TA-Lib's TRANGE",
    warmUp: { _ in 1 },
    driver: { _, _ in TRANGE().driven() })
}
