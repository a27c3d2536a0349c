/// Writes bars that did not come from a line of NDJSON.
public struct BarWriter {
  private let sink: ByteSink
  private let head: [UInt8]
  private let tail: [UInt8]
  private let keys: Keys

  /// The names of the numbers, each as `,"name":`.
  private struct Keys {
    let open = Array(",\"open\":".utf8)
    let high = Array(",\"high\":".utf8)
    let low = Array(",\"low\":".utf8)
    let close = Array(",\"close\":".utf8)
    let volume = Array(",\"volume\":".utf8)
    let adjustedClose = Array(",\"adj_close\":".utf8)
    let dividend = Array(",\"dividend\":".utf8)
    let split = Array(",\"split\":".utf8)
    let capitalGain = Array(",\"capital_gain\":".utf8)
  }

  /// - Parameters:
  ///   - interval, currency: written into every bar where known.
  public init(sink: ByteSink, symbol: String, interval: String?, currency: String?) {
    self.sink = sink
    keys = Keys()
    head = Array("{\"symbol\":".utf8) + JSONText.quoted(symbol) + Array(",\"ts\":\"".utf8)
    let interval = interval.map { Array(",\"interval\":".utf8) + JSONText.quoted($0) } ?? []
    let currency = currency.map { Array(",\"currency\":".utf8) + JSONText.quoted($0) } ?? []
    tail = interval + currency + Array("}\n".utf8)
  }

  /// - Parameter note: a field more, such as `"suspect":"zero_price"`.
  public func write(_ bar: Bar, note: String? = nil) throws(OutputError) {
    let out = sink.buffer
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
    if let value = bar.split { add(keys.split, value) }
    if let value = bar.capitalGain { add(keys.capitalGain, value) }
    if var note {
      out.append([UInt8(ascii: ",")][...])
      note.withUTF8 { out.append($0) }
    }
    out.append(tail[...])
    try sink.flushIfLarge()
  }

  private func add(_ key: [UInt8], _ value: Double) {
    let out = sink.buffer
    out.append(key[...])
    let start = out.reserve(NumberText.maxLength + 16)
    out.commit(NumberText.write(value, to: start, powers: PowersOfTen.table))
  }
}
