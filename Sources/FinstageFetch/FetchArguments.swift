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
  package static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
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

/// The address of another host, with its scheme.
package enum BaseURL {
  package static func check(_ text: String) throws -> String {
    let host = text.hasPrefix("http://") ? text.dropFirst(7) : text.dropFirst(8)
    guard text.hasPrefix("http://") || text.hasPrefix("https://"), let first = host.first, first != "/",
      text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else { throw ValidationError("must begin with http:// or https:// and a host") }
    return text
  }
}

extension HeaderField {
  /// A header field on the command line.
  package static func check(_ text: String) throws -> HeaderField {
    guard let field = HeaderField(text) else {
      throw ValidationError("not a header field such as 'X-Api-Key: {key}'")
    }
    return field
  }
}
