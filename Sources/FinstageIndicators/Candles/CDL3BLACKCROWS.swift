import FinstageSystem
import FinstageCore

/// Three black crows, -100: a white candle, then three black bodies with hardly any lower shadow. Each closes lower and
/// opens inside the body before it, and the first closes below the white candle's high.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDL3BLACKCROWS.
struct ThreeBlackCrows: CandlePattern {
  struct State: CandleState {
    fileprivate var range = PriorMean()
    /// Of the bar before.
    fileprivate var open = Double.nan
    fileprivate var close = Double.nan
    /// Its high if it is white and its means exist (TA-Lib finds no pattern before the fourth such bar), else NaN.
    fileprivate var whiteHigh = Double.nan
    /// Whether it is the first crow of a pattern, or the second.
    fileprivate var isFirst = false
    fileprivate var isSecond = false
  }

  var memory: Int { CandleSetting.bars }

  @inline(__always)
  func mark(_ candle: Candle, _ state: inout State, _ memory: UnsafeMutablePointer<Double>) -> Double {
    let range = state.range.push(candle.range, memory, CandleSetting.bars)
    let fall = candle.open - candle.close
    // Black, with a very short lower shadow.
    let isCrow = Branchless.least(fall, fall, CandleSetting.veryShort * range - candle.lowerShadow) > 0
    let follows = Branchless.every(
      isCrow, candle.open < state.open, candle.open > state.close, candle.close < state.close)
    let isMatch = Branchless.every(follows, state.isSecond)
    state.isSecond = Branchless.every(follows, state.isFirst)
    state.isFirst = Branchless.every(isCrow, state.whiteHigh > candle.close)
    state.whiteHigh = Branchless.every(candle.isWhite, !range.isNaN) ? candle.high : .nan
    state.open = candle.open
    state.close = candle.close
    return Branchless.mark(isMatch, isNegative: true)
  }

  static let indicator = candlePattern(
    "cdl3blackcrows", "three black crows: three black bodies, each lower",
    "-100 for a white candle, then three black bodies with very short lower shadows; each closes lower and opens "
      + "inside the body before it, and the first closes below the white candle's high",
    driver: { _ in ThreeBlackCrows().driven() })
}
