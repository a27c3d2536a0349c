/// Instants as nanoseconds since 1970-01-01T00:00:00Z in 64 bits: 1677-09-21 to 2262-04-11.
package enum Timestamp {
  package static let nanosecondsPerSecond: Int64 = 1_000_000_000
  package static let secondsPerDay: Int64 = 86_400

  /// Reads ISO 8601: a date, or a date and a time with `T`, `t` or a space between. Seconds and fraction are optional,
  /// as is `Z` or an offset (+05:30, +0530, +05); the default is UTC. Nil if the text is something else or out of
  /// range.
  package static func parse(_ text: UnsafePointer<UInt8>, _ length: Int) -> Int64? {
    parts(text, length).flatMap { nanoseconds($0.second, $0.fraction) }
  }

  /// Parses a time as `parse` does, but replaces an instant outside the range of 64-bit nanoseconds by the first or the last one in it.
  /// Returns nil if the text is not a time.
  package static func parseClamped(_ text: String) -> Int64? {
    var copy = text
    return copy.withUTF8 { buffer in
      guard let base = buffer.baseAddress, let (second, fraction) = parts(base, buffer.count) else { return nil }
      return nanoseconds(second, fraction) ?? (second < 0 ? .min + 1 : .max)
    }
  }

  /// Microseconds since 1970, for years that nanoseconds do not reach; nil if the text is not a time, or tells nanoseconds.
  package static func parseMicroseconds(_ text: String) -> Int64? {
    var copy = text
    return copy.withUTF8 { buffer in
      guard let base = buffer.baseAddress, let (second, fraction) = parts(base, buffer.count), fraction % 1000 == 0
      else { return nil }
      return second * 1_000_000 + fraction / 1000
    }
  }

  /// Seconds since 1970, and the nanoseconds after that second.
  @inline(__always)
  private static func parts(_ text: UnsafePointer<UInt8>, _ length: Int) -> (second: Int64, fraction: Int64)? {
    if length == 10 { return day(text).map { ($0 * secondsPerDay, 0) } }
    guard length > 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else { return nil }
    guard let century = two(text), let years = two(text + 2), let month = two(text + 5), let day = two(text + 8) else {
      return nil
    }
    let year = century * 100 + years
    guard month >= 1, month <= 12, day >= 1, day <= daysInMonth(year, month) else { return nil }
    let date = days(year: year, month: month, day: day) * secondsPerDay
    guard length >= 16, text[10] | 0x20 == UInt8(ascii: "t") || text[10] == UInt8(ascii: " "),
      text[13] == UInt8(ascii: ":"), let hour = two(text + 11), let minute = two(text + 14), hour < 24, minute < 60
    else { return nil }
    var second: Int64 = 0
    var fraction: Int64 = 0
    var at = 16
    if at < length, text[at] == UInt8(ascii: ":") {
      guard length >= 19, let value = two(text + 17), value <= 60 else { return nil }
      second = value  // 60 is a leap second: it becomes the next second
      at = 19
      if at < length, text[at] == UInt8(ascii: ".") || text[at] == UInt8(ascii: ",") {
        at += 1
        var unit: Int64 = 100_000_000
        let first = at
        while at < length, text[at] &- UInt8(ascii: "0") <= 9 {
          fraction += Int64(text[at] - UInt8(ascii: "0")) * unit
          unit /= 10
          at += 1
        }
        if at == first { return nil }
      }
    }
    var offset: Int64 = 0
    if at < length {
      switch text[at] {
      case UInt8(ascii: "Z"), UInt8(ascii: "z"):
        at += 1
      case UInt8(ascii: "+"), UInt8(ascii: "-"):
        let sign: Int64 = text[at] == UInt8(ascii: "-") ? -1 : 1
        guard length - at >= 3, let hours = two(text + at + 1), hours < 24 else { return nil }
        var minutes: Int64 = 0
        at += 3
        if at < length {
          if text[at] == UInt8(ascii: ":") { at += 1 }
          guard length - at == 2, let value = two(text + at), value < 60 else { return nil }
          minutes = value
          at += 2
        }
        offset = sign * (hours * 3600 + minutes * 60)
      default:
        return nil
      }
    }
    guard at == length else { return nil }
    return (date + hour * 3600 + minute * 60 + second - offset, fraction)
  }

  /// The day of the ten characters `YYYY-MM-DD`, counted from 1970-01-01; nil if they are not a date.
  package static func day(_ text: UnsafePointer<UInt8>) -> Int64? {
    guard text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"), let century = two(text),
      let years = two(text + 2),
      let month = two(text + 5), let day = two(text + 8)
    else { return nil }
    let year = century * 100 + years
    guard month >= 1, month <= 12, day >= 1, day <= daysInMonth(year, month) else { return nil }
    return days(year: year, month: month, day: day)
  }

  package static func parse(_ text: String) -> Int64? {
    var copy = text
    return copy.withUTF8 { buffer in
      guard let base = buffer.baseAddress else { return nil }
      return parse(base, buffer.count)
    }
  }

  /// The instant of an integer of s, ms, us or ns since 1970; nil if it is out of range.
  package static func instant(ofInteger value: Int64) -> Int64? { fromInteger(value) }

  /// The instant of an integer whose size tells its unit: seconds up to the year 5138, then ms, us and ns.
  static func fromInteger(_ value: Int64) -> Int64? {
    switch value.magnitude {
    case ..<100_000_000_000: nanoseconds(value, 0)
    case ..<100_000_000_000_000: scaled(value, by: 1_000_000)
    case ..<100_000_000_000_000_000: scaled(value, by: 1000)
    default: value
    }
  }

  /// Nil beyond the range of 64-bit nanoseconds.
  private static func scaled(_ value: Int64, by factor: Int64) -> Int64? {
    let (product, overflow) = value.multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
  }

  /// `YYYY-MM-DDTHH:MM:SSZ`, with a fraction of three, six or nine digits if needed.
  package static func string(_ nanoseconds: Int64) -> String { string(nanoseconds, unit: 1) }

  /// The text of an instant that is counted in units of so many nanoseconds (1, 1,000, 1,000,000 or 1,000,000,000).
  package static func string(_ value: Int64, unit: Int64) -> String {
    let perSecond = nanosecondsPerSecond / unit
    let seconds = floorDivide(value, perSecond)
    let fraction = (value &- seconds &* perSecond) &* unit
    let day = floorDivide(seconds, secondsPerDay)
    // Of any 64-bit number: what a file says is a time may be none.
    let second = seconds &- day &* secondsPerDay
    var text =
      dateString(day: day) + "T" + padded(second / 3600, 2) + ":" + padded(second / 60 % 60, 2) + ":"
      + padded(second % 60, 2)
    if fraction % 1_000_000 == 0 {
      if fraction != 0 { text += "." + padded(fraction / 1_000_000, 3) }
    } else if fraction % 1000 == 0 {
      text += "." + padded(fraction / 1000, 6)
    } else {
      text += "." + padded(fraction, 9)
    }
    return text + "Z"
  }

  /// `YYYY-MM-DD` of a day counted from 1970-01-01.
  package static func dateString(day: Int64) -> String {
    let (year, month, dayOfMonth) = civil(day: day)
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(dayOfMonth, 2)
  }

  /// The day of an instant, counted from 1970-01-01, on a clock `offset` seconds ahead of UTC.
  package static func day(ofSecond second: Int64, offset: Int64 = 0) -> Int64 {
    floorDivide(second + offset, secondsPerDay)
  }

  /// Days from 1970-01-01 to a Gregorian date (H. Hinnant, "chrono-compatible low-level date algorithms").
  package static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let era = floorDivide(y, 400)
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The date of a day counted from 1970-01-01; the inverse of `days`.
  package static func civil(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let z = day &+ 719_468
    let era = floorDivide(z, 146_097)
    let dayOfEra = z &- era &* 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  package static func daysInMonth(_ year: Int64, _ month: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func two(_ p: UnsafePointer<UInt8>) -> Int64? {
    let tens = p[0] &- UInt8(ascii: "0")
    let ones = p[1] &- UInt8(ascii: "0")
    return tens <= 9 && ones <= 9 ? Int64(tens) * 10 + Int64(ones) : nil
  }

  private static func nanoseconds(_ seconds: Int64, _ fraction: Int64) -> Int64? {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: nanosecondsPerSecond)
    let (sum, overflow2) = product.addingReportingOverflow(fraction)
    return overflow || overflow2 ? nil : sum
  }

  /// The greatest multiple that is at most the value.
  package static func floor(_ value: Int64, _ multiple: Int64) -> Int64 { floorDivide(value, multiple) * multiple }

  /// The quotient, rounded down.
  package static func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
    let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
    return remainder < 0 ? quotient - 1 : quotient
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }
}
