import FinstageCore

/// Dragonfly doji: a doji at the top of its range, 100.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDLDRAGONFLYDOJI.
struct DragonflyDoji: Kernel {
  struct State {
    var range = PriorMean()
  }

  static var inputs: Inputs { .candle }
  var start: State { State() }
  var memory: Int { CandleSetting.bars }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let candle = Candle(bars, i)
    let range = state.range.push(candle.range, memory, CandleSetting.bars)
    let tiny = CandleSetting.veryShort * range
    let isMatch =
      candle.body <= CandleSetting.doji * range && candle.upperShadow < tiny && candle.lowerShadow > tiny
    out.a[i] = Branchless.mark(isMatch)
  }

  static let indicator = candlePattern(
    "cdldragonflydoji", "dragonfly doji: a doji at the top of its range",
    "100 for a doji whose upper shadow is very short and whose lower one is not",
    driver: { _ in DragonflyDoji().driven() })
}
