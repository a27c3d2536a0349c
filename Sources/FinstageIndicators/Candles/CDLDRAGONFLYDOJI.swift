import FinstageCore

/// Dragonfly doji: a doji at the top of its range, 100.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDLDRAGONFLYDOJI.
struct DragonflyDoji: CandlePattern {
  struct State: CandleState {
    var range = PriorMean()
  }

  var memory: Int { CandleSetting.bars }

  @inline(__always)
  func mark(_ candle: Candle, _ state: inout State, _ memory: UnsafeMutablePointer<Double>) -> Double {
    let range = state.range.push(candle.range, memory, CandleSetting.bars)
    let tiny = CandleSetting.veryShort * range
    let isMatch =
      candle.body <= CandleSetting.doji * range && candle.upperShadow < tiny && candle.lowerShadow > tiny
    return Branchless.mark(isMatch)
  }

  static let indicator = candlePattern(
    "cdldragonflydoji", "dragonfly doji: a doji at the top of its range",
    "100 for a doji whose upper shadow is very short and whose lower one is not",
    driver: { _ in DragonflyDoji().driven() })
}
