import FinstageCore
import FinstageSystem

/// Turns a chart answer into bars.
struct YahooChart {
  let request: HistoryRequest
  let keepsRawPrices: Bool
  /// The exchange's time zone; without it, only today's offset is known.
  private var zone: TimeZone?
  private var offset: Int64 = 0

  init(request: HistoryRequest, keepsRawPrices: Bool) {
    self.request = request
    self.keepsRawPrices = keepsRawPrices
  }

  mutating func history(_ document: JSONValue) throws(FetchFailure) -> History {
    guard let chart = document["chart"] else { throw malformed("there is no \"chart\" in it") }
    if let error = chart["error"], !error.isNull {
      let reason = error["description"]?.string ?? error["code"]?.string ?? "no explanation given"
      // Only this is the word for a symbol that does not exist; anything else may pass.
      let words = "\(error["code"]?.string ?? "") \(reason)".lowercased()
      let isAbsence = ["not found", "no data", "delisted", "invalid symbol"].contains { words.contains($0) }
      throw FetchFailure(
        .symbol, "the service says: \(reason)", remedy: isAbsence ? .none : .again, isAbsence: isAbsence)
    }
    guard let result = chart["result"]?.array?.first else {
      throw FetchFailure(.symbol, "an empty result: no such data for this symbol", isAbsence: true)
    }
    guard let meta = result["meta"], meta.members != nil else { throw malformed("there is no \"meta\" in it") }
    zone = meta["exchangeTimezoneName"]?.string.flatMap(TimeZone.named)
    offset = meta["gmtoffset"]?.integer ?? 0
    try checkGranularity(meta)

    // A span without sessions (a weekend, a holiday) has no timestamps: there are no bars, and that is not an error.
    guard let stamps = result["timestamp"]?.array, !stamps.isEmpty else {
      var empty = History(bars: [], currency: meta["currency"]?.string)
      empty.market = market(meta)
      return empty
    }
    var history = History(bars: [], currency: meta["currency"]?.string)
    history.bars = try rows(stamps, result, &history.blankDays)
    history.market = market(meta)
    history.emptyRows = stamps.count - history.bars.count
    history.bars = inOrder(history.bars)
    mergeLiveBar(&history.bars)
    dropBeyondEnd(&history.bars)
    let lost = attachEvents(result["events"], &history.bars, currency: history.currency)
    if lost > 0 {
      history.warnings.append("\(lost) dividends, splits or capital gains are left out: their days have no bar")
    }
    return history
  }

  private func malformed(_ what: String) -> FetchFailure {
    FetchFailure(.symbol, "the answer is malformed: \(what)")
  }

  private func market(_ meta: JSONValue) -> MarketState {
    func period(_ name: String) -> MarketState.Period? {
      let period = meta["currentTradingPeriod"]?[name]
      guard let start = period?["start"]?.integer, let end = period?["end"]?.integer, start < end else { return nil }
      return MarketState.Period(start: start, end: end)
    }
    var market = MarketState()
    market.price = meta["regularMarketPrice"].flatMap(price)
    market.time = meta["regularMarketTime"]?.integer.flatMap { $0.magnitude < 9_000_000_000 ? $0 : nil }
    market.previousClose = (meta["previousClose"] ?? meta["chartPreviousClose"]).flatMap(price)
    market.volume = meta["regularMarketVolume"].flatMap(finite)
    market.before = period("pre")
    market.regular = period("regular")
    market.after = period("post")
    market.offset = offset(at: market.time ?? market.regular?.start ?? Int64(SystemClock.wall))
    return market
  }

  /// Throws if the bars have another interval: the service silently sends coarser bars, especially for long ranges.
  private func checkGranularity(_ meta: JSONValue) throws(FetchFailure) {
    guard let granularity = meta["dataGranularity"]?.string else { return }
    let asked = request.interval.rawValue
    let same = granularity == asked || Set([granularity, asked]) == ["1h", "60m"]
    guard same else {
      throw FetchFailure(
        .symbol, "got \(granularity) bars instead of \(asked) bars (ask for a shorter range, or use --from and --to)")
    }
  }

