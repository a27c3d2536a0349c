/// How texts write a date, and perhaps a time, in the terms of strftime: `%d.%m.%Y`, `%m/%d/%y %I:%M %p`, `%Y%m%d`.
package struct DatePattern: Sendable, Equatable {
  private enum Part: Sendable, Equatable {
    case literal(UInt8)
    case year, shortYear, month, monthName, day, hour, halfDayHour, half, minute, second, fraction
  }

  private let parts: [Part]
  /// Whether it has a time of day.
  package let hasTime: Bool

  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

  /// Nil if a code is unknown, or year, month or day is missing.
  package init?(_ text: String) {
    var parts: [Part] = []
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        parts.append(.literal(byte))
        continue
      }
      switch bytes.popFirst() {
      case UInt8(ascii: "Y"): parts.append(.year)
      case UInt8(ascii: "y"): parts.append(.shortYear)
      case UInt8(ascii: "m"): parts.append(.month)
      case UInt8(ascii: "b"): parts.append(.monthName)
      case UInt8(ascii: "d"), UInt8(ascii: "e"): parts.append(.day)
      case UInt8(ascii: "H"): parts.append(.hour)
      case UInt8(ascii: "I"): parts.append(.halfDayHour)
      case UInt8(ascii: "p"): parts.append(.half)
      case UInt8(ascii: "M"): parts.append(.minute)
      case UInt8(ascii: "S"): parts.append(.second)
      case UInt8(ascii: "f"): parts.append(.fraction)
      case UInt8(ascii: "%"): parts.append(.literal(UInt8(ascii: "%")))
      default: return nil
      }
    }
    func has(_ wanted: Part...) -> Bool { wanted.contains { parts.contains($0) } }
    guard has(.year, .shortYear), has(.month, .monthName), has(.day) else { return nil }
    hasTime = has(.hour, .halfDayHour)
    self.parts = parts
  }

  /// Nanoseconds since 1970, on the clock of the text; nil if it is not of this form. Numbers may lack leading zeros, except before
  /// another number.
  package func parse(_ text: UnsafePointer<UInt8>, _ length: Int) -> Int64? {
    var at = 0
    var (year, month, day): (Int64, Int64, Int64) = (1970, 1, 1)
    var (hour, minute, second, fraction): (Int64, Int64, Int64, Int64) = (0, 0, 0, 0)
    var isAfternoon: Bool?
    func number(_ most: Int) -> Int64? {
      var value: Int64 = 0
      let start = at
      while at < length, at - start < most, text[at] &- UInt8(ascii: "0") <= 9 {
        value = value * 10 + Int64(text[at] - UInt8(ascii: "0"))
        at += 1
      }
      return at > start ? value : nil
    }
    func word(_ count: Int) -> String? {
      guard at + count <= length else { return nil }
      defer { at += count }
      return String(decoding: UnsafeBufferPointer(start: text + at, count: count), as: UTF8.self).lowercased()
    }
    for part in parts {
      switch part {
      case .literal(let byte):
        guard at < length, text[at] == byte else { return nil }
        at += 1
      case .year:
        let start = at
        guard let value = number(4), at - start == 4 else { return nil }
        year = value
      case .shortYear:
        let start = at
        // As POSIX: 69 to 99 are in the twentieth century.
        guard let value = number(2), at - start == 2 else { return nil }
        year = value < 69 ? 2000 + value : 1900 + value
      case .month:
        guard let value = number(2) else { return nil }
        month = value
      case .monthName:
        guard let name = word(3), let place = DatePattern.months.firstIndex(of: name) else { return nil }
        month = Int64(place) + 1
      case .day:
        guard let value = number(2) else { return nil }
        day = value
      case .hour:
        guard let value = number(2), value < 24 else { return nil }
        hour = value
      case .halfDayHour:
        guard let value = number(2), (1...12).contains(value) else { return nil }
        hour = value % 12
      case .half:
        guard let half = word(2), half == "am" || half == "pm" else { return nil }
        isAfternoon = half == "pm"
      case .minute:
        guard let value = number(2), value < 60 else { return nil }
        minute = value
      case .second:
        guard let value = number(2), value <= 60 else { return nil }
        second = value
      case .fraction:
        let start = at
        guard var value = number(9) else { return nil }
        for _ in (at - start)..<9 { value *= 10 }
        fraction = value
      }
    }
    guard at == length, (1...12).contains(month), day >= 1, day <= Timestamp.daysInMonth(year, month) else {
      return nil
    }
    if isAfternoon == true { hour += 12 }
    let seconds = Timestamp.days(year: year, month: month, day: day) * 86_400 + hour * 3600 + minute * 60 + second
    let (nanoseconds, overflow) = seconds.multipliedReportingOverflow(by: Timestamp.nanosecondsPerSecond)
    return overflow ? nil : nanoseconds + fraction
  }
}
