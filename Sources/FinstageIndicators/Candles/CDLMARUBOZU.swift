import FinstageCore

/// Marubozu: a long body with hardly any shadow, 100 if white, -100 if black.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDLMARUBOZU.
struct Marubozu: Kernel {
  struct State {
    var body = PriorMean()
    var range = PriorMean()
  }

  static var inputs: Inputs { .candle }
  var start: State { State() }
  var memory: Int { 2 * CandleSetting.bars }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let candle = Candle(bars, i)
    let body = state.body.push(candle.body, memory, CandleSetting.bars)
    let tiny = CandleSetting.veryShort * state.range.push(candle.range, memory + CandleSetting.bars, CandleSetting.bars)
    let isMatch = Branchless.every(candle.body > body, candle.upperShadow < tiny, candle.lowerShadow < tiny)
    out.a[i] = Branchless.mark(isMatch, isNegative: candle.isBlack)
  }

  static let indicator = candlePattern(
    "cdlmarubozu", "marubozu: a long body with hardly any shadow",
    "a long body, both shadows very short; 100 if white, -100 if black",
    driver: { _ in Marubozu().driven() })
}
