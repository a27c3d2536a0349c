import FinstageCore

/// How far back the chart service has bars of an interval, and how many of them one request may ask for.
enum YahooLimits {
  private static let day: Int64 = 86_400

  /// Days for which bars are kept, one day less than the service says; nil for no limit.
  private static func keptDays(_ interval: ChartInterval) -> Int64? {
    switch interval {
    case .oneMinute: 29
    case .twoMinutes, .fiveMinutes, .quarterHour, .halfHour, .ninetyMinutes: 59
    case .sixtyMinutes, .oneHour: 729
    default: nil
    }
  }

  /// The beginning of the first day for which bars are kept.
  static func oldest(_ interval: ChartInterval, now: Int64) -> Int64? {
    keptDays(interval).map { kept in (now - kept * day) / day * day + day }
  }

  private static func daysInARequest(_ interval: ChartInterval) -> Int64? { interval == .oneMinute ? 7 : nil }

  /// The end of a request that names none. It is the same all day, so that the same request has the same address, and
  /// later than any bar.
  static func end(now: Int64) -> Int64 { (now / day + 2) * day }

  /// The first second of a request; nil for no limit.
  private static func start(of request: HistoryRequest, now: Int64) -> Int64? {
    switch request.span {
    case .range(let range): range.firstDay(endingOn: now / day).map { $0 * day }
    case .period(let from, _): from
    }
  }

  /// Throws the reason if the service would refuse a request.
  static func check(_ request: HistoryRequest, now: Int64) throws(FetchFailure) {
    guard let kept = keptDays(request.interval) else { return }
    let start = start(of: request, now: now)
    // Allow a few days more, since ranges count days differently: a month can have 31.
    guard let start, start >= now - (kept + 4) * day else {
      throw FetchFailure(
        .symbol,
        "\(request.interval.rawValue) bars are kept for \(kept + 1) days (ask for a shorter range or --interval 1d)"
      )
    }
  }

  /// Splits a long request into several that the service accepts. They meet at the beginnings of weeks, so that they are the same
  /// requests tomorrow; the last one of a request without an end has none.
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
      // 1970-01-04 was a Sunday.
      let next = min(end, ((start / day - 3) / days + 1) * days * day + 3 * day)
      piece.span = .period(from: start, to: next < end ? next : request.end)
      pieces.append(piece)
      start = next
    }
    return pieces
  }
}
