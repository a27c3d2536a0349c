import FinstageSystem
import FinstageCore

/// A long body, a short one beyond it, and one of the other colour that closes well into the first: a morning star
/// (100) after a black body, an evening star (-100) after a white one.
///
/// Measures as in `CandleSetting`.
struct Star: Kernel {
  let isEvening: Bool
  /// How deep into the first body the last one must close, as a share of the first body.
  let penetration: Double

  struct State {
    var body = PriorMean()
    var first = Candle()
    var second = Candle()
    var isFirstLong = false
    var isSecondLong = false
    var isSecondShort = false
  }

  static var inputs: Inputs { .candle }
  var start: State { State() }
  var memory: Int { CandleSetting.bars }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let candle = Candle(bars, i)
    let body = state.body.push(candle.body, memory, CandleSetting.bars)
    let isLong = candle.body > body
    let isMatch = state.isFirstLong && state.isSecondShort && isLong && turns(state.first, state.second, candle)
    out.a[i] = Branchless.mark(isMatch, isNegative: isEvening)
    state.first = state.second
    state.isFirstLong = state.isSecondLong
    state.second = candle
    state.isSecondLong = isLong
    state.isSecondShort = candle.body <= body
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
