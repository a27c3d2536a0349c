import ArgumentParser
import FinstageCore

/// One option for each indicator of the registry, and one for each of its variations.
///
/// The argument parser finds a type's options by reflection and decodes it by key. Both are answered from the registry here,
/// so a new indicator has its option, its help, its manual entry and its completion without a line in this file.
struct IndicatorOptions: ParsableArguments, CustomReflectable {
  /// What was asked for, in the order of the registry.
  private var values: [String: [String]] = [:]

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for (name, _) in IndicatorOptions.definitions {
      let option = try container.decode(Option<[String]>.self, forKey: Key(stringValue: name))
      values[name] = option.wrappedValue
    }
  }

  var customMirror: Mirror {
    let children = IndicatorOptions.definitions.map { (label: Optional("_" + $0.name), value: $0.option as Any) }
    return Mirror(self, children: children)
  }

  private static var definitions: [(name: String, option: Option<[String]>)] {
    Indicator.all.flatMap { indicator in
      var options = [(indicator.name, option(indicator.name, help(indicator)))]
      for variation in indicator.variations {
        let name = "\(indicator.name)-\(variation.name)"
        let help =
          "The \(variation.name) of --\(indicator.name): \(range(variation)), usually \(number(variation.standard))."
        options.append((name, option(name, ArgumentHelp(stringLiteral: help), valueName: variation.name)))
      }
      return options
    }
  }

  private static func option(_ name: String, _ help: ArgumentHelp, valueName: String? = nil) -> Option<[String]> {
    var help = help
    if let valueName { help.valueName = valueName }
    return Option(wrappedValue: [], name: .customLong(name), parsing: .singleValue, help: help)
  }

  private static func help(_ indicator: Indicator) -> ArgumentHelp {
    let meaning = indicator.summary.prefix(1).uppercased() + indicator.summary.dropFirst()
    let standards = indicator.parameters.map { number($0.standard) }.joined(separator: ",")
    var help = ArgumentHelp(stringLiteral: "\(meaning); usually \(standards).")
    help.valueName =
      indicator.parameters.count == 1
      ? "\(indicator.parameters[0].name),..." : indicator.parameters.map(\.name).joined(separator: ",")
    return help
  }

  private static func range(_ parameter: Parameter) -> String {
    "\(number(parameter.range.lowerBound)) to \(number(parameter.range.upperBound))"
  }

  private static func number(_ value: Double) -> String { NumberText.string(value) }

  /// The requested indicators in the order of the registry, none twice.
  func requests() throws(IndicatorRequest.Refusal) -> [IndicatorRequest] {
    var requests: [IndicatorRequest] = []
    var columns: Set<String> = []
    for indicator in Indicator.all {
      var variations = indicator.variations.map(\.standard)
      for (i, variation) in indicator.variations.enumerated() {
        if let text = values["\(indicator.name)-\(variation.name)"]?.last {
          variations[i] = try IndicatorRequest.value(text, of: variation, in: indicator)
        }
      }
      for text in values[indicator.name] ?? [] {
        for request in try IndicatorRequest.parse(text, for: indicator, variations: variations)
        where columns.insert(request.columns[0]).inserted {
          requests.append(request)
        }
      }
    }
    return requests
  }
}
