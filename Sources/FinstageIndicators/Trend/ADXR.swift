import FinstageCore

/// Average directional movement rating; see `ADX`.
///
///     adxr(t) = (adx(t) + adx(t - (n-1))) / 2
///
/// Warm-up: 3 n - 2 bars. As TA-Lib's ADXR.
struct ADXR: Kernel {
  let adx: ADX

  struct State {
    var adx: ADX.State
    var lag = Lag()
  }

  static var inputs: Inputs { .highLowClose }
  var start: State { State(adx: adx.start) }
  var memory: Int { adx.n - 1 }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let value = adx.push(&state.adx, bars, i)
    if value.isNaN {
      out.a[i] = .nan
      return
    }
    out.a[i] = (value + state.lag.push(value, memory, adx.n &- 1)) / 2
  }

  static let indicator = Indicator(
    "adxr", .trend, parameters: [.period(14, from: 2)], inputs: inputs,
    summary: "average directional movement rating",
    formula: "(adx(t) + adx(t - (n-1))) / 2",
    source: "J. W. Wilder, 1978; as TA-Lib's ADXR",
    undefined: "as adx",
    warmUp: { 3 * Int($0[0]) - 2 },
    driver: { p, _ in ADXR(adx: ADX(n: Int(p[0]))).driven() })
}