  // MARK: - Rows

  private func rows(
    _ stamps: [JSONValue], _ result: JSONValue, _ blankDays: inout Set<Int64>
  ) throws(FetchFailure) -> [Bar] {
    guard let quote = result["indicators"]?["quote"]?.array?.first else { throw malformed("there are no quotes in it") }
    func column(_ name: String) throws(FetchFailure) -> [JSONValue] {
      guard let values = quote[name]?.array else { throw malformed("there is no \"\(name)\" in it") }
      guard values.count == stamps.count else {
        throw malformed("\"\(name)\" has \(values.count) values for \(stamps.count) timestamps")
      }
      return values
    }
    let open = try column("open")
    let high = try column("high")
    let low = try column("low")
    let close = try column("close")
    let volume = try column("volume")
    let adjusted = result["indicators"]?["adjclose"]?.array?.first?["adjclose"]?.array
    if let adjusted, adjusted.count != stamps.count {
      throw malformed("\"adjclose\" has \(adjusted.count) values for \(stamps.count) timestamps")
    }
    var bars: [Bar] = []
    bars.reserveCapacity(stamps.count)
    for i in stamps.indices {
      guard let second = stamps[i].integer else { throw malformed("timestamp \(i + 1) is not an integer") }
      guard let time = time(second) else { throw malformed("timestamp \(i + 1) is out of range") }
      guard let price = price(close[i]) else {
        blankDays.insert(Timestamp.day(ofSecond: time.second))
        continue
      }
      var bar = Bar(
        time: time, open: self.price(open[i]), high: self.price(high[i]), low: self.price(low[i]), close: price,
        volume: finite(volume[i]))
      if let adjusted { bar.adjustedClose = self.price(adjusted[i]) }
      bars.append(bar)
    }
    return bars
  }

  private func finite(_ value: JSONValue) -> Double? {
    guard let number = value.double, number.isFinite else { return nil }
    return number
  }

  /// A price as it was before it was widened from 32 bits: the shortest decimal that gives the same 32-bit number.
  private func price(_ value: JSONValue) -> Double? {
    guard let number = finite(value) else { return nil }
    return keepsRawPrices ? number : YahooChart.unwidened(number)
  }

  static func unwidened(_ value: Double) -> Double {
    let narrow = Float(value)
    guard Double(narrow) == value else { return value }
    // Try the nearest decimal with 0, 1, 2, ... places; most prices need few. Numerator and denominator are exact, so
    // the quotient is that decimal, correctly rounded.
    if value.magnitude < 65_536 {
      var power = 1.0
      for _ in 0...6 {
        let candidate = (value * power).rounded(.toNearestOrEven) / power
        if Float(candidate) == narrow { return candidate }
        power *= 10
      }
    }
    return Double(narrow.description) ?? value
  }

  private func time(_ second: Int64) -> Bar.Time? {
    guard second.magnitude < 9_000_000_000 else { return nil }
    return request.interval.isDaily ? .date(day(second)) : .instant(second * Timestamp.nanosecondsPerSecond)
  }

  /// How far the exchange's clock is ahead of UTC. `gmtoffset` is today's offset, which is wrong across a clock change.
  private func offset(at second: Int64) -> Int64 { zone?.offset(at: second) ?? offset }

  /// The date of the session of a daily stamp, in days since 1970.
  ///
  /// After clock changes, the service has stamped sessions at 22:00 or 23:00 of the day before. No session begins that
  /// late, so adding two hours gives the right day in every case.
  private func day(_ second: Int64) -> Int64 { Timestamp.day(ofSecond: second, offset: offset(at: second) + 7200) }

  /// The date on the exchange's clock.
  private func date(_ second: Int64) -> Int64 { Timestamp.day(ofSecond: second, offset: offset(at: second)) }

  // MARK: - The live bar

