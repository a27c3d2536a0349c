import FinstageSystem
import FinstageCore

/// A score of five opinions about a series, from -9 (very bearish) to 9 (very bullish).
///
///     rsi 14            <= 30: 2, <= 40: 1, >= 60: -1, >= 70: -2
///     macd 12,26,9      above its signal: 2, below: -2
///     stoch 14,3,3      both lines <= 20: 2, one <= 30: 1, both >= 80: -2, one >= 70: -1
///     sma 20, 50        x > sma_20 > sma_50: 2, x > sma_20: 1, x < sma_20 < sma_50: -2, x < sma_20: -1
///     volume            >= 1.5 of its average over 20 bars: 1, <= 0.7: -1; none where there is no volume
///
/// The ratio is (score + 9) / 18, so it reaches both 0 and 1. Warm-up: 49 bars.
struct Sentiment: Kernel {
  /// The score of each opinion.
  struct Scores: Equatable {
    var rsi = 0
    var macd = 0
    var stochastic = 0
    var average = 0
    var volume = 0

    static let largest = 9

    var total: Int { rsi + macd + stochastic + average + volume }
    var ratio: Double { Double(total + Scores.largest) / Double(2 * Scores.largest) }

    /// The total in words.
    var words: String {
      let strength =
        switch total.magnitude {
        case 4...: "very "
        case 2...: ""
        case 1: "slightly "
        default: ""
        }
      return total == 0 ? "neutral" : strength + (total > 0 ? "bullish" : "bearish")
    }

    @inline(__always)
    init(
      x: Double, rsi strength: Double, macd line: Double, signal: Double, k: Double, d: Double, sma20: Double,
      sma50: Double, volumeRatio: Double
    ) {
      rsi = strength >= 70 ? -2 : strength >= 60 ? -1 : strength <= 30 ? 2 : strength <= 40 ? 1 : 0
      macd = line > signal ? 2 : line < signal ? -2 : 0
      stochastic =
        k >= 80 && d >= 80 ? -2 : k >= 70 || d >= 70 ? -1 : k <= 20 && d <= 20 ? 2 : k <= 30 || d <= 30 ? 1 : 0
      average = x > sma20 ? (sma20 > sma50 ? 2 : 1) : x < sma20 ? (sma20 < sma50 ? -2 : -1) : 0
      volume = volumeRatio >= 1.5 ? 1 : volumeRatio <= 0.7 ? -1 : 0
    }
  }

  private let rsi = RSI(n: 14)
  private let macd = MACD(fast: 12, slow: 26, signal: 9)
  private let stochastic = STOCH(k: 14, slow: 3, d: 3)
  private let volume = VolumeSMA(n: 20)

  struct State {
    var rsi = GainAndLoss()
    var macd: MACD.State
    var stochastic: STOCH.State
    var volume = WindowSum()
    var short = WindowSum()
    var long = WindowSum()
  }

  static var inputs: Inputs { Inputs.highLowClose.union([.field, .volumeIfAny]) }
  static var outputs: Int { 2 }
  var start: State { State(macd: macd.start, stochastic: stochastic.start) }
  var memory: Int { stochastic.memory + 20 + 20 + 50 }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let x = bars.field[i]
    let strength = rsi.push(&state.rsi, x)
    let (line, signal) = macd.push(&state.macd, x)
    let (k, d) = stochastic.push(
      &state.stochastic, memory, high: bars.high[i], low: bars.low[i], close: bars.close[i])
    let rest = memory + stochastic.memory
    let traded = bars.volume[i]
    var ratio = Double.nan
    if traded.magnitude <= largestInput {
      let average: Double
      (average, ratio) = volume.push(&state.volume, traded, rest)
      if average == 0 { ratio = .nan }
    }
    let short = state.short.push(x, rest + 20, 20) / 20
    let long = state.long.push(x, rest + 40, 50) / 50
    if long.isNaN {
      out.a[i] = .nan
      out.b[i] = .nan
      return
    }
    let scores = Scores(
      x: x, rsi: strength, macd: line, signal: signal, k: k, d: d, sma20: short, sma50: long, volumeRatio: ratio)
    out.a[i] = Double(scores.total)
    out.b[i] = scores.ratio
  }

  static let indicator = Indicator(
    "sentiment", .summary, inputs: inputs, outputs: ["sentiment_score", "sentiment_ratio"],
    summary: "five opinions in one score from -9 to 9, and as a ratio from 0 to 1",
    formula: """
      rsi 14: <= 30 2, <= 40 1, >= 60 -1, >= 70 -2; macd 12,26,9: above its signal 2, below -2; stoch 14,3,3: both lines \
      <= 20 2, one <= 30 1, both >= 80 -2, one >= 70 -1; x > sma 20 > sma 50 2, x > sma 20 1, the other way -2 and -1; \
      volume: >= 1.5 of its average 1, <= 0.7 -1, no opinion without a volume; ratio = (score + 9) / 18
      """,
    source: "finstage",
    warmUp: { _ in 49 },
    driver: { _, _ in Sentiment().driven() })
}
