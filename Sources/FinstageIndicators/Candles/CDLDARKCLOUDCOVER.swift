import FinstageSystem
import FinstageCore

/// Dark cloud cover: a long white body, then a black one that opens above the high and closes well into the body before, -100.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDLDARKCLOUDCOVER with its default penetration of 0.5.
struct DarkCloudCover: CandlePattern {
  let penetration: Double

  struct State: CandleState {
    var body = PriorMean()
    var previous = Candle()
    var isPreviousLong = false
  }

  var memory: Int { CandleSetting.bars }

  @inline(__always)
  func mark(_ candle: Candle, _ state: inout State, _ memory: UnsafeMutablePointer<Double>) -> Double {
    let body = state.body.push(candle.body, memory, CandleSetting.bars)
    let previous = state.previous
    let isMatch =
      state.isPreviousLong && previous.isWhite && candle.isBlack && candle.open > previous.high
      && candle.close > previous.open && candle.close < previous.close - penetration * previous.body
    state.previous = candle
    state.isPreviousLong = candle.body > body
    return Branchless.mark(isMatch, isNegative: true)
  }

  static let indicator = candlePattern(
    "cdldarkcloudcover",
    "dark cloud cover: a black body that opens above the high and closes deep in the white one before",
    "-100 for a long white body, then a black one that opens above its high and closes below half of it, above its open; "
      + "--cdldarkcloudcover-penetration sets another share than half",
    variations: [.real("penetration", 0.5, 0...10)],
    driver: { v in DarkCloudCover(penetration: v[0]).driven() })
}
