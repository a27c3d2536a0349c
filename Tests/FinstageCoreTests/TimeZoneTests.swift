import Testing

@testable import FinstageCore

/// Offsets of places, across clock changes.
@Suite struct TimeZoneTests {
  private func second(_ text: String) -> Int64 { (Timestamp.parse(text) ?? .min) / Timestamp.nanosecondsPerSecond }

  @Test func rulesOfPOSIX() throws {
    let newYork = try #require(TimeZoneRule("EST5EDT,M3.2.0,M11.1.0"))
    // The clock changes at 02:00 local time, 2024-03-10 and 2024-11-03.
    #expect(newYork.offset(at: second("2024-03-10T06:59:59Z")) == -18_000)
    #expect(newYork.offset(at: second("2024-03-10T07:00:00Z")) == -14_400)
    #expect(newYork.offset(at: second("2024-11-03T05:59:59Z")) == -14_400)
    #expect(newYork.offset(at: second("2024-11-03T06:00:00Z")) == -18_000)
    let sydney = try #require(TimeZoneRule("AEST-10AEDT,M10.1.0,M4.1.0/3"))
    #expect(sydney.offset(at: second("2025-01-15")) == 39_600 && sydney.offset(at: second("2025-07-15")) == 36_000)
    #expect(sydney.offset(at: second("2025-04-05T15:59:59Z")) == 39_600)
    #expect(sydney.offset(at: second("2025-04-05T16:00:00Z")) == 36_000)
    #expect(TimeZoneRule("<+0330>-3:30")?.offset(at: 0) == 12_600)
    // The last Sunday of March and October, at 01:00 UTC.
    let london = try #require(TimeZoneRule("GMT0BST,M3.5.0/1,M10.5.0"))
    #expect(london.offset(at: second("2026-03-29T00:59:59Z")) == 0)
    #expect(london.offset(at: second("2026-03-29T01:00:00Z")) == 3600)
    #expect(london.offset(at: second("2026-10-25T00:59:59Z")) == 3600)
    #expect(london.offset(at: second("2026-10-25T01:00:00Z")) == 0)
    // Day 60 of a Julian rule is March 1, in leap years, too; hours may reach into other days.
    let julian = try #require(TimeZoneRule("AAA0BBB,J60/-24,300/0"))
    #expect(julian.offset(at: second("2024-02-28T23:59:59Z")) == 0)
    #expect(julian.offset(at: second("2024-02-29T00:00:00Z")) == 3600)
    #expect(julian.offset(at: second("2024-10-26T22:59:59Z")) == 3600)
    #expect(julian.offset(at: second("2024-10-26T23:00:00Z")) == 0)
  }

  @Test(arguments: [
    "", "E5", "EST", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0", "EST999",
    "EST5EDT,M3.2.0,M11.1.0x", "<EST5", "EST5EDT,J0,J1", "EST5EDT,366,1", "EST5EDT,M3.2.0/1:60,M11.1.0",
  ])
  func wrongRulesAreNone(_ text: String) { #expect(TimeZoneRule(text) == nil) }

  @Test func zonesOfTheMachine() throws {
    let newYork = try #require(TimeZone.named("America/New_York"), "the tz database is needed (package tzdata)")
    #expect(newYork.offset(at: second("1883-11-01")) == -17_762, "mean time of the place")
    #expect(newYork.offset(at: second("1942-07-01")) == -14_400, "war time")
    #expect(newYork.offset(at: second("2006-03-20")) == -18_000 && newYork.offset(at: second("2007-03-20")) == -14_400)
    #expect(newYork.offset(at: second("2099-07-01")) == -14_400 && newYork.offset(at: second("2099-12-01")) == -18_000)
    #expect(newYork.day(ofSecond: second("2024-07-02T03:59:59Z")) == second("2024-07-01") / 86_400)
    #expect(newYork.day(ofSecond: second("2024-07-02T04:00:00Z")) == second("2024-07-02") / 86_400)
    #expect(TimeZone.named("Asia/Kolkata")?.offset(at: 1_700_000_000) == 19_800)
    #expect(TimeZone.named("UTC")?.offset(at: 0) == 0)
  }

  @Test func timesOfTheClock() throws {
    let newYork = try #require(TimeZone.named("America/New_York"))
    #expect(newYork.second(ofLocal: second("2024-07-01T09:30:00")) == second("2024-07-01T13:30:00Z"))
    #expect(newYork.second(ofLocal: second("2024-12-02T09:30:00")) == second("2024-12-02T14:30:00Z"))
    #expect(newYork.second(ofLocal: second("2024-03-10T02:30:00")) == second("2024-03-10T07:30:00Z"), "skipped")
    #expect(
      newYork.second(ofLocal: second("2024-11-03T01:30:00")) == second("2024-11-03T05:30:00Z"), "the first of two")
    #expect(newYork.second(ofLocal: second("2024-11-03T02:00:00")) == second("2024-11-03T07:00:00Z"))
    let berlin = try #require(TimeZone.named("Europe/Berlin"))
    // Each hour of a year comes back.
    for hour in 0..<8784 {
      let instant = second("2024-01-01") + Int64(hour) * 3600
      let back = berlin.second(ofLocal: instant + berlin.offset(at: instant))
      #expect(back == instant || back == instant - 3600 && berlin.offset(at: back) != berlin.offset(at: instant))
    }
  }

  @Test(arguments: [
    "", "No/Such", "../etc/passwd", "/etc/passwd", "America/../../../etc/passwd", "America", "a b", "é",
  ])
  func noZone(_ name: String) { #expect(TimeZone.named(name) == nil) }

  @Test func damagedZonesAreNone() {
    #expect(TimeZone([]) == nil && TimeZone(Array("TZif2".utf8)) == nil)
    var bytes = Array("TZif".utf8) + [UInt8](repeating: 0, count: 40)
    #expect(TimeZone(bytes) == nil, "no type at all")
    for i in 20..<44 { bytes[i] = 0xFF }
    #expect(TimeZone(bytes) == nil)
  }
}
