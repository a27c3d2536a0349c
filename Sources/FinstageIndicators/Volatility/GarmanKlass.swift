import FinstageSystem
import FinstageCore

/// Realised volatility from whole bars (M. Garman and M. Klass, "On the Estimation of Security Price Volatilities from
/// Historical Data", 1980).
///
///     v = ln(high / low)^2 / 2 - (2 ln 2 - 1) ln(close / open)^2;  garman_klass = sqrt(year / n sum of v) over n bars
///
/// The result is a fraction per year of `year` bars. Warm-up: n - 1 bars. A bar whose prices are not positive counts as
/// 0. So does a sum below 0, which only bars with a close outside their range can have.
struct GarmanKlass: Kernel {
  let n: Int
  let scale: Double

  static var inputs: Inputs { .candle }
  var start: WindowSum { WindowSum() }
  var memory: Int { n }

  @inline(__always)
  func step(
    _ state: inout WindowSum, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let span = LogRatio.of(bars.high[i], bars.low[i])
    let body = LogRatio.of(bars.close[i], bars.open[i])
    let sum = state.push(0.5 * span * span - 0.386294361119890618834 * body * body, memory, n)
    out.a[i] = sum < 0 ? 0 : (scale * sum).squareRoot()
  }

  static let indicator = Indicator(
    "garman_klass", .volatility, parameters: [.period(20)], variations: [.real("year", 252, 1...100_000_000)],
    inputs: inputs,
    summary: "realised volatility from open, high, low and close, as a fraction per year",
    formula: "sqrt(year / n sum of (ln(high / low)^2 / 2 - (2 ln 2 - 1) ln(close / open)^2)) over n bars",
    source: "M. Garman, M. Klass, 1980",
    undefined: "a bar whose prices are not positive counts as 0; a negative sum gives 0",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, v in GarmanKlass(n: Int(p[0]), scale: v[0] / p[0]).driven() })
}
