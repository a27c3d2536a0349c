import ArgumentParser
import FinstageCore
import FinstageNet

/// A provider's name on the command line.
package struct ProviderName: ExpressibleByArgument {
  package let registry: ProviderRegistry

  package init?(argument: String) {
    guard let found = ProviderRegistry.all.first(where: { $0.name == argument }) else { return nil }
    registry = found
  }

  package var defaultValueDescription: String { registry.name }
  package static var allValueStrings: [String] { ProviderRegistry.all.map(\.name) }
}

extension ChartInterval: ExpressibleByArgument {}

extension ChartRange: ExpressibleByArgument {}

/// A day or an instant on the command line.
package struct Moment: ExpressibleByArgument {
  package let second: Int64

  package init?(argument: String) {
    guard let nanoseconds = Timestamp.parse(argument) else { return nil }
    second = nanoseconds / Timestamp.nanosecondsPerSecond
  }
}

/// A share on the command line: `1%`, or `0.01`.
package struct Share: ExpressibleByArgument {
  /// 0 to 1.
  package let value: Double

  package init?(argument: String) {
    let isPercent = argument.hasSuffix("%")
    guard let number = Double(isPercent ? String(argument.dropLast()) : argument) else { return nil }
    value = isPercent ? number / 100 : number
    guard (0...1).contains(value) else { return nil }
  }
}
