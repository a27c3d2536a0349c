/// What the text of a cell of CSV may be.
struct CSVValue {
  /// The types of columns.
  enum Kind: Equatable { case integer, decimal, date, instant, bool, text, none }

  /// Numbers have a comma instead of a point, and maybe points between thousands.
  let hasDecimalComma: Bool

  /// Words that stand for no value. Text columns take none of them but the empty cell.
  static func isNull(_ p: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    if count == 0 { return true }
    if count > 4 { return false }
    switch String(decoding: UnsafeBufferPointer(start: p, count: count), as: UTF8.self) {
    case "null", "NULL", "nan", "NaN", "NA", "N/A", "n/a", "-": return true
    default: return false
    }
  }

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

  @inline(__always)
  static func instant(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    count < 10 || count > 40 ? nil : Timestamp.parse(p, count)
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
    if let number = number(p, count) { return number.integer != nil ? .integer : .decimal }
    if count == 10 ? Timestamp.day(p) != nil : CSVValue.instant(p, count) != nil {
      return count == 10 ? .date : .instant
    }
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
