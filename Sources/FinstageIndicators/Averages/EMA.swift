import FinstageCore

/// Exponential moving average.
///
///     a = 2 / (n + 1);  ema(t) = ema(t-1) + a (x(t) - ema(t-1))
///
/// Seed: the mean of the first n values. Warm-up: n - 1 bars. As TA-Lib's EMA.
struct EMA: Kernel {
  let n: Int
  let a: Smoothing

  init(n: Int) {
    self.n = n
    a = Smoothing.exponential(n)
  }

  static var inputs: Inputs { .field }
  var start: SeededAverage { SeededAverage() }

  @inline(__always)
  func step(
    _ state: inout SeededAverage, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int,
    _ out: OutputColumns
  ) {
    out.a[i] = state.push(bars.field[i], n, a)
  }

  static let indicator = Indicator(
    "ema", .average, parameters: [.period(20)], inputs: inputs,
    summary: "exponential moving average",
    formula: "ema = ema + a (x - ema) with a = 2 / (n + 1); begins as the mean of the first n values",
    source: "as TA-Lib's EMA",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in EMA(n: Int(p[0])).driven() })
}
