import FinstageSystem

/// How long resampled bars last, and where they begin: parts of a day, days, weeks, months, quarters or years on the
/// clock of an exchange.
package struct BarPeriod: Sendable, Equatable {
  package enum Unit: Sendable, Equatable {
    /// A number of seconds, counted from the start of each day's session; at most a day.
    case seconds(Int64)
    case day
    case week
    /// A number of months, counted from January.
    case months(Int64)
  }

  package let unit: Unit

  /// `5m`, `1h`, `1d`, `1wk`, `1mo`, `3mo`, `1y`; nil for anything else.
  package init?(_ text: String) {
    let digits = text.prefix { $0.isNumber }
    guard let count = Int64(digits), count > 0, count < 100_000 else { return nil }
    switch text.dropFirst(digits.count) {
    case "s" where count <= 86_400: unit = .seconds(count)
    case "m" where count <= 1440: unit = .seconds(count * 60)
    case "h" where count <= 24: unit = .seconds(count * 3600)
    case "d" where count == 1: unit = .day
    case "wk" where count == 1, "w" where count == 1: unit = .week
    case "mo" where 12 % count == 0: unit = .months(count)
    case "y" where count == 1: unit = .months(12)
    default: return nil
    }
  }

  /// Whether bars have dates rather than instants.
  package var isDated: Bool {
    if case .seconds = unit { return false }
    return true
  }

  /// The days of the period that a day lies in; for periods of whole days.
  package func days(around day: Int64) -> Range<Int64> {
    switch unit {
    case .seconds, .day: return day..<day + 1
    case .week:
      let sinceMonday = (day + 3) % 7
      let start = day - (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday)
      return start..<start + 7
    case .months(let count):
      let (year, month, _) = Timestamp.civil(day: day)
      let first = (month - 1) / count * count + 1
      let next = first + count
      return Timestamp.days(
        year: year, month: first, day: 1)..<Timestamp.days(
          year: next > 12 ? year + 1 : year, month: next > 12 ? next - 12 : next, day: 1)
    }
  }
}

/// When an exchange trades, on its own clock: seconds after midnight.
package struct SessionHours: Sendable, Equatable {
  package let open: Int64
  package let close: Int64

  package init(open: Int64, close: Int64) {
    self.open = open
    self.close = close
  }

  /// `09:30-16:00`; nil for anything else.
  package init?(_ text: String) {
    func second(_ part: Substring) -> Int64? {
      let numbers = part.split(separator: ":").map { Int64($0) }
      guard numbers.count == 2, let hour = numbers[0], let minute = numbers[1], (0...24).contains(hour),
        (0..<60).contains(minute), hour * 60 + minute <= 1440
      else { return nil }
      return hour * 3600 + minute * 60
    }
    let parts = text.split(separator: "-")
    guard parts.count == 2, let open = second(parts[0]), let close = second(parts[1]), open < close else { return nil }
    self.init(open: open, close: close)
  }
}
