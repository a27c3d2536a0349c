import FinstageCore

/// Spinning top: a short body between longer shadows, 100 if white, -100 if black.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDLSPINNINGTOP.
struct SpinningTop: Kernel {
  struct State {
    var body = PriorMean()
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
    let margin = Branchless.least(
      candle.upperShadow - candle.body, candle.lowerShadow - candle.body, body - candle.body)
    out.a[i] = Branchless.mark(margin > 0, isNegative: candle.isBlack)
  }

  static let indicator = candlePattern(
    "cdlspinningtop", "spinning top: a short body between longer shadows",
    "a short body, both shadows longer than it; 100 if white, -100 if black",
    driver: { _ in SpinningTop().driven() })
}
