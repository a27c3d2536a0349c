import FinstageCore

/// Kaufman's adaptive moving average (P. Kaufman, "Smarter Trading", 1995).
///
///     er   = |x(t) - x(t-n)| / (sum of |x(i) - x(i-1)| over the last n bars)
///     c    = (er (2/3 - 2/31) + 2/31)^2
///     kama = kama + c (x - kama), beginning with x(n-1)
///
/// Warm-up: n bars. er is 1 where nothing moved. As TA-Lib's KAMA.
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
    let weight = KAMA.weight(move: (x - old).magnitude, path: path)
    if !state.isSeeded {
      state.isSeeded = true
      state.average = previous
    }
    state.average = (1 - weight) * state.average + weight * x
    out.a[i] = state.average
  }

  @inline(__always)
  private static func weight(move: Double, path: Double) -> Double {
    let ratio = move / path
    let efficiency = ratio < 1 ? ratio : 1  // also 1 where nothing moved
    let root = efficiency * (2.0 / 3 - 2.0 / 31) + 2.0 / 31
    return root * root
  }

  @inline(__always)
  func steps(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ range: Range<Int>,
    _ out: OutputColumns
  ) {
    var first = range.lowerBound
    while first < range.upperBound && (!state.isSeeded || range.count < Scratch.worthwhile) {
      step(&state, memory, bars, first, out)
      first &+= 1
    }
    if first == range.upperBound { return }
    Scratch.eachPiece(of: first..<range.upperBound, columns: 1) { piece, paths in
      let x = bars.field + piece.lowerBound
      let result = out.a + piece.lowerBound
      paths[0] = (x[0] - state.previous).magnitude
      for i in 1..<piece.count { paths[i] = (x[i] - x[i &- 1]).magnitude }
      state.path.run(piece.count, memory + n, n, { paths[$0] }) { paths[$0] = $1 }
      var average = state.average
      // Use one loop: the division runs while the average waits for the previous one.
      state.lag.run(piece.count, memory, n, x) { i, x, old in
        let weight = KAMA.weight(move: (x - old).magnitude, path: paths[i])
        average = (1 - weight) * average + weight * x
        result[i] = average
      }
      state.average = average
      state.previous = x[piece.count &- 1]
    }
  }

  static let indicator = Indicator(
    "kama", .average, parameters: [.period(10, from: 2)], inputs: inputs,
    summary: "Kaufman's adaptive moving average",
    formula: """
      kama = kama + c (x - kama) with c = (er (2/3 - 2/31) + 2/31)^2 and the efficiency ratio er = |x(t) - x(t-n)| / \
      (sum of the n moves between them); begins with the value before the first result
      """,
    source: "P. Kaufman, \"Smarter Trading\", 1995; as TA-Lib's KAMA",
    undefined: "er is 1 where nothing moved for n bars",
    warmUp: { Int($0[0]) },
    driver: { p, _ in KAMA(n: Int(p[0])).driven() })
}
