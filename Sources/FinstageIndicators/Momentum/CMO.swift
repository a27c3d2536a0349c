import FinstageCore

/// Chande momentum oscillator (T. Chande and S. Kroll, "The New Technical Trader", 1994), with Wilder's averages.
///
///     cmo = 100 (G - L) / (G + L)
///
/// G and L as in `RSI`. Warm-up: n bars. 0 where nothing moved. As TA-Lib's CMO.
struct CMO: Kernel {
  let n: Int
  let smoothing: Smoothing

  init(n: Int) {
    self.n = n
    smoothing = Smoothing.wilder(n)
  }

  static var inputs: Inputs { .field }
  var start: GainAndLoss { GainAndLoss() }

  @inline(__always)
  func step(
    _ state: inout GainAndLoss, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int,
    _ out: OutputColumns
  ) {
    let (gain, loss) = state.push(bars.field[i], n, smoothing)
    let both = gain + loss
    out.a[i] = both == 0 ? 0 : 100 * ((gain - loss) / both)
  }

  static let indicator = Indicator(
    "cmo", .momentum, parameters: [.period(14)], inputs: inputs,
    summary: "Chande momentum oscillator, Wilder's averages",
    formula: "100 (G - L) / (G + L), where G and L are Wilder's averages of gains and losses as in rsi",
    source: "T. Chande, S. Kroll, 1994; as TA-Lib's CMO",
    undefined: "0 where nothing moved",
    warmUp: { Int($0[0]) },
    driver: { p, _ in CMO(n: Int(p[0])).driven() })
}
