import FinstageCore

/// The two readings of a signal's condition.
package enum SignalForm: String, Sendable, CaseIterable {
  /// A line is crossed from one bar to the next.
  case strict
  /// A line is as good as crossed: near misses on either side count.
  case tolerant
}

/// A rule that looks for signals in the results of indicators. A condition that lasts is reported only on the bar where
/// it begins.
struct SignalRule: Sendable {
  /// One use of the rule: its operands, its detector and the names of its signals.
  struct Match {
    /// Result columns, by output: the operands of the detector.
    var x: Int
    var y: Int
    /// The names of its signals, in the order of the detector's outputs.
    var names: [String]
    var detector: SeriesKernel
    var inputs: Inputs
  }

  /// The matches of this rule among requested indicators.
  /// - Parameter column: the result column of a request's output.
  let matches:
    @Sendable (
      _ requests: [IndicatorRequest], _ column: (_ request: Int, _ output: Int) -> Int, _ form: SignalForm
    ) -> [Match]

  /// All rules, in the order in which the signals of a bar are written. A new rule takes a file beside this one and a
  /// line here.
  static let all: [SignalRule] = [
    AverageCross.rule,
    AverageBreakout.rule,
    RSISignal.rule,
    BandSignal.rule,
    MACDSignal.rule,
    StochasticSignal.rule,
    VolumeSignal.rule,
  ]

  /// The indicators to look for signals in when the user names none.
  static var standardRequests: [IndicatorRequest] {
    let specifications = [
      "sma:20,50,200", "rsi:14", "bbands:20,2", "macd:12,26,9", "stoch:14,3,3", "volume_sma:20",
    ]
    return specifications.flatMap { (try? IndicatorRequest.parse(specification: $0)) ?? [] }
  }

  /// A rule that matches each request of one indicator. A bar that the indicator leaves out for a null input is left out by the rule.
  /// - Parameter names: the names of its signals; `label` is empty, or distinguishes several requests of the indicator:
  ///   `_7`.
  static func each(
    _ name: String, x: Int, y: Int, inputs: Inputs, names: @escaping @Sendable (_ label: String) -> [String],
    detector: @escaping @Sendable (SignalForm) -> SeriesKernel
  ) -> SignalRule {
    SignalRule { requests, column, form in
      let own = requests.enumerated().filter { $0.element.indicator.name == name }
      return own.map { i, request in
        let label = own.count == 1 ? "" : "_" + request.suffix.joined(separator: "_")
        return Match(
          x: column(i, x), y: column(i, y), names: names(label), detector: detector(form),
          inputs: inputs.union(request.indicator.inputs))
      }
    }
  }
}
