import FinstageCore

/// The length of a bar.
package enum ChartInterval: String, Sendable, CaseIterable {
  case oneMinute = "1m"
  case twoMinutes = "2m"
  case fiveMinutes = "5m"
  case quarterHour = "15m"
  case halfHour = "30m"
  case sixtyMinutes = "60m"
  case ninetyMinutes = "90m"
  case oneHour = "1h"
  case oneDay = "1d"
  case oneWeek = "1wk"
  case oneMonth = "1mo"
  case quarter = "3mo"

  /// Seconds for which bars may come from the cache: the last daily bar changes slowly, the last minute bar quickly.
  package var lifetime: Double { isDaily ? 3600 : 180 }

  /// Bars of a day or longer carry dates, shorter ones instants.
  package var isDaily: Bool {
    switch self {
    case .oneDay, .oneWeek, .oneMonth, .quarter: true
    default: false
    }
  }

  /// The first day of the bar that a day (since 1970-01-01) belongs to.
  func periodStart(of day: Int64) -> Int64 {
    switch self {
    case .oneWeek:
      // 1970-01-01 was a Thursday; weeks begin on Monday.
      let sinceMonday = (day + 3) % 7
      return day - (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday)
    case .oneMonth, .quarter:
      let (year, month, _) = Timestamp.civil(day: day)
      return Timestamp.days(year: year, month: self == .oneMonth ? month : (month - 1) / 3 * 3 + 1, day: 1)
    default:
      return day
    }
  }
}
