import FinstageSystem
import FinstageCore

/// Money flow index (G. Quong and A. Soudack, 1989).
///
///     tp = (high + low + close) / 3;  flow = tp * volume, positive where tp rose, negative where it fell
///     mfi = 100 (sum of positive flow) / (sum of both) over n bars
///
/// Warm-up: n bars. 50 where nothing flowed (TA-Lib says 0). As TA-Lib's MFI.
struct MFI: Kernel {
  let n: Int

  struct State {
    var previous = Double.nan
    var positive = WindowSum()
    var negative = WindowSum()
  }

  static var inputs: Inputs { MoneyFlow.inputs }
  var start: State { State() }
  var memory: Int { 2 * n }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let price = (bars.high[i] + bars.low[i] + bars.close[i]) / 3
    let previous = state.previous
    state.previous = price
    if previous.isNaN {
      out.a[i] = .nan
      return
    }
    let flow = price * bars.volume[i]
    let positive = state.positive.push(price > previous ? flow : 0, memory, n)
    let both = positive + state.negative.push(price < previous ? flow : 0, memory + n, n)
    out.a[i] = both == 0 ? 50 : 100 * (positive / both)
  }

  static let indicator = Indicator(
    "mfi", .volume, parameters: [.period(14)], inputs: inputs,
    summary: "money flow index",
    formula:
      "100 P / (P + N), the sums over n bars of (high + low + close) / 3 * volume where the price rose (P) or fell (N)",
    source: "G. Quong, A. Soudack, 1989; as TA-Lib's MFI",
    undefined: "50 where nothing flowed (TA-Lib: 0)",
    warmUp: { Int($0[0]) },
    driver: { p, _ in MFI(n: Int(p[0])).driven() })
}
