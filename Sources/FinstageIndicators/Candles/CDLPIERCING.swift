import FinstageSystem
import FinstageCore

/// Piercing line, 100: a long black body, then a long white one that opens below the low and closes above the middle of
/// the body before.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDLPIERCING.
struct Piercing: Kernel {
  struct State {
    var body = PriorMean()
    var previous = Candle()
    var isPreviousLong = false
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
    let previous = state.previous
    let isLong = candle.body > body
    let isMatch =
      state.isPreviousLong && previous.isBlack && isLong && candle.isWhite && candle.open < previous.low
      && candle.close < previous.open && candle.close > previous.close + 0.5 * previous.body
    out.a[i] = Branchless.mark(isMatch)
    state.previous = candle
    state.isPreviousLong = isLong
  }

  static let indicator = candlePattern(
    "cdlpiercing", "piercing line: a white body that opens below the low and closes deep in the black one before",
    "100 for a long black body, then a long white one that opens below its low and closes above its middle, below its open",
    driver: { _ in Piercing().driven() })
}
