import ArgumentParser
import FinstageCore

/// A time span on the command line: 250ms, 15s, 5m, 1h30m, 2d. Seconds if there is no unit.
package struct Span: ExpressibleByArgument, Equatable, Sendable {
  package let seconds: Double

  package init(seconds: Double) { self.seconds = seconds }

  package init?(argument: String) {
    guard let seconds = TimeSpan.seconds(argument) else { return nil }
    self.seconds = seconds
  }

  package var defaultValueDescription: String { "\(Int(seconds))s" }
}

/// A rate on the command line: 5/s, 30/m, 1000/h. A second if there is no unit.
package struct Rate: ExpressibleByArgument, Equatable, Sendable {
  package let perSecond: Double

  package init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
    let units = ["s": 1.0, "m": 60, "h": 3600]
    guard parts.count <= 2, let value = Double(parts[0]), value.isFinite, value > 0,
      let unit = parts.count == 2 ? units[String(parts[1])] : 1
    else { return nil }
    perSecond = value / unit
  }

  package var defaultValueDescription: String { "\(perSecond)/s" }
}

/// A size on the command line: 64MiB, 1GB, 500k. Bytes if there is no unit.
package struct ByteSize: ExpressibleByArgument, Equatable, Sendable {
  package let bytes: Int

  package init(bytes: Int) { self.bytes = bytes }

  package init?(argument: String) {
    let digits = argument.prefix { $0.isNumber || $0 == "." }
    let units: [String: Double] = [
      "": 1, "b": 1, "k": 1e3, "kb": 1e3, "m": 1e6, "mb": 1e6, "g": 1e9, "gb": 1e9, "kib": 1024, "mib": 1_048_576,
      "gib": 1_073_741_824,
    ]
    guard let value = Double(digits), let unit = units[argument.dropFirst(digits.count).lowercased()],
      value * unit < 1e15
    else { return nil }
    bytes = Int(value * unit)
  }

  package var defaultValueDescription: String { bytes % (1 << 20) == 0 ? "\(bytes >> 20)MiB" : "\(bytes)" }
}
