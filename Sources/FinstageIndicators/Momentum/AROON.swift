import FinstageCore

/// Aroon (T. Chande, 1995).
///
///     aroon_down = 100 (n - bars since the lowest low) / n;  aroon_up with the highest high; both over n + 1 bars
///
/// The newest of equal extremes counts. Warm-up: n bars. As TA-Lib's AROON.
struct AROON: Kernel {
  let n: Int

  struct State {
    var low = WindowPeak()
    var high = WindowPeak()

    /// Bars since the lowest low and since the highest high of the last n + 1 bars.
    @inline(__always)
    mutating func push(
      high: Double, low: Double, _ memory: UnsafeMutablePointer<Double>, _ n: Int
    ) -> (low: Double, high: Double) {
      let lowAge = self.low.push(-low, memory, n &+ 1)
      return (lowAge, self.high.push(high, memory + WindowPeak.memory(n &+ 1), n &+ 1))
    }
  }

  static var inputs: Inputs { .highLow }
  static var outputs: Int { 2 }
  var start: State { State() }
  var memory: Int { 2 * WindowPeak.memory(n + 1) }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let (low, high) = state.push(high: bars.high[i], low: bars.low[i], memory, n)
    out.a[i] = 100 * ((Double(n) - low) / Double(n))
    out.b[i] = 100 * ((Double(n) - high) / Double(n))
  }

  static let indicator = Indicator(
    "aroon", .momentum, parameters: [.period(14)], inputs: inputs, outputs: ["aroon_down", "aroon_up"],
    summary: "Aroon down and up",
    formula: "100 (n - bars since the lowest low, or highest high, of n + 1 bars) / n; the newest of equal ones counts",
    source: "T. Chande, 1995; as TA-Lib's AROON",
    warmUp: { Int($0[0]) },
    driver: { p, _ in AROON(n: Int(p[0])).driven() })
}
