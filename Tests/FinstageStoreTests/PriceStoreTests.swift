import FinstageCore
import FinstageSystem
import TestSupport
import Testing
@testable import FinstageStore

/// Bars of many symbols in a file, and what is asked for to bring them up to date.
@Suite struct PriceStoreTests {
  private let folder = TemporaryFolder()
  private static let day: Int64 = 86_400

  private func bar(_ day: Int64, _ close: Double, adjusted: Double? = nil) -> Bar {
    var bar = Bar(time: .date(day), open: close, high: close + 1, low: close - 1, close: close, volume: 100)
    bar.adjustedClose = adjusted
    return bar
  }

  private func span(_ from: Int64, _ to: Int64) -> PriceStore.Stretch {
    PriceStore.Stretch(from: from * Self.day, to: to * Self.day)
  }

  @Test func barsComeBackAsTheyWere() throws {
    let path = folder.path + "/prices.db"
    var full = bar(3, 12.5, adjusted: 12.25)
    full.dividend = 0.25
    full.split = 4
    full.capitalGain = 1.5
    let bare = Bar(time: .date(4), open: nil, high: nil, low: nil, close: 7, volume: nil)
    do {
      let store = try PriceStore(path: path)
      let changes = try store.store([full, bare], "A", "1d", currency: "USD", asked: span(0, 4))
      #expect(changes.added == 2 && changes.updated == 0)
    }
    let store = try PriceStore(path: path)
    #expect(try store.bars("A", "1d", isDated: true) == [full, bare])
    #expect(try store.bars("A", "1d", from: 4 * Self.day, isDated: true) == [bare])
    #expect(try store.currency("A", "1d") == "USD")
    #expect(try store.covered("A", "1d") == span(0, 4))
    #expect(try store.bars("A", "1h", isDated: false) == [] && store.covered("A", "1h") == nil)
    #expect(try store.count("B", "1d") == 0)
  }

  @Test func onlyWhatDiffersIsWritten() throws {
    let store = try PriceStore(path: folder.path + "/prices.db")
    _ = try store.store([bar(1, 10), bar(2, 11)], "A", "1d", currency: nil, asked: span(0, 2))
    let changes = try store.store([bar(2, 11.5), bar(3, 12)], "A", "1d", currency: nil, asked: span(1, 3))
    #expect(changes.added == 1 && changes.updated == 1)
    let same = try store.store([bar(2, 11.5), bar(3, 12)], "A", "1d", currency: nil, asked: span(1, 3))
    #expect(same == PriceStore.Changes())
    #expect(try store.bars("A", "1d", isDated: true).map(\.close) == [10, 11.5, 12])
    #expect(try store.covered("A", "1d") == span(0, 3), "what was covered before stays so")
    // A shorter answer deletes nothing.
    _ = try store.store([], "A", "1d", currency: nil, asked: span(0, 3))
    #expect(try store.count("A", "1d") == 3)
  }

  @Test func whatIsAskedFor() {
    let (week, end) = (7 * Self.day, 1000 * Self.day)
    func plan(_ covered: PriceStore.Stretch?, first: Int64, rewritten: Bool = false, overlap: Int64? = nil)
      -> SeriesUpdate
    {
      SeriesUpdate(
        covered: covered, first: first * Self.day, end: end, overlap: overlap ?? week, isRewritten: rewritten)
    }
    #expect(plan(nil, first: 100).span == span(100, 1000) && plan(nil, first: 100).isWhole)
    // The last week again, however late the beginning that is asked for: no gap.
    for first: Int64 in [100, 500, 990] {
      #expect(plan(span(100, 900), first: first).span == span(893, 1000), "\(first)")
      #expect(!plan(span(100, 900), first: first).isWhole)
    }
    #expect(plan(span(100, 103), first: 100).span == span(100, 1000), "not before the beginning")
    // Older bars, or prices that were rewritten: everything.
    #expect(plan(span(100, 900), first: 50).span == span(50, 1000) && plan(span(100, 900), first: 50).isWhole)
    #expect(plan(span(100, 900), first: 500, rewritten: true).span == span(100, 1000))
    // From the first gap on; never before what the service has.
    let gap = SeriesUpdate(
      covered: span(100, 900), first: 100 * Self.day, end: end, overlap: week, gap: 300 * Self.day)
    #expect(gap.span == span(300, 1000) && !gap.isWhole)
    for rewritten in [false, true] {
      let short = SeriesUpdate(
        covered: span(100, 900), first: 100 * Self.day, end: end, overlap: week, gap: 300 * Self.day,
        oldest: 970 * Self.day, isRewritten: rewritten)
      #expect(short.span == span(970, 1000) && short.isWhole == rewritten)
    }
    let weeks = SeriesUpdate(covered: span(100, 900), first: 500 * Self.day, end: end, overlap: nil)
    #expect(weeks.isWhole && weeks.span == span(100, 1000))
  }

