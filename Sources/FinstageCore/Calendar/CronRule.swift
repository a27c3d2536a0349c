import FinstageSystem

/// When a crontab line fires: minutes, hours, days of the month, months, days of the week (crontab(5)).
///
/// A field takes `*`, numbers, names of months and weekdays, ranges, lists and steps; 7 also means Sunday. If both day
/// fields are restricted, either may match, as in cron.
package struct CronRule: Sendable, Equatable {
  private var minutes: UInt64 = 0
  private var hours: UInt64 = 0
  private var days: UInt64 = 0
  private var months: UInt64 = 0
  private var weekdays: UInt64 = 0
  private var isAnyDay = false
  private var isAnyWeekday = false
  /// Whether the rule fires in every hour; clock changes then neither skip nor repeat a firing.
  private var isEveryHour = false

  package struct Failure: ExitError, Equatable {
    package var exitStatus: ExitStatus { .usage }
    package let sentence: String
  }

  private static let shortcuts = [
    "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
  ]
  private static let monthNames = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

  /// Reads five fields, or a shortcut such as `@daily`.
  package init(_ text: String) throws {
    let text = CronRule.shortcuts[text.lowercased()] ?? text
    let fields = text.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
    guard fields.count == 5 else {
      throw Failure(sentence: "\"\(text)\": expected minute, hour, day, month and weekday")
    }
    minutes = try CronRule.set(fields[0], 0...59, "minute")
    hours = try CronRule.set(fields[1], 0...23, "hour")
    days = try CronRule.set(fields[2], 1...31, "day of the month")
    months = try CronRule.set(fields[3], 1...12, "month", names: CronRule.monthNames, first: 1)
    weekdays = try CronRule.set(fields[4], 0...7, "weekday", names: CronRule.dayNames, first: 0)
    if weekdays & 1 << 7 != 0 { weekdays |= 1 }
    isAnyDay = fields[2].hasPrefix("*")
    isAnyWeekday = fields[4].hasPrefix("*")
    isEveryHour = hours == (1 << 24) - 1
  }

  private static func set(
    _ field: String, _ range: ClosedRange<Int>, _ name: String, names: [String] = [], first: Int = 0
  ) throws -> UInt64 {
    func number(_ text: Substring) throws -> Int {
      if let place = names.firstIndex(of: text.lowercased()) { return place + first }
      guard let value = Int(text), range.contains(value) else {
        throw Failure(sentence: "\"\(text)\" is not a valid \(name) (\(range.lowerBound) to \(range.upperBound))")
      }
      return value
    }
    var result: UInt64 = 0
    for part in field.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "/", omittingEmptySubsequences: false)
      guard sides.count <= 2, let span = sides.first, !span.isEmpty else {
        throw Failure(sentence: "\"\(field)\" is not a valid list for the \(name) field")
      }
      var step = 1
      if sides.count == 2 {
        guard let value = Int(sides[1]), value > 0, value <= range.upperBound else {
          throw Failure(sentence: "\"\(sides[1])\" is not a valid step for the \(name) field")
        }
        step = value
      }
      var (low, high) = (range.lowerBound, range.upperBound)
      if span != "*" {
        let ends = span.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count <= 2 else { throw Failure(sentence: "\"\(span)\" is not a valid range for the \(name) field") }
        low = try number(ends[0])
        high = ends.count == 2 ? try number(ends[1]) : sides.count == 2 ? high : low
        // A range such as fri-sun: Sunday is 7 here.
        if high < low, high == 0, range.upperBound == 7 { high = 7 }
        guard low <= high else { throw Failure(sentence: "\"\(span)\" is not a valid range for the \(name) field") }
      } else if range.upperBound == 7 {
        high = 6
      }
      for value in stride(from: low, through: high, by: step) { result |= 1 << UInt64(value) }
    }
    return result
  }

  private func isDay(_ day: Int64) -> Bool {
    let (_, month, date) = Timestamp.civil(day: day)
    guard months >> UInt64(month) & 1 == 1 else { return false }
    let isDate = days >> UInt64(date) & 1 == 1
    let isWeekday = weekdays >> UInt64(TradingCalendar.weekday(day)) & 1 == 1
    if isAnyDay || isAnyWeekday { return isDate && isWeekday }
    return isDate || isWeekday
  }

  /// The first firing after an instant (seconds since 1970) on the clock of a zone; nil if there is none within nine
  /// years (February 29 may be eight years away).
  ///
  /// A time that the clock skips fires at the first instant after the gap. A time that the clock shows twice fires only
  /// the first time. A rule that fires in every hour counts the minutes that really pass.
  package func next(after second: Int64, in zone: TimeZone) -> Int64? {
    if isEveryHour { return nextMinute(after: second, in: zone) }
    let first = zone.day(ofSecond: second)
    for day in first...(first + 9 * 366) where isDay(day) {
      var best: Int64?
      // Skip the hours that are past, with a margin for clock changes.
      let least = day == first ? max(0, (second + zone.offset(at: second) - day * 86_400) / 3600 - 3) : 0
      for hour in least..<24 where hours >> UInt64(hour) & 1 == 1 {
        for minute in 0..<60 as Range<Int64> where minutes >> UInt64(minute) & 1 == 1 {
          let instant = zone.firstInstant(ofLocal: day * 86_400 + hour * 3600 + minute * 60)
          if instant > second { best = min(best ?? .max, instant) }
        }
      }
      if let best { return best }
    }
    return nil
  }

  private func nextMinute(after second: Int64, in zone: TimeZone) -> Int64? {
    var at = Timestamp.floor(second, 60) + 60
    let end = at + 9 * 366 * 86_400
    while at < end {
      let local = at + zone.offset(at: at)
      let day = Timestamp.floor(local, 86_400) / 86_400
      if !isDay(day) {
        // Move to the next day, but not past a clock change before it.
        at += max(60, min(86_400 - (local - day * 86_400), 3600) / 60 * 60)
        if zone.day(ofSecond: at) != day { at = min(at, zone.firstInstant(ofLocal: (day + 1) * 86_400)) }
        continue
      }
      let minute = (local - day * 86_400) / 60 % 60
      if minutes >> UInt64(minute) & 1 == 1 { return at }
      at += 60
    }
    return nil
  }
}
