import FinstageSystem

/// The sessions of the New York Stock Exchange, by rule (NYSE Rule 7.2 and the exchange's notices of closings).
///
/// The rules hold from 1986 on. By then today's regular hours and holidays were in place, except Martin Luther King,
/// Jr. Day (1998) and Juneteenth (2022). Closings that no rule covers are listed up to the date of this version; future
/// days of mourning and storms are unknown.
package struct TradingCalendar: Sendable {
  package static let nyse = TradingCalendar()

  /// The hours of a session.
  package struct Session: Sendable, Equatable {
    /// Seconds since 1970.
    package let open: Int64
    package let close: Int64
    /// Whether the session ends at 13:00.
    package let isShort: Bool
  }

  /// Days without a session that no rule covers.
  private static let closings: Set<Int64> = Set(
    [
      (1994, 4, 27), (2001, 9, 11), (2001, 9, 12), (2001, 9, 13), (2001, 9, 14), (2004, 6, 11), (2007, 1, 2),
      (2012, 10, 29), (2012, 10, 30), (2018, 12, 5), (2025, 1, 9),
    ].map { Timestamp.days(year: $0.0, month: $0.1, day: $0.2) })

  /// 0 is Sunday; 1970-01-01 was a Thursday.
  package static func weekday(_ day: Int64) -> Int64 { ((day + 4) % 7 + 7) % 7 }

  /// Whether there is a session on a day (counted from 1970-01-01).
  package func isTradingDay(_ day: Int64) -> Bool {
    let weekday = TradingCalendar.weekday(day)
    if weekday == 0 || weekday == 6 || TradingCalendar.closings.contains(day) { return false }
    return holiday(day) == nil
  }

  /// The holiday for which the exchange is closed on a day; nil if the day is not a holiday.
  package func holiday(_ day: Int64) -> String? {
    let (year, month, date) = Timestamp.civil(day: day)
    let weekday = TradingCalendar.weekday(day)
    /// A fixed date; a Saturday is also observed on the Friday before, and a Sunday on the Monday after.
    func isObserved(_ m: Int64, _ d: Int64) -> Bool {
      if month == m, date == d { return true }
      if weekday == 5 {
        let next = Timestamp.civil(day: day + 1)
        return next.month == m && next.day == d
      }
      if weekday == 1 {
        let last = Timestamp.civil(day: day - 1)
        return last.month == m && last.day == d
      }
      return false
    }
    /// The n-th occurrence of a weekday in a month.
    func isThe(_ n: Int64, _ w: Int64, of m: Int64) -> Bool { month == m && weekday == w && (date - 1) / 7 == n - 1 }
    // The exchange stays open on the Friday before a New Year's Day that falls on a Saturday.
    if month == 1, date == 1 || date == 2 && weekday == 1 { return "New Year's Day" }
    if year >= 1998, isThe(3, 1, of: 1) { return "Martin Luther King, Jr. Day" }
    if isThe(3, 1, of: 2) { return "Washington's Birthday" }
    if day == TradingCalendar.easter(year) - 2 { return "Good Friday" }
    if month == 5, weekday == 1, date > 24 { return "Memorial Day" }
    if year >= 2022, isObserved(6, 19) { return "Juneteenth" }
    if isObserved(7, 4) { return "Independence Day" }
    if isThe(1, 1, of: 9) { return "Labor Day" }
    if isThe(4, 4, of: 11) { return "Thanksgiving Day" }
    if isObserved(12, 25) { return "Christmas Day" }
    return nil
  }

  /// Whether the session of a trading day ends at 13:00: on the day after Thanksgiving, on July 3 and on December 24
  /// (by this rule since 2013; before that, the exchange decided year by year). False if the day is not a trading day.
  package func isEarlyClose(_ day: Int64) -> Bool {
    guard isTradingDay(day) else { return false }
    let (_, month, date) = Timestamp.civil(day: day)
    let weekday = TradingCalendar.weekday(day)
    if month == 11, weekday == 5, date >= 23, date <= 29 { return true }
    if month == 7, date == 3 { return true }
    return month == 12 && date == 24
  }

  /// The session of a day; nil if there is none, or if this machine lacks the time zone of New York.
  package func session(_ day: Int64) -> Session? {
    guard isTradingDay(day), let zone = TimeZone.named("America/New_York") else { return nil }
    let isShort = isEarlyClose(day)
    return Session(
      open: zone.second(ofLocal: day * 86_400 + 9 * 3600 + 1800),
      close: zone.second(ofLocal: day * 86_400 + (isShort ? 13 : 16) * 3600), isShort: isShort)
  }

  /// Whether the exchange is open at an instant (seconds since 1970).
  package func isOpen(at second: Int64) -> Bool {
    guard let zone = TimeZone.named("America/New_York"), let session = session(zone.day(ofSecond: second)) else {
      return false
    }
    return second >= session.open && second < session.close
  }

  /// Easter Sunday, counted from 1970-01-01 (the Gregorian computus of Meeus, Jones and Butcher).
  static func easter(_ year: Int64) -> Int64 {
    let a = year % 19
    let (b, c) = (year / 100, year % 100)
    let (d, e) = (b / 4, b % 4)
    let g = (8 * b + 13) / 25
    let h = (19 * a + b - d - g + 15) % 30
    let (i, k) = (c / 4, c % 4)
    let l = (32 + 2 * e + 2 * i - h - k) % 7
    let m = (a + 11 * h + 19 * l) / 433
    let n = (h + l - 7 * m + 90) / 25
    let day = (h + l - 7 * m + 33 * n + 19) % 32
    return Timestamp.days(year: year, month: n, day: day)
  }
}
