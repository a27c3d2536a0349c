import FinstageCore

/// A span that ends now, by Yahoo's name for it.
package enum ChartRange: String, Sendable, CaseIterable {
  case oneDay = "1d"
  case fiveDays = "5d"
  case oneMonth = "1mo"
  case threeMonths = "3mo"
  case sixMonths = "6mo"
  case oneYear = "1y"
  case twoYears = "2y"
  case fiveYears = "5y"
  case tenYears = "10y"
  case yearToDate = "ytd"
  case max

  /// The first day of the range if it ends on `last` (days since 1970-01-01); nil for no limit.
  package func firstDay(endingOn last: Int64) -> Int64? {
    let (year, month, day) = Timestamp.civil(day: last)
    func monthsBack(_ count: Int64) -> Int64 {
      let months = year * 12 + month - 1 - count
      let (y, m) = (months / 12, months % 12 + 1)
      return Timestamp.days(year: y, month: m, day: min(day, Timestamp.daysInMonth(y, m)))
    }
    switch self {
    case .oneDay: return last
    case .fiveDays: return last - 6  // five sessions and a weekend
    case .oneMonth: return monthsBack(1)
    case .threeMonths: return monthsBack(3)
    case .sixMonths: return monthsBack(6)
    case .oneYear: return monthsBack(12)
    case .twoYears: return monthsBack(24)
    case .fiveYears: return monthsBack(60)
    case .tenYears: return monthsBack(120)
    case .yearToDate: return Timestamp.days(year: year, month: 1, day: 1)
    case .max: return nil
    }
  }
}
