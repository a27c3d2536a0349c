import FinstageCore
import FinstageSystem

/// Conditions on the time of a record alone.
enum Times {
  /// Whether the clock of a zone shows a time from `from` on and before `to`, seconds after midnight; over midnight where `to` is the
  /// smaller one. Of an hour that comes twice, both count.
  static func between(_ from: Int64, _ to: Int64, _ zone: TimeZone, _ time: Register, _ step: StepMaker) -> Register {
    each(time, step) { second in
      let clock = second + zone.offset(at: second)
      let rest = clock % 86_400
      let now = rest < 0 ? rest + 86_400 : rest
      return from < to ? now >= from && now < to : now >= from || now < to
    }
  }

  static func inSession(_ time: Register, _ step: StepMaker) -> Register {
    // Records come in order: the session of the last one is most often that of the next.
    var known: (from: Int64, to: Int64, isOpen: Bool)?
    return each(time, step) { second in
      if let known, second >= known.from, second < known.to { return known.isOpen }
      let isOpen = TradingCalendar.nyse.isOpen(at: second)
      // The exchange opens and closes on whole minutes.
      let minute = second - (second % 60 + 60) % 60
      known = (minute, minute + 60, isOpen)
      return isOpen
    }
  }

  /// Whether the exchange was open at some time after a first and closed at some time before a second instant, in nanoseconds: a session
  /// ended in between.
  static func endsSession(_ first: Int64, _ second: Int64) -> Bool {
    let step: Int64 = 1800
    var at = Timestamp.floorDivide(first, Timestamp.nanosecondsPerSecond)
    let end = Timestamp.floorDivide(second, Timestamp.nanosecondsPerSecond)
    // No two sessions are four days apart.
    if end - at > 4 * 86_400 { return true }
    var wasOpen = TradingCalendar.nyse.isOpen(at: at)
    while at < end {
      at = min(at + step, end)
      let isOpen = TradingCalendar.nyse.isOpen(at: at)
      if wasOpen && !isOpen { return true }
      wasOpen = isOpen
    }
    return false
  }

  private static func each(_ time: Register, _ step: StepMaker, _ body: @escaping (Int64) -> Bool) -> Register {
    step(.bool, false) { out in
      { rows in
        let (times, out) = (time.integers, out.integers)
        for i in 0..<rows {
          if times[i] == Register.missing {
            out[i] = Register.missing
            continue
          }
          let second = Timestamp.floor(times[i], Timestamp.nanosecondsPerSecond) / Timestamp.nanosecondsPerSecond
          out[i] = body(second) ? 1 : 0
        }
      }
    }
  }
}
