import FinstageSystem
import FinstageCore

/// Directional movement index; see `DirectionalMovement`.
///
///     dx = 100 |+di - -di| / (+di + -di)
///
/// Warm-up: n bars. The value before where both are 0; 0 at first. As TA-Lib's DX.
struct DX: Kernel {
  let n: Int
  let smoothing: Smoothing

  init(n: Int) {
    self.n = n
    smoothing = Smoothing.wilder(n)
  }

  struct State {
    var movement = DirectionalMovement()
    var previous = 0.0
  }

  static var inputs: Inputs { .highLowClose }
  var start: State { State() }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let (plus, minus) = state.movement.push(
      high: bars.high[i], low: bars.low[i], close: bars.close[i], n, smoothing)
    let index = DirectionalMovement.index(plus, minus) ?? state.previous
    if !index.isNaN { state.previous = index }
    out.a[i] = index
  }

  static let indicator = Indicator(
    "dx", .trend, parameters: [.period(14, from: 2)], inputs: inputs,
    summary: "directional movement index",
    formula: "100 |plus_di - minus_di| / (plus_di + minus_di)",
    source: "J. W. Wilder, 1978; as TA-Lib's DX",
    undefined: "the value before where both are 0; 0 at first",
    warmUp: { Int($0[0]) },
    driver: { p, _ in DX(n: Int(p[0])).driven() })
}
