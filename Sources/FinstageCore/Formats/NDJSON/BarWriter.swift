/// Writes bars that did not come from a line of NDJSON.
public struct BarWriter {
  private let sink: ByteSink
  private let head: String
  private let tail: String

  /// - Parameters:
  ///   - interval, currency: written into every bar where known.
  public init(sink: ByteSink, symbol: String, interval: String?, currency: String?) {
    self.sink = sink
    func text(_ value: String) -> String { String(decoding: JSONText.quoted(value), as: UTF8.self) }
    head = "{\"symbol\":\(text(symbol)),\"ts\":\""
    tail =
      (interval.map { ",\"interval\":\(text($0))" } ?? "") + (currency.map { ",\"currency\":\(text($0))" } ?? "")
  }

  public func write(_ bar: Bar) throws(OutputError) {
    var line = head + bar.time.text + "\""
    func add(_ key: String, _ value: Double?) { line += ",\"\(key)\":" + NumberText.string(value ?? .nan) }
    add("open", bar.open)
    add("high", bar.high)
    add("low", bar.low)
    add("close", bar.close)
    add("volume", bar.volume)
    if let value = bar.adjustedClose { add("adj_close", value) }
    if let value = bar.dividend { add("dividend", value) }
    if let value = bar.split { add("split", value) }
    if let value = bar.capitalGain { add("capital_gain", value) }
    try sink.write(line + tail + "}\n")
  }
}
