import FinstageSystem
import FinstageCore

/// Piercing line, 100: a long black body, then a long white one that opens below the low and closes above the middle of
/// the body before.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDLPIERCING.
struct Piercing: CandlePattern {
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
    let isLong = candle.body > body
    let isMatch =
      state.isPreviousLong && previous.isBlack && isLong && candle.isWhite && candle.open < previous.low
      && candle.close < previous.open && candle.close > previous.close + 0.5 * previous.body
    state.previous = candle
    state.isPreviousLong = isLong
    return Branchless.mark(isMatch)
  }

  static let indicator = candlePattern(
    "cdlpiercing", "piercing line: a white body that opens below the low and closes deep in the black one before",
    "100 for a long black body, then a long white one that opens below its low and closes above its middle, below its open",
    driver: { _ in Piercing().driven() })
}
