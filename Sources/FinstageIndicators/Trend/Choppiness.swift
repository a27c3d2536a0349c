import FinstageSystem
import FinstageCore

/// Choppiness index (E. Dreiss).
///
///     chop = 100 log10(sum of true range over n bars / (highest high - lowest low over n bars)) / log10(n)
///
/// Near 100 for a market that goes nowhere, near 0 for a straight trend. Warm-up: n bars. 100 where the range is 0.
struct Choppiness: Kernel {
  let n: Int
  let scale: Double

  init(n: Int) {
    self.n = n
    scale = 100 / log(Double(n))
  }

  struct State {
    var range = TrueRange()
    var total = WindowSum()
    var extremes = WindowRange()
  }

  static var inputs: Inputs { .highLowClose }
  var start: State { State() }
  var memory: Int { n + WindowRange.memory(n) }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let high = bars.high[i]
    let low = bars.low[i]
    let (highest, lowest) = state.extremes.push(high: high, low: low, memory + n, n)
    let range = state.range.push(high: high, low: low, close: bars.close[i])
    if range.isNaN {
      out.a[i] = .nan
      return
    }
    let total = state.total.push(range, memory, n)
    let span = highest - lowest
    out.a[i] = span == 0 ? 100 : scale * log(total / span)
  }

  static let indicator = Indicator(
    "chop", .trend, parameters: [.period(14, from: 2)], inputs: inputs,
    summary: "choppiness index",
    formula: "100 log10(sum of true range / (highest high - lowest low)) / log10(n), over n bars",
    source: "E. Dreiss",
    undefined: "100 where the range is 0",
    warmUp: { Int($0[0]) },
    driver: { p, _ in Choppiness(n: Int(p[0])).driven() })
}
