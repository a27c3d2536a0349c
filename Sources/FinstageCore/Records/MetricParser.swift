import FinstageSystem

/// What a metric is of: its name, its unit and its labels.
package struct MetricSeries: Sendable, Hashable {
  package var name: String
  /// As in UCUM: `s`, `By`, `1`.
  package var unit: String
  /// In the order of their names.
  package var labels: [String: String]

  package init(name: String, unit: String = "1", labels: [String: String] = [:]) {
    self.name = name
    self.unit = unit
    self.labels = labels
  }

  /// The labels as a JSON object, always in the same order.
  package var labelsJSON: JSONValue {
    .object(labels.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
  }

  package var labelsText: String { labelsJSON.text }

  /// The labels for people: `name=value`, in the order of their names.
  package func labelWords(separator: String = " ") -> String {
    labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: separator)
  }
}

/// Reads metric records (design: `{"type":"metric","name","ts","value","unit","labels"}`) of few series, one a line. Each series is looked at
/// closely once.
package struct MetricParser {
  /// The series so far.
  package private(set) var series: [MetricSeries] = []
  private var places: [UInt64: [(key: [UInt8], place: Int)]] = [:]

  package static let mostSeries = 100_000
  private static let longestName = 256

  package init() {}

  package struct Point: Sendable {
    /// Which series it is of.
    package let series: Int
    /// Nanoseconds since 1970.
    package let time: Int64
    /// NaN where there was nothing to be measured.
    package let value: Double
  }

  /// Reads the line between two places; the byte at `end` must be readable.
  /// - Returns: nil for records of other types, and for empty lines.
  package mutating func point(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) throws(JSONValue.Failure) -> Point? {
    do throws(JSONScanner.Failure) {
      return try scan(start, end)
    } catch {
      throw JSONValue.Failure(byte: error.offset + 1, message: error.message)
    }
  }

  private mutating func scan(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) throws(JSONScanner.Failure) -> Point? {
    var scanner = JSONScanner(start, end: end)
    scanner.skipWhitespace()
    if scanner.p == end { return nil }
    guard scanner.take("{") else { throw scanner.failure("an object is expected") }
    var (name, unit, labels): (Range<Int>?, Range<Int>?, Range<Int>?)
    var isMetric = false
    var time: Int64?
    var value: Double?
    scanner.skipWhitespace()
    if !scanner.take("}") {
      repeat {
        scanner.skipWhitespace()
        let key = try scanner.string()
        try scanner.colon()
        scanner.skipWhitespace()
        let place = scanner.p
        func isKey(_ word: StaticString) -> Bool {
          key.length == word.utf8CodeUnitCount && memcmp(key.start, word.utf8Start, key.length) == 0
        }
        if isKey("value") {
          if place < end, place[0] == UInt8(ascii: "n") {
            try scanner.skipValue(depth: 1)
            value = .nan
          } else {
            let (token, text) = try scanner.number()
            value = token.double(text: text, end: scanner.p)
          }
        } else if isKey("ts") {
          if place < end, place[0] == UInt8(ascii: "\"") {
            let text = try scanner.string()
            time = Timestamp.parse(text.start, text.length)
          } else {
            let before = scanner.p
            try scanner.skipValue(depth: 1)
            let text = String(decoding: UnsafeBufferPointer(start: before, count: scanner.p - before), as: UTF8.self)
            time = Int64(text).flatMap { Timestamp.instant(ofInteger: $0) }
          }
          if time == nil { throw scanner.failure("\"ts\" is not a time", at: place) }
        } else {
          let isType = isKey("type")
          try scanner.skipValue(depth: 1)
          let range = place - start..<scanner.p - start
          if isType {
            isMetric = range.count == 8 && memcmp(place, "\"metric\"", 8) == 0
          } else if isKey("name") {
            name = range
          } else if isKey("unit") {
            unit = range
          } else if isKey("labels") {
            labels = range
          }
        }
        scanner.skipWhitespace()
      } while scanner.take(",")
      guard scanner.take("}") else { throw scanner.failure("\",\" or \"}\" is expected") }
    }
    scanner.skipWhitespace()
    guard scanner.p >= end else { throw scanner.failure("nothing may follow the value") }
    guard isMetric else { return nil }
    guard let name else { throw scanner.failure("\"name\" is missing", at: start) }
    guard let value else { throw scanner.failure("\"value\" is missing", at: start) }
    guard let time else { throw scanner.failure("\"ts\" is missing", at: start) }
    guard !value.isInfinite else { throw scanner.failure("\"value\" is too large", at: start) }
    let place = try place(start, [name, unit, labels], scanner)
    return Point(series: place, time: time, value: value)
  }

  /// The place of the series with these texts.
  private mutating func place(
    _ start: UnsafePointer<UInt8>, _ ranges: [Range<Int>?], _ scanner: JSONScanner
  ) throws(JSONScanner.Failure) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var length = 0
    for range in ranges {
      hash = (hash ^ 0xFF) &* 0x100_0000_01B3
      guard let range else { continue }
      for i in range { hash = (hash ^ UInt64(start[i])) &* 0x100_0000_01B3 }
      length += range.count
    }
    nextKey: for known in places[hash] ?? [] where known.key.count == length {
      var at = 0
      for case let range? in ranges {
        let isSame = known.key.withUnsafeBufferPointer {
          memcmp($0.baseAddress! + at, start + range.lowerBound, range.count) == 0
        }
        if !isSame { continue nextKey }
        at += range.count
      }
      return known.place
    }
    func text(_ range: Range<Int>) -> [UInt8] {
      Array(UnsafeBufferPointer(start: start + range.lowerBound, count: range.count))
    }
    guard let nameText = (try? JSONValue.parse(text(ranges[0]!)))?.string, !nameText.isEmpty,
      nameText.utf8.count <= MetricParser.longestName
    else { throw scanner.failure("\"name\" must be a text of 1 to 256 bytes", at: start + ranges[0]!.lowerBound) }
    var found = MetricSeries(name: nameText)
    if let range = ranges[1], let unit = (try? JSONValue.parse(text(range)))?.string { found.unit = unit }
    if let range = ranges[2] {
      guard let labels = try? JSONValue.parse(text(range)), labels.members != nil || labels.isNull else {
        throw scanner.failure("\"labels\" must be an object", at: start + range.lowerBound)
      }
      for (key, value) in labels.members ?? [] { found.labels[key] = value.plainText }
    }
    guard series.count < MetricParser.mostSeries else {
      throw scanner.failure(
        "more than \(MetricParser.mostSeries) series (are symbols or paths among the labels?)", at: start)
    }
    let place = series.firstIndex(of: found) ?? series.count
    if place == series.count { series.append(found) }
    places[hash, default: []].append((ranges.compactMap { $0 }.flatMap(text), place))
    return place
  }
}
