import FinstageSystem
import FinstageCore

/// Ichimoku kinko hyo (G. Hosoda, 1969).
///
///     M(n)     = (highest high + lowest low of n bars) / 2
///     tenkan   = M(tenkan);  kijun = M(kijun)
///     senkou_a = (tenkan + kijun) / 2 and senkou_b = M(senkou) of `kijun` bars ago: the cloud as it is drawn at this bar
///
/// The lagging line (chikou) is this bar's close drawn `kijun` bars back, where a stream can no longer write. Each line
/// begins as soon as it can: after tenkan - 1, kijun - 1, max(tenkan, kijun) - 1 + kijun, senkou - 1 + kijun bars.
struct Ichimoku: Kernel {
  let tenkan: Int
  let kijun: Int
  let senkou: Int

  struct State {
    var tenkan = WindowRange()
    var kijun = WindowRange()
    var senkou = WindowRange()
    var a = Lag()
    var b = Lag()
  }

  static var inputs: Inputs { .highLow }
  static var outputs: Int { 4 }
  var start: State { State() }
  var memory: Int { 2 * (tenkan + kijun + senkou) + 2 * kijun }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let high = bars.high[i]
    let low = bars.low[i]
    var at = memory
    let short = state.tenkan.push(high: high, low: low, at, tenkan)
    at += 2 * tenkan
    let middle = state.kijun.push(high: high, low: low, at, kijun)
    at += 2 * kijun
    let long = state.senkou.push(high: high, low: low, at, senkou)
    at += 2 * senkou
    let tenkanLine = (short.highest + short.lowest) / 2
    let kijunLine = (middle.highest + middle.lowest) / 2
    out.a[i] = tenkanLine
    out.b[i] = kijunLine
    out.c[i] = state.a.push((tenkanLine + kijunLine) / 2, at, kijun)
    out.d[i] = state.b.push((long.highest + long.lowest) / 2, at + kijun, kijun)
  }

  static let indicator = Indicator(
    "ichimoku", .trend, parameters: [.period("tenkan", 9), .period("kijun", 26), .period("senkou", 52)],
    inputs: inputs, outputs: ["ichimoku_tenkan", "ichimoku_kijun", "ichimoku_senkou_a", "ichimoku_senkou_b"],
    summary: "Ichimoku: tenkan, kijun, and the cloud at this bar",
    formula: """
      tenkan and kijun are the middle of the range of that many bars; senkou_a = (tenkan + kijun) / 2 and senkou_b = \
      the middle of the range of `senkou` bars, both of `kijun` bars ago; the lagging line is the close itself
      """,
    source: "G. Hosoda, 1969",
    undefined: "each line begins as soon as it can",
    warmUp: { min(Int($0[0]), Int($0[1])) - 1 },
    driver: { p, _ in Ichimoku(tenkan: Int(p[0]), kijun: Int(p[1]), senkou: Int(p[2])).driven() })
}
