import FinstageCore

/// Relative strength index (J. W. Wilder, "New Concepts in Technical Trading Systems", 1978).
///
///     gain(t) = max(x(t) - x(t-1), 0);  loss(t) = max(x(t-1) - x(t), 0)
///     G, L    = Wilder's averages of both: the mean of the first n, then G = G + (gain - G) / n
///     rsi     = 100 G / (G + L)
///
/// Warm-up: n bars. 100 where there was no loss; 50 where nothing moved at all (TA-Lib says 0 there).
struct RSI: Kernel {
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
    out.a[i] = push(&state, bars.field[i])
  }

  @inline(__always)
  func push(_ state: inout GainAndLoss, _ x: Double) -> Double {
    let (gain, loss) = state.push(x, n, smoothing)
    let both = gain + loss
    return both == 0 ? 50 : 100 * (gain / both)
  }

  static let indicator = Indicator(
    "rsi", .momentum, parameters: [.period(14)], inputs: inputs,
    summary: "relative strength index, Wilder's averages",
    formula: """
      100 G / (G + L), where G and L are Wilder's averages of gains and losses: the mean of the first n, then \
      G + (gain - G) / n
      """,
    source: "J. W. Wilder, \"New Concepts in Technical Trading Systems\", 1978; as TA-Lib's RSI",
    undefined: "100 without losses; 50 where nothing moved (TA-Lib: 0)",
    warmUp: { Int($0[0]) },
    driver: { p, _ in RSI(n: Int(p[0])).driven() })
}

/// Wilder's averages of gains and losses.
struct GainAndLoss {
  private var previous = Double.nan
  private var gain = 0.0
  private var loss = 0.0
  /// Changes taken, up to n.
  private var count: Int32 = 0

  /// Takes a value. Both are NaN until there are n changes.
  @inline(__always)
  mutating func push(_ x: Double, _ n: Int, _ smoothing: Smoothing) -> (gain: Double, loss: Double) {
    let change = x - previous
    previous = x
    // Exact, and without a branch on the sign, which a processor cannot predict.
    let size = change.magnitude
    let up = 0.5 * (size + change)
    let down = 0.5 * (size - change)
    if Int(count) == n {
      gain = smoothing.next(gain, up)
      loss = smoothing.next(loss, down)
      return (gain, loss)
    }
    if change.isNaN { return (.nan, .nan) }
    count &+= 1
    gain += up
    loss += down
    if Int(count) < n { return (.nan, .nan) }
    gain /= Double(n)
    loss /= Double(n)
    return (gain, loss)
  }
}
