/// Percentage price oscillator, over exponential averages; with `ma` sma over simple ones.
///
///     ppo = 100 (average(fast) - average(slow)) / average(slow)
///
/// Warm-up: slow - 1 bars. 0 where the slow average is 0. As TA-Lib's PPO with matype EMA (or SMA, which is TA-Lib's default).
enum PPO {
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
      out.a[i] = PPO.value(short, state.slow.push(x, slow, slowSmoothing))
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
      out.a[i] = PPO.value(short, state.slow.push(x, memory + fast, slow) / Double(slow))
    }
  }

  @inline(__always)
  private static func value(_ fast: Double, _ slow: Double) -> Double { slow == 0 ? 0 : 100 * ((fast - slow) / slow) }

  static let indicator = Indicator(
    "ppo", .momentum, parameters: [.period("fast", 12), .period("slow", 26)],
    variations: [.choice("ma", ["ema", "sma"])], inputs: .field,
    summary: "percentage price oscillator",
    formula:
      "100 (average(fast) - average(slow)) / average(slow); exponential averages, or simple ones with --ppo-ma sma",
    source: "as TA-Lib's PPO",
    undefined: "0 where the slow average is 0",
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
