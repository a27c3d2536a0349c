import FinstageSystem
import FinstageCore

/// One bar as a candlestick, with the measures that patterns are made of.
struct Candle {
  var open: Double
  var high: Double
  var low: Double
  var close: Double

  @inline(__always)
  init(_ bars: BarColumns, _ i: Int) {
    open = bars.open[i]
    high = bars.high[i]
    low = bars.low[i]
    close = bars.close[i]
  }

  /// A candle before the first one: no comparison with it is true.
  init() {
    open = .nan
    high = .nan
    low = .nan
    close = .nan
  }

  @inline(__always) var body: Double { (close - open).magnitude }
  /// A close at the open counts as white.
  @inline(__always) var isWhite: Bool { close >= open }
  @inline(__always) var isBlack: Bool { close < open }
  @inline(__always) var top: Double { close > open ? close : open }
  @inline(__always) var bottom: Double { close < open ? close : open }
  @inline(__always) var upperShadow: Double { high - top }
  @inline(__always) var lowerShadow: Double { bottom - low }
  @inline(__always) var range: Double { high - low }
}

/// The state of a candlestick pattern.
protocol CandleState: BitwiseCopyable {
  /// Before the first bar.
  init()
}

/// A pattern of candlesticks: a kernel that looks at one candle after the other.
protocol CandlePattern: Kernel where State: CandleState {
  /// Takes a candle; returns 100 or -100 if it completes the pattern, else 0.
  func mark(_ candle: Candle, _ state: inout State, _ memory: UnsafeMutablePointer<Double>) -> Double
}

extension CandlePattern {
  static var inputs: Inputs { .candle }
  var start: State { State() }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    out.a[i] = mark(Candle(bars, i), &state, memory)
  }
}

/// Conditions and marks without branches: a processor cannot predict which condition fails or which candle is white.
enum Branchless {
  @inline(__always)
  static func every(_ a: Bool, _ b: Bool, _ c: Bool = true, _ d: Bool = true) -> Bool {
    bit(a) & bit(b) & bit(c) & bit(d) != 0
  }

  /// The smallest of some margins by which conditions hold. Only the last margin may be NaN; the result is then NaN.
  @inline(__always)
  static func least(_ a: Double, _ b: Double, _ c: Double) -> Double {
    func smaller(_ x: Double, _ y: Double) -> Double { x < y ? x : y }
    return smaller(smaller(a, b), c)
  }

  /// 100 or -100 if there is a match, else 0.
  @inline(__always)
  static func mark(_ isMatch: Bool, isNegative: Bool = false) -> Double {
    Double(bitPattern: (0 &- bit(isMatch)) & (Double(100).bitPattern | bit(isNegative) << 63))
  }

  @inline(__always)
  private static func bit(_ x: Bool) -> UInt64 { x ? 1 : 0 }
}

/// What is long, short or near in TA-Lib's default settings: a factor of the mean of a measure over the bars before the
/// current one.
///
///     long body, short body        the mean body of 10 bars
///     doji                         0.1 of the mean range of 10 bars
///     long shadow                  the candle's own body
///     very short shadow            0.1 of the mean range of 10 bars
///     near, far                    0.2 and 0.6 of the mean range of 5 bars
enum CandleSetting {
  static let bars = 10
  static let nearBars = 5
  static let doji = 0.1
  static let veryShort = 0.1
  static let near = 0.2
  static let far = 0.6
}

/// The mean of a measure over the n bars before the current one.
struct PriorMean {
  private var window = WindowSum()
  private var sum = Double.nan

  /// Takes the current bar's measure and returns the mean of the n before it; NaN until there are n.
  @inline(__always)
  mutating func push(_ x: Double, _ memory: UnsafeMutablePointer<Double>, _ n: Int) -> Double {
    let before = sum
    sum = window.push(x, memory, n)
    return before * (1 / Double(n))
  }
}

/// The indicator of a candlestick pattern: 100 or -100 on the bar that completes it, else 0, from the first bar on.
func candlePattern(
  _ name: String, _ summary: String, _ formula: String, variations: [Parameter] = [],
  driver: @escaping @Sendable ([Double]) -> SeriesKernel
) -> Indicator {
  Indicator(
    name, .candles, variations: variations, inputs: .candle, summary: summary,
    formula: formula + "; long, short, doji, near and far are measured against the bars before, see cdldoji",
    source: "as TA-Lib's \(name.uppercased()) with its default settings",
    undefined: "0 (no pattern) until there are enough bars to measure against",
    warmUp: { _ in 0 }, driver: { _, v in driver(v) })
}
