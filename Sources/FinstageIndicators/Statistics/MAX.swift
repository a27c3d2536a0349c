import FinstageCore

/// The highest of the last n values; see `WindowMaximum`.
///
///     max(t) = max(x(t), ..., x(t-n+1))
///
/// Warm-up: n - 1 bars. As TA-Lib's MAX.
struct MAX: Kernel {
  let n: Int

  static var inputs: Inputs { .field }
  var start: WindowMaximum { WindowMaximum() }
  var memory: Int { n }

  @inline(__always)
  func step(
    _ state: inout WindowMaximum, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int,
    _ out: OutputColumns
  ) {
    out.a[i] = state.push(bars.field[i], memory, n)
  }

  @inline(__always)
  func steps(
    _ state: inout WindowMaximum, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ range: Range<Int>,
    _ out: OutputColumns
  ) {
    let x = bars.field + range.lowerBound
    let result = out.a + range.lowerBound
    state.run(range.count, memory, n, { x[$0] }, { result[$0] = $1 })
  }

  static let indicator = Indicator(
    "max", .statistics, parameters: [.period(30)], inputs: inputs,
    summary: "highest of the last n values",
    formula: "the highest of x(t), ..., x(t-n+1)",
    source: "as TA-Lib's MAX",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in MAX(n: Int(p[0])).driven() })
}
