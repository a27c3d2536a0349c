import FinstageSystem
import FinstageCore

/// Three white soldiers, 100: three white bodies with hardly any upper shadow. Each closes higher, opens in or near the
/// body before it, and is not much shorter than that body. The last one is not short.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDL3WHITESOLDIERS.
struct ThreeWhiteSoldiers: CandlePattern {
  /// A candle, whether it is white with a very short upper shadow, and what counts as near and far at its bar.
  fileprivate struct Soldier {
    var candle = Candle()
    var near = Double.nan
    var far = Double.nan
    var isSoldier = false
  }

  struct State: CandleState {
    fileprivate var body = PriorMean()
    fileprivate var range = PriorMean()
    fileprivate var nearRange = PriorMean()
    fileprivate var first = Soldier()
    fileprivate var second = Soldier()
  }

  var memory: Int { 2 * CandleSetting.bars + CandleSetting.nearBars }

  @inline(__always)
  func mark(_ candle: Candle, _ state: inout State, _ memory: UnsafeMutablePointer<Double>) -> Double {
    let body = state.body.push(candle.body, memory, CandleSetting.bars)
    let tiny = CandleSetting.veryShort * state.range.push(candle.range, memory + CandleSetting.bars, CandleSetting.bars)
    let near = state.nearRange.push(candle.range, memory + 2 * CandleSetting.bars, CandleSetting.nearBars)
    let isSoldier = Branchless.every(candle.isWhite, candle.upperShadow < tiny)
    let first = state.first
    let second = state.second
    let isMatch =
      Branchless.every(isSoldier, second.isSoldier, first.isSoldier)
      && ThreeWhiteSoldiers.follows(candle, second) && ThreeWhiteSoldiers.follows(second.candle, first)
      && candle.body > body
    state.first = second
    state.second = Soldier(
      candle: candle, near: CandleSetting.near * near, far: CandleSetting.far * near, isSoldier: isSoldier)
    return Branchless.mark(isMatch)
  }

  @inline(__always)
  private static func follows(_ candle: Candle, _ before: Soldier) -> Bool {
    candle.close > before.candle.close && candle.open > before.candle.open
      && candle.open <= before.candle.close + before.near && candle.body > before.candle.body - before.far
  }

  static let indicator = candlePattern(
    "cdl3whitesoldiers", "three white soldiers: three white bodies, each higher",
    "100 for three white bodies with very short upper shadows; each closes higher, opens in or near the body before it "
      + "and is not far shorter than that body; the last one is not short",
    driver: { _ in ThreeWhiteSoldiers().driven() })
}
