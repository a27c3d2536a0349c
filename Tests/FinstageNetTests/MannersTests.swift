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

  @Test func placesAreSharedAndEvenlySpaced() {
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
    #expect(gates[1].pauseLeft("h", now: 900) == 0, "a clock that was ahead pauses nobody")
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

  private let busy = FetchFailure(.tryLater, "429", remedy: .again)
  private let down = FetchFailure(.unavailable, "down", remedy: .again, cause: .host)

  private func isGoing(_ manners: HostManners, _ now: Double) -> Bool {
    if case .go = manners.verdict(now: now, patience: 60) { true } else { false }
  }

  @Test func oneThrottlingIsOneEvent() {
    var manners = HostManners()
    for i in 0..<20 { manners.succeeded(sent: 0, now: Double(i) / 100) }
    #expect(manners.interval(now: 0.2) == 0 && isGoing(manners, 0.2))
    #expect(manners.throttled(busy, sent: 0.1, now: 0.2) == 1)
    // What was on its way belongs to it.
    for _ in 0..<9 { #expect(manners.throttled(busy, sent: 0.19, now: 0.25) == nil) }
    #expect(abs(manners.interval(now: 1.2) - 1 / 7.0) < 1e-9, "0.7 of the ten a second that went through")
    #expect(abs(manners.interval(now: 4.2) - 1 / 10.0) < 1e-9, "and one more each second")
    // One request shows whether the pause was long enough.
    guard case .probe = manners.verdict(now: 1.2, patience: 60) else { Issue.record("a probe"); return }
    manners.sendsProbe()
    guard case .wait = manners.verdict(now: 1.2, patience: 60) else { Issue.record("one at a time"); return }
    manners.succeeded(sent: 1.2, now: 1.3)
    #expect(isGoing(manners, 1.3))
    var asked = busy
    asked.retryAfter = 30
    #expect(manners.throttled(asked, sent: 2, now: 2.1) == 30)
  }

  @Test func aHostThatOnlySaysNoIsLeftAlone() {
    var manners = HostManners()
    var (now, requests) = (0.0, 0)
    while requests < 100 {
      if case .giveUp = manners.verdict(now: now, patience: 60) { break }
      requests += 1
      manners.sendsProbe()
      now += manners.throttled(busy, sent: now + 0.01, now: now + 0.02) ?? 0
    }
    #expect(requests == 4)
  }

  @Test func anOutageIsWaitedForAndProbed() {
    var manners = HostManners()
    manners.succeeded(sent: 0, now: 0.1)
    // Ten that were on their way when it began say no more than one.
    for i in 0..<10 { manners.connectionFailed(i, down, sent: 0.1, now: 0.2) }
    #expect(isGoing(manners, 0.2))
    for i in 0..<5 { manners.connectionFailed(i, down, sent: 0.25, now: 0.3) }
    guard case .wait(let until) = manners.verdict(now: 0.3, patience: 60) else { Issue.record("it is down"); return }
    #expect(until == 1.3)
    var (now, probes) = (until, 0)
    while now < 20 {
      guard case .probe = manners.verdict(now: now, patience: 60) else { Issue.record("a probe at \(now)"); return }
      manners.sendsProbe()
      manners.connectionFailed(77, down, sent: now, now: now)
      guard case .wait(let next) = manners.verdict(now: now, patience: 60) else { return }
      #expect(next - now <= 8)
      (now, probes) = (next, probes + 1)
    }
    #expect((4...8).contains(probes))
    var back = manners
    back.succeeded(sent: now, now: now)
    #expect(isGoing(back, now))
    guard case .giveUp = manners.verdict(now: 61, patience: 60) else { Issue.record("a minute is enough"); return }
  }

  @Test func badBodiesAreTheSymbolsFault() {
    var manners = HostManners()
    for i in 0..<19 { manners.cannotRead(i, FetchFailure(.unavailable, "no JSON", remedy: .again)) }
    #expect(isGoing(manners, 0))
    manners.succeeded(sent: 0, now: 0)
    for i in 0..<19 { manners.cannotRead(i, FetchFailure(.unavailable, "no JSON", remedy: .again)) }
    #expect(isGoing(manners, 0))
    manners.cannotRead(19, FetchFailure(.unavailable, "no JSON", remedy: .again))
    guard case .giveUp = manners.verdict(now: 0, patience: 60) else { Issue.record("nothing can be read"); return }
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
      guard case .period(let from, let to) = piece.span else {
        Issue.record("a piece has a beginning")
        continue
      }
      #expect(last == 0 || from == last)
      #expect(to.map { $0 - from <= 7 * 86_400 } ?? (from == month.last?.start && now - from <= 7 * 86_400))
      last = to ?? 0
    }
    // Tomorrow the pieces in the middle are the same.
    let day: Int64 = 86_400
    let tomorrow = YahooLimits.pieces(
      of: HistoryRequest(symbol: "A", interval: .oneMinute, span: .range(.oneMonth)), now: now + day)
    #expect(tomorrow.dropFirst().dropLast().allSatisfy { month.contains($0) })
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

extension HistoryRequest {
  /// The first second of a period.
  fileprivate var start: Int64? { if case .period(let from, _) = span { from } else { nil } }
}
