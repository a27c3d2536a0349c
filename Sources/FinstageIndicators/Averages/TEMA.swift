import FinstageCore

/// Triple exponential moving average (P. Mulloy, "Smoothing Data with Less Lag", 1994).
///
///     tema = 3 ema(x) - 3 ema(ema(x)) + ema(ema(ema(x)))
///
/// Warm-up: 3 (n - 1) bars. As TA-Lib's TEMA.
struct TEMA: Kernel {
  let n: Int
  let a: Smoothing

  init(n: Int) {
    self.n = n
    a = Smoothing.exponential(n)
  }

  static var inputs: Inputs { .field }
  var start: TripleAverage { TripleAverage() }

  @inline(__always)
  func step(
    _ state: inout TripleAverage, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int,
    _ out: OutputColumns
  ) {
    let (first, second, third) = state.push(bars.field[i], n, a)
    out.a[i] = 3 * first - 3 * second + third
  }

  static let indicator = Indicator(
    "tema", .average, parameters: [.period(20)], inputs: inputs,
    summary: "triple exponential moving average",
    formula: "3 ema(x) - 3 ema(ema(x)) + ema(ema(ema(x)))",
    source: "P. Mulloy, 1994; as TA-Lib's TEMA",
    warmUp: { 3 * (Int($0[0]) - 1) },
    driver: { p, _ in TEMA(n: Int(p[0])).driven() })
}

/// An EMA, the EMA of that EMA, and the EMA of the second one.
struct TripleAverage {
  var first = SeededAverage()
  var second = SeededAverage()
  var third = SeededAverage()

  /// Takes a value; each average is NaN until it has n values.
  @inline(__always)
  mutating func push(_ x: Double, _ n: Int, _ a: Smoothing) -> (Double, Double, Double) {
    let one = first.push(x, n, a)
    if one.isNaN { return (.nan, .nan, .nan) }
    let two = second.push(one, n, a)
    if two.isNaN { return (one, .nan, .nan) }
    return (one, two, third.push(two, n, a))
  }
}
