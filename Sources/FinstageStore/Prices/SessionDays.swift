import FinstageCore

/// The days on which a series has bars, and the days on which it should have bars.
///
/// Days are counted from 1970-01-01. The bars show which weekdays have sessions: crypto trades on Sundays, but the
/// Riyadh exchange does not trade on Fridays.
struct SessionDays {
  /// In order, without duplicates.
  let days: [Int64]

  /// A series of fewer days says too little about weekdays: Monday to Friday then always count.
  private static let enough = 20

  /// 0 for Sunday; 1970-01-01 was a Thursday.
  private static func weekday(_ day: Int64) -> Int {
    let rest = Int((day + 4) % 7)
    return rest < 0 ? rest + 7 : rest
  }

  /// The days between the first and the last that have no bar although their weekday has sessions: holidays and gaps.
  func missing() -> [Int64] {
    guard let first = days.first, let last = days.last, last - first < 200_000 else { return [] }
    var counts = [Int](repeating: 0, count: 7)
    for day in days { counts[SessionDays.weekday(day)] += 1 }
    let most = counts.max() ?? 0
    let isUsual = counts.enumerated().map { weekday, count in
      let isSeen = count * 4 >= most
      return days.count < SessionDays.enough ? isSeen || (1...5).contains(weekday) : isSeen
    }
    var missing: [Int64] = []
    var next = first
    for day in days {
      while next < day {
        if isUsual[SessionDays.weekday(next)] { missing.append(next) }
        next += 1
      }
      next = day + 1
    }
    return missing
  }

  /// The missing days in holes that are longer than any holidays: more than ten in a row.
  static func unlikely(_ missing: [Int64]) -> Set<Int64> {
    var result: Set<Int64> = []
    var run: [Int64] = []
    for day in missing {
      // A weekend lies between two days of a run.
      if let last = run.last, day - last > 3 { run = [] }
      run.append(day)
      if run.count == 11 { result.formUnion(run) } else if run.count > 11 { result.insert(day) }
    }
    return result
  }
}
