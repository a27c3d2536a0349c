import FinstageCore

/// Harami: a short body inside the long one before; 100 after a black body, -100 after a white one; 80 and -80 where an
/// edge is shared.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDLHARAMI.
struct Harami: CandlePattern {
  struct State: CandleState {
    var body = PriorMean()
    var previous = Candle()
    var previousMean = Double.nan
  }

  var memory: Int { CandleSetting.bars }

  @inline(__always)
  func mark(_ candle: Candle, _ state: inout State, _ memory: UnsafeMutablePointer<Double>) -> Double {
    let body = state.body.push(candle.body, memory, CandleSetting.bars)
    let previous = state.previous
    let isLong = previous.body > state.previousMean
    state.previous = candle
    state.previousMean = body
    guard isLong && candle.body <= body else { return 0 }
    let sign: Double = previous.isWhite ? -1 : 1
    if candle.top < previous.top && candle.bottom > previous.bottom {
      return sign * 100
    }
    if candle.top <= previous.top && candle.bottom >= previous.bottom {
      return sign * 80
    }
    return 0
  }

  static let indicator = candlePattern(
    "cdlharami", "harami: a short body inside the long one before",
    "100 after a black body, -100 after a white one; 80 and -80 where one edge is shared",
    driver: { _ in Harami().driven() })
}
