/// +DI, the plus directional indicator; see `DirectionalMovement`.
///
///     plus_di = 100 S(+dm) / S(true range)
///
/// Warm-up: n bars. 0 where nothing moved. As TA-Lib's PLUS_DI.
struct PlusDI: Kernel {
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
      high: bars.high[i], low: bars.low[i], close: bars.close[i], n, smoothing, isPlus: true)
  }

  static let indicator = Indicator(
    "plus_di", .trend, parameters: [.period(14)], inputs: inputs,
    summary: "plus directional indicator",
    formula: "100 S(+dm) / S(true range), with Wilder's smoothed sums S",
    source: "J. W. Wilder, 1978; as TA-Lib's PLUS_DI",
    undefined: "0 where nothing moved",
    warmUp: { Int($0[0]) },
    driver: { p, _ in PlusDI(n: Int(p[0])).driven() })
}
