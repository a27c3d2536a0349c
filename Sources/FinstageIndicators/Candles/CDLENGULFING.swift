import FinstageSystem
import FinstageCore

/// Engulfing: a body of the other colour that covers the body before it; 100 if white, -100 if black; 80 and -80 where
/// one edge is shared.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDLENGULFING.
struct Engulfing: CandlePattern {
  struct State: CandleState {
    var previous = Candle()
    var count: Int32 = 0
  }

  var memory: Int { 0 }

  @inline(__always)
  func mark(_ candle: Candle, _ state: inout State, _ memory: UnsafeMutablePointer<Double>) -> Double {
    let previous = state.previous
    state.previous = candle
    if state.count < 2 {
      state.count &+= 1  // like TA-Lib, no pattern on the second bar
      return 0
    }
    guard candle.isWhite != previous.isWhite else { return 0 }
    let covers = candle.top >= previous.top && candle.bottom <= previous.bottom
    let isLarger = candle.top > previous.top || candle.bottom < previous.bottom
    guard covers && isLarger else { return 0 }
    let strength: Double = candle.open != previous.close && candle.close != previous.open ? 100 : 80
    return candle.isWhite ? strength : -strength
  }

  static let indicator = candlePattern(
    "cdlengulfing", "engulfing: a body of the other colour that covers the one before",
    "100 if white, -100 if black; 80 and -80 where one edge is shared",
    driver: { _ in Engulfing().driven() })
}
