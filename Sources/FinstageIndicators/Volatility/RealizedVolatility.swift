import FinstageSystem
import FinstageCore

/// Realised volatility, close to close.
///
///     r(t) = ln(x(t) / x(t-1));  volatility = sqrt(year / (n - 1) sum of (r - mean r)^2) over n returns
///
/// The result is a fraction: 0.25 is 25 % per year of `year` bars. Warm-up: n bars. A return from or to a price that is
/// not positive counts as 0.
struct RealizedVolatility: Kernel {
  let n: Int
  let scale: Double
  private let inverse: Double

  init(n: Int, barsPerYear: Double) {
    self.n = n
    scale = barsPerYear / Double(n - 1)
    inverse = 1 / Double(n)
  }

  struct State {
    var previous = Double.nan
    var variance = WindowVariance()
  }

  static var inputs: Inputs { .field }
  var start: State { State() }
  var memory: Int { WindowVariance.memory(n) }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let x = bars.field[i]
    let previous = state.previous
    state.previous = x
    if previous.isNaN {
      out.a[i] = .nan
      return
    }
    let change = LogRatio.of(x, previous)
    out.a[i] = (scale * state.variance.push(change, memory, n, inverse: inverse).squares).squareRoot()
  }

  static let indicator = Indicator(
    "volatility", .volatility, parameters: [.period(20, from: 2)], variations: [.real("year", 252, 1...100_000_000)],
    inputs: inputs,
    summary: "realised volatility of closes, as a fraction per year",
    formula: "sqrt(year) times the sample's standard deviation of ln(x(t) / x(t-1)) over n returns",
    source: "the usual close-to-close estimator",
    undefined: "a return from or to a price that is not positive counts as 0",
    warmUp: { Int($0[0]) },
    driver: { p, v in RealizedVolatility(n: Int(p[0]), barsPerYear: v[0]).driven() })
}

/// The natural logarithm of a ratio of prices.
enum LogRatio {
  /// 0 if one of them is not positive.
  @inline(__always)
  static func of(_ a: Double, _ b: Double) -> Double { a > 0 && b > 0 ? log(a / b) : 0 }
}
