import FinstageCore
import FinstageSystem

/// Records of the pipe as messages: the fields that a client knows first, then all others as they came.
struct EventEncoder {
  private var statusMinute = Int64.min
  private var status = ""

  /// The members that are written first; the originals of these names are left out.
  private static let ownPriceNames: Set<String> = [
    "type", "symbol", "seq", "stream", "current_price", "previous_price", "change_amount", "timestamp", "market_status",
  ]

  /// Names that mean something else in messages: a record's own are marked.
  private static let reserved: Set<String> = ["seq", "stream", "epoch", "snapshot", "skipped"]
  private static let mark = "record_"

  static func nameInMessage(of key: String) -> String { reserved.contains(key) ? mark + key : key }

  /// The name that a record has for a member of a message.
  static func ownName(of key: String) -> String {
    guard key.hasPrefix(mark) else { return key }
    let name = String(key.dropFirst(mark.count))
    return reserved.contains(name) ? name : key
  }

  /// The price of a record: what a quote or a trade calls price, and a bar close.
  static func price(_ record: JSONMembers) -> ArraySlice<UInt8>? {
    for key in ["price", "current_price", "value", "close"] {
      if let value = record[key], let first = value.first, first == UInt8(ascii: "-") || first &- 48 <= 9 {
        return value
      }
    }
    return nil
  }

  /// A message about the price of a symbol.
  mutating func price(_ record: JSONMembers, _ price: ArraySlice<UInt8>, _ stream: EventStream, now: Double) -> [UInt8]
  {
    var text = EventEncoder.begin("price_update", stream)
    if stream.kind != .prices { text.add("stream", .string(stream.kind.name)) }
    text.add("current_price", json: price)
    let value = Double(String(decoding: price, as: UTF8.self)) ?? 0
    if let before = stream.price, let number = stream.priceValue {
      text.add("previous_price", json: before[...])
      let places = max(EventEncoder.places(price), EventEncoder.places(before[...]))
      text.add("change_amount", json: EventEncoder.rounded(value - number, places))
      if record["change_percent"] == nil, number != 0 {
        text.add("change_percent", json: EventEncoder.rounded((value - number) / number * 100, 4))
      }
    }
    let time = record["ts"] ?? record["timestamp"]
    let second = EventEncoder.second(time) ?? Int64(now)
    text.add("market_status", .string(marketStatus(record, second)))
    text.add("timestamp", json: EventEncoder.timestamp(time, now))
    for (key, value) in record.members
    where !EventEncoder.ownPriceNames.contains(key) || EventEncoder.reserved.contains(key) {
      text.add(EventEncoder.nameInMessage(of: key), json: record.bytes[value])
    }
    return text.bytes
  }

  /// A message about anything else.
  func other(_ record: JSONMembers, _ stream: EventStream, now: Double) -> [UInt8] {
    let type =
      stream.kind == .others ? record.text("type") ?? "event" : stream.kind == .alerts ? "alert" : "technical_analysis"
    var text = EventEncoder.begin(type, stream)
    if record["timestamp"] == nil {
      text.add("timestamp", json: EventEncoder.timestamp(record["ts"], now))
    }
    if stream.kind == .alerts {
      for (name, key) in [("alert_type", "rule"), ("current_price", "value"), ("threshold_value", "threshold")] {
        if record[name] == nil, let value = record[key] { text.add(name, json: value) }
      }
    }
    for (key, value) in record.members where !["type", "symbol"].contains(key) {
      text.add(EventEncoder.nameInMessage(of: key), json: record.bytes[value])
    }
    return text.bytes
  }

  private static func begin(_ type: String, _ stream: EventStream) -> JSONObjectWriter {
    var text = JSONObjectWriter()
    text.add("type", .string(type))
    text.add("symbol", .string(stream.symbol))
    text.add("seq", .integer(stream.sequence))
    return text
  }

  /// A record's own time, or that of now.
  private static func timestamp(_ value: ArraySlice<UInt8>?, _ now: Double) -> ArraySlice<UInt8> {
    value.map(instant) ?? JSONText.quoted(Timestamp.string(Int64(now * 1e9)))[...]
  }

  /// The digits behind the point.
  private static func places(_ number: ArraySlice<UInt8>) -> Int {
    guard let point = number.firstIndex(of: UInt8(ascii: ".")) else { return 0 }
    return min(12, number[(point + 1)...].prefix { $0 &- 48 <= 9 }.count)
  }

  private static func rounded(_ value: Double, _ places: Int) -> ArraySlice<UInt8> {
    var bytes: [UInt8] = []
    JSONValue.rounded(value, places).write(into: &bytes)
    return bytes[...]
  }

  /// A time as ISO 8601, whatever it was; unchanged if it is none.
  private static func instant(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    if value.first == UInt8(ascii: "\"") { return value }
    return nanoseconds(value).map { JSONText.quoted(Timestamp.string($0))[...] } ?? value
  }

  private static func second(_ value: ArraySlice<UInt8>?) -> Int64? {
    value.flatMap(nanoseconds).map { $0 / 1_000_000_000 }
  }

  static func nanoseconds(_ value: ArraySlice<UInt8>) -> Int64? {
    if value.first == UInt8(ascii: "\"") {
      return Timestamp.parse(String(decoding: value.dropFirst().dropLast(), as: UTF8.self))
    }
    return Int64(String(decoding: value, as: UTF8.self)).flatMap { Timestamp.instant(ofInteger: $0) }
  }

  /// What the record says, or the hours of New York: 4:00 to 9:30, to 16:00 (13:00 on short days), to 20:00.
  private mutating func marketStatus(_ record: JSONMembers, _ second: Int64) -> String {
    switch record.text("market_status") ?? record.text("market_state") {
    case "open", "REGULAR", "regular": return "open"
    case "pre_market", "PRE", "PREPRE", "pre": return "pre_market"
    case "after_market", "POST", "POSTPOST", "post": return "after_market"
    case "closed", "CLOSED": return "closed"
    default: break
    }
    if statusMinute == second / 60 { return status }
    statusMinute = second / 60
    status = EventEncoder.status(at: second)
    return status
  }

  static func status(at second: Int64) -> String {
    guard let zone = TimeZone.named("America/New_York"),
      let session = TradingCalendar.nyse.session(zone.day(ofSecond: second))
    else { return "closed" }
    if second >= session.open, second < session.close { return "open" }
    if second < session.open { return second >= session.open - 19_800 ? "pre_market" : "closed" }
    return second < session.open + 37_800 ? "after_market" : "closed"
  }
}
