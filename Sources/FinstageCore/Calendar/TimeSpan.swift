/// Spans of time as users write them: 250ms, 15s, 5m, 1h30m, 2d, 1w; seconds if there is no unit.
public enum TimeSpan {
  private static let units: [String: Double] = [
    "": 1, "ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800,
  ]

  /// Seconds; nil if it is no span.
  public static func seconds(_ text: String) -> Double? {
    var rest = Substring(text)
    var total = 0.0
    var parts = 0
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      // Only a single number may go without a unit.
      guard let value = Double(digits), let factor = units[String(unit)], value.isFinite,
        !unit.isEmpty || parts == 0 && rest.isEmpty
      else { return nil }
      total += value * factor
      parts += 1
    }
    return parts > 0 && total.isFinite ? total : nil
  }

  /// As short as it can be written: 90s, 5m, 1h.
  public static func text(milliseconds: Int64) -> String {
    for (unit, factor) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)] as [(String, Int64)]
    where milliseconds > 0 && milliseconds % factor == 0 { return "\(milliseconds / factor)\(unit)" }
    return "\(milliseconds)ms"
  }
}
