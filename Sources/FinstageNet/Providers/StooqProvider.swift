import FinstageCore
import FinstageSystem

/// Stooq's CSV (`/q/d/l/`): daily and longer bars, adjusted for splits and dividends.
///
/// Every answer has status 200, even an error; errors are recognised by their text. If the service asks for a key, set
/// FINSTAGE_STOOQ_KEY or put the key into the file `config/stooq.key`.
struct StooqProvider: RemoteProvider {
  private let base: String
  private let hasKey: Bool

  init(_ options: ProviderOptions) {
    base = options.baseURL ?? "https://stooq.com"
    hasKey = options.secrets.has("key")
  }

  func requests(for request: HistoryRequest) throws(FetchFailure) -> [HTTPRequest] {
    let interval =
      switch request.interval {
      case .oneDay: "d"
      case .oneWeek: "w"
      case .oneMonth: "m"
      case .quarter: "q"
      default:
        throw FetchFailure(.symbol, "stooq has no \(request.interval.rawValue) bars (use 1d, 1wk, 1mo or 3mo)")
      }
    let now = SystemClock.wallSeconds
    let (from, to): (Int64?, Int64) =
      switch request.span {
      case .range(let range): (range.firstDay(endingOn: now / 86_400), now / 86_400)
      case .period(let from, let to):
        (Timestamp.day(ofSecond: from), to.map { Timestamp.day(ofSecond: $0 - 1) } ?? now / 86_400)
      }
    func date(_ day: Int64) -> String { Timestamp.dateString(day: day).filter { $0 != "-" } }
    let url = "\(base)/q/d/l/?s=\(URLText.encoded(StooqProvider.name(request.symbol)))&i=\(interval)"
    let key = hasKey ? "&apikey={key}" : ""
    guard let from else { return [HTTPRequest(url: url + key)] }
    let first = date(max(from, -36_524))
    var asked = HTTPRequest(url: "\(url)&d1=\(first)&d2=\(date(to))\(key)")
    // Tomorrow the same question has other dates.
    switch request.span {
    case .range(let range): asked.question = "\(url)&range=\(range.rawValue)\(key)"
    case .period(_, nil): asked.question = "\(url)&d1=\(first)&d2=now\(key)"
    case .period: break
    }
    return [asked]
  }

  /// Stooq's name for a symbol: in lower case, with `.us` unless the symbol names another market or an index.
  static func name(_ symbol: String) -> String {
    let lower = symbol.lowercased()
    return lower.contains(".") || lower.hasPrefix("^") ? lower : lower + ".us"
  }

  func history(in answer: HTTPAnswer, of request: HistoryRequest) throws(FetchFailure) -> History {
    try AnswerCheck.data(answer)
    let start = String(decoding: answer.body.prefix(200), as: UTF8.self).lowercased()
    if start.hasPrefix("no data") {
      throw FetchFailure(
        .symbol, "stooq has no data for \(StooqProvider.name(request.symbol)) (check the symbol)", isAbsence: true)
    }
    if start.contains("exceeded the daily hits limit") {
      throw FetchFailure(.tryLater, "stooq's daily limit is used up (try again tomorrow)", remedy: .leaveHost)
    }
    if start.contains("apikey") || start.contains("api key") {
      throw FetchFailure(.unavailable, "stooq asks for a key (set FINSTAGE_STOOQ_KEY)", remedy: .leaveHost)
    }
    return try TableHistory(interval: request.interval, map: [:]).history(csv: answer.body)
  }
}
