import FinstageSystem
import FinstageCore

/// Dark cloud cover: a long white body, then a black one that opens above the high and closes well into the body before, -100.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDLDARKCLOUDCOVER with its default penetration of 0.5.
struct DarkCloudCover: Kernel {
  let penetration: Double

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
    let isMatch =
      state.isPreviousLong && previous.isWhite && candle.isBlack && candle.open > previous.high
      && candle.close > previous.open && candle.close < previous.close - penetration * previous.body
    out.a[i] = Branchless.mark(isMatch, isNegative: true)
    state.previous = candle
    state.isPreviousLong = candle.body > body
  }

  static let indicator = candlePattern(
    "cdldarkcloudcover",
    "dark cloud cover: a black body that opens above the high and closes deep in the white one before",
    "-100 for a long white body, then a black one that opens above its high and closes below half of it, above its open; "
      + "--cdldarkcloudcover-penetration sets another share than half",
    variations: [.real("penetration", 0.5, 0...10)],
    driver: { v in DarkCloudCover(penetration: v[0]).driven() })
}
