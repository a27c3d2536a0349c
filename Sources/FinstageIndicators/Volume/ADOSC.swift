import FinstageCore

/// Chaikin's oscillator: a fast minus a slow EMA of the accumulation/distribution line, both beginning with the line's
/// first value.
///
///     adosc = ema(ad, fast) - ema(ad, slow)
///
/// Warm-up: the longer period less 1. As TA-Lib's ADOSC.
struct ADOSC: Kernel {
  let fast: Smoothing
  let slow: Smoothing
  let warmUp: Int

  struct State {
    var sum = 0.0
    var fast = 0.0
    var slow = 0.0
    var count: Int32 = 0
  }

  static var inputs: Inputs { MoneyFlow.inputs }
  var start: State { State() }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    state.sum += MoneyFlow.volume(bars, i)
    let line = state.sum
    if state.count == 0 {
      state.fast = line
      state.slow = line
    }
    state.fast = fast.next(state.fast, line)
    state.slow = slow.next(state.slow, line)
    if Int(state.count) < warmUp {
      state.count &+= 1
      out.a[i] = .nan
      return
    }
    out.a[i] = state.fast - state.slow
  }

  @inline(__always)
  func steps(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ range: Range<Int>,
    _ out: OutputColumns
  ) {
    var i = range.lowerBound
    while i < range.upperBound && Int(state.count) < warmUp {
      step(&state, memory, bars, i, out)
      i &+= 1
    }
    var (line, quick, late) = (state.sum, state.fast, state.slow)
    while i < range.upperBound {
      line += MoneyFlow.volume(bars, i)
      quick = fast.next(quick, line)
      late = slow.next(late, line)
      out.a[i] = quick - late
      i &+= 1
    }
    (state.sum, state.fast, state.slow) = (line, quick, late)
  }

  static let indicator = Indicator(
    "adosc", .volume, parameters: [.period("fast", 3, from: 2), .period("slow", 10, from: 2)], inputs: inputs,
    summary: "Chaikin oscillator",
    formula: "ema(ad, fast) - ema(ad, slow), both beginning with the first value of ad",
    source: "M. Chaikin; as TA-Lib's ADOSC",
    undefined: "as ad",
    warmUp: { Int(max($0[0], $0[1])) - 1 },
    driver: { p, _ in
      ADOSC(
        fast: Smoothing.exponential(Int(p[0])), slow: Smoothing.exponential(Int(p[1])), warmUp: Int(max(p[0], p[1])) - 1
      ).driven()
    })
}
