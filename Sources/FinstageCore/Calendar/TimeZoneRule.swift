/// When the clock of a place changes each year: the `TZ` string of POSIX ("EST5EDT,M3.2.0,M11.1.0"), including the
/// hours beyond a day that RFC 8536 allows.
struct TimeZoneRule: Sendable, Equatable {
  /// A day of the year, and a time on that day in seconds.
  struct Change: Sendable, Equatable {
    enum Day: Sendable, Equatable {
      /// The n-th occurrence of a weekday (0 is Sunday) in a month; the fifth means the last.
      case weekday(month: Int64, week: Int64, day: Int64)
      /// 1 to 365; February 29 is never counted.
      case julian(Int64)
      /// 0 to 365, February 29 counted.
      case ordinal(Int64)
    }
    package let day: Day
    package let time: Int64

    /// The local time of the change in a year, in seconds since 1970 as if the clock showed UTC.
    package func local(_ year: Int64) -> Int64 {
      let first = Timestamp.days(year: year, month: 1, day: 1)
      let isLeap = Timestamp.daysInMonth(year, 2) == 29
      let date: Int64
      switch day {
      case .ordinal(let n): date = first + n
      case .julian(let n): date = first + n - (isLeap && n >= 60 ? 0 : 1)
      case .weekday(let month, let week, let day):
        let start = Timestamp.days(year: year, month: month, day: 1)
        // 1970-01-01 was a Thursday.
        var offset = (day - (start + 4) % 7 + 14) % 7 + (week - 1) * 7
        if offset >= Timestamp.daysInMonth(year, month) { offset -= 7 }
        date = start + offset
      }
      return date * 86_400 + time
    }
  }

  package let standard: Int64
  let summer: (offset: Int64, start: Change, end: Change)?

  static func == (a: TimeZoneRule, b: TimeZoneRule) -> Bool {
    a.standard == b.standard && a.summer?.offset == b.summer?.offset && a.summer?.start == b.summer?.start
      && a.summer?.end == b.summer?.end
  }

  package init?(_ text: String) {
    var scanner = Scanner(text)
    guard scanner.name(), let west = scanner.time() else { return nil }
    standard = -west
    if scanner.isAtEnd {
      summer = nil
      return
    }
    guard scanner.name() else { return nil }
    var offset = standard + 3600
    if !scanner.isAt(",") {
      guard let west = scanner.time() else { return nil }
      offset = -west
    }
    guard scanner.skip(","), let start = scanner.change(), scanner.skip(","), let end = scanner.change(),
      scanner.isAtEnd
    else { return nil }
    summer = (offset, start, end)
  }

  /// Seconds east of UTC at an instant.
  package func offset(at second: Int64) -> Int64 {
    guard let summer else { return standard }
    let year = Timestamp.civil(day: Timestamp.day(ofSecond: second, offset: standard)).year
    let start = summer.start.local(year) - standard
    let end = summer.end.local(year) - summer.offset
    let isSummer = start < end ? second >= start && second < end : second >= start || second < end
    return isSummer ? summer.offset : standard
  }

  private struct Scanner {
    private let bytes: [UInt8]
    private var at = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { at == bytes.count }

    func isAt(_ character: Unicode.Scalar) -> Bool { at < bytes.count && bytes[at] == UInt8(ascii: character) }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard isAt(character) else { return false }
      at += 1
      return true
    }

    /// Letters, or anything between < and >.
    mutating func name() -> Bool {
      let start = at
      if skip("<") {
        while at < bytes.count, !isAt(">") { at += 1 }
        return skip(">")
      }
      while at < bytes.count, (bytes[at] | 0x20) >= UInt8(ascii: "a"), (bytes[at] | 0x20) <= UInt8(ascii: "z") {
        at += 1
      }
      return at - start >= 3
    }

    mutating func number(_ range: ClosedRange<Int64>) -> Int64? {
      let start = at
      var value: Int64 = 0
      while at < bytes.count, bytes[at] &- UInt8(ascii: "0") <= 9, at - start < 4 {
        value = value * 10 + Int64(bytes[at] - UInt8(ascii: "0"))
        at += 1
      }
      return at > start && range.contains(value) ? value : nil
    }

    /// [+-]hh[:mm[:ss]], in seconds.
    mutating func time() -> Int64? {
      let isNegative = isAt("-")
      if isNegative || isAt("+") { at += 1 }
      guard var seconds = number(0...167).map({ $0 * 3600 }) else { return nil }
      var unit: Int64 = 60
      while unit > 0, skip(":") {
        guard let part = number(0...59) else { return nil }
        seconds += part * unit
        unit /= 60
      }
      return isNegative ? -seconds : seconds
    }

    mutating func change() -> Change? {
      let day: Change.Day
      if skip("M") {
        guard let month = number(1...12), skip("."), let week = number(1...5), skip("."), let weekday = number(0...6)
        else { return nil }
        day = .weekday(month: month, week: week, day: weekday)
      } else if skip("J") {
        guard let n = number(1...365) else { return nil }
        day = .julian(n)
      } else {
        guard let n = number(0...365) else { return nil }
        day = .ordinal(n)
      }
      guard skip("/") else { return Change(day: day, time: 7200) }
      return time().map { Change(day: day, time: $0) }
    }
  }
}
