import FinstageCore

/// The description of an indicator. The tools, their help, their manual pages and their completions know nothing else
/// of an indicator.
package struct Indicator: Sendable {
  /// The groups of `--list`, in the order of the list.
  package enum Group: String, Sendable, CaseIterable {
    case average, momentum, trend, volatility, volume, statistics, candles, summary
  }

  /// The usual short name, in lower case: `plus_di`.
  package let name: String
  package let group: Group
  /// The parameters in the order in which they are written: `--macd 12,26,9`.
  package let parameters: [Parameter]
  /// Variations that are rarely wanted, each an option of its own: `ddof` of `bbands` is `--bbands-ddof`.
  package let variations: [Parameter]
  package let inputs: Inputs
  /// The stems of the columns: `macd_signal` becomes `macd_signal_12_26_9`.
  package let outputs: [String]
  /// The meaning in one line, for the help.
  package let summary: String
  /// The formula in words and symbols.
  package let formula: String
  /// The author of the indicator, and the implementation whose values it has.
  package let source: String
  /// What the indicator gives where the formula is undefined.
  package let undefined: String
  /// The number of bars without a value before the first one, for these parameters.
  package let warmUp: @Sendable ([Double]) -> Int
  /// Why a combination of parameters, each in its range, makes no sense.
  let conflict: @Sendable ([Double]) -> String?
  /// The kernel for these parameters and variations, driven.
  let driver: @Sendable (_ parameters: [Double], _ variations: [Double]) -> SeriesKernel

  package init(
    _ name: String, _ group: Group, parameters: [Parameter] = [], variations: [Parameter] = [], inputs: Inputs,
    outputs: [String]? = nil, summary: String, formula: String, source: String, undefined: String = "",
    warmUp: @escaping @Sendable ([Double]) -> Int, conflict: @escaping @Sendable ([Double]) -> String? = { _ in nil },
    driver: @escaping @Sendable (_ parameters: [Double], _ variations: [Double]) -> SeriesKernel
  ) {
    self.name = name
    self.group = group
    self.parameters = parameters
    self.variations = variations
    self.inputs = inputs
    self.outputs = outputs ?? [name]
    self.summary = summary
    self.formula = formula
    self.source = source
    self.undefined = undefined
    self.warmUp = warmUp
    self.conflict = conflict
    self.driver = driver
  }

  /// The name as an option, without the dashes: `plus-di`.
  package var option: String { name.split(separator: "_").joined(separator: "-") }

  /// The indicator with its defaults.
  package var standard: IndicatorRequest {
    IndicatorRequest(
      indicator: self, parameters: parameters.map(\.standard), variations: variations.map(\.standard))
  }

  /// The indicator with a name, written with `_` or `-`.
  package static func named(_ name: some StringProtocol) -> Indicator? {
    let wanted = name.split(separator: "-", omittingEmptySubsequences: false).joined(separator: "_")
    return all.first { $0.name == wanted }
  }
}
