import FinstageCore

/// Spinning top: a short body between longer shadows, 100 if white, -100 if black.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDLSPINNINGTOP.
struct SpinningTop: CandlePattern {
  struct State: CandleState {
    var body = PriorMean()
  }

  var memory: Int { CandleSetting.bars }

  @inline(__always)
  func mark(_ candle: Candle, _ state: inout State, _ memory: UnsafeMutablePointer<Double>) -> Double {
    let body = state.body.push(candle.body, memory, CandleSetting.bars)
    let margin = Branchless.least(
      candle.upperShadow - candle.body, candle.lowerShadow - candle.body, body - candle.body)
    return Branchless.mark(margin > 0, isNegative: candle.isBlack)
  }

  static let indicator = candlePattern(
    "cdlspinningtop", "spinning top: a short body between longer shadows",
    "a short body, both shadows longer than it; 100 if white, -100 if black",
    driver: { _ in SpinningTop().driven() })
}
