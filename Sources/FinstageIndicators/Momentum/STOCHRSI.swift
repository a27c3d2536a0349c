import FinstageCore

/// Stochastic of the relative strength index (T. Chande and S. Kroll, "The New Technical Trader", 1994).
///
///     K = 100 (rsi - lowest rsi) / (highest rsi - lowest rsi) over k bars;  D = sma(K, d)
///
/// Warm-up: n + k + d - 2 bars, for both lines. 50 where the range is 0 (TA-Lib says 0). As TA-Lib's STOCHRSI.
struct STOCHRSI: Kernel {
  let rsi: RSI
  let k: Int
  let d: Int

  struct State {
    var rsi = GainAndLoss()
    var range = WindowRange()
    var d = WindowSum()
  }

  static var inputs: Inputs { .field }
  static var outputs: Int { 2 }
  var start: State { State() }
  var memory: Int { WindowRange.memory(k) + d }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let strength = rsi.push(&state.rsi, bars.field[i])
    out.a[i] = .nan
    out.b[i] = .nan
    if strength.isNaN { return }
    let (highest, lowest) = state.range.push(high: strength, low: strength, memory, k)
    let (line, average) = STOCHF.lines(
      STOCH.position(strength, highest, lowest), &state.d, memory + WindowRange.memory(k), d)
    out.a[i] = line
    out.b[i] = average
  }

  static let indicator = Indicator(
    "stochrsi", .momentum, parameters: [.period(14), .period("k", 5), .period("d", 3)],
    inputs: inputs, outputs: ["stochrsi_k", "stochrsi_d"],
    summary: "stochastic oscillator of the RSI: K and D",
    formula: "K = 100 (rsi - lowest rsi) / (highest rsi - lowest rsi) over k bars; D = sma(K, d)",
    source: "T. Chande, S. Kroll, 1994; as TA-Lib's STOCHRSI",
    undefined: "K is 50 where the range is 0 (TA-Lib: 0)",
    warmUp: { Int($0[0]) + Int($0[1]) + Int($0[2]) - 2 },
    driver: { p, _ in STOCHRSI(rsi: RSI(n: Int(p[0])), k: Int(p[1]), d: Int(p[2])).driven() })
}
