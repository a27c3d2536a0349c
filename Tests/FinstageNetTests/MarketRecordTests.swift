import FinstageCore
import FinstageSystem
import Testing
@testable import FinstageNet

/// Quotes, snapshots and highest prices, at different times of a day.
@Suite struct MarketRecordTests {
  // 2024-01-02 is day 19724; New York opens at 14:30 and closes at 21:00 UTC.
  private static let day: Int64 = 19_724
  private static let opening = day * 86_400 + 14 * 3600 + 1800
  private static let closing = day * 86_400 + 21 * 3600

  private func history(days: [Int64], priceTime: Int64?) -> History {
    var history = History(
      bars: days.enumerated().map { i, day in
        let close = 100 + Double(i)
        return Bar(time: .date(day), open: close, high: close + 1, low: close - 1, close: close, volume: 10)
      }, currency: "USD")
    var market = MarketState()
    market.price = 110
    market.time = priceTime
    market.previousClose = 90
    market.volume = 77
    market.before = .init(start: Self.opening - 19_800, end: Self.opening)
    market.regular = .init(start: Self.opening, end: Self.closing)
    market.after = .init(start: Self.closing, end: Self.closing + 14_400)
    market.offset = -18_000
    history.market = market
    return history
  }

  private func record(_ record: MarketRecord, _ history: History, at now: Int64) throws -> JSONValue {
    try record.json("A", history, now: now)
  }

  @Test func aQuoteComparesWithTheCloseBefore() throws {
    let week = history(days: [Self.day - 4, Self.day - 1, Self.day], priceTime: Self.opening + 600)
    let quote = try record(.quote, week, at: Self.opening + 601)
    #expect(quote["type"]?.string == "quote" && quote["ts"]?.string == "2024-01-02T14:40:00Z")
    #expect(quote["price"]?.double == 110 && quote["previous_close"]?.double == 101)
    #expect(quote["change"]?.double == 9 && quote["change_percent"]?.double == 8.910891)
    #expect(quote["market_state"]?.string == "REGULAR" && quote["volume"]?.double == 77)
    // The session has begun, but there is no row of it yet: the last row is yesterday's.
    let early = history(days: [Self.day - 4, Self.day - 1], priceTime: Self.opening + 600)
    #expect(try record(.quote, early, at: Self.opening + 601)["previous_close"]?.double == 101)
    let single = history(days: [Self.day], priceTime: Self.opening + 600)
    #expect(try record(.quote, single, at: Self.opening + 601)["previous_close"]?.double == 90)
  }

  @Test func thePhaseIsThatOfTheClock() throws {
    let market = try #require(history(days: [Self.day], priceTime: nil).market)
    #expect(market.phase(now: Self.opening - 1) == "PRE")
    #expect(market.phase(now: Self.opening) == "REGULAR")
    #expect(market.phase(now: Self.closing) == "POST")
    #expect(market.phase(now: Self.closing + 14_400) == "CLOSED")
    #expect(MarketState().phase(now: 0) == nil)
  }

  @Test func aSnapshotIsOfASessionThatIsOver() throws {
    let week = history(days: [Self.day - 4, Self.day - 1, Self.day], priceTime: Self.opening)
    let during = try record(.snapshot, week, at: Self.closing - 1)
    #expect(during["ts"]?.string == "2024-01-01" && during["previous_close"]?.double == 101)
    #expect(during["previous_high"]?.double == 102 && during["previous_low"]?.double == 100)
    #expect(try record(.snapshot, week, at: Self.closing)["ts"]?.string == "2024-01-02")
    // Today has no row: the last one is yesterday's, and not the one before that.
    let holiday = history(days: [Self.day - 4, Self.day - 1], priceTime: Self.opening)
    #expect(try record(.snapshot, holiday, at: Self.opening + 1)["ts"]?.string == "2024-01-01")
    #expect(throws: FetchFailure.self) { try MarketRecord.snapshot.json("A", History(bars: []), now: 0) }
  }

  @Test func theHighestPriceIsFromWhenItFirstWas() throws {
    var all = history(days: [Self.day - 400, Self.day - 30, Self.day], priceTime: nil)
    all.bars[0].high = 200
    all.bars[1].high = 200
    let highest = try record(.ath, all, at: Self.closing)
    #expect(highest["all_time_high"]?.double == 200 && highest["days_since"]?.double == 400)
    #expect(highest["last_close"]?.double == 102 && highest["below_percent"]?.double == -49)
    #expect(throws: FetchFailure.self) { try MarketRecord.ath.json("A", History(bars: []), now: 0) }
  }
}
