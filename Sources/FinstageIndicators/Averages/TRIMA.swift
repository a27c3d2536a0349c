import FinstageCore

/// Triangular moving average: a simple average of a simple average, so the weights rise to the middle and fall.
///
///     n odd:  sma(sma(x, (n+1)/2), (n+1)/2);  n even: sma(sma(x, n/2 + 1), n/2)
///
/// Warm-up: n - 1 bars. As TA-Lib's TRIMA.
struct TRIMA: Kernel {
  let first: Int
  let second: Int
  let divisor: Double

  init(n: Int) {
    first = n / 2 + 1
    second = (n + 1) / 2
    divisor = Double(first) * Double(second)
  }

  struct State {
    var inner = WindowSum()
    var outer = WindowSum()
  }

  static var inputs: Inputs { .field }
  var start: State { State() }
  var memory: Int { first + second }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let sum = state.inner.push(bars.field[i], memory, first)
    if sum.isNaN {
      out.a[i] = .nan
      return
    }
    out.a[i] = state.outer.push(sum, memory + first, second) / divisor
  }

  static let indicator = Indicator(
    "trima", .average, parameters: [.period(20)], inputs: inputs,
    summary: "triangular moving average",
    formula: "sma(sma(x, n/2 + 1), (n+1)/2), with both lengths rounded down",
    source: "as TA-Lib's TRIMA",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in TRIMA(n: Int(p[0])).driven() })
}
