import FinstageSystem
import FinstageCore

/// Doji: open and close nearly the same, 100.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDLDOJI.
struct Doji: CandlePattern {
  struct State: CandleState {
    var range = PriorMean()
  }

  var memory: Int { CandleSetting.bars }

  @inline(__always)
  func mark(_ candle: Candle, _ state: inout State, _ memory: UnsafeMutablePointer<Double>) -> Double {
    let range = state.range.push(candle.range, memory, CandleSetting.bars)
    return candle.body <= CandleSetting.doji * range ? 100 : 0
  }

  static let indicator = candlePattern(
    "cdldoji", "doji: open and close nearly the same",
    "100 where the body is at most 0.1 of the mean range of the 10 bars before",
    driver: { _ in Doji().driven() })
}
