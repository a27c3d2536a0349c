import FinstageCore

/// Momentum.
///
///     mom(t) = x(t) - x(t-n)
///
/// Warm-up: n bars. As TA-Lib's MOM.
struct MOM: Kernel {
  let n: Int

  static var inputs: Inputs { .field }
  var start: Lag { Lag() }
  var memory: Int { n }

  @inline(__always)
  func step(
    _ state: inout Lag, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let x = bars.field[i]
    out.a[i] = x - state.push(x, memory, n)
  }

  @inline(__always)
  func steps(
    _ state: inout Lag, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ range: Range<Int>,
    _ out: OutputColumns
  ) {
    let x = bars.field + range.lowerBound
    let result = out.a + range.lowerBound
    state.run(range.count, memory, n, x) { i, x, old in result[i] = x - old }
  }

  static let indicator = Indicator(
    "mom", .momentum, parameters: [.period(10)], inputs: inputs,
    summary: "momentum: the change over n bars",
    formula: "x(t) - x(t-n)",
    source: "as TA-Lib's MOM",
    warmUp: { Int($0[0]) },
    driver: { p, _ in MOM(n: Int(p[0])).driven() })
}
