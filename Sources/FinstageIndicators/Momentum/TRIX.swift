import FinstageSystem
import FinstageCore

/// Rate of change of a triple-smoothed EMA, in percent (J. Hutson, 1982).
///
///     e = ema(ema(ema(x)));  trix(t) = 100 (e(t) / e(t-1) - 1)
///
/// Warm-up: 3 (n - 1) + 1 bars. 0 where e(t-1) is 0. As TA-Lib's TRIX.
struct TRIX: Kernel {
  let n: Int
  let a: Smoothing

  init(n: Int) {
    self.n = n
    a = Smoothing.exponential(n)
  }

  struct State {
    var averages = TripleAverage()
    var previous = Double.nan
  }

  static var inputs: Inputs { .field }
  var start: State { State() }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let smooth = state.averages.push(bars.field[i], n, a).2
    out.a[i] = ChangePercent.of(smooth, state.previous)
    state.previous = smooth
  }

  static let indicator = Indicator(
    "trix", .momentum, parameters: [.period(15)], inputs: inputs,
    summary: "rate of change of a triple-smoothed EMA, in percent",
    formula: "100 (e(t) / e(t-1) - 1), where e = ema(ema(ema(x)))",
    source: "J. Hutson, 1982; as TA-Lib's TRIX",
    undefined: "0 where e(t-1) is 0",
    warmUp: { 3 * (Int($0[0]) - 1) + 1 },
    driver: { p, _ in TRIX(n: Int(p[0])).driven() })
}
