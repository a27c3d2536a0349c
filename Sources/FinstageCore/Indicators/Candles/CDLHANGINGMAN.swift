/// Hanging man: a short body with a long lower shadow, at or above the high before, -100.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDLHANGINGMAN.
struct HangingMan: Kernel {
  struct State {
    var body = PriorMean()
    var range = PriorMean()
    var near = PriorMean()
    /// The edge of the bar before, moved by what counts as near; NaN until there is one.
    var edge = Double.nan
  }

  static var inputs: Inputs { .candle }
  var start: State { State() }
  var memory: Int { 2 * CandleSetting.bars + CandleSetting.nearBars }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let candle = Candle(bars, i)
    let body = state.body.push(candle.body, memory, CandleSetting.bars)
    let tiny = CandleSetting.veryShort * state.range.push(candle.range, memory + CandleSetting.bars, CandleSetting.bars)
    let near = state.near.push(candle.range, memory + 2 * CandleSetting.bars, CandleSetting.nearBars)
    let edge = state.edge
    // Like TA-Lib, no pattern on the first bar that has its means: the bar before must have them, too.
    state.edge = body.isNaN ? .nan : candle.high - CandleSetting.near * near
    let isMatch = Branchless.every(
      candle.body < body, candle.lowerShadow > candle.body, candle.upperShadow < tiny, candle.bottom >= edge)
    out.a[i] = Branchless.mark(isMatch, isNegative: true)
  }

  static let indicator = candlePattern(
    "cdlhangingman", "hanging man: a short body on a long lower shadow, near the highs",
    "-100 for a short body, a lower shadow longer than it, a very short upper one, and a bottom at least near the high before",
    driver: { _ in HangingMan().driven() })
}
