import FinstageCore

/// Donchian channels (R. Donchian).
///
///     upper = highest high of n bars;  lower = lowest low;  middle = (upper + lower) / 2
///
/// This bar is one of the n. Warm-up: n - 1 bars.
struct Donchian: Kernel {
  let n: Int

  static var inputs: Inputs { .highLow }
  static var outputs: Int { 3 }
  var start: WindowRange { WindowRange() }
  var memory: Int { WindowRange.memory(n) }

  @inline(__always)
  func step(
    _ state: inout WindowRange, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int,
    _ out: OutputColumns
  ) {
    let (highest, lowest) = state.push(high: bars.high[i], low: bars.low[i], memory, n)
    out.a[i] = highest
    out.b[i] = (highest + lowest) / 2
    out.c[i] = lowest
  }

  static let indicator = Indicator(
    "donchian", .volatility, parameters: [.period(20)],
    inputs: inputs, outputs: ["donchian_upper", "donchian_middle", "donchian_lower"],
    summary: "Donchian channels: upper, middle, lower",
    formula: "the highest high and the lowest low of the last n bars, this one included, and the middle between them",
    source: "R. Donchian",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in Donchian(n: Int(p[0])).driven() })
}
