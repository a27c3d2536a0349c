import FinstageCore
import FinstageStore
import TestSupport
import Testing

@testable import FinstageNet

/// When requests may go out.
@Suite struct MannersTests {
  @Test func retryAfterIsReadInBothForms() {
    func seconds(_ text: String, date: String? = nil) -> Double? {
      RetryAfter.seconds(text, date: date, now: 1_700_000_000)
    }
    #expect(seconds("120") == 120)
    #expect(seconds(" 0 ") == 0)
    #expect(seconds("99999999999999999999") == 1e9)
    #expect(seconds("-5") == nil)
    #expect(seconds("soon") == nil)
    #expect(seconds("") == nil)
    let date = "Tue, 14 Nov 2023 22:13:20 GMT"  // 1700000000
    #expect(seconds("Tue, 14 Nov 2023 22:13:30 GMT") == 10)
    #expect(seconds("Tue, 14 Nov 2023 22:13:10 GMT") == 0, "past")
    // The server's clock is an hour fast: its own date tells.
    #expect(seconds("Tue, 14 Nov 2023 23:13:30 GMT", date: "Tue, 14 Nov 2023 23:13:20 GMT") == 10)
    #expect(seconds("Tue, 14 Nov 2023 22:13:30 GMT", date: date) == 10)
  }

  @Test func cacheControlIsRead() {
    let control = CacheControl("public, max-age=10, stale-while-revalidate=20, Stale-If-Error = 60")
    #expect(control.staleWhileRevalidate == 20 && control.staleIfError == 60)
    #expect(!control.forbidsStoring && !control.forbidsStale)
    #expect(CacheControl("no-store").forbidsStoring)
    #expect(CacheControl("max-age=1, must-revalidate").forbidsStale)
    #expect(CacheControl("stale-if-error=99999999999999").staleIfError == 30.0 * 86_400)
    #expect(CacheControl(",,=,;") == CacheControl(""))
  }

  @Test func slotsAreSharedAndEvenlySpaced() {
    let folder = TemporaryFolder()
    let gates = [HostGate(folder: folder.path), HostGate(folder: folder.path)]
    var waits: [Double] = []
    for i in 0..<10 { waits.append(gates[i % 2].takePlace("host:80", interval: 0.05, now: 1000).wait) }
    for (i, wait) in waits.enumerated() { #expect(abs(wait - Double(i) * 0.05) < 1e-6) }
    #expect(gates[0].takePlace("other", interval: 0.05, now: 1000).wait == 0, "each host has its own")
    #expect(gates[0].takePlace("host:80", interval: 0.05, now: 1002).wait == 0, "unused slots are not saved up")
    // The clock has been set back by a day: nobody waits for that.
    #expect(gates[0].takePlace("host:80", interval: 0.05, now: 1002 - 86_400).wait == 0)
  }

  @Test func aPauseHoldsForAll() {
    let folder = TemporaryFolder()
    let gates = [HostGate(folder: folder.path), HostGate(folder: folder.path)]
    gates[0].pause("h", seconds: 10, now: 1000)
    #expect(gates[1].takePlace("h", interval: 0, now: 1001).pause == 9)
    #expect(gates[1].pauseLeft("h", now: 1009.5) == 0.5)
    gates[1].pause("h", seconds: 1, now: 1000)
    #expect(gates[0].pauseLeft("h", now: 1000) == 10, "a shorter one does not end a longer one")
    #expect(gates[0].takePlace("h", interval: 0, now: 1010).pause == 0)
    gates[0].pause("h", seconds: 1e9, now: 1000)
    #expect(gates[0].pauseLeft("h", now: 1000) == HostGate.longestPause)
    // Names that are no names of files.
    gates[0].pause("../../etc/passwd", seconds: 5, now: 1000)
    #expect(gates[1].pauseLeft("../../etc/passwd", now: 1000) == 5)
    #expect(Files.names(in: folder.path).allSatisfy { !$0.contains("/") })
  }

  @Test func theDelayFollowsTheHost() {
    var health = HostHealth()
    for _ in 0..<20 { health.succeeded(after: 0.1) }
    #expect(health.delay == 0)
    health.failed(FetchFailure(.unavailable, "x"), now: 0)
    let once = health.delay
    health.failed(FetchFailure(.unavailable, "x"), now: 0)
    #expect(once > 0 && health.delay == 2 * once)
    for _ in 0..<30 { health.failed(FetchFailure(.unavailable, "x"), now: 0) }
    #expect(health.delay == 10, "the ceiling")
    #expect(health.verdict(now: 1) != nil)
    #expect(health.verdict(now: 31) == nil, "after a while it is tried again")
    health.succeeded(after: 0.1)
    #expect(health.verdict(now: 1) == nil)
    for _ in 0..<60 { health.succeeded(after: 0.1) }
    #expect(health.delay == 0)
    health.succeeded(after: 2)
    #expect(health.delay > 0, "answers get slow: so do we")
  }

  @Test func retriesWaitLongerEachTimeUpToTheBound() {
    var policy = RetryPolicy()
    policy.base = 1
    policy.longest = 5
    #expect([1, 2, 3, 4, 60].map { policy.delay($0, random: 1) } == [1, 2, 4, 5, 5])
    #expect(policy.delay(3, random: 0) == 0, "full jitter")
  }

  @Test func longRangesAreSplitAndImpossibleOnesExplained() throws {
    let now: Int64 = 1_700_000_000
    func pieces(_ interval: ChartInterval, _ span: HistoryRequest.Extent) throws -> [HistoryRequest] {
      let request = HistoryRequest(symbol: "A", interval: interval, span: span)
      try YahooLimits.check(request, now: now)
      return YahooLimits.pieces(of: request, now: now)
    }
    #expect(try pieces(.oneDay, .range(.max)).count == 1)
    #expect(try pieces(.oneMinute, .range(.fiveDays)).count == 1)
    let month = try pieces(.oneMinute, .range(.oneMonth))
    #expect(month.count == 5)
    var last: Int64 = 0
    for piece in month {
      guard case .period(let from, let to?) = piece.span else {
        Issue.record("a piece has two ends")
        continue
      }
      #expect(to - from <= 8 * 86_400 && (last == 0 || from == last))
      last = to
    }
    #expect(throws: FetchFailure.self) { _ = try pieces(.oneMinute, .range(.oneYear)) }
    #expect(throws: FetchFailure.self) { _ = try pieces(.fiveMinutes, .range(.max)) }
    #expect(try pieces(.oneHour, .range(.oneYear)).count == 1)
  }

  @Test func widenedPricesAreTheShortestDecimals() {
    var random = SeededRandom(seed: 50)
    for i in 0..<20_000 {
      let narrow: Float =
        i % 2 == 0
        ? Float((random.unit() * 1e5).rounded() / 100) : Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
      guard narrow.isFinite else { continue }
      let value = YahooChart.unwidened(Double(narrow))
      #expect(Float(value) == narrow)
      #expect(value == Double(narrow.description)!)
    }
  }
}
