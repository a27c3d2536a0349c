import FinstageSystem
import FinstageCore

/// Rate of change, in percent.
///
///     roc(t) = 100 (x(t) / x(t-n) - 1)
///
/// Warm-up: n bars. 0 where x(t-n) is 0. As TA-Lib's ROC.
struct ROC: Kernel {
  let n: Int

  static var inputs: Inputs { .field }
  var start: Lag { Lag() }
  var memory: Int { n }

  @inline(__always)
  func step(
    _ state: inout Lag, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let x = bars.field[i]
    let old = state.push(x, memory, n)
    out.a[i] = old == 0 ? 0 : 100 * (x / old - 1)
  }

  @inline(__always)
  func steps(
    _ state: inout Lag, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ range: Range<Int>,
    _ out: OutputColumns
  ) {
    let x = bars.field + range.lowerBound
    let result = out.a + range.lowerBound
    state.run(range.count, memory, n, x) { i, x, old in result[i] = old == 0 ? 0 : 100 * (x / old - 1) }
  }

  static let indicator = Indicator(
    "roc", .momentum, parameters: [.period(10)], inputs: inputs,
    summary: "rate of change over n bars, in percent",
    formula: "100 (x(t) / x(t-n) - 1)",
    source: "as TA-Lib's ROC",
    undefined: "0 where x(t-n) is 0",
    warmUp: { Int($0[0]) },
    driver: { p, _ in ROC(n: Int(p[0])).driven() })
}
