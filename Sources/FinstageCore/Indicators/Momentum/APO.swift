/// Absolute price oscillator, over exponential averages; with `ma` sma over simple ones.
///
///     apo = average(fast) - average(slow)
///
/// Warm-up: slow - 1 bars. As TA-Lib's APO with matype EMA (or SMA, which is TA-Lib's default).
enum APO {
  struct Exponential: Kernel {
    let fast: Int
    let slow: Int
    let fastSmoothing: Smoothing
    let slowSmoothing: Smoothing

    struct State {
      var fast = SeededAverage()
      var slow = SeededAverage()
    }

    static var inputs: Inputs { .field }
    var start: State { State() }

    @inline(__always)
    func step(
      _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
    ) {
      let x = bars.field[i]
      let short = state.fast.push(x, fast, fastSmoothing)
      out.a[i] = APO.value(short, state.slow.push(x, slow, slowSmoothing))
    }
  }

  struct Simple: Kernel {
    let fast: Int
    let slow: Int

    struct State {
      var fast = WindowSum()
      var slow = WindowSum()
    }

    static var inputs: Inputs { .field }
    var start: State { State() }
    var memory: Int { fast + slow }

    @inline(__always)
    func step(
      _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
    ) {
      let x = bars.field[i]
      let short = state.fast.push(x, memory, fast) / Double(fast)
      out.a[i] = APO.value(short, state.slow.push(x, memory + fast, slow) / Double(slow))
    }
  }

  @inline(__always)
  private static func value(_ fast: Double, _ slow: Double) -> Double { fast - slow }

  static let indicator = Indicator(
    "apo", .momentum, parameters: [.period("fast", 12), .period("slow", 26)],
    variations: [.choice("ma", ["ema", "sma"])], inputs: .field,
    summary: "absolute price oscillator",
    formula: "average(fast) - average(slow); exponential averages, or simple ones with --apo-ma sma",
    source: "as TA-Lib's APO",
    undefined: "",
    warmUp: { Int($0[1]) - 1 },
    conflict: AverageDifference.conflict,
    driver: { p, v in
      let (fast, slow) = (Int(p[0]), Int(p[1]))
      return v[0] == 0
        ? Exponential(
          fast: fast, slow: slow, fastSmoothing: Smoothing.exponential(fast), slowSmoothing: Smoothing.exponential(slow)
        ).driven()
        : Simple(fast: fast, slow: slow).driven()
    })
}
