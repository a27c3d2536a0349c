import FinstageCore

/// Aroon oscillator (T. Chande, 1995).
///
///     aroonosc = aroon_up - aroon_down = 100 (bars since the lowest low - bars since the highest high) / n
///
/// Warm-up: n bars. As TA-Lib's AROONOSC.
struct AROONOSC: Kernel {
  let n: Int

  static var inputs: Inputs { .highLow }
  var start: AROON.State { AROON.State() }
  var memory: Int { 2 * WindowPeak.memory(n + 1) }

  @inline(__always)
  func step(
    _ state: inout AROON.State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int,
    _ out: OutputColumns
  ) {
    let (low, high) = state.push(high: bars.high[i], low: bars.low[i], memory, n)
    out.a[i] = 100 * ((low - high) / Double(n))
  }

  static let indicator = Indicator(
    "aroonosc", .momentum, parameters: [.period(14)], inputs: inputs,
    summary: "Aroon oscillator: up minus down",
    formula: "aroon_up - aroon_down",
    source: "T. Chande, 1995; as TA-Lib's AROONOSC",
    warmUp: { Int($0[0]) },
    driver: { p, _ in AROONOSC(n: Int(p[0])).driven() })
}
