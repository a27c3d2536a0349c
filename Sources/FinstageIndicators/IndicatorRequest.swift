import FinstageCore
import FinstageSystem

/// An indicator with its parameters: what a user asked for.
package struct IndicatorRequest: Sendable {
  package let indicator: Indicator
  package let parameters: [Double]
  package let variations: [Double]

  package init(indicator: Indicator, parameters: [Double], variations: [Double]) {
    self.indicator = indicator
    self.parameters = parameters
    self.variations = variations
  }

  /// The parameters as they are written in names: `12_26_9`.
  var suffix: [String] { zip(indicator.parameters, parameters).map { $0.text($1) } }

  /// The names of its columns, without prefix.
  package var columns: [String] {
    indicator.outputs.map { stem in ([stem] + suffix).joined(separator: "_") }
  }

  /// A text that identifies the request: `bbands:20,2;ddof=1`. Equal requests have equal keys, and different requests
  /// have different keys.
  package var key: String {
    let values = suffix.joined(separator: ",")
    let varied = zip(indicator.variations, variations).map { ";\($0.name)=\($0.text($1))" }.joined()
    return indicator.name + (values.isEmpty ? "" : ":" + values) + varied
  }

  /// Bars without a value before the first one.
  package var warmUp: Int { indicator.warmUp(parameters) }

  /// Why a request was refused.
  package struct Refusal: ExitError, Equatable {
    package var exitStatus: ExitStatus { .usage }
    package let sentence: String
  }

  /// The requests of an option's value. An indicator with one parameter takes a list of values (`20,50` makes two
  /// requests). Other indicators take their parameters in order, and defaults for those left out.
  /// - Parameter name: how the user named the indicator, for messages.
  package static func parse(
    _ text: String, for indicator: Indicator, variations: [Double]? = nil, name: String? = nil
  ) throws -> [IndicatorRequest] {
    let name = name ?? "--\(indicator.option)"
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let variations = variations ?? indicator.variations.map(\.standard)
    guard !indicator.parameters.isEmpty else { throw Refusal(sentence: "\(name) takes no parameters, not \"\(text)\"") }
    if indicator.parameters.count == 1 {
      var requests: [IndicatorRequest] = []
      for part in parts {
        let value = try Self.value(part, of: indicator.parameters[0], name: name)
        requests.append(IndicatorRequest(indicator: indicator, parameters: [value], variations: variations))
      }
      return requests
    }
    guard parts.count <= indicator.parameters.count else {
      let names = indicator.parameters.map(\.name).joined(separator: ",")
      throw Refusal(sentence: "\(name) takes \(names), not \(parts.count) values")
    }
    var values: [Double] = []
    for (i, parameter) in indicator.parameters.enumerated() {
      values.append(i < parts.count ? try value(parts[i], of: parameter, name: name) : parameter.standard)
    }
    if let conflict = indicator.conflict(values) { throw Refusal(sentence: "\(name): \(conflict)") }
    return [IndicatorRequest(indicator: indicator, parameters: values, variations: variations)]
  }

  /// The requests of `adx`, `adx:14` or `stoch:14,3,3`.
  package static func parse(specification text: String) throws -> [IndicatorRequest] {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let indicator = Indicator.named(parts[0]) else {
      throw Refusal(sentence: "-i \(text): there is no indicator \"\(parts[0])\" (see --list)")
    }
    if parts.count == 1 { return [indicator.standard] }
    return try parse(String(parts[1]), for: indicator, name: "-i \(indicator.name)")
  }

  /// One parameter's value.
  package static func value(
    _ text: String, of parameter: Parameter, name: String
  ) throws -> Double {
    guard let value = parameter.value(text) else {
      throw Refusal(sentence: "\(name): the \(parameter.name) \"\(text)\" is not \(parameter.domain)")
    }
    return value
  }
}

extension IndicatorRequest {
  /// The request that has a column of this name: `sma_20`, `bb_upper_20_2`; or `bbands_20_2`, `sma:20`, `rsi`.
  package static func parse(column name: String) throws -> [IndicatorRequest] {
    if name.contains(":") || Indicator.named(name) != nil { return try parse(specification: name) }
    let parts = name.split(separator: "_").map(String.init)
    for count in stride(from: parts.count - 1, to: 0, by: -1) {
      let stem = parts[..<count].joined(separator: "_")
      let values = parts[count...].joined(separator: ",")
      for indicator in Indicator.all where indicator.name == stem || indicator.outputs.contains(stem) {
        return try parse(values, for: indicator, name: indicator.name)
      }
    }
    throw Refusal(sentence: "there is no such indicator (see fs-indicators --list)")
  }
}
