/// What the text of a cell of CSV may be.
struct CSVValue {
  /// The types of columns.
  enum Kind: Equatable { case integer, decimal, date, instant, bool, text, none }

  /// Numbers have a comma instead of a point, and maybe points between thousands.
  let hasDecimalComma: Bool
  /// Texts that stand for no value; nil for the usual ones.
  private let nulls: [[UInt8]]?
  private let pattern: DatePattern?
  private let zone: TimeZone?

  init(_ options: FormatOptions) {
    hasDecimalComma = options.usesDecimalComma
    nulls = options.nullWords.map { $0.map { Array($0.utf8) } }
    pattern = options.datePattern
    zone = options.zone
  }

  /// Words that stand for no value. Text columns take none of them but the empty cell.
  func isNull(_ p: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    if count == 0 { return true }
    if let nulls { return isNamedNull(p, count, nulls) }
    if count > 4 { return false }
    switch String(decoding: UnsafeBufferPointer(start: p, count: count), as: UTF8.self) {
    case "null", "NULL", "nan", "NaN", "NA", "N/A", "n/a", "-": return true
    default: return false
    }
  }

  private func isNamedNull(_ p: UnsafePointer<UInt8>, _ count: Int, _ nulls: [[UInt8]]) -> Bool {
    nulls.contains { UnsafeBufferPointer(start: p, count: count).elementsEqual($0) }
  }

  /// Whether a text column takes a text for no value: one that the user has named.
  func isNullText(_ p: UnsafePointer<UInt8>, _ count: Int) -> Bool { nulls.map { isNamedNull(p, count, $0) } ?? false }

  /// A number, and whether it is a whole one. Eight bytes beyond the text must be readable.
  @inline(__always)
  func number(_ p: UnsafePointer<UInt8>, _ count: Int) -> (double: Double, integer: Int64?)? {
    if !hasDecimalComma {
      var token = NumberToken()
      if let end = NumberToken.scan(p, into: &token), end == p + count {
        let value = token.double(text: p, end: end)
        return value.isFinite ? (value, token.int64) : nil
      }
    }
    return rareNumber(p, count)
  }

  /// `+5`, `.5`, `5.`, and numbers with a comma.
  private func rareNumber(_ p: UnsafePointer<UInt8>, _ count: Int) -> (double: Double, integer: Int64?)? {
    guard count > 0, count <= 64 else { return nil }
    if let infinity = CSVValue.infinity(p, count) { return (infinity, nil) }
    var text = Array(UnsafeBufferPointer(start: p, count: count))
    if hasDecimalComma {
      guard let plain = CSVValue.withPoint(text) else { return nil }
      text = plain
    }
    if text.first == UInt8(ascii: "+") { text.removeFirst() }
    let sign = text.first == UInt8(ascii: "-") ? 1 : 0
    if text.count > sign + 1, text[sign] == UInt8(ascii: ".") { text.insert(UInt8(ascii: "0"), at: sign) }
    var isWhole = true
    if text.count > sign + 1, text.last == UInt8(ascii: ".") {
      text.removeLast()
      isWhole = false
    }
    let length = text.count
    text += [UInt8](repeating: 0, count: 8)
    return text.withUnsafeBufferPointer { buffer in
      var token = NumberToken()
      guard let end = NumberToken.scan(buffer.baseAddress!, into: &token), end == buffer.baseAddress! + length else {
        return nil
      }
      let value = token.double(text: buffer.baseAddress!, end: end)
      return value.isFinite ? (value, isWhole ? token.int64 : nil) : nil
    }
  }

  /// 1.234,56 as 1234.56; nil if the points are not between thousands.
  private static func withPoint(_ text: [UInt8]) -> [UInt8]? {
    let parts = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard parts.count <= 2 else { return nil }
    let groups = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if groups.count > 1 {
      let first = groups[0].filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") }
      guard (1...3).contains(first.count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
    }
    guard parts.count == 1 || !parts[1].contains(UInt8(ascii: ".")) else { return nil }
    return Array(groups.joined()) + (parts.count == 2 ? [UInt8(ascii: ".")] + Array(parts[1]) : [])
  }

  private static func infinity(_ p: UnsafePointer<UInt8>, _ count: Int) -> Double? {
    let sign = p[0] == UInt8(ascii: "-") ? -1.0 : 1
    let start = p[0] == UInt8(ascii: "-") || p[0] == UInt8(ascii: "+") ? 1 : 0
    guard count - start == 3 || count - start == 8, p[start] | 0x20 == UInt8(ascii: "i") else { return nil }
    switch String(decoding: UnsafeBufferPointer(start: p + start, count: count - start), as: UTF8.self).lowercased() {
    case "inf", "infinity": return sign * .infinity
    default: return nil
    }
  }

  @inline(__always)
  func instant(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    if pattern != nil || zone != nil { return unusualInstant(p, count) }
    return count < 10 || count > 40 ? nil : Timestamp.parse(p, count)
  }

  /// An instant in the form that the user has named, or on the clock of the zone that the user has named.
  private func unusualInstant(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    guard count <= 64 else { return nil }
    let parsed = pattern?.parse(p, count)
    guard let instant = parsed ?? (count < 10 || count > 40 ? nil : Timestamp.parse(p, count)) else { return nil }
    guard let zone else { return instant }
    if parsed != nil ? pattern?.hasTime == false : count == 10 { return instant }
    if parsed == nil {
      // A text that names its zone means it.
      let rest = UnsafeBufferPointer(start: p + 11, count: count - 11)
      if rest.contains(where: { $0 | 0x20 == UInt8(ascii: "z") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") })
      {
        return instant
      }
    }
    let second = Timestamp.floor(instant, Timestamp.nanosecondsPerSecond) / Timestamp.nanosecondsPerSecond
    let fraction = instant - second * Timestamp.nanosecondsPerSecond
    return zone.firstInstant(ofLocal: second) * Timestamp.nanosecondsPerSecond + fraction
  }

  /// A date without a time of day, in days since 1970.
  func day(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    if let pattern, !pattern.hasTime, count <= 64, let instant = pattern.parse(p, count) {
      return Timestamp.day(
        ofSecond: Timestamp.floor(instant, Timestamp.nanosecondsPerSecond) / Timestamp.nanosecondsPerSecond)
    }
    return count == 10 ? Timestamp.day(p) : nil
  }

  static func bool(_ p: UnsafePointer<UInt8>, _ count: Int) -> Bool? {
    guard count == 4 || count == 5 else { return nil }
    switch String(decoding: UnsafeBufferPointer(start: p, count: count), as: UTF8.self).lowercased() {
    case "true": return true
    case "false": return false
    default: return nil
    }
  }

  /// The narrowest kind that a text fits.
  func kind(_ p: UnsafePointer<UInt8>, _ count: Int) -> Kind {
    // A code with a zero before it (007) is a text: the scanner stops after the zero.
    if pattern != nil {
      // 20240102 is a date if the user says so.
      if day(p, count) != nil { return .date }
      if instant(p, count) != nil { return .instant }
    }
    if let number = number(p, count) { return number.integer != nil ? .integer : .decimal }
    if day(p, count) != nil { return .date }
    if count != 10, instant(p, count) != nil { return .instant }
    return CSVValue.bool(p, count) != nil ? .bool : .text
  }

  static func join(_ a: Kind, _ b: Kind) -> Kind {
    if a == b || b == .none { return a }
    if a == .none { return b }
    switch (a, b) {
    case (.integer, .decimal), (.decimal, .integer): return .decimal
    case (.date, .instant), (.instant, .date): return .instant
    default: return .text
    }
  }
}
