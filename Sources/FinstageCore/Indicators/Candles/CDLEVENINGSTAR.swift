/// Evening star: a long white body, a short one above it, a black one that closes well into the first, -100.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDLEVENINGSTAR with its default penetration of 0.3.
struct EveningStar: Kernel {
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
      state.isFirstLong && first.isWhite && state.isSecondShort && second.bottom > first.top && candle.body > body
      && candle.isBlack && candle.close < first.close - penetration * first.body
    out.a[i] = Branchless.mark(isMatch, isNegative: true)
    state.first = second
    state.isFirstLong = state.isSecondLong
    state.second = candle
    state.isSecondLong = candle.body > body
    state.isSecondShort = candle.body <= body
  }

  static let indicator = candlePattern(
    "cdleveningstar", "evening star: up, a star above, down again",
    "-100 for a long white body, a short body above it, then a black body that is not short and closes below the first close by 0.3 of the first body; another share with --cdleveningstar-penetration",
    variations: [.real("penetration", 0.3, 0...10)],
    driver: { v in EveningStar(penetration: v[0]).driven() })
}
