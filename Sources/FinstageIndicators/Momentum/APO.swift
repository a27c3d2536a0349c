import FinstageCore

/// Absolute price oscillator, over exponential averages; with `ma` sma over simple ones.
///
///     apo = average(fast) - average(slow)
///
/// Warm-up: slow - 1 bars. As TA-Lib's APO.
enum APO: OscillatorScale {
  @inline(__always)
  static func value(_ fast: Double, _ slow: Double) -> Double { fast - slow }

  static let indicator = Indicator.oscillator(
    "apo", APO.self, summary: "absolute price oscillator", formula: "average(fast) - average(slow)", undefined: "",
    exponential: { $0.driven() }, simple: { $0.driven() })
}
