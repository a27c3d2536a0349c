/// -DI, the minus directional indicator; see `DirectionalMovement`.
///
///     minus_di = 100 S(-dm) / S(true range)
///
/// Warm-up: n bars. 0 where nothing moved. As TA-Lib's MINUS_DI.
struct MinusDI: Kernel {
  let n: Int
  let smoothing: Smoothing

  init(n: Int) {
    self.n = n
    smoothing = Smoothing.wilder(n)
  }

  static var inputs: Inputs { .highLowClose }
  var start: DirectionalIndicator { DirectionalIndicator() }

  @inline(__always)
  func step(
    _ state: inout DirectionalIndicator, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int,
    _ out: OutputColumns
  ) {
    out.a[i] = state.push(
      high: bars.high[i], low: bars.low[i], close: bars.close[i], n, smoothing, isPlus: false)
  }

  static let indicator = Indicator(
    "minus_di", .trend, parameters: [.period(14)], inputs: inputs,
    summary: "minus directional indicator",
    formula: "100 S(-dm) / S(true range), with Wilder's smoothed sums S",
    source: "J. W. Wilder, 1978; as TA-Lib's MINUS_DI",
    undefined: "0 where nothing moved",
    warmUp: { Int($0[0]) },
    driver: { p, _ in MinusDI(n: Int(p[0])).driven() })
}
