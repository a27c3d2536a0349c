import FinstageSystem
import FinstageCore

/// Bollinger bands.
///
///     middle = sma(n);  upper = middle + k s;  lower = middle - k s
///     s      = sqrt(sum of (x - middle)^2 / (n - ddof))
///
/// `ddof` 0 gives the population's deviation, as TA-Lib and J. Bollinger do; 1 gives the sample's. Warm-up: n - 1 bars.
/// The middle is exactly the value of `sma`; the deviation comes from `WindowVariance`.
struct BollingerBands: Kernel {
  let n: Int
  let width: Double
  private let inverse: Double
  /// 1 / (n - ddof)
  private let divisor: Double

  init(n: Int, width: Double, ddof: Int) {
    self.n = n
    self.width = width
    inverse = 1 / Double(n)
    divisor = 1 / Double(n - ddof)
  }

  struct State {
    var sum = WindowSum()
    var variance = WindowVariance()
  }

  static var inputs: Inputs { .field }
  static var outputs: Int { 3 }
  var start: State { State() }
  var memory: Int { n + WindowVariance.memory(n) }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let x = bars.field[i]
    let middle = state.sum.push(x, memory, n) / Double(n)
    let squares = state.variance.push(x, memory + n, n, inverse: inverse).squares
    let reach = width * (squares * divisor).squareRoot()
    out.a[i] = middle + reach
    out.b[i] = middle
    out.c[i] = middle - reach
  }

  static let indicator = Indicator(
    "bbands", .volatility, parameters: [.period(20, from: 2), .real("width", 2, 0.001...100)],
    variations: [.integer("ddof", 0, 0...1)],
    inputs: inputs, outputs: ["bb_upper", "bb_middle", "bb_lower"],
    summary: "Bollinger bands: upper, middle, lower",
    formula: """
      sma(n), and `width` standard deviations of the last n values above and below it; the population's deviation, or the \
      sample's with --bbands-ddof 1
      """,
    source: "J. Bollinger; as TA-Lib's BBANDS",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, v in BollingerBands(n: Int(p[0]), width: p[1], ddof: Int(v[0])).driven() })
}
