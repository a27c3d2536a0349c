import FinstageSystem

/// Writes bars that did not come from an input: as lines of NDJSON, or as frames of any other format.
package final class BarPrinter {
  /// What there is to say about a bar that cannot be right, or that was repaired.
  package enum Remark: Sendable {
    case suspect(String)
    case repaired(String)
  }

  package let sink: ByteSink
  /// Nil for lines.
  private let writer: (any FrameWriter)?
  /// Whole volumes are doubles too, since decimals may come later.
  private let hasDecimalVolumes: Bool
  private var pending: [Frame] = []
  private var pendingRows = 0

  private static let frameSize = 16_384

  package init(_ sink: ByteSink, _ format: FrameFormat, _ options: FormatOptions = FormatOptions()) throws {
    self.sink = sink
    var options = options
    options.isLive = sink.isLive
    writer = format.isLines ? nil : try format.makeWriter(sink, options)
    hasDecimalVolumes = format.keepsFirstTypes
  }

  /// Writes the bars of a series.
  /// - Parameters:
  ///   - interval, currency: written into every bar, if known.
  ///   - remarks: by place among the bars.
  package func write(
    _ bars: [Bar], symbol: String, interval: String?, currency: String?, remarks: [Int: Remark] = [:]
  ) throws {
    if writer != nil {
      if bars.isEmpty { return }
      pending.append(frame(bars, symbol, interval, currency, remarks))
      pendingRows += bars.count
      if pendingRows >= BarPrinter.frameSize || sink.isLive { try settle() }
      return
    }
    let lines = BarLines(sink.buffer, symbol: symbol, interval: interval, currency: currency)
    for (i, bar) in bars.enumerated() {
      lines.append(bar, remarks.isEmpty ? nil : remarks[i])
      try sink.flushIfLarge()
    }
    if sink.isLive { try sink.flush() }
  }

  private func settle() throws {
    guard !pending.isEmpty else { return }
    try writer?.write(Frame.joined(pending))
    pending = []
    pendingRows = 0
  }

  /// Hands on lines that are complete; frames wait until they are worth one.
  package func flush() throws {
    if writer == nil { try sink.flush() }
  }

  /// Writes what is pending, and puts a file in its place.
  package func finish() throws {
    try settle()
    try writer?.finish()
    try sink.finish()
  }

  /// Bars with all the columns that bars may have, whether these bars do or not: frames of one stream have the same columns.
  private func frame(
    _ bars: [Bar], _ symbol: String, _ interval: String?, _ currency: String?, _ remarks: [Int: Remark]
  ) -> Frame {
    let series = Frame(Frame.Series(symbol: symbol, interval: interval, currency: currency, bars: bars))
    var columns = ["symbol", "ts", "open", "high", "low", "close", "volume"].map { name in
      series.columns[series.index(name)!]
    }
    if hasDecimalVolumes, let doubles = columns[6].vector.cast(to: .float64) { columns[6].vector = doubles }
    func add(_ names: [String], _ type: DataType) {
      for name in names {
        columns.append(Frame.Column(name, series[name] ?? Vector.nulls(type, count: bars.count)))
      }
    }
    add(["adj_close"], .float64)
    add(["interval", "currency"], .string)
    add(["dividend"], .float64)
    add(["dividend_currency"], .string)
    add(["split", "capital_gain"], .float64)
    func texts(_ pick: (Remark) -> String?) -> Vector {
      Vector(values: bars.indices.map { i in JSONValue(remarks[i].flatMap(pick)) }, as: .string)
    }
    columns.append(Frame.Column("suspect", texts { if case .suspect(let text) = $0 { text } else { nil } }))
    columns.append(Frame.Column("repaired", texts { if case .repaired(let text) = $0 { text } else { nil } }))
    return Frame(columns, rows: bars.count)
  }
}

/// The lines of bars of one series: names and texts that all bars share are put together once.
private struct BarLines {
  private let out: OutputBuffer
  private let head: [UInt8]
  private let tail: [UInt8]
  private let keys = Keys()

  /// The names of the numbers, each as `,"name":`.
  private struct Keys {
    let open = Array(",\"open\":".utf8)
    let high = Array(",\"high\":".utf8)
    let low = Array(",\"low\":".utf8)
    let close = Array(",\"close\":".utf8)
    let volume = Array(",\"volume\":".utf8)
    let adjustedClose = Array(",\"adj_close\":".utf8)
    let dividend = Array(",\"dividend\":".utf8)
    let dividendCurrency = Array(",\"dividend_currency\":".utf8)
    let split = Array(",\"split\":".utf8)
    let capitalGain = Array(",\"capital_gain\":".utf8)
  }

  init(_ out: OutputBuffer, symbol: String, interval: String?, currency: String?) {
    self.out = out
    head = Array("{\"symbol\":".utf8) + JSONText.quoted(symbol) + Array(",\"ts\":\"".utf8)
    let interval = interval.map { Array(",\"interval\":".utf8) + JSONText.quoted($0) } ?? []
    let currency = currency.map { Array(",\"currency\":".utf8) + JSONText.quoted($0) } ?? []
    tail = interval + currency + Array("}\n".utf8)
  }

  func append(_ bar: Bar, _ remark: BarPrinter.Remark?) {
    out.append(head[...])
    var time = bar.time.text
    time.withUTF8 { out.append($0) }
    out.append([UInt8(ascii: "\"")][...])
    add(keys.open, bar.open ?? .nan)
    add(keys.high, bar.high ?? .nan)
    add(keys.low, bar.low ?? .nan)
    add(keys.close, bar.close)
    add(keys.volume, bar.volume ?? .nan)
    if let value = bar.adjustedClose { add(keys.adjustedClose, value) }
    if let value = bar.dividend { add(keys.dividend, value) }
    if let text = bar.dividendCurrency { out.append((keys.dividendCurrency + JSONText.quoted(text))[...]) }
    if let value = bar.split { add(keys.split, value) }
    if let value = bar.capitalGain { add(keys.capitalGain, value) }
    switch remark {
    case .suspect(let text): out.append((Array(",\"suspect\":".utf8) + JSONText.quoted(text))[...])
    case .repaired(let text): out.append((Array(",\"repaired\":".utf8) + JSONText.quoted(text))[...])
    case nil: break
    }
    out.append(tail[...])
  }

  private func add(_ key: [UInt8], _ value: Double) {
    out.append(key[...])
    let start = out.reserve(NumberText.maxLength + 16)
    out.commit(NumberText.write(value, to: start, powers: PowersOfTen.table))
  }
}
