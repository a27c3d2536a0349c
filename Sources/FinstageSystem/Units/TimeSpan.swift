/// A span of time, in nanoseconds; as users write it: 250ms, 15s, 5m, 1h30m, 2d, 1w. A number without a unit counts seconds.
package struct TimeSpan: Sendable, Hashable, Comparable {
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// Values beyond the range of 292 years become its end.
  package static func seconds(_ seconds: Double) -> TimeSpan {
    TimeSpan(nanoseconds: Int64(exactly: (seconds * 1e9).rounded()) ?? (seconds < 0 ? .min : .max))
  }

  package static func milliseconds(_ milliseconds: Int64) -> TimeSpan {
    let (product, overflow) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
    return TimeSpan(nanoseconds: overflow ? (milliseconds < 0 ? .min : .max) : product)
  }

  package var seconds: Double { Double(nanoseconds) / 1e9 }
  package var milliseconds: Int64 { nanoseconds / 1_000_000 }

  /// Nanoseconds.
  private static let units: [String: Int64] = [
    "": 1_000_000_000, "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000, "h": 3_600_000_000_000,
    "d": 86_400_000_000_000, "w": 604_800_000_000_000,
  ]

  /// Reads a span; nil if the text is not one, or exceeds 292 years.
  package init?(_ text: String) {
    var rest = Substring(text)
    var total: Int64 = 0
    var parts = 0
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      // Only a single number may go without a unit.
      guard let factor = TimeSpan.units[String(unit)], !unit.isEmpty || parts == 0 && rest.isEmpty,
        let part = TimeSpan.product(digits, factor)
      else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(part)
      guard !overflow else { return nil }
      total = sum
      parts += 1
    }
    guard parts > 0, total < 9_200_000_000_000_000_000 else { return nil }
    nanoseconds = total
  }

  /// A number of units, exact if it is a whole one.
  private static func product(_ digits: Substring, _ factor: Int64) -> Int64? {
    if let whole = Int64(digits) {
      let (product, overflow) = whole.multipliedReportingOverflow(by: factor)
      return overflow ? nil : product
    }
    guard let value = Double(digits), value.isFinite else { return nil }
    return Int64(exactly: (value * Double(factor)).rounded())
  }

  /// The shortest text of a span: 90s, 5m, 1h.
  package var text: String {
    let milliseconds = milliseconds
    for (unit, factor) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)] as [(String, Int64)]
    where milliseconds > 0 && milliseconds % factor == 0 { return "\(milliseconds / factor)\(unit)" }
    return "\(milliseconds)ms"
  }

  package static func < (a: TimeSpan, b: TimeSpan) -> Bool { a.nanoseconds < b.nanoseconds }
}
