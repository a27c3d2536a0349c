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

  /// The same as a period of the calendar.
  package var period: BarPeriod { BarPeriod(rawValue)! }

  /// Bars of a day or longer carry dates, shorter ones instants.
  package var isDaily: Bool { period.isDated }

  /// The first day of the bar that a day (since 1970-01-01) belongs to.
  func periodStart(of day: Int64) -> Int64 { period.days(around: day).lowerBound }
}
