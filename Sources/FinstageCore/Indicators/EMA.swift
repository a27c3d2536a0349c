/// Exponential moving average.
///
///     a = 2 / (n + 1);  ema(t) = ema(t-1) + a (x(t) - ema(t-1))
///
/// Seed: the mean of the first n values. Warm-up: the first n - 1 bars have no value. As TA-Lib's EMA.
struct EMA: Kernel {
  let n: Int
  let a: Double

  init(n: Int) {
    self.n = n
    a = 2 / (Double(n) + 1)
  }

  typealias State = SeededAverage
  static let inputs = Inputs.field
  static let outputs = 1
  var start: SeededAverage { SeededAverage() }
  var memory: Int { 0 }

  @inline(__always)
  func step(
    _ state: inout SeededAverage, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int,
    _ out: OutputColumns
  ) {
    out.a[i] = state.push(bars.field[i], n, weight: a)
  }

  static let indicator = Indicator(
    name: "ema", parameters: [.period(20)], inputs: .field, outputs: ["ema"],
    summary: "exponential moving average",
    formula: """
      ema = ema + a (x - ema) with a = 2 / (n + 1), seeded with the mean of the first n values. No value on the first \
      n - 1 bars. As TA-Lib's EMA.
      """,
    driver: { parameters, _ in EMA(n: Int(parameters[0])).driven() })
}

/// A recursive average that starts as the mean of its first n values: EMA with weight 2/(n+1), Wilder's with 1/n.
struct SeededAverage {
  /// The sum of the values so far, then the average.
  var value = 0.0
  /// Values taken, up to n.
  var count: Int32 = 0

  /// Takes a value. Returns the average, or NaN until there are n values.
  @inline(__always)
  mutating func push(_ x: Double, _ n: Int, weight: Double) -> Double {
    if Int(count) == n {
      value += weight * (x - value)
      return value
    }
    count &+= 1
    value += x
    if Int(count) < n { return .nan }
    value /= Double(n)
    return value
  }
}
