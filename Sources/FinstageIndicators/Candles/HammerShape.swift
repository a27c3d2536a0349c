import FinstageCore

/// A short body at the top of a long lower shadow, with hardly any upper shadow: a hammer (100) near or below the low
/// before, or a hanging man (-100) near or above the high before.
///
/// Measures as in `CandleSetting`.
struct HammerShape: CandlePattern {
  let isHanging: Bool

  struct State: CandleState {
    var body = PriorMean()
    var range = PriorMean()
    var near = PriorMean()
    /// The low of the bar before plus what counts as near, or its high minus that; NaN until the means exist.
    var edge = Double.nan
  }

  var memory: Int { 2 * CandleSetting.bars + CandleSetting.nearBars }

  @inline(__always)
  func mark(_ candle: Candle, _ state: inout State, _ memory: UnsafeMutablePointer<Double>) -> Double {
    let body = state.body.push(candle.body, memory, CandleSetting.bars)
    let tiny = CandleSetting.veryShort * state.range.push(candle.range, memory + CandleSetting.bars, CandleSetting.bars)
    let near =
      CandleSetting.near * state.near.push(candle.range, memory + 2 * CandleSetting.bars, CandleSetting.nearBars)
    let edge = state.edge
    // Like TA-Lib, no pattern on the first bar that has its means: the bar before must have them, too.
    state.edge = body.isNaN ? .nan : isHanging ? candle.high - near : candle.low + near
    let isThere = isHanging ? candle.bottom >= edge : candle.bottom <= edge
    let isMatch = Branchless.every(
      candle.body < body, candle.lowerShadow > candle.body, candle.upperShadow < tiny, isThere)
    return Branchless.mark(isMatch, isNegative: isHanging)
  }
}
