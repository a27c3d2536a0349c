import ArgumentParser

/// A time span on the command line: 250ms, 15s, 5m, 1h, 2d. Seconds if there is no unit.
package struct Span: ExpressibleByArgument, Equatable, Sendable {
  package let seconds: Double

  package init(seconds: Double) { self.seconds = seconds }

  package init?(argument: String) {
    let digits = argument.prefix { $0.isNumber || $0 == "." }
    let units = ["": 1, "ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400.0]
    guard let value = Double(digits), let unit = units[String(argument.dropFirst(digits.count))], value.isFinite else {
      return nil
    }
    seconds = value * unit
  }

  package var defaultValueDescription: String { "\(Int(seconds))s" }
}
