import FinstageCore
import FinstageSystem

/// Bars from rows of named values, as CSV files and JSON services have them.
struct TableHistory {
  /// The fields of a bar, in the order in which `--map` lists them, with their other usual names.
  static let fields: [(name: String, others: [String])] = [
    ("ts", ["timestamp", "date", "datetime", "time", "t", "observation_date"]), ("open", ["o", "1. open"]),
    ("high", ["h", "2. high"]), ("low", ["l", "3. low"]),
    ("close", ["c", "price", "value", "last", "4. close"]), ("volume", ["v", "vol", "5. volume"]),
    ("adj_close", ["adjclose", "adj close", "adjusted_close"]),
  ]

  let interval: ChartInterval
  /// Names that the user gave, by field.
  let map: [String: String]

  /// The table's name for each field: the name that the user gave, or a usual one.
  func names(among known: [String]) throws(FetchFailure) -> [String: String] {
    var result: [String: String] = [:]
    for (field, others) in TableHistory.fields {
      if let wanted = map[field] {
        guard let name = known.first(where: { $0.lowercased() == wanted.lowercased() }) else {
          throw FetchFailure(.symbol, "there is no \"\(wanted)\" in the answer (it has: \(list(known)))")
        }
        result[field] = name
      } else if let name = known.first(where: { name in ([field] + others).contains(name.lowercased()) }) {
        result[field] = name
      }
    }
    // In a table of a date and one value, such as an interest rate, the value is the close.
    if result["close"] == nil, known.count == 2, let time = result["ts"] {
      result["close"] = known.first { $0 != time }
    }
    guard result["ts"] != nil, result["close"] != nil else {
      throw FetchFailure(
        .symbol,
        "cannot find a time or a close in the answer (it has: \(list(known)); name them with --map ts=...,close=...)")
    }
    return result
  }

  private func list(_ names: [String]) -> String { names.prefix(20).joined(separator: ", ") }

  /// The bars of rows, in time order.
  /// - Parameter value: the text of a field in a row; nil if it has none.
  func history(rows: Int, value: (_ row: Int, _ field: String) -> String?) throws(FetchFailure) -> History {
    var bars: [(key: Int64, bar: Bar)] = []
    var empty = 0
    for row in 0..<rows {
      func number(_ field: String) throws(FetchFailure) -> Double? {
        guard let text = value(row, field), !TableHistory.isMissing(text) else { return nil }
        guard let number = Double(text), number.isFinite else {
          throw FetchFailure(.symbol, "row \(row + 1): \"\(text.prefix(40))\" is not a number (\(field))")
        }
        return number
      }
      guard let close = try number("close") else {
        empty += 1
        continue
      }
      guard let text = value(row, "ts"), let instant = TableHistory.instant(text) else {
        throw FetchFailure(.symbol, "row \(row + 1): \"\((value(row, "ts") ?? "").prefix(40))\" is not a time")
      }
      let second = Timestamp.nanosecondsPerSecond
      let time: Bar.Time =
        interval.isDaily ? .date(Timestamp.day(ofSecond: instant / second)) : .instant(instant)
      var bar = Bar(
        time: time, open: try number("open"), high: try number("high"), low: try number("low"), close: close,
        volume: try number("volume"))
      bar.adjustedClose = try number("adj_close")
      bars.append((instant, bar))
    }
    // Many services send the newest row first.
    let sorted = bars.enumerated().sorted { ($0.element.key, $0.offset) < ($1.element.key, $1.offset) }
    var history = History(bars: [])
    for (_, (_, bar)) in sorted {
      if history.bars.last?.time == bar.time { history.bars.removeLast() }
      history.bars.append(bar)
    }
    history.emptyRows = empty
    return history
  }

  /// Whether a text stands for a missing value: an empty text, a dot (FRED), and the like.
  private static func isMissing(_ text: String) -> Bool {
    ["", ".", "-", "null", "nan", "n/a", "na"].contains(text.lowercased())
  }

  /// Nanoseconds since 1970 of an ISO 8601 time, a YYYYMMDD date, or an integer whose size shows its unit.
  static func instant(_ text: String) -> Int64? {
    if let instant = Timestamp.parse(text) { return instant }
    guard let integer = Int64(text) else { return nil }
    if text.utf8.count == 8 {
      let (year, month, day) = (integer / 10_000, integer / 100 % 100, integer % 100)
      guard (1...12).contains(month), day >= 1, day <= Timestamp.daysInMonth(year, month) else { return nil }
      return Timestamp.days(year: year, month: month, day: day) * 86_400 * Timestamp.nanosecondsPerSecond
    }
    return Timestamp.instant(ofInteger: integer)
  }

  /// Keeps only the bars in the span of a request.
  static func within(_ request: HistoryRequest, _ history: History, now: Int64) -> History {
    let (from, to): (Int64?, Int64?) =
      switch request.span {
      case .range(let range): (range.firstDay(endingOn: now / 86_400).map { $0 * 86_400 }, nil)
      case .period(let from, let to): (from, to)
      }
    var result = history
    result.bars = history.bars.filter { $0.time.second >= from ?? .min && $0.time.second < to ?? .max }
    return result
  }

  /// The bars of a CSV text with a header.
  func history(csv bytes: [UInt8]) throws(FetchFailure) -> History {
    let rows: [[String]]
    do throws(CSVText.Failure) {
      rows = try CSVText.rows(bytes)
    } catch {
      throw FetchFailure(.unavailable, "the answer is not CSV at line \(error.line): \(error.message)", remedy: .again)
    }
    guard let header = rows.first?.map({ String($0.drop { $0.isWhitespace }) }) else {
      throw FetchFailure(.unavailable, "the answer is empty", remedy: .again)
    }
    let names = try names(among: header)
    var places: [String: Int] = [:]
    for (field, name) in names { places[field] = header.firstIndex(of: name) }
    // The time of day may have its own column.
    let clock = places["ts"].flatMap { place in
      header[place].lowercased() == "date" ? header.firstIndex { $0.lowercased() == "time" } : nil
    }
    let body = rows.dropFirst()
    if let short = body.firstIndex(where: { $0.count != header.count }) {
      throw FetchFailure(
        .unavailable, "the answer is broken: row \(short) has \(body[short].count) fields, the header \(header.count)",
        remedy: .again)
    }
    return try history(rows: body.count) { row, field in
      guard let place = places[field] else { return nil }
      let text = rows[row + 1][place]
      if field == "ts", let clock { return "\(text)T\(rows[row + 1][clock])" }
      return text
    }
  }
}
