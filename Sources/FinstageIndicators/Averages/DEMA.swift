import FinstageCore

/// Double exponential moving average (P. Mulloy, "Smoothing Data with Faster Moving Averages", 1994).
///
///     dema = 2 ema(x) - ema(ema(x))
///
/// Warm-up: 2 (n - 1) bars. As TA-Lib's DEMA.
struct DEMA: Kernel {
  let n: Int
  let a: Smoothing

  init(n: Int) {
    self.n = n
    a = Smoothing.exponential(n)
  }

  struct State {
    var first = SeededAverage()
    var second = SeededAverage()
  }

  static var inputs: Inputs { .field }
  var start: State { State() }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let first = state.first.push(bars.field[i], n, a)
    if first.isNaN {
      out.a[i] = .nan
      return
    }
    out.a[i] = 2 * first - state.second.push(first, n, a)
  }

  static let indicator = Indicator(
    "dema", .average, parameters: [.period(20)], inputs: inputs,
    summary: "double exponential moving average",
    formula: "2 ema(x) - ema(ema(x))",
    source: "P. Mulloy, 1994; as TA-Lib's DEMA",
    warmUp: { 2 * (Int($0[0]) - 1) },
    driver: { p, _ in DEMA(n: Int(p[0])).driven() })
}
