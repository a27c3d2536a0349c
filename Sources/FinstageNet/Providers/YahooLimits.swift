import FinstageCore

/// How far back the chart service has bars of an interval, and how many of them one request may ask for.
enum YahooLimits {
  private static let day: Int64 = 86_400

  /// Days that bars are kept, a day less than the service says; nil for ever.
  private static func keptDays(_ interval: ChartInterval) -> Int64? {
    switch interval {
    case .oneMinute: 29
    case .twoMinutes, .fiveMinutes, .quarterHour, .halfHour, .ninetyMinutes: 59
    case .sixtyMinutes, .oneHour: 729
    default: nil
    }
  }

  /// The beginning of the first day that bars are kept of.
  static func oldest(_ interval: ChartInterval, now: Int64) -> Int64? {
    keptDays(interval).map { kept in (now - kept * day) / day * day + day }
  }

  private static func daysInARequest(_ interval: ChartInterval) -> Int64? { interval == .oneMinute ? 7 : nil }

  /// The end of a request that has none: the same all day, so that the same request has the same address, and after whatever
  /// bar there may be.
  static func end(now: Int64) -> Int64 { (now / day + 2) * day }

  /// The first second that is asked for; nil for no bound.
  private static func start(of request: HistoryRequest, now: Int64) -> Int64? {
    switch request.span {
    case .range(let range): range.firstDay(endingOn: now / day).map { $0 * day }
    case .period(let from, _): from
    }
  }

  /// Says why the service would refuse.
  static func check(_ request: HistoryRequest, now: Int64) throws(FetchFailure) {
    guard let kept = keptDays(request.interval) else { return }
    let start = start(of: request, now: now)
    // Some days more, for ranges that count days in another way: a month can have 31.
    guard let start, start >= now - (kept + 4) * day else {
      throw FetchFailure(
        .symbol,
        "bars of \(request.interval.rawValue) are kept for \(kept + 1) days only (ask for a shorter range, or --interval 1d)"
      )
    }
  }

  /// The requests that a long one is split into.
  static func pieces(of request: HistoryRequest, now: Int64) -> [HistoryRequest] {
    guard let days = daysInARequest(request.interval), let first = start(of: request, now: now) else {
      return [request]
    }
    var end = YahooLimits.end(now: now)
    if case .period(_, let to?) = request.span { end = min(end, to) }
    var start = max(first, oldest(request.interval, now: now) ?? first)
    guard end - start > (days + 1) * day else { return [request] }
    var pieces: [HistoryRequest] = []
    while start < end {
      var piece = request
      let next = min(end, start + days * day)
      piece.span = .period(from: start, to: next)
      pieces.append(piece)
      start = next
    }
    return pieces
  }
}
