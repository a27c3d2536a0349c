import FinstageSystem
import FinstageCore

/// Chaikin money flow; see `MoneyFlow`.
///
///     cmf = (sum of ((close - low) - (high - close)) / (high - low) * volume) / (sum of volume) over n bars
///
/// From -1 to 1. Warm-up: n - 1 bars. 0 where there was no volume.
struct CMF: Kernel {
  let n: Int

  struct State {
    var flow = WindowSum()
    var volume = WindowSum()
  }

  static var inputs: Inputs { MoneyFlow.inputs }
  var start: State { State() }
  var memory: Int { 2 * n }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let flow = state.flow.push(MoneyFlow.volume(bars, i), memory, n)
    let volume = state.volume.push(bars.volume[i], memory + n, n)
    out.a[i] = volume == 0 ? 0 : flow / volume
  }

  static let indicator = Indicator(
    "cmf", .volume, parameters: [.period(20)], inputs: inputs,
    summary: "Chaikin money flow",
    formula: "(sum of ((close - low) - (high - close)) / (high - low) * volume) / (sum of volume), over n bars",
    source: "M. Chaikin",
    undefined: "0 where there was no volume",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in CMF(n: Int(p[0])).driven() })
}
