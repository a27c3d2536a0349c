import FinstageSystem
import FinstageCore

/// A long body, a short one beyond it, and one of the other colour that closes well into the first: a morning star
/// (100) after a black body, an evening star (-100) after a white one.
///
/// Measures as in `CandleSetting`.
struct Star: CandlePattern {
  let isEvening: Bool
  /// How deep into the first body the last one must close, as a share of the first body.
  let penetration: Double

  struct State: CandleState {
    var body = PriorMean()
    var first = Candle()
    var second = Candle()
    var isFirstLong = false
    var isSecondLong = false
    var isSecondShort = false
  }

  var memory: Int { CandleSetting.bars }

  @inline(__always)
  func mark(_ candle: Candle, _ state: inout State, _ memory: UnsafeMutablePointer<Double>) -> Double {
    let body = state.body.push(candle.body, memory, CandleSetting.bars)
    let isLong = candle.body > body
    let isMatch = state.isFirstLong && state.isSecondShort && isLong && turns(state.first, state.second, candle)
    state.first = state.second
    state.isFirstLong = state.isSecondLong
    state.second = candle
    state.isSecondLong = isLong
    state.isSecondShort = candle.body <= body
    return Branchless.mark(isMatch, isNegative: isEvening)
  }

  @inline(__always)
  private func turns(_ first: Candle, _ second: Candle, _ last: Candle) -> Bool {
    let depth = penetration * first.body
    if isEvening {
      return first.isWhite && second.bottom > first.top && last.isBlack && last.close < first.close - depth
    }
    return first.isBlack && second.top < first.bottom && last.isWhite && last.close > first.close + depth
  }
}
