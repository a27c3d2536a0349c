/// Kaufman's adaptive moving average (P. Kaufman, "Smarter Trading", 1995).
///
///     er   = |x(t) - x(t-n)| / (sum of |x(i) - x(i-1)| over the last n bars)
///     c    = (er (2/3 - 2/31) + 2/31)^2
///     kama = kama + c (x - kama), beginning with x(n-1)
///
/// Warm-up: n bars. Where nothing moved, er is 1. As TA-Lib's KAMA.
struct KAMA: Kernel {
  let n: Int

  struct State {
    var lag = Lag()
    var path = WindowSum()
    var previous = Double.nan
    var average = 0.0
    var isSeeded = false
  }

  static var inputs: Inputs { .field }
  var start: State { State() }
  /// The prices of n bars, and the window of their moves.
  var memory: Int { 2 * n }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let x = bars.field[i]
    let previous = state.previous
    state.previous = x
    let old = state.lag.push(x, memory, n)
    out.a[i] = .nan
    if previous.isNaN { return }
    let path = state.path.push((x - previous).magnitude, memory + n, n)
    if path.isNaN { return }
    let move = (x - old).magnitude
    let efficiency = path <= move || path == 0 ? 1 : move / path
    let root = efficiency * (2.0 / 3 - 2.0 / 31) + 2.0 / 31
    if !state.isSeeded {
      state.isSeeded = true
      state.average = previous
    }
    state.average += root * root * (x - state.average)
    out.a[i] = state.average
  }

  static let indicator = Indicator(
    "kama", .average, parameters: [.period(10, from: 2)], inputs: inputs,
    summary: "Kaufman's adaptive moving average",
    formula: """
      kama = kama + c (x - kama) with c = (er (2/3 - 2/31) + 2/31)^2 and the efficiency ratio er = |x(t) - x(t-n)| / \
      (sum of the n moves between them); begins with the value before the first result
      """,
    source: "P. Kaufman, \"Smarter Trading\", 1995; as TA-Lib's KAMA",
    undefined: "where nothing moved for n bars, er is 1",
    warmUp: { Int($0[0]) },
    driver: { p, _ in KAMA(n: Int(p[0])).driven() })
}
