import FinstageCore

/// Harami: a short body inside the long one before; 100 after a black body, -100 after a white one; 80 and -80 where an
/// edge is shared.
///
/// Measures as in `CandleSetting`. As TA-Lib's CDLHARAMI.
struct Harami: Kernel {
  struct State {
    var body = PriorMean()
    var previous = Candle()
    var previousMean = Double.nan
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
    let isLong = previous.body > state.previousMean
    state.previous = candle
    state.previousMean = body
    out.a[i] = 0
    guard isLong && candle.body <= body else { return }
    let sign: Double = previous.isWhite ? -1 : 1
    if candle.top < previous.top && candle.bottom > previous.bottom {
      out.a[i] = sign * 100
    } else if candle.top <= previous.top && candle.bottom >= previous.bottom {
      out.a[i] = sign * 80
    }
  }

  static let indicator = candlePattern(
    "cdlharami", "harami: a short body inside the long one before",
    "100 after a black body, -100 after a white one; 80 and -80 where one edge is shared",
    driver: { _ in Harami().driven() })
}
