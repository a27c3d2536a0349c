import FinstageSystem
import FinstageCore

/// A parameter of an indicator: its name, its range, its default, and how its value is written.
///
/// A value is held as a double: a number itself, the number of a choice, or the seconds of a duration.
package struct Parameter: Sendable {
  package enum Kind: Sendable, Equatable {
    case integer(ClosedRange<Int>)
    case real(ClosedRange<Double>)
    /// One of these words; the value is the word's index.
    case choice([String])
    /// A span of time such as `90m` or `1d`, from one second to ten years; the value is in seconds.
    case duration
    /// One of these words (0, -1, -2, ...), or a date or instant; the value is seconds since 1970, which is positive.
    case anchor([String])
  }

  package let name: String
  package let kind: Kind
  package let standard: Double

  static func period(_ standard: Int, from low: Int = 1) -> Parameter { period("period", standard, from: low) }

  static func period(_ name: String, _ standard: Int, from low: Int = 1) -> Parameter {
    Parameter(name: name, kind: .integer(low...100_000), standard: Double(standard))
  }

  static func integer(_ name: String, _ standard: Int, _ range: ClosedRange<Int>) -> Parameter {
    Parameter(name: name, kind: .integer(range), standard: Double(standard))
  }

  static func real(_ name: String, _ standard: Double, _ range: ClosedRange<Double>) -> Parameter {
    Parameter(name: name, kind: .real(range), standard: standard)
  }

  static func choice(_ name: String, _ words: [String]) -> Parameter {
    Parameter(name: name, kind: .choice(words), standard: 0)
  }

  static func duration(_ name: String, seconds: Double) -> Parameter {
    Parameter(name: name, kind: .duration, standard: seconds)
  }

  static func anchor(_ name: String, _ words: [String]) -> Parameter {
    Parameter(name: name, kind: .anchor(words), standard: 0)
  }

  /// The accepted values, in words.
  package var domain: String {
    switch kind {
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .real(let range):
      "a number from \(NumberText.string(range.lowerBound)) to \(NumberText.string(range.upperBound))"
    case .choice(let words): "one of " + words.joined(separator: ", ")
    case .duration: "a span of time such as 90m, 4h, 1d or 2w, at most ten years"
    case .anchor(let words): words.joined(separator: ", ") + ", or a date such as 2024-01-02"
    }
  }

  /// Seconds.
  static let longestSpan: Int64 = 3660 * 86_400

  /// The value of a text; nil if the text is not a valid value.
  package func value(_ text: String) -> Double? {
    switch kind {
    case .integer(let range):
      // Only digits: `1e2` and `0x14` are not valid periods.
      guard let value = Int(text), range.contains(value), text.utf8.first != UInt8(ascii: "+") else { return nil }
      return Double(value)
    case .real(let range):
      guard let value = Double(text), range.contains(value), text.utf8.allSatisfy(Parameter.isPlain) else { return nil }
      return value
    case .choice(let words):
      return words.firstIndex(of: text).map(Double.init)
    case .duration:
      guard text.last?.isLetter == true, let span = TimeSpan(text),
        span.nanoseconds % Timestamp.nanosecondsPerSecond == 0,
        (1...Parameter.longestSpan).contains(span.nanoseconds / Timestamp.nanosecondsPerSecond)
      else { return nil }
      let seconds = span.nanoseconds / Timestamp.nanosecondsPerSecond
      return Double(seconds)
    case .anchor(let words):
      if let word = words.firstIndex(of: text) { return -Double(word) }
      guard let instant = Timestamp.parse(text), instant > 0 else { return nil }
      return Double(instant / Timestamp.nanosecondsPerSecond)
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") <= 9 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
  }

  /// The text of a value, also in the names of columns.
  package func text(_ value: Double) -> String {
    switch kind {
    case .integer, .real: return NumberText.string(value)
    case .choice(let words): return words[Int(value)]
    case .duration: return TimeSpan.seconds(value).text
    case .anchor(let words):
      if value <= 0 { return words[Int(-value)] }
      let seconds = Int64(value)
      let day = seconds / Timestamp.secondsPerDay
      if day * Timestamp.secondsPerDay == seconds { return Timestamp.dateString(day: day) }
      return Timestamp.string(seconds * Timestamp.nanosecondsPerSecond)
    }
  }
}
