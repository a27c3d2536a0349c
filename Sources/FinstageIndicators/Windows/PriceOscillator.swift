import FinstageCore

/// How two averages become one number.
protocol OscillatorScale: Sendable {
  static func value(_ fast: Double, _ slow: Double) -> Double
}

/// The distance between a fast and a slow average of the same series; the base of PPO and APO. Unlike in MACD, each
/// average begins on its own.
enum PriceOscillator<Scale: OscillatorScale> {
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
      out.a[i] = Scale.value(short, state.slow.push(x, slow, slowSmoothing))
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
    package var memory: Int { fast + slow }

    @inline(__always)
    func step(
      _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
    ) {
      let x = bars.field[i]
      let short = state.fast.push(x, memory, fast) / Double(fast)
      out.a[i] = Scale.value(short, state.slow.push(x, memory + fast, slow) / Double(slow))
    }
  }
}

extension Indicator {
  /// An oscillator over exponential averages, or simple ones.
  static func oscillator<Scale: OscillatorScale>(
    _ name: String, _ scale: Scale.Type, summary: String, formula: String, undefined: String,
    exponential: @escaping @Sendable (PriceOscillator<Scale>.Exponential) -> SeriesKernel,
    simple: @escaping @Sendable (PriceOscillator<Scale>.Simple) -> SeriesKernel
  ) -> Indicator {
    Indicator(
      name, .momentum, parameters: [.period("fast", 12), .period("slow", 26)],
      variations: [.choice("ma", ["ema", "sma"])], inputs: .field, summary: summary,
      formula: "\(formula); exponential averages, or simple ones with --\(name)-ma sma",
      source: "as TA-Lib's \(name.uppercased()) with matype EMA (or SMA, which is TA-Lib's default)",
      undefined: undefined, warmUp: { Int($0[1]) - 1 }, conflict: AverageDifference.conflict,
      driver: { p, v in
        let (fast, slow) = (Int(p[0]), Int(p[1]))
        guard v[0] == 0 else { return simple(.init(fast: fast, slow: slow)) }
        return exponential(
          .init(
            fast: fast, slow: slow, fastSmoothing: .exponential(fast), slowSmoothing: .exponential(slow)))
      })
  }
}
