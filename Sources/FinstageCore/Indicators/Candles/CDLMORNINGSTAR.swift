/// Morning star: a long black body, a short one below it, a white one that closes well into the first, 100.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDLMORNINGSTAR with its default penetration of 0.3.
struct MorningStar: Kernel {
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
    let first = state.first
    let second = state.second
    let isMatch =
      state.isFirstLong && first.isBlack && state.isSecondShort && second.top < first.bottom && candle.body > body
      && candle.isWhite && candle.close > first.close + penetration * first.body
    out.a[i] = Branchless.mark(isMatch)
    state.first = second
    state.isFirstLong = state.isSecondLong
    state.second = candle
    state.isSecondLong = candle.body > body
    state.isSecondShort = candle.body <= body
  }

  static let indicator = candlePattern(
    "cdlmorningstar", "morning star: down, a star below, up again",
    "100 for a long black body, a short body below it, then a white body that is not short and closes above the first close by 0.3 of the first body; another share with --cdlmorningstar-penetration",
    variations: [.real("penetration", 0.3, 0...10)],
    driver: { v in MorningStar(penetration: v[0]).driven() })
}
