import FinstageCore

/// Marubozu: a long body with hardly any shadow, 100 if white, -100 if black.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDLMARUBOZU.
struct Marubozu: CandlePattern {
  struct State: CandleState {
    var body = PriorMean()
    var range = PriorMean()
  }

  var memory: Int { 2 * CandleSetting.bars }

  @inline(__always)
  func mark(_ candle: Candle, _ state: inout State, _ memory: UnsafeMutablePointer<Double>) -> Double {
    let body = state.body.push(candle.body, memory, CandleSetting.bars)
    let tiny = CandleSetting.veryShort * state.range.push(candle.range, memory + CandleSetting.bars, CandleSetting.bars)
    let isMatch = Branchless.every(candle.body > body, candle.upperShadow < tiny, candle.lowerShadow < tiny)
    return Branchless.mark(isMatch, isNegative: candle.isBlack)
  }

  static let indicator = candlePattern(
    "cdlmarubozu", "marubozu: a long body with hardly any shadow",
    "a long body, both shadows very short; 100 if white, -100 if black",
    driver: { _ in Marubozu().driven() })
}
