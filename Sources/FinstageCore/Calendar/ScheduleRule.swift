import FinstageSystem

/// When a schedule fires: by a crontab line, at an interval, or around the sessions of the exchange.
///
///     30 16 * * mon-fri
///     every 30m offset 7m jitter 1m
///     nyse close + 15m
package struct ScheduleRule: Sendable, Equatable {
  /// The condition that a firing must meet.
  package enum Condition: String, Sendable, CaseIterable {
    case always
    /// A day with a session, in New York.
    case nyse
    /// Within a session.
    case nyseOpen = "nyse-open"
    /// A day without a session.
    case notNyse = "not-nyse"
    case weekday
  }

  private enum Kind: Equatable {
    case cron(CronRule)
    /// Seconds.
    case every(Int64, offset: Int64)
    /// Seconds after the open or the close.
    case session(isClose: Bool, offset: Int64)
  }

  package struct Failure: ExitError, Equatable {
    package var exitStatus: ExitStatus { .usage }
    package let sentence: String
  }

  package let text: String
  private let kind: Kind
  /// The longest delay of a firing, in seconds. The delay of a given firing is always the same.
  package let jitter: Int64
  package var zone: TimeZone
  package var condition = Condition.always

  package static func == (a: ScheduleRule, b: ScheduleRule) -> Bool {
    a.text == b.text && a.kind == b.kind && a.jitter == b.jitter && a.condition == b.condition
  }

  /// Reads a rule that takes up all the words.
  package init(words: [String], zone: TimeZone) throws {
    let (rule, used) = try ScheduleRule.read(words, zone)
    guard used == words.count else { throw Failure(sentence: "unexpected \"\(words[used])\" after the rule") }
    self = rule
  }

  private init(text: String, kind: Kind, jitter: Int64, zone: TimeZone) {
    self.text = text
    self.kind = kind
    self.jitter = jitter
    self.zone = zone
  }

  /// The rule at the start of a line, and the number of its words.
  package static func read(_ words: [String], _ zone: TimeZone) throws -> (rule: ScheduleRule, used: Int) {
    guard let first = words.first else { throw Failure(sentence: "expected a rule") }
    var at = 1
    var kind: Kind
    switch first.lowercased() {
    case "every":
      guard words.count > 1, words[1].last?.isLetter == true, let period = seconds(words[1]),
        (1...366 * 86_400).contains(period)
      else {
        throw Failure(sentence: "\"every\" needs a span of 1s to 366d, such as 30m")
      }
      at = 2
      var offset: Int64 = 0
      if words.count > 2, words[2] == "offset" {
        guard words.count > 3, let span = seconds(words[3]), span < period else {
          throw Failure(sentence: "\"offset\" needs a span shorter than the interval")
        }
        offset = span
        at = 4
      }
      kind = .every(period, offset: offset)
    case "nyse" where words.count > 1 && (words[1] == "open" || words[1] == "close"):
      at = 2
      var offset: Int64 = 0
      if words.count > 2, ["+", "-"].contains(words[2]) {
        guard words.count > 3, let span = seconds(words[3]), span < 86_400 else {
          throw Failure(sentence: "expected a span of less than a day after \"\(words[2])\"")
        }
        offset = words[2] == "-" ? -span : span
        at = 4
      } else if words.count > 2, let sign = words[2].first, sign == "+" || sign == "-",
        let span = seconds(String(words[2].dropFirst())), span < 86_400
      {
        offset = sign == "-" ? -span : span
        at = 3
      }
      kind = .session(isClose: words[1] == "close", offset: offset)
    case "@reboot": throw Failure(sentence: "only cron itself supports @reboot (let cron add the task)")
    default:
      at = first.hasPrefix("@") ? 1 : 5
      guard words.count >= at else {
        throw Failure(
          sentence:
            "expected minute, hour, day, month and weekday, or \"every SPAN\", \"nyse open\" or \"nyse close\""
        )
      }
      do { kind = .cron(try CronRule(words[..<at].joined(separator: " "))) } catch {
        throw Failure(sentence: error.sentence)
      }
    }
    var jitter: Int64 = 0
    if words.count > at, words[at] == "jitter" {
      guard words.count > at + 1, let span = seconds(words[at + 1]), span <= 86_400 else {
        throw Failure(sentence: "\"jitter\" needs a span of at most a day")
      }
      jitter = span
      at += 2
      if case .every(let period, _) = kind, jitter >= period {
        throw Failure(sentence: "the jitter must be shorter than the interval")
      }
    }
    return (
      ScheduleRule(text: words[..<at].joined(separator: " "), kind: kind, jitter: jitter, zone: zone), at
    )
  }

  /// The seconds of a span; nil unless they are whole.
  private static func seconds(_ text: String) -> Int64? {
    guard let seconds = TimeSpan(text)?.seconds, seconds < 1e9, seconds == seconds.rounded() else { return nil }
    return Int64(seconds)
  }

  /// The first firing after an instant, in seconds since 1970; nil if there is none within years. The work of a firing
  /// starts `delay` seconds later.
  package func next(after second: Int64) -> Int64? {
    var at = second
    // Limit the search: the condition may hardly ever be true.
    let end = second.addingReportingOverflow(40 * 366 * 86_400).partialValue
    for _ in 0..<200_000 {
      guard let time = nextTime(after: at), time < end else { return nil }
      if holds(time) { return time }
      at = skip(time)
    }
    return nil
  }

  private func nextTime(after second: Int64) -> Int64? {
    switch kind {
    case .cron(let rule): return rule.next(after: second, in: zone)
    case .every(let period, let offset):
      // Intervals of whole days start at local midnight, whole weeks on Monday. All others count from 1970-01-01 UTC.
      if period % 86_400 == 0 {
        let origin: Int64 = period % 604_800 == 0 ? 4 * 86_400 : 0
        var local = Timestamp.floor(second + zone.offset(at: second) - offset - origin, period) + offset + origin
        for _ in 0..<4 {
          let instant = zone.firstInstant(ofLocal: local)
          if instant > second { return instant }
          local += period
        }
        return nil
      }
      return Timestamp.floor(second - offset, period) + offset + period
    case .session(let isClose, let offset):
      guard let newYork = TimeZone.named("America/New_York") else { return nil }
      let first = newYork.day(ofSecond: second - offset)
      for day in first...(first + 30) {
        guard let session = TradingCalendar.nyse.session(day) else { continue }
        let instant = (isClose ? session.close : session.open) + offset
        if instant > second { return instant }
      }
      return nil
    }
  }

  private func holds(_ second: Int64) -> Bool {
    switch condition {
    case .always: return true
    case .weekday: return (1...5).contains(TradingCalendar.weekday(zone.day(ofSecond: second)))
    case .nyseOpen: return TradingCalendar.nyse.isOpen(at: second)
    case .nyse, .notNyse:
      guard let newYork = TimeZone.named("America/New_York") else { return false }
      return TradingCalendar.nyse.isTradingDay(newYork.day(ofSecond: second)) == (condition == .nyse)
    }
  }

  /// Where to continue after a firing that fails the condition; skips the time in which the exchange is closed.
  private func skip(_ second: Int64) -> Int64 {
    guard condition == .nyseOpen, let newYork = TimeZone.named("America/New_York") else { return second }
    let day = newYork.day(ofSecond: second)
    if let session = TradingCalendar.nyse.session(day), second < session.open {
      return max(second, session.open - 1)
    }
    return max(second, newYork.firstInstant(ofLocal: (day + 1) * 86_400) - 1)
  }

  /// The delay of a firing, in seconds: spread evenly over the jitter, and always the same for a given firing and name.
  package func delay(_ time: Int64, name: String) -> Int64 {
    guard jitter > 0 else { return 0 }
    // Mixed once more: the delays of neighbouring firings must differ.
    var hash = StableHash(name).value
    hash ^= UInt64(bitPattern: time)
    hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return Int64((hash ^ hash >> 33) % UInt64(jitter + 1))
  }
}
