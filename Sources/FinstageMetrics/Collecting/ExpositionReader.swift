import FinstageCore
import FinstageSystem

/// Readings out of the text format of Prometheus (0.0.4, and what OpenMetrics has in common with it).
package enum ExpositionReader {
  /// What is not a line of the format is left out and counted.
  /// - Parameter labels: more labels for each reading: where it comes from.
  package static func points(
    _ text: String, at time: Int64, labels more: [String: String] = [:]
  ) -> (points: [MetricPoint], bad: Int) {
    var points: [MetricPoint] = []
    var bad = 0
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      guard let point = point(line, time, more) else {
        bad += 1
        continue
      }
      points.append(point)
    }
    return (points, bad)
  }

  private static func point(_ line: Substring, _ time: Int64, _ more: [String: String]) -> MetricPoint? {
    let name = line.prefix { $0 != "{" && $0 != " " }
    guard !name.isEmpty else { return nil }
    var rest = line[name.endIndex...]
    var labels = more
    if rest.hasPrefix("{") {
      rest = rest.dropFirst()
      while true {
        rest = rest.drop { $0 == "," || $0 == " " }
        if rest.hasPrefix("}") { break }
        guard let equals = rest.firstIndex(of: "="), rest[equals...].dropFirst().hasPrefix("\"") else { return nil }
        let key = String(rest[..<equals])
        var value = ""
        var place = rest.index(equals, offsetBy: 2)
        while place < rest.endIndex, rest[place] != "\"" {
          if rest[place] == "\\" {
            place = rest.index(after: place)
            guard place < rest.endIndex else { return nil }
            value.append(rest[place] == "n" ? "\n" : rest[place])
          } else {
            value.append(rest[place])
          }
          place = rest.index(after: place)
        }
        guard place < rest.endIndex else { return nil }
        labels[key] = value
        rest = rest[rest.index(after: place)...]
      }
      rest = rest.dropFirst()
    }
    // A time may follow; it is not ours.
    guard let word = rest.split(separator: " ").first else { return nil }
    let value: Double
    switch word {
    case "+Inf", "-Inf": return nil
    case "NaN": value = .nan
    default:
      guard let number = Double(word) else { return nil }
      value = number
    }
    return MetricPoint(name: String(name), labels: labels, time: time, value: value)
  }
}
