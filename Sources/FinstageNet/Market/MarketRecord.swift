import FinstageCore
import FinstageSystem

/// What a provider says about a market besides its bars.
package struct MarketState: Sendable, Equatable {
  /// A trading period, in seconds since 1970.
  package struct Period: Sendable, Equatable {
    package var start: Int64
    package var end: Int64
  }

  package var price: Double?
  /// The time of that price, in seconds since 1970.
  package var time: Int64?
  package var previousClose: Double?
  package var volume: Double?
  package var before: Period?
  package var regular: Period?
  package var after: Period?
  /// How far local time is ahead of UTC at the time of the last price, in seconds.
  package var offset: Int64 = 0

  package init() {}

  /// PRE, REGULAR, POST or CLOSED; nil if the regular session is unknown.
  package func phase(now: Int64) -> String? {
    guard let regular else { return nil }
    func contains(_ period: Period?) -> Bool { period.map { $0.start <= now && now < $0.end } ?? false }
    if contains(regular) { return "REGULAR" }
    if contains(before) { return "PRE" }
    return contains(after) ? "POST" : "CLOSED"
  }
}

/// A record about a symbol, made from its bars and the state of its market.
package enum MarketRecord: String, Sendable, CaseIterable {
  /// The last price, and the change from the previous close.
  case quote
  /// Close, high and low of the last completed session.
  case snapshot
  /// The all-time high.
  case ath

  /// The request for the bars that the record needs.
  package func request(_ symbol: String) -> HistoryRequest {
    let range: ChartRange =
      switch self {
      case .quote, .snapshot: .fiveDays
      case .ath: .max
      }
    return HistoryRequest(symbol: symbol, interval: .oneDay, span: .range(range))
  }

  /// Seconds for which a record may come from the cache.
  package var lifetime: Double {
    switch self {
    case .quote: 60
    case .snapshot: 180
    case .ath: 900
    }
  }

  /// The record of a symbol.
  package func json(_ symbol: String, _ history: History, now: Int64) throws(FetchFailure) -> JSONValue {
    let values =
      switch self {
      case .quote: try quote(history)
      case .snapshot: try snapshot(history, now)
      case .ath: try highest(history, now)
      }
    let head: [(key: String, value: JSONValue?)] = [("type", .string(rawValue)), ("symbol", .string(symbol))]
    let tail: [(key: String, value: JSONValue?)] = [
      ("currency", history.currency.map { .string($0) }),
      ("market_state", self == .quote ? history.market?.phase(now: now).map { .string($0) } : nil),
    ]
    return JSONValue(members: head + values + tail)
  }

  private func quote(_ history: History) throws(FetchFailure) -> [(key: String, value: JSONValue?)] {
    let last = history.bars.last
    guard let price = history.market?.price ?? last?.close else {
      throw FetchFailure(.symbol, "there is no price (is the symbol still traded?)")
    }
    let time =
      history.market?.time.map { Timestamp.string($0 * Timestamp.nanosecondsPerSecond) } ?? last?.time.text ?? ""
    let previous = previousClose(history)
    let change = previous.map { price - $0 }
    let percent = previous.flatMap { $0 == 0 ? nil : 100 * (price - $0) / $0 }
    // The difference of two decimals must not show more places than they have.
    func rounded(_ value: Double?) -> Double? { value.map { ($0 * 1e6).rounded() / 1e6 } }
    return [("ts", .string(time))]
      + MarketRecord.numbers([
        ("price", price), ("previous_close", previous), ("change", rounded(change)),
        ("change_percent", rounded(percent)),
        ("volume", history.market?.volume ?? last?.volume),
      ])
  }

  /// The close before the session of the last price: the close of the bar before the session's own bar, or of the last
  /// bar if the session has no bar yet.
  private func previousClose(_ history: History) -> Double? {
    guard let last = history.bars.last else { return history.market?.previousClose }
    if let market = history.market, let time = market.time, case .date(let day) = last.time,
      day < Timestamp.day(ofSecond: time, offset: market.offset)
    {
      return last.close
    }
    // If there is only one bar, the chart's own previous close is the close before it.
    return history.bars.dropLast().last?.close ?? history.market?.previousClose
  }

  /// Today's bar counts only once its session is over; a day without a session has no bar.
  private func snapshot(_ history: History, _ now: Int64) throws(FetchFailure) -> [(key: String, value: JSONValue?)] {
    var bars = history.bars[...]
    if let market = history.market, let regular = market.regular, now < regular.end, let last = bars.last,
      case .date(let day) = last.time, day == Timestamp.day(ofSecond: regular.start, offset: market.offset)
    {
      bars.removeLast()
    }
    guard let bar = bars.last else { throw FetchFailure(.symbol, "no session has ended in the last few days") }
    return [("ts", .string(bar.time.text))]
      + MarketRecord.numbers([
        ("previous_close", bar.close), ("previous_high", bar.high), ("previous_low", bar.low), ("volume", bar.volume),
      ])
  }

  private func highest(_ history: History, _ now: Int64) throws(FetchFailure) -> [(key: String, value: JSONValue?)] {
    // Of several equally high bars, the first one counts: that is when the high was reached.
    var best: Bar?
    for bar in history.bars where (bar.high ?? bar.close) > (best.map { $0.high ?? $0.close } ?? -.infinity) {
      best = bar
    }
    guard let best, let last = history.bars.last else { throw FetchFailure(.symbol, "there are no bars") }
    let price = best.high ?? best.close
    var since: Double?
    if case .date(let day) = best.time { since = Double(Timestamp.day(ofSecond: now) - day) }
    let below = price == 0 ? nil : ((last.close / price - 1) * 1e8).rounded() / 1e6
    return [("ts", .string(best.time.text))]
      + MarketRecord.numbers([
        ("all_time_high", price), ("days_since", since), ("last_close", last.close), ("below_percent", below),
      ])
  }

  private static func numbers(_ values: [(String, Double?)]) -> [(key: String, value: JSONValue?)] {
    values.map { (key: $0, value: JSONValue($1)) }
  }
}
