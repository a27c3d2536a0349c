import FinstageCore

/// Shooting star: a short body under a long upper shadow, above the body before, -100.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDLSHOOTINGSTAR.
struct ShootingStar: CandlePattern {
  struct State: CandleState {
    var body = PriorMean()
    var range = PriorMean()
    /// The top of the body before; infinite until its means exist.
    var top = Double.infinity
  }

  var memory: Int { 2 * CandleSetting.bars }

  @inline(__always)
  func mark(_ candle: Candle, _ state: inout State, _ memory: UnsafeMutablePointer<Double>) -> Double {
    let body = state.body.push(candle.body, memory, CandleSetting.bars)
    let tiny = CandleSetting.veryShort * state.range.push(candle.range, memory + CandleSetting.bars, CandleSetting.bars)
    let top = state.top
    // Like TA-Lib, no pattern on the first bar that has its means.
    state.top = body.isNaN ? .infinity : candle.top
    let shape = Branchless.least(candle.upperShadow - candle.body, candle.bottom - top, tiny - candle.lowerShadow)
    return Branchless.mark(Branchless.least(shape, shape, body - candle.body) > 0, isNegative: true)
  }

  static let indicator = candlePattern(
    "cdlshootingstar", "shooting star: a short body under a long upper shadow, after a gap up",
    "-100 for a short body above the body before, an upper shadow longer than it and a very short lower one",
    driver: { _ in ShootingStar().driven() })
}
