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
