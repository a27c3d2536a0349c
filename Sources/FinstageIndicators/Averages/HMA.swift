import FinstageSystem
import FinstageCore

/// Hull moving average (A. Hull, 2005).
///
///     hma = wma(2 wma(x, n/2) - wma(x, n), sqrt(n)), both lengths without their fraction
///
/// Warm-up: n + floor(sqrt(n)) - 2 bars.
struct HMA: Kernel {
  let n: Int
  let half: Int
  let root: Int

  init(n: Int) {
    self.n = n
    half = HMA.half(n)
    root = HMA.root(n)
  }

  private static func half(_ n: Int) -> Int { max(1, n / 2) }
  private static func root(_ n: Int) -> Int { max(1, Int(Double(n).squareRoot())) }

  struct State {
    var long = WindowWeightedSum()
    var short = WindowWeightedSum()
    var outer = WindowWeightedSum()
  }

  static var inputs: Inputs { .field }
  var start: State { State() }
  var memory: Int { 2 * (n + half + root) }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    func divisor(_ n: Int) -> Double { Double(n) * Double(n &+ 1) / 2 }
    let x = bars.field[i]
    let short = state.short.push(x, memory + 2 * n, half).weighted / divisor(half)
    let long = state.long.push(x, memory, n).weighted / divisor(n)
    if long.isNaN {
      out.a[i] = .nan
      return
    }
    out.a[i] = state.outer.push(2 * short - long, memory + 2 * (n + half), root).weighted / divisor(root)
  }

  static let indicator = Indicator(
    "hma", .average, parameters: [.period(20, from: 2)], inputs: inputs,
    summary: "Hull moving average",
    formula:
      "wma(2 wma(x, n/2) - wma(x, n), sqrt(n)), both lengths without their fraction, as A. Hull writes: Integer(Period/2), Integer(SquareRoot(Period))",
    source: "A. Hull, 2005",
    warmUp: { Int($0[0]) + HMA.root(Int($0[0])) - 2 },
    driver: { p, _ in HMA(n: Int(p[0])).driven() })
}
