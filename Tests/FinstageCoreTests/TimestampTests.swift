import Testing
import TestSupport

@testable import FinstageCore

@Suite struct TimestampTests {
  @Test(
    arguments: [
      ("1970-01-01", 0), ("1970-01-01T00:00:01Z", 1_000_000_000), ("2024-01-02T14:30:00Z", 1_704_205_800_000_000_000),
      ("2024-01-02 14:30", 1_704_205_800_000_000_000), ("2024-01-02t14:30:00z", 1_704_205_800_000_000_000),
      ("2024-01-02T16:30:00+02:00", 1_704_205_800_000_000_000), ("2024-01-02T09:30:00-0500", 1_704_205_800_000_000_000),
      ("2024-01-02T16:30:00+02", 1_704_205_800_000_000_000), ("1969-12-31T23:59:59.999999999Z", -1),
      ("2024-01-02T14:30:00.5Z", 1_704_205_800_500_000_000),
      ("2024-01-02T14:30:00.1234567891Z", 1_704_205_800_123_456_789),
      ("2016-12-31T23:59:60Z", 1_483_228_800_000_000_000), ("2000-02-29", 951_782_400_000_000_000),
      ("1677-09-22", -9_223_286_400_000_000_000), ("2262-04-11T23:47:16.854775807Z", .max),
    ] as [(String, Int64)])
  func readsISO8601(_ text: String, _ nanoseconds: Int64) { #expect(Timestamp.parse(text) == nanoseconds) }

  @Test(arguments: [
    "", "2024", "2024-1-2", "2024-13-01", "2024-00-10", "2024-02-30", "1900-02-29", "2024-01-02T", "2024-01-02T1",
    "2024-01-02T25:00", "2024-01-02T14:60", "2024-01-02T14:30:61", "2024-01-02T14:30:00.Z", "2024-01-02T14:30:00+1",
    "2024-01-02T14:30:00+02:0", "2024-01-02T14:30:00Zx", "2024-01-02X14:30", "2262-04-12", "1677-09-20", "yesterday!",
    "20240102",
  ])
  func refusesWhatIsNot(_ text: String) { #expect(Timestamp.parse(text) == nil) }

  @Test func integersTellTheirUnitBySize() {
    let second: Int64 = 1_704_205_800
    for factor: Int64 in [1, 1000, 1_000_000, 1_000_000_000] {
      #expect(Timestamp.instant(ofInteger: second * factor) == second * 1_000_000_000)
    }
    // Beyond the year 2262 there is no instant, in any unit.
    for value: Int64 in [99_999_999_999, 99_999_999_999_999, 99_999_999_999_999_999, -99_999_999_999_999_999] {
      #expect(Timestamp.instant(ofInteger: value) == nil, "\(value)")
    }
    #expect(Timestamp.instant(ofInteger: .max) == .max && Timestamp.instant(ofInteger: .min) == .min)
  }

  @Test func writesWhatItReads() {
    var random = SeededRandom(seed: 31)
    for _ in 0..<5000 {
      var value = Int64(bitPattern: random.next())
      let unit = [1, 1000, 1_000_000, 1_000_000_000][Int(random.next() % 4)] as Int64
      value = value / unit * unit
      #expect(Timestamp.parse(Timestamp.string(value)) == value)
    }
    #expect(Timestamp.string(1_704_205_800_000_000_000) == "2024-01-02T14:30:00Z")
    #expect(Timestamp.string(1_704_205_800_250_000_000) == "2024-01-02T14:30:00.250Z")
    #expect(Timestamp.string(-1) == "1969-12-31T23:59:59.999999999Z")
  }

  @Test func daysAndDatesAreInverse() {
    for day in stride(from: -200_000 as Int64, through: 200_000, by: 37) {
      let (year, month, dayOfMonth) = Timestamp.civil(day: day)
      #expect(Timestamp.days(year: year, month: month, day: dayOfMonth) == day)
    }
  }

  @Test func theUnitOfAnIntegerIsToldByItsSize() {
    for value in [1_704_205_800, 1_704_205_800_000, 1_704_205_800_000_000, 1_704_205_800_000_000_000] as [Int64] {
      #expect(Timestamp.fromInteger(value) == 1_704_205_800_000_000_000)
    }
    #expect(Timestamp.fromInteger(-86_400) == -86_400_000_000_000)
    #expect(Timestamp.fromInteger(99_999_999_999) == nil, "the year 5138 does not fit")
  }
}
