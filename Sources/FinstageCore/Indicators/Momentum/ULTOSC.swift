/// Ultimate oscillator (L. Williams, 1985).
///
///     bp = close - min(low, previous close);  tr = true range
///     ultosc = 100 (4 A(p1) + 2 A(p2) + A(p3)) / 7, where A(n) = sum of bp / sum of tr over n bars, p1 the shortest
///
/// Warm-up: the longest period. A(n) is 0 where the ranges are. As TA-Lib's ULTOSC.
struct ULTOSC: Kernel {
  /// From short to long.
  let p1, p2, p3: Int

  struct State {
    var previousClose = Double.nan
    var pressure1 = WindowSum(), range1 = WindowSum()
    var pressure2 = WindowSum(), range2 = WindowSum()
    var pressure3 = WindowSum(), range3 = WindowSum()
  }

  static var inputs: Inputs { .highLowClose }
  var start: State { State() }
  var memory: Int { 2 * (p1 + p2 + p3) }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let low = bars.low[i]
    let close = bars.close[i]
    let previous = state.previousClose
    state.previousClose = close
    if previous.isNaN {
      out.a[i] = .nan
      return
    }
    let pressure = close - (low < previous ? low : previous)
    let range = TrueRange.of(bars.high[i], low, previous)
    var at = memory
    let a1 = ULTOSC.ratio(state.pressure1.push(pressure, at, p1), state.range1.push(range, at + p1, p1))
    at += 2 * p1
    let a2 = ULTOSC.ratio(state.pressure2.push(pressure, at, p2), state.range2.push(range, at + p2, p2))
    at += 2 * p2
    let a3 = ULTOSC.ratio(state.pressure3.push(pressure, at, p3), state.range3.push(range, at + p3, p3))
    out.a[i] = 100 * ((4 * a1 + 2 * a2 + a3) / 7)
  }

  @inline(__always)
  private static func ratio(_ pressure: Double, _ range: Double) -> Double { range == 0 ? 0 : pressure / range }

  static let indicator = Indicator(
    "ultosc", .momentum, parameters: [.period("p1", 7), .period("p2", 14), .period("p3", 28)], inputs: inputs,
    summary: "ultimate oscillator",
    formula: """
      100 (4 A(short) + 2 A(middle) + A(long)) / 7, where A(n) is the sum of close - min(low, previous close) over n bars \
      by the sum of the true range
      """,
    source: "L. Williams, 1985; as TA-Lib's ULTOSC",
    undefined: "A(n) is 0 where the ranges are",
    warmUp: { Int($0.max()!) },
    driver: { p, _ in
      let sorted = p.sorted()
      return ULTOSC(p1: Int(sorted[0]), p2: Int(sorted[1]), p3: Int(sorted[2])).driven()
    })
}
