/// A parameter of an indicator: its name, its range and its default.
public struct Parameter: Sendable {
  public let name: String
  public let range: ClosedRange<Double>
  public let standard: Double
  /// Whole numbers only.
  public let isInteger: Bool

  public static func period(_ standard: Int, from low: Int = 1) -> Parameter { period("period", standard, from: low) }

  public static func period(_ name: String, _ standard: Int, from low: Int = 1) -> Parameter {
    Parameter(name: name, range: Double(low)...100_000, standard: Double(standard), isInteger: true)
  }

  public static func real(_ name: String, _ standard: Double, _ range: ClosedRange<Double>) -> Parameter {
    Parameter(name: name, range: range, standard: standard, isInteger: false)
  }

  public static func choice(_ name: String, _ standard: Int, _ range: ClosedRange<Int>) -> Parameter {
    Parameter(
      name: name, range: Double(range.lowerBound)...Double(range.upperBound), standard: Double(standard),
      isInteger: true)
  }
}

/// What an indicator is: one of these is all that the tools, their help, their manual pages and their completions know of it.
public struct Indicator: Sendable {
  /// The usual short name; also its option: `sma` is `--sma`.
  public let name: String
  /// The parameters in the order in which they are written: `--macd 12,26,9`.
  public let parameters: [Parameter]
  /// Variations that are rarely wanted, each an option of its own: `ddof` of `bbands` is `--bbands-ddof`.
  public var variations: [Parameter] = []
  public let inputs: Inputs
  /// The stems of the columns: `macd_signal` becomes `macd_signal_12_26_9`.
  public let outputs: [String]
  /// One line of meaning, for the help.
  public let summary: String
  /// Formula, source, warm-up, and what happens where it is undefined.
  public let formula: String
  /// Why a combination of parameters, each in its range, makes no sense.
  var conflict: @Sendable ([Double]) -> String? = { _ in nil }
  /// The kernel for these parameters and variations, driven.
  let driver: @Sendable (_ parameters: [Double], _ variations: [Double]) -> SeriesKernel

  /// All indicators, in the order of the help. A new one is a file beside this one and a line here.
  public static let all: [Indicator] = [
    SMA.indicator,
    EMA.indicator,
    RSI.indicator,
    MACD.indicator,
    BollingerBands.indicator,
    ATR.indicator,
  ]
}

/// An indicator with its parameters: what a user asked for.
public struct IndicatorRequest: Sendable {
  public let indicator: Indicator
  public let parameters: [Double]
  public let variations: [Double]

  /// The names of its columns, without prefix.
  public var columns: [String] {
    indicator.outputs.map { stem in ([stem] + parameters.map(NumberText.string)).joined(separator: "_") }
  }

  /// Why a request was refused.
  public struct Refusal: Error, Equatable {
    public let message: String
  }

  /// The requests of an option's value. An indicator with one parameter takes a list of values (`20,50` is two of them);
  /// others take their parameters in order, and defaults for those left out.
  public static func parse(
    _ text: String, for indicator: Indicator, variations: [Double]? = nil
  ) throws(Refusal) -> [IndicatorRequest] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let variations = variations ?? indicator.variations.map(\.standard)
    if indicator.parameters.count == 1 {
      var requests: [IndicatorRequest] = []
      for part in parts {
        let value = try Self.value(part, of: indicator.parameters[0], in: indicator)
        requests.append(IndicatorRequest(indicator: indicator, parameters: [value], variations: variations))
      }
      return requests
    }
    guard parts.count <= indicator.parameters.count else {
      let names = indicator.parameters.map(\.name).joined(separator: ",")
      throw Refusal(message: "--\(indicator.name) takes \(names), not \(parts.count) values")
    }
    var values: [Double] = []
    for (i, parameter) in indicator.parameters.enumerated() {
      values.append(i < parts.count ? try value(parts[i], of: parameter, in: indicator) : parameter.standard)
    }
    if let conflict = indicator.conflict(values) { throw Refusal(message: "--\(indicator.name): \(conflict)") }
    return [IndicatorRequest(indicator: indicator, parameters: values, variations: variations)]
  }

  /// One parameter's value.
  public static func value(_ text: String, of parameter: Parameter, in indicator: Indicator) throws(Refusal) -> Double {
    let low = NumberText.string(parameter.range.lowerBound)
    let high = NumberText.string(parameter.range.upperBound)
    guard let value = Double(text), parameter.range.contains(value), !parameter.isInteger || value == value.rounded()
    else {
      throw Refusal(
        message: "--\(indicator.name): the \(parameter.name) \"\(text)\" is no "
          + "\(parameter.isInteger ? "whole number" : "number") from \(low) to \(high)")
    }
    return value
  }
}