  /// Sorts bars by time. If two bars have the same time, the later row counts (the live bar comes last).
  private func inOrder(_ bars: [Bar]) -> [Bar] {
    func key(_ bar: Bar) -> Int64 {
      switch bar.time {
      case .date(let day): day
      case .instant(let nanoseconds): nanoseconds
      }
    }
    var result: [Bar] = []
    result.reserveCapacity(bars.count)
    let isSorted = zip(bars, bars.dropFirst()).allSatisfy { key($0) <= key($1) }
    let sorted =
      isSorted
      ? bars
      : bars.enumerated().sorted { (key($0.element), $0.offset) < (key($1.element), $1.offset) }.map(\.element)
    for bar in sorted {
      if let last = result.last, last.time == bar.time {
        result[result.count - 1] = bar
      } else {
        result.append(bar)
      }
    }
    return result
  }

  /// Merges the live row of today into the bar of its period, or dates the row at the start of its period.
  ///
  /// While a market is open, bars of a week or longer end with such a row.
  private func mergeLiveBar(_ bars: inout [Bar]) {
    guard request.interval.isDaily, request.interval != .oneDay, let last = bars.last,
      case .date(let lastDay) = last.time
    else { return }
    let start = request.interval.periodStart(of: lastDay)
    if bars.count >= 2, case .date(let day) = bars[bars.count - 2].time,
      request.interval.periodStart(of: day) == start
    {
      bars.removeLast()
      var bar = bars.removeLast()
      bar.high = [bar.high, last.high].compactMap(\.self).max()
      bar.low = [bar.low, last.low].compactMap(\.self).min()
      bar.close = last.close
      bar.adjustedClose = last.adjustedClose ?? bar.adjustedClose
      if let volume = last.volume { bar.volume = (bar.volume ?? 0) + volume }
      bars.append(bar)
    } else {
      bars[bars.count - 1].time = .date(start)
    }
  }

  /// Drops bars past the requested end: the live row can lie there.
  private func dropBeyondEnd(_ bars: inout [Bar]) {
    guard case .period(_, let end?) = request.span else { return }
    while let last = bars.last {
      switch last.time {
      case .date(let day) where day > date(end - 1): bars.removeLast()
      case .instant(let nanoseconds) where nanoseconds >= end * Timestamp.nanosecondsPerSecond: bars.removeLast()
      default: return
      }
    }
  }

  // MARK: - Events

  /// Puts dividends, splits and capital gains on their bars; returns how many have no bar.
  private func attachEvents(_ events: JSONValue?, _ bars: inout [Bar], currency: String?) -> Int {
    var lost = 0
    func each(_ name: String, _ apply: (inout Bar, JSONValue) -> Void) {
      for (_, event) in events?[name]?.members ?? [] {
        // Use the date, not the key: for coarse bars the key is the bar's stamp.
        guard let second = event["date"]?.integer, second.magnitude < 9_000_000_000, let i = bar(of: second, in: bars)
        else {
          lost += 1
          continue
        }
        apply(&bars[i], event)
      }
    }
    each("dividends") { bar, event in
      guard let amount = event["amount"].flatMap(price) else { return }
      bar.dividend = (bar.dividend ?? 0) + amount
      if let paid = event["currency"]?.string, let currency, paid != currency, !paid.isEmpty {
        bar.dividendCurrency = paid
      }
    }
    each("capitalGains") { bar, event in
      if let amount = event["amount"].flatMap(price) { bar.capitalGain = (bar.capitalGain ?? 0) + amount }
    }
    each("splits") { bar, event in
      if let numerator = event["numerator"]?.double, let denominator = event["denominator"]?.double, denominator > 0,
        numerator > 0
      {
        bar.split = (bar.split ?? 1) * (numerator / denominator)
      }
    }
    return lost
  }

  /// The bar that an event belongs to: that of its day (week, month), or the first one of its session.
  private func bar(of second: Int64, in bars: [Bar]) -> Int? {
    let eventDay = day(second)
    let start = request.interval.periodStart(of: eventDay)
    return bars.firstIndex { bar in
      switch bar.time {
      case .date(let day): request.interval.periodStart(of: day) == start
      case .instant(let nanoseconds):
        nanoseconds >= second * Timestamp.nanosecondsPerSecond
          && date(nanoseconds / Timestamp.nanosecondsPerSecond) == date(second)
      }
    }
  }
}
