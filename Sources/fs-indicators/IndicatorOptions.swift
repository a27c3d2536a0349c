import ArgumentParser
import FinstageCore
import FinstageIndicators
import Synchronization

/// One option for each indicator of the registry, and one for each of its variations; `-i` takes any of them by name.
///
/// The argument parser finds a type's options by reflection and decodes the type by key. Here the registry answers both
/// requests, so a new indicator gets its option, help, manual entry and completion without a change to this file.
struct IndicatorOptions: ParsableArguments, CustomReflectable {
  /// The values given on the command line, by option.
  private var values: [String: [String]] = [:]

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// A command-line option: it takes a value, unless the indicator has no parameters.
  private enum Definition {
    case option(String, Option<[String]>)
    case flag(String, Flag<Bool>)

    var name: String {
      switch self {
      case .option(let name, _), .flag(let name, _): name
      }
    }

    var child: Mirror.Child {
      switch self {
      case .option(let name, let option): ("_" + name, option)
      case .flag(let name, let flag): ("_" + name, flag)
      }
    }
  }

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for definition in IndicatorOptions.definitions {
      let key = Key(stringValue: definition.name)
      switch definition {
      case .option: values[definition.name] = try container.decode(Option<[String]>.self, forKey: key).wrappedValue
      case .flag: values[definition.name] = try container.decode(Flag<Bool>.self, forKey: key).wrappedValue ? [""] : []
      }
    }
  }

  var customMirror: Mirror { Mirror(self, children: IndicatorOptions.definitions.map(\.child)) }

  /// Whether the parser gets the options of all indicators, or only those that the command line names (see `Tool`).
  private static let offersAll = Atomic(false)

  static func offerAll() -> Bool { !offersAll.exchange(true, ordering: .relaxed) }

  // Made only once, because the parser asks for the options again and again.
  private static let all: [Definition] = Indicator.all.flatMap(definitions(of:))
  private static let named: [Definition] = {
    let given = CommandLine.arguments.dropFirst().filter { $0.hasPrefix("--") }.map { $0.dropFirst(2) }
    // An option is the name of an indicator, or that name followed by the name of a variation.
    let indicators = Indicator.all.filter { indicator in given.contains { $0.hasPrefix(indicator.option) } }
    return indicators.flatMap(definitions(of:))
  }()

  private static var definitions: [Definition] { offersAll.load(ordering: .relaxed) ? all : named }

  private static func definitions(of indicator: Indicator) -> [Definition] {
    let name = indicator.option
    let own: Definition =
      indicator.parameters.isEmpty
      ? .flag(name, Flag(wrappedValue: false, name: .customLong(name), help: help(indicator)))
      : .option(name, option(name, help(indicator)))
    return [own]
      + indicator.variations.map { variation in
        let name = "\(name)-\(variation.name)"
        let text =
          """
          The \(variation.name) of --\(indicator.option): \(variation.domain); \
          default \(variation.text(variation.standard)).
          """
        return .option(name, option(name, ArgumentHelp(stringLiteral: text), valueName: variation.name))
      }
  }

  private static func option(_ name: String, _ help: ArgumentHelp, valueName: String? = nil) -> Option<[String]> {
    var help = help
    if let valueName { help.valueName = valueName }
    return Option(wrappedValue: [], name: .customLong(name), parsing: .unconditionalSingleValue, help: help)
  }

  private static func help(_ indicator: Indicator) -> ArgumentHelp {
    let meaning = indicator.summary.prefix(1).uppercased() + indicator.summary.dropFirst()
    if indicator.parameters.isEmpty { return ArgumentHelp(stringLiteral: "\(meaning).") }
    let standards = indicator.parameters.map { $0.text($0.standard) }.joined(separator: ",")
    var help = ArgumentHelp(stringLiteral: "\(meaning); default \(standards).")
    help.valueName =
      indicator.parameters.count == 1
      ? "\(indicator.parameters[0].name),..." : indicator.parameters.map(\.name).joined(separator: ",")
    return help
  }

  /// The requested indicators without duplicates: those of options in registry order, then those of `-i` as given.
  /// - Parameters:
  ///   - specifications: the values of `-i`.
  ///   - isAll: whether to add, with its defaults, every indicator that was not requested.
  func requests(_ specifications: [String], isAll: Bool) throws -> [IndicatorRequest] {
    var requests: [IndicatorRequest] = []
    var columns: Set<String> = []
    func add(_ request: IndicatorRequest) {
      if columns.insert(request.columns[0]).inserted { requests.append(request) }
    }
    var named = Set<String>()
    var extra: [IndicatorRequest] = []
    for specification in specifications {
      for request in try IndicatorRequest.parse(specification: specification) {
        named.insert(request.indicator.name)
        extra.append(
          IndicatorRequest(
            indicator: request.indicator, parameters: request.parameters, variations: try variations(request.indicator))
        )
      }
    }
    for indicator in Indicator.all {
      let texts = values[indicator.option] ?? []
      let variations = try variations(indicator)
      for text in texts {
        if indicator.parameters.isEmpty {
          add(IndicatorRequest(indicator: indicator, parameters: [], variations: variations))
        } else {
          try IndicatorRequest.parse(text, for: indicator, variations: variations).forEach(add)
        }
      }
      if isAll && texts.isEmpty && !named.contains(indicator.name) {
        let standard = indicator.standard
        add(IndicatorRequest(indicator: indicator, parameters: standard.parameters, variations: variations))
      }
    }
    extra.forEach(add)
    return requests
  }

  private func variations(_ indicator: Indicator) throws -> [Double] {
    var variations = indicator.variations.map(\.standard)
    for (i, variation) in indicator.variations.enumerated() {
      let option = "\(indicator.option)-\(variation.name)"
      if let text = values[option]?.last {
        variations[i] = try IndicatorRequest.value(text, of: variation, name: "--\(option)")
      }
    }
    return variations
  }
}
