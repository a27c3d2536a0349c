import FinstageSystem
import FinstageCore

/// Ultimate oscillator (L. Williams, 1985).
///
///     bp = close - min(low, previous close);  tr = true range
///     ultosc = 100 (4 A(p1) + 2 A(p2) + A(p3)) / 7, where A(n) = sum of bp / sum of tr over n bars, p1 the shortest
///
/// Warm-up: the longest period. A(n) is 0 where the ranges are 0. As TA-Lib's ULTOSC.
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
    out.a[i] = ULTOSC.joined(a1, a2, a3)
  }

  @inline(__always)
  private static func joined(_ a1: Double, _ a2: Double, _ a3: Double) -> Double { 100 * ((4 * a1 + 2 * a2 + a3) / 7) }

  @inline(__always)
  private static func ratio(_ pressure: Double, _ range: Double) -> Double {
    let ratio = pressure / range
    return range == 0 ? 0 : ratio
  }

  @inline(__always)
  func steps(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ range: Range<Int>,
    _ out: OutputColumns
  ) {
    var first = range.lowerBound
    while first < range.upperBound && (state.previousClose.isNaN || range.count < Scratch.worthwhile) {
      step(&state, memory, bars, first, out)
      first &+= 1
    }
    if first == range.upperBound { return }
    Scratch.eachPiece(of: first..<range.upperBound, columns: 8) { piece, scratch in
      let count = piece.count
      let (high, low, close) = (
        bars.high + piece.lowerBound, bars.low + piece.lowerBound, bars.close + piece.lowerBound
      )
      let result = out.a + piece.lowerBound
      func column(_ k: Int) -> UnsafeMutablePointer<Double> { scratch + k &* Scratch.bars }
      let (pressure, range) = (column(0), column(1))
      let before = state.previousClose
      for i in 0..<count {
        let previous = i == 0 ? before : close[i &- 1]
        pressure[i] = close[i] - (low[i] < previous ? low[i] : previous)
        range[i] = TrueRange.of(high[i], low[i], previous)
      }
      state.previousClose = close[count &- 1]
      var at = memory
      let (p, q, r) = (column(2), column(4), column(6))
      state.pressure1.run(count, at, p1, { pressure[$0] }) { p[$0] = $1 }
      state.range1.run(count, at + p1, p1, { range[$0] }) { p[Scratch.bars &+ $0] = $1 }
      at += 2 * p1
      state.pressure2.run(count, at, p2, { pressure[$0] }) { q[$0] = $1 }
      state.range2.run(count, at + p2, p2, { range[$0] }) { q[Scratch.bars &+ $0] = $1 }
      at += 2 * p2
      state.pressure3.run(count, at, p3, { pressure[$0] }) { r[$0] = $1 }
      state.range3.run(count, at + p3, p3, { range[$0] }) { r[Scratch.bars &+ $0] = $1 }
      for i in 0..<count {
        result[i] = ULTOSC.joined(
          ULTOSC.ratio(p[i], p[Scratch.bars &+ i]), ULTOSC.ratio(q[i], q[Scratch.bars &+ i]),
          ULTOSC.ratio(r[i], r[Scratch.bars &+ i]))
      }
    }
  }

  static let indicator = Indicator(
    "ultosc", .momentum, parameters: [.period("p1", 7), .period("p2", 14), .period("p3", 28)], inputs: inputs,
    summary: "ultimate oscillator",
    formula: """
      100 (4 A(short) + 2 A(middle) + A(long)) / 7, where A(n) is the sum of close - min(low, previous close) over n bars \
      divided by the sum of the true range
      """,
    source: "L. Williams, 1985; as TA-Lib's ULTOSC",
    undefined: "A(n) is 0 where the ranges are 0",
    warmUp: { Int($0.max()!) },
    driver: { p, _ in
      let sorted = p.sorted()
      return ULTOSC(p1: Int(sorted[0]), p2: Int(sorted[1]), p3: Int(sorted[2])).driven()
    })
}