  /// 20_000 is 2024-10-04, a Friday.
  @Test func gapsAreDaysThatShouldHaveBars() throws {
    let store = try PriceStore(path: folder.path + "/prices.db")
    func isWeekend(_ day: Int64) -> Bool { [0, 6].contains((day + 4) % 7) }
    let days = (20_000..<20_100).filter { !isWeekend($0) }
    let (holiday, blank) = (days[20], days[30])
    let hole = Set(days[40..<52])
    func answer(without missing: Set<Int64>) -> [Bar] { days.filter { !missing.contains($0) }.map { bar($0, 10) } }

    // Bars that came in by other ways: all that is missing is a gap.
    var missing = hole.union([holiday, blank])
    _ = try store.store(answer(without: missing), "A", "1d", currency: nil, asked: span(20_000, 20_000))
    #expect(try store.gaps("A", "1d") == missing.sorted())
    #expect(try store.gaps("A", "1d", from: days[45]) == Array(days[45..<52]))
    // Asked for: the holiday is one, the others are doubtful.
    func ask(_ blank: Set<Int64> = []) throws -> PriceStore.Changes {
      try store.store(
        answer(without: missing), "A", "1d", currency: nil, asked: span(20_000, 20_200), blank: blank)
    }
    #expect(try ask([blank]) == PriceStore.Changes())
    #expect(try store.gaps("A", "1d") == hole.union([blank]).sorted())
    missing.remove(blank)
    let changes = try ask()
    #expect(changes.added == 1 && changes.gapsFilled == 1)
    #expect(changes.addedRange == blank * Self.day...blank * Self.day)
    #expect(try store.gaps("A", "1d") == hole.sorted())
    // Not for ever.
    _ = try ask()
    #expect(try store.gaps("A", "1d") == [] && store.last("A", "1d") == days.last.map { $0 * Self.day })
  }

  @Test func weekdaysAreLearnt() {
    // Every day; Sunday to Thursday; a short week.
    #expect(SessionDays(days: Array(0..<50) + Array(52..<80)).missing() == [50, 51])
    let riyadh = (0..<100).filter { ![5, 6].contains(($0 + 4) % 7) }.map(Int64.init)
    #expect(SessionDays(days: riyadh).missing() == [])
    #expect(SessionDays(days: riyadh.filter { $0 != riyadh[7] }).missing() == [riyadh[7]])
    #expect(SessionDays(days: [20_000, 20_003, 20_005]).missing() == [20_004], "a Tuesday; no weekend")
    #expect(SessionDays(days: [-4, -1]).missing() == [-3, -2], "a Sunday that has bars, and a Wednesday")
    #expect(SessionDays(days: []).missing() == [] && SessionDays(days: [1]).missing() == [])
    #expect(SessionDays(days: [0, 9_000_000]).missing() == [], "absurd")
  }

  @Test func aSplitIsNoticedAndALiveBarIsNot() {
    let held = [bar(1, 100, adjusted: 99), bar(2, 101, adjusted: 100), bar(3, 102, adjusted: 102)]
    func isRewritten(_ came: [Bar]) -> Bool {
      SeriesUpdate.isRewritten(held: held, came: came, settled: 3 * Self.day)
    }
    #expect(!isRewritten(held))
    #expect(!isRewritten([bar(2, 101, adjusted: 100), bar(3, 105, adjusted: 105)]), "the last bar was not over")
    #expect(!isRewritten([bar(2, 101, adjusted: 100.0000001)]), "the same, computed anew")
    #expect(!isRewritten([bar(2, 101)]) && !isRewritten([]) && !isRewritten([bar(9, 1)]))
    #expect(isRewritten([bar(1, 50, adjusted: 49.5), bar(2, 50.5, adjusted: 50)]), "a split")
    #expect(isRewritten([bar(2, 101, adjusted: 99.5)]), "a dividend")
    #expect(SeriesUpdate.missing(held: held, came: [held[0], held[2]]) == 1)
    #expect(SeriesUpdate.missing(held: held, came: [held[2], bar(4, 1)]) == 0)
    #expect(SeriesUpdate.missing(held: held, came: []) == 0)
  }
}
