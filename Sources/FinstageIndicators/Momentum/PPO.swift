import FinstageCore

/// Percentage price oscillator, over exponential averages; with `ma` sma over simple ones.
///
///     ppo = 100 (average(fast) - average(slow)) / average(slow)
///
/// Warm-up: slow - 1 bars. 0 where the slow average is 0. As TA-Lib's PPO.
enum PPO: OscillatorScale {
  @inline(__always)
  static func value(_ fast: Double, _ slow: Double) -> Double { slow == 0 ? 0 : 100 * ((fast - slow) / slow) }

  static let indicator = Indicator.oscillator(
    "ppo", PPO.self, summary: "percentage price oscillator",
    formula: "100 (average(fast) - average(slow)) / average(slow)", undefined: "0 where the slow average is 0",
    exponential: { $0.driven() }, simple: { $0.driven() })
}
