/// What an indicator is: one of these is all that the tools, their help, their manual pages and their completions know of it.
public struct Indicator: Sendable {
  /// The groups of `--list`, in its order.
  public enum Group: String, Sendable, CaseIterable {
    case average, momentum, trend, volatility, volume, statistics, candles, summary
  }

  /// The usual short name, in lower case: `plus_di`.
  public let name: String
  public let group: Group
  /// The parameters in the order in which they are written: `--macd 12,26,9`.
  public let parameters: [Parameter]
  /// Variations that are rarely wanted, each an option of its own: `ddof` of `bbands` is `--bbands-ddof`.
  public let variations: [Parameter]
  public let inputs: Inputs
  /// The stems of the columns: `macd_signal` becomes `macd_signal_12_26_9`.
  public let outputs: [String]
  /// One line of meaning, for the help.
  public let summary: String
  /// The formula in words and symbols.
  public let formula: String
  /// Who described it, and whose values it has.
  public let source: String
  /// What it gives where the formula is undefined.
  public let undefined: String
  /// The number of bars without a value before the first one, for these parameters.
  public let warmUp: @Sendable ([Double]) -> Int
  /// Why a combination of parameters, each in its range, makes no sense.
  let conflict: @Sendable ([Double]) -> String?
  /// The kernel for these parameters and variations, driven.
  let driver: @Sendable (_ parameters: [Double], _ variations: [Double]) -> SeriesKernel

  init(
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
  public var option: String { name.split(separator: "_").joined(separator: "-") }

  /// The indicator with its defaults.
  public var standard: IndicatorRequest {
    IndicatorRequest(
      indicator: self, parameters: parameters.map(\.standard), variations: variations.map(\.standard))
  }

  /// The indicator of a name, written with `_` or `-`.
  public static func named(_ name: some StringProtocol) -> Indicator? {
    let wanted = name.split(separator: "-", omittingEmptySubsequences: false).joined(separator: "_")
    return all.first { $0.name == wanted }
  }
}
