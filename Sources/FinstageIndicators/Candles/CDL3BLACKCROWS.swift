import FinstageSystem
import FinstageCore

/// Three black crows, -100: a white candle, then three black bodies with hardly any lower shadow. Each closes lower and
/// opens inside the body before it, and the first closes below the white candle's high.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDL3BLACKCROWS.
struct ThreeBlackCrows: CandlePattern {
  fileprivate struct Crow {
    var candle = Candle()
    /// Black, with a very short lower shadow.
    var isCrow = false
    /// Whether its means exist: TA-Lib finds no pattern before the fourth such bar.
    var isMeasured = false
  }

  struct State: CandleState {
    fileprivate var range = PriorMean()
    fileprivate var before = Crow()
    fileprivate var first = Crow()
    fileprivate var second = Crow()
  }

  var memory: Int { CandleSetting.bars }

  @inline(__always)
  func mark(_ candle: Candle, _ state: inout State, _ memory: UnsafeMutablePointer<Double>) -> Double {
    let range = state.range.push(candle.range, memory, CandleSetting.bars)
    let fall = candle.open - candle.close
    let isCrow = Branchless.least(fall, fall, CandleSetting.veryShort * range - candle.lowerShadow) > 0
    let before = state.before
    let first = state.first
    let second = state.second
    let isMatch =
      Branchless.every(isCrow, second.isCrow, first.isCrow, before.isMeasured) && before.candle.isWhite
      && before.candle.high > first.candle.close && ThreeBlackCrows.follows(candle, second.candle)
      && ThreeBlackCrows.follows(second.candle, first.candle)
    state.before = first
    state.first = second
    state.second = Crow(candle: candle, isCrow: isCrow, isMeasured: !range.isNaN)
    return Branchless.mark(isMatch, isNegative: true)
  }

  @inline(__always)
  private static func follows(_ candle: Candle, _ before: Candle) -> Bool {
    candle.open < before.open && candle.open > before.close && candle.close < before.close
  }

  static let indicator = candlePattern(
    "cdl3blackcrows", "three black crows: three black bodies, each lower",
    "-100 for a white candle, then three black bodies with very short lower shadows; each closes lower and opens "
      + "inside the body before it, and the first closes below the white candle's high",
    driver: { _ in ThreeBlackCrows().driven() })
}
