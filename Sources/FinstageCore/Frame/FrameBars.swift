import FinstageSystem

extension Frame {
  /// A series of bars of one symbol.
  package struct Series: Sendable {
    package var symbol: String
    package var interval: String?
    package var currency: String?
    package var bars: [Bar]

    package init(symbol: String, interval: String? = nil, currency: String? = nil, bars: [Bar] = []) {
      self.symbol = symbol
      self.interval = interval
      self.currency = currency
      self.bars = bars
    }
  }

  /// The rows as bars, by symbol and interval, in the order of the rows; rows without a time or a close are skipped.
  /// - Throws: an error that names the missing column.
  package static func series(_ frames: [Frame]) throws -> [Series] {
    var result: [Series] = []
    var places: [String: Int] = [:]
    for frame in frames where frame.rows > 0 {
      guard let stamp = frame["ts"], let times = stamp.nanoseconds() else {
        throw DataError("there is no column \"ts\" with times (convert --bars renames common columns)")
      }
      guard let close = frame["close"]?.doubles() else { throw DataError("there is no column \"close\"") }
      let names = ["open", "high", "low", "volume", "adj_close", "dividend", "split", "capital_gain"]
      let numbers = names.map { frame[$0]?.doubles() }
      let (symbol, interval, currency) = (frame["symbol"], frame["interval"], frame["currency"])
      let paid = frame["dividend_currency"]
      let isDate = stamp.type == .date
      // Rows of one symbol are often consecutive, or the symbols alternate.
      var known: [Int64: Int] = [:]
      let symbolCodes = symbol?.integers()
      let intervalCodes = interval?.integers()
      for row in 0..<frame.rows where !stamp.isNull(row) && !close[row].isNaN {
        let code = (symbolCodes?[row] ?? 0) << 16 | (intervalCodes?[row] ?? 0) & 0xFFFF
        let place: Int
        if let found = known[code] {
          place = found
        } else {
          let name = symbol.map { $0.text(row) } ?? ""
          let length = interval.map { $0.text(row) }
          let key = "\(name)\u{0}\(length ?? "")"
          if let found = places[key] {
            place = found
          } else {
            place = result.count
            places[key] = place
            let currency = currency.flatMap { $0.isNull(row) ? nil : $0.text(row) }
            result.append(Series(symbol: name, interval: length, currency: currency))
          }
          known[code] = place
        }
        func number(_ i: Int) -> Double? { numbers[i].flatMap { $0[row].isNaN ? nil : $0[row] } }
        var bar = Bar(
          time: isDate ? .date(times[row] / 86_400_000_000_000) : .instant(times[row]), open: number(0),
          high: number(1),
          low: number(2), close: close[row], volume: number(3))
        bar.adjustedClose = number(4)
        bar.dividend = number(5)
        bar.split = number(6)
        bar.capitalGain = number(7)
        if bar.dividend != nil { bar.dividendCurrency = paid.flatMap { $0.isNull(row) ? nil : $0.text(row) } }
        result[place].bars.append(bar)
      }
    }
    return result
  }

  /// Converts a series to a frame; optional columns without any value are left out.
  package convenience init(_ series: Series) {
    let bars = series.bars
    var columns: [Column] = []
    func constant(_ name: String, _ text: String?) {
      guard let text else { return }
      let pool = TextPool()
      _ = pool.intern(text)
      columns.append(Column(name, Vector(.string, .int64([Int64](repeating: 0, count: bars.count)), texts: pool)))
    }
    constant("symbol", series.symbol)
    let isDated = bars.allSatisfy { if case .date = $0.time { true } else { false } }
    let times = bars.map { bar in
      switch bar.time {
      case .date(let day): isDated ? day : day * 86_400_000_000_000
      case .instant(let nanoseconds): nanoseconds
      }
    }
    columns.append(Column("ts", Vector(isDated ? .date : .timestamp(.nanosecond, zone: "UTC"), .int64(times))))
    func numbers(_ name: String, always: Bool, _ value: (Bar) -> Double?) {
      let values = bars.map { value($0) ?? .nan }
      let isMissing = values.contains { $0.isNaN }
      if !always && values.allSatisfy(\.isNaN) { return }
      var mask: Validity?
      if isMissing {
        var validity = Validity(repeating: true, count: values.count)
        for (row, value) in values.enumerated() where value.isNaN { validity[row] = false }
        mask = validity
      }
      // Volumes without a fraction are stored as integers.
      if name == "volume", values.allSatisfy({ $0.isNaN || Int64(exactly: $0) != nil }) {
        columns.append(
          Column(name, Vector(.int(bits: 64), .int64(values.map { Int64(exactly: $0) ?? 0 }), validity: mask)))
      } else {
        columns.append(Column(name, Vector(.float64, .float64(values), validity: mask)))
      }
    }
    numbers("open", always: true) { $0.open }
    numbers("high", always: true) { $0.high }
    numbers("low", always: true) { $0.low }
    numbers("close", always: true) { $0.close }
    numbers("volume", always: true) { $0.volume }
    numbers("adj_close", always: false) { $0.adjustedClose }
    numbers("dividend", always: false) { $0.dividend }
    if bars.contains(where: { $0.dividendCurrency != nil }) {
      columns.append(
        Column("dividend_currency", Vector(values: bars.map { JSONValue($0.dividendCurrency) }, as: .string)))
    }
    numbers("split", always: false) { $0.split }
    numbers("capital_gain", always: false) { $0.capitalGain }
    constant("interval", series.interval)
    constant("currency", series.currency)
    self.init(columns, rows: bars.count)
  }
}
