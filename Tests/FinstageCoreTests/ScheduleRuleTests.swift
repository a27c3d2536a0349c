import FinstageSystem
import TestSupport
import Testing
@testable import FinstageCore

/// Sessions of the exchange, and when rules fire.
@Suite struct ScheduleRuleTests {
  private func day(_ text: String) -> Int64 { second(text) / 86_400 }
  private func second(_ text: String) -> Int64 { Timestamp.parse(text)! / Timestamp.nanosecondsPerSecond }
  private func text(_ second: Int64?) -> String? {
    second.map { Timestamp.string($0 * Timestamp.nanosecondsPerSecond) }
  }

  private func rule(_ text: String, _ zone: String = "America/New_York") throws -> ScheduleRule {
    try ScheduleRule(words: text.split(separator: " ").map(String.init), zone: #require(TimeZone.named(zone)))
  }

  private func next(_ rule: ScheduleRule, _ after: String, _ count: Int) -> [String] {
    var times: [String] = []
    var at = second(after)
    for _ in 0..<count {
      guard let slot = rule.next(after: at) else { break }
      times.append(text(slot)!)
      at = slot
    }
    return times
  }

  /// Twenty years of the index: every weekday without a bar is closed by the rules, and no other.
  @Test func closedDaysAreThoseWithoutBars() throws {
    let lines = try #require(Files.text("\(Run.package)/Tests/Fixtures/nyse-closed.txt")).split(separator: "\n")
    let closed = Set(lines.map { day(String($0)) })
    var wrong: [String] = []
    for date in day("1999-01-04")...day("2018-12-31") {
      let weekday = TradingCalendar.weekday(date)
      guard weekday != 0, weekday != 6 else { continue }
      if TradingCalendar.nyse.isTradingDay(date) == closed.contains(date) {
        wrong.append(Timestamp.dateString(day: date))
      }
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test func holidaysOfYearsToCome() {
    // The exchange's own list for 2025 to 2027.
    let holidays = [
      "2025-01-01", "2025-01-09", "2025-01-20", "2025-02-17", "2025-04-18", "2025-05-26", "2025-06-19", "2025-07-04",
      "2025-09-01",
      "2025-11-27", "2025-12-25", "2026-01-01", "2026-01-19", "2026-02-16", "2026-04-03", "2026-05-25", "2026-06-19",
      "2026-07-03",
      "2026-09-07", "2026-11-26", "2026-12-25", "2027-01-01", "2027-01-18", "2027-02-15", "2027-03-26", "2027-05-31",
      "2027-06-18",
      "2027-07-05", "2027-09-06", "2027-11-25", "2027-12-24",
    ]
    var found: [String] = []
    for date in day("2025-01-01")...day("2027-12-31") where !TradingCalendar.nyse.isTradingDay(date) {
      if ![0, 6].contains(TradingCalendar.weekday(date)) { found.append(Timestamp.dateString(day: date)) }
    }
    #expect(found == holidays)
    // New Year's Day on a Saturday takes no session away.
    #expect(TradingCalendar.nyse.isTradingDay(day("2021-12-31")))
    let short = (day("2024-01-01")...day("2027-12-31")).filter(TradingCalendar.nyse.isEarlyClose).map(
      Timestamp.dateString)
    #expect(
      short == [
        "2024-07-03", "2024-11-29", "2024-12-24", "2025-07-03", "2025-11-28", "2025-12-24", "2026-11-27", "2026-12-24",
        "2027-11-26",
      ])
    #expect(
      TradingCalendar.nyse.session(day("2026-11-27"))
        == .init(open: second("2026-11-27T14:30:00Z"), close: second("2026-11-27T18:00:00Z"), isShort: true))
    #expect(TradingCalendar.nyse.isOpen(at: second("2026-07-01T13:30:00Z")))
    #expect(!TradingCalendar.nyse.isOpen(at: second("2026-07-01T20:00:00Z")))
  }

  @Test func crontabLines() throws {
    let utc = "UTC"
    #expect(
      next(try rule("30 16 * * mon-fri", utc), "2026-11-27T16:30:00Z", 2) == [
        "2026-11-30T16:30:00Z", "2026-12-01T16:30:00Z",
      ])
    #expect(
      next(try rule("*/20 9-10 * * *", utc), "2026-01-01T09:30:00Z", 4).map { $0.dropFirst(11).prefix(5) } == [
        "09:40", "10:00", "10:20", "10:40",
      ])
    // Both days restricted: either is enough. One with a star: both.
    #expect(
      next(try rule("0 0 13 * 5", utc), "2026-02-01", 3).map { $0.prefix(10) } == [
        "2026-02-06", "2026-02-13", "2026-02-20",
      ])
    #expect(next(try rule("0 0 */2 * 1", utc), "2026-02-01", 2).map { $0.prefix(10) } == ["2026-02-09", "2026-02-23"])
    #expect(next(try rule("0 12 29 2 *", utc), "2026-01-01", 2) == ["2028-02-29T12:00:00Z", "2032-02-29T12:00:00Z"])
    #expect(next(try rule("@weekly", utc), "2026-11-25", 1) == ["2026-11-29T00:00:00Z"])
    #expect(next(try rule("5 4 * jan,JUL sun", utc), "2026-11-25", 1) == ["2027-01-03T04:05:00Z"])
    #expect(next(try rule("0 0 * * 7", utc), "2026-11-25", 1) == next(try rule("0 0 * * 0", utc), "2026-11-25", 1))
    #expect(next(try rule("0 0 30 2 *", utc), "2026-11-25", 1).isEmpty)
    #expect(next(try rule("*/15 * * * *", utc), "2026-11-25T23:50:00Z", 1) == ["2026-11-26T00:00:00Z"])
    for wrong in [
      "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "*/0 * * * *", "5-1 * * * *", "* * * *",
      "a * * * *", "1,,2 * * * *",
    ] {
      #expect(throws: ScheduleRule.Failure.self, "\(wrong)") { try rule(wrong) }
    }
  }

  @Test func clockChanges() throws {
    // 02:30 does not exist on 2027-03-14: the first instant after the gap. 01:30 comes twice on 2026-11-01: the first time.
    #expect(
      next(try rule("30 2 * * *"), "2027-03-13T00:00:00Z", 3)
        == ["2027-03-13T07:30:00Z", "2027-03-14T07:00:00Z", "2027-03-15T06:30:00Z"])
    #expect(
      next(try rule("30 1 * * *"), "2026-10-31T20:00:00Z", 2) == ["2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"])
    // Rules of every hour go by the minutes that pass.
    #expect(
      next(try rule("30 * * * *"), "2026-11-01T04:45:00Z", 3)
        == ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z", "2026-11-01T07:30:00Z"])
    // A whole day is a day of the clock, however long.
    #expect(
      next(try rule("every 1d offset 18h"), "2026-10-31T12:00:00Z", 3)
        == ["2026-10-31T22:00:00Z", "2026-11-01T23:00:00Z", "2026-11-02T23:00:00Z"])
    // Where midnight itself is skipped.
    #expect(next(try rule("0 0 * * *", "America/Santiago"), "2026-09-05T12:00:00Z", 1) == ["2026-09-06T04:00:00Z"])
  }

  @Test func intervalsAreSlotsNotPauses() throws {
    #expect(
      next(try rule("every 30m offset 7m", "UTC"), "2026-11-25T10:00:00Z", 3)
        == ["2026-11-25T10:07:00Z", "2026-11-25T10:37:00Z", "2026-11-25T11:07:00Z"])
    #expect(next(try rule("every 1h15m", "UTC"), "2026-11-25T10:00:00Z", 2).count == 2)
    #expect(next(try rule("every 1w", "UTC"), "2026-11-25", 1) == ["2026-11-30T00:00:00Z"], "weeks begin on Monday")
    for wrong in [
      "every", "every 0s", "every 30m offset 30m", "every 5m jitter 5m", "every 10ms", "every 1h jitter", "@reboot",
      "nyse",
    ] {
      #expect(throws: ScheduleRule.Failure.self, "\(wrong)") { try rule(wrong) }
    }
    let jittered = try rule("every 30m offset 7m jitter 1m", "UTC")
    #expect(jittered.jitter == 60)
    let delays = (0..<500).map { jittered.delay(1_700_000_000 + $0 * 1800, name: "a") }
    #expect(delays.allSatisfy { (0...60).contains($0) } && Set(delays).count > 50)
    #expect(delays == (0..<500).map { jittered.delay(1_700_000_000 + $0 * 1800, name: "a") }, "the same every time")
  }

  @Test func sessionsAndConditions() throws {
    // Thanksgiving week: closed on Thursday, short on Friday.
    #expect(
      next(try rule("nyse close + 15m"), "2026-11-25T12:00:00Z", 3)
        == ["2026-11-25T21:15:00Z", "2026-11-27T18:15:00Z", "2026-11-30T21:15:00Z"])
    #expect(next(try rule("nyse open -30m"), "2026-11-26T12:00:00Z", 1) == ["2026-11-27T14:00:00Z"])
    var daily = try rule("0 18 * * *")
    daily.condition = .nyse
    #expect(next(daily, "2026-11-25T12:00:00Z", 3).map { $0.prefix(10) } == ["2026-11-25", "2026-11-27", "2026-11-30"])
    daily.condition = .notNyse
    #expect(next(daily, "2026-11-25T12:00:00Z", 2).map { $0.prefix(10) } == ["2026-11-26", "2026-11-28"])
    var open = try rule("every 3h")
    open.condition = .nyseOpen
    #expect(
      next(open, "2026-11-25T12:00:00Z", 4)
        == ["2026-11-25T15:00:00Z", "2026-11-25T18:00:00Z", "2026-11-27T15:00:00Z", "2026-11-30T15:00:00Z"])
    // Through a long weekend second by second would take for ever.
    var second = try rule("every 1s")
    second.condition = .nyseOpen
    #expect(next(second, "2026-11-27T18:00:00Z", 1) == ["2026-11-30T14:30:00Z"])
  }
}
