import FinstageSystem
import FinstageCore

/// Hilbert transform, instantaneous trendline (J. Ehlers, "Rocket Science for Traders", 2001).
///
/// The price is smoothed over four bars and put through a seven-tap Hilbert transformer whose gain follows the last period
/// found; the phase between the in-phase and the quadrature part of two bars gives the dominant cycle's period (6 to 50 bars,
/// changing by half at most, smoothed). The trendline is the price averaged over that period, smoothed with weights
/// 4, 3, 2, 1.
///
/// Warm-up: 63 bars. As TA-Lib's HT_TRENDLINE, which begins at the 38th bar with everything at zero.
struct HTTrendline: Kernel {
  /// Taps of a transformer: the inputs of the last six bars. A result needs only inputs that are two bars apart.
  fileprivate struct Transformer {
    var x1 = 0.0, x2 = 0.0, x3 = 0.0, x4 = 0.0, x5 = 0.0, x6 = 0.0

    @inline(__always)
    mutating func push(_ x: Double, gain: Double) -> Double {
      let result = (0.0962 * x + 0.5769 * x2 - 0.5769 * x4 - 0.0962 * x6) * gain
      (x1, x2, x3, x4, x5, x6) = (x, x1, x2, x3, x4, x5)
      return result
    }
  }

  struct State {
    fileprivate var count: Int32 = 0
    fileprivate var position: Int32 = 0
    fileprivate var x1 = 0.0, x2 = 0.0, x3 = 0.0
    fileprivate var detrender = Transformer()
    fileprivate var quadrature = Transformer()
    fileprivate var inPhaseTurned = Transformer()
    fileprivate var quadratureTurned = Transformer()
    fileprivate var d1 = 0.0, d2 = 0.0, d3 = 0.0
    fileprivate var i2 = 0.0, q2 = 0.0, real = 0.0, imaginary = 0.0
    fileprivate var period = 0.0, smoothPeriod = 0.0
    fileprivate var t1 = 0.0, t2 = 0.0, t3 = 0.0
  }

  static let warmUp = 63
  private static let first = 37
  private static let longest = 64

  static var inputs: Inputs { .field }
  var start: State { State() }
  /// The last prices, stored twice, so that any run of them is contiguous.
  var memory: Int { 2 * HTTrendline.longest }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let x = bars.field[i]
    let at = WindowPlace.valid(state.position, HTTrendline.longest)
    memory[at] = x
    memory[at &+ HTTrendline.longest] = x
    state.position = Int32(truncatingIfNeeded: at &+ 1) & Int32(HTTrendline.longest &- 1)
    let smooth = (4 * x + 3 * state.x1 + 2 * state.x2 + state.x3) * 0.1
    (state.x1, state.x2, state.x3) = (x, state.x1, state.x2)
    out.a[i] = .nan
    if Int(state.count) < HTTrendline.first {
      state.count &+= 1
      return
    }
    let trend = HTTrendline.follow(&state, smooth, end: memory + at + HTTrendline.longest)
    if Int(state.count) < HTTrendline.warmUp {
      state.count &+= 1
      return
    }
    out.a[i] = trend
  }

  /// - Parameter end: points to the newest price; the earlier prices lie before it.
  @inline(__always)
  private static func follow(
    _ state: inout State, _ smooth: Double, end: UnsafeMutablePointer<Double>
  ) -> Double {
    let gain = 0.075 * state.period + 0.54
    let detrended = state.detrender.push(smooth, gain: gain)
    let q1 = state.quadrature.push(detrended, gain: gain)
    let i1 = state.d3
    (state.d1, state.d2, state.d3) = (detrended, state.d1, state.d2)
    let ji = state.inPhaseTurned.push(i1, gain: gain)
    let jq = state.quadratureTurned.push(q1, gain: gain)
    let q2 = 0.2 * (q1 + ji) + 0.8 * state.q2
    let i2 = 0.2 * (i1 - jq) + 0.8 * state.i2
    state.real = 0.2 * (i2 * state.i2 + q2 * state.q2) + 0.8 * state.real
    state.imaginary = 0.2 * (i2 * state.q2 - q2 * state.i2) + 0.8 * state.imaginary
    state.q2 = q2
    state.i2 = i2

    let previous = state.period
    var period = previous
    if state.imaginary != 0 && state.real != 0 {
      period = 2 * Double.pi / atan(state.imaginary / state.real)
    }
    period = min(period, 1.5 * previous)
    period = max(period, 0.67 * previous)
    period = min(max(period, 6), 50)
    state.period = 0.2 * period + 0.8 * previous
    state.smoothPeriod = 0.33 * state.period + 0.67 * state.smoothPeriod

    // Written so that it holds for any number that a state file may have.
    let length = state.smoothPeriod > 0 ? Int(min(state.smoothPeriod, 50) + 0.5) : 0
    var sum = 0.0
    for k in 0..<length { sum += end[-k] }
    let mean = length > 0 ? sum / Double(length) : 0
    let trend = (4 * mean + 3 * state.t1 + 2 * state.t2 + state.t3) / 10
    (state.t1, state.t2, state.t3) = (mean, state.t1, state.t2)
    return trend
  }

  static let indicator = Indicator(
    "ht_trendline", .average, inputs: inputs,
    summary: "Hilbert transform, instantaneous trendline",
    formula: """
      the price averaged over the dominant cycle's period (6 to 50 bars, from the phase that a Hilbert transformer finds), \
      smoothed over four bars with weights 4, 3, 2, 1
      """,
    source: "J. Ehlers, \"Rocket Science for Traders\", 2001; as TA-Lib's HT_TRENDLINE",
    undefined: "the period does not change while there is no phase",
    warmUp: { _ in warmUp },
    driver: { _, _ in HTTrendline().driven() })
}
