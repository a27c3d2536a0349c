import FinstageSystem
import FinstageCore

/// Wilder's directional movement: the smoothed part of a bar's range that lies outside the bar before, divided by the
/// smoothed true range (J. W. Wilder, "New Concepts in Technical Trading Systems", 1978).
///
///     +dm = high - previous high where that is positive and larger than previous low - low, else 0;  -dm the other way
///     di  = 100 S(dm) / S(true range), with S as in `WilderSum`
struct DirectionalMovement {
  private var previousHigh = Double.nan
  private var previousLow = Double.nan
  private var range = TrueRange()
  private var plus = WilderSum()
  private var minus = WilderSum()
  private var total = WilderSum()

  /// Takes a bar. Both are NaN for the first n bars, and 0 where the smoothed true range is 0.
  @inline(__always)
  package mutating func push(
    high: Double, low: Double, close: Double, _ n: Int, _ smoothing: Smoothing
  ) -> (plus: Double, minus: Double) {
    let up = high - previousHigh
    let down = previousLow - low
    previousHigh = high
    previousLow = low
    let span = range.push(high: high, low: low, close: close)
    if span.isNaN { return (.nan, .nan) }
    let plusSum = plus.push(DirectionalMovement.part(up, down), n, smoothing)
    let minusSum = minus.push(DirectionalMovement.part(down, up), n, smoothing)
    let totalSum = total.push(span, n, smoothing)
    if totalSum == 0 { return (0, 0) }
    return (100 * (plusSum / totalSum), 100 * (minusSum / totalSum))
  }

  /// The movement if it is positive and the larger one, else 0.
  @inline(__always)
  static func part(_ own: Double, _ other: Double) -> Double { own > 0 && own > other ? own : 0 }

  /// 100 |+di - -di| / (+di + -di); nil where both are 0, NaN where both are NaN.
  @inline(__always)
  static func index(_ plus: Double, _ minus: Double) -> Double? {
    let sum = plus + minus
    return sum == 0 ? nil : 100 * ((plus - minus).magnitude / sum)
  }
}

/// One side of directional movement: +DI or -DI. NaN for the first n bars, and 0 where the smoothed true range is 0.
struct DirectionalLine: Kernel {
  let n: Int
  let smoothing: Smoothing
  let isPlus: Bool

  package init(n: Int, isPlus: Bool) {
    self.n = n
    self.isPlus = isPlus
    smoothing = Smoothing.wilder(n)
  }

  struct State {
    var previousHigh = Double.nan
    var previousLow = Double.nan
    var range = TrueRange()
    var side = WilderSum()
    var total = WilderSum()
  }

  static var inputs: Inputs { .highLowClose }
  var start: State { State() }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let high = bars.high[i]
    let low = bars.low[i]
    let up = high - state.previousHigh
    let down = state.previousLow - low
    state.previousHigh = high
    state.previousLow = low
    let span = state.range.push(high: high, low: low, close: bars.close[i])
    if span.isNaN {
      out.a[i] = .nan
      return
    }
    let part = isPlus ? DirectionalMovement.part(up, down) : DirectionalMovement.part(down, up)
    let sum = state.side.push(part, n, smoothing)
    let total = state.total.push(span, n, smoothing)
    out.a[i] = total == 0 ? 0 : 100 * (sum / total)
  }
}
