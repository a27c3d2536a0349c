import FinstageCore
import FinstageSystem

/// Yahoo Finance's chart service (`/v8/finance/chart/SYMBOL`): bars with adjusted closes, dividends and splits.
///
/// The service is unofficial and undocumented: members are read by name, unknown members are ignored, and no member is
/// taken for granted. The client says who it is and stops when it is refused.
struct YahooProvider: RemoteProvider {
  private static let host = "https://query1.finance.yahoo.com"

  private let baseURL: String
  private let keepsRawPrices: Bool

  init(_ options: ProviderOptions) {
    var base = options.baseURL ?? YahooProvider.host
    while base.hasSuffix("/") { base.removeLast() }
    baseURL = base
    keepsRawPrices = options.keepsRawPrices
  }

  func requests(for request: HistoryRequest) throws(FetchFailure) -> [HTTPRequest] {
    try YahooLimits.check(request, now: SystemClock.wallSeconds)
    let pieces = YahooLimits.pieces(of: request, now: SystemClock.wallSeconds)
    return pieces.enumerated().map { place, piece in
      var asked = HTTPRequest(url: url(for: piece))
      asked.question = url(for: piece, end: "now")
      if place == 0, case .range(let range) = request.span, case .period(let from, _) = piece.span {
        asked.question?.replace("period1=\(from)&", with: "period1=\(range.rawValue)&")
      }
      return asked
    }
  }

  func oldest(of interval: ChartInterval, now: Int64) -> Int64? { YahooLimits.oldest(interval, now: now) }

  func history(in answer: HTTPAnswer, of request: HistoryRequest) throws(FetchFailure) -> History {
    let chart = try YahooAnswer.document(answer, asking: baseURL)
    let symbol = chart["chart"]?["result"]?.array?.first?["meta"]?["symbol"]?.string
    if let symbol, symbol.uppercased() != request.symbol.uppercased() {
      throw FetchFailure(.symbol, "the answer is about another symbol: \(symbol)")
    }
    var parser = YahooChart(request: request, keepsRawPrices: keepsRawPrices)
    return try parser.history(chart)
  }

  /// - Parameter end: what stands for the end of a request that names none.
  func url(for request: HistoryRequest, end: String? = nil) -> String {
    let end = end ?? "\(YahooLimits.end(now: SystemClock.wallSeconds))"
    var url = "\(baseURL)/v8/finance/chart/\(URLText.encoded(request.symbol))?interval=\(request.interval.rawValue)"
    switch request.span {
    case .range(.max) where request.interval.isDaily:
      // For range=max, the service sends bars of one or three months: name the beginning (1800-01-01) instead.
      url += "&period1=-5364662400&period2=\(end)"
    case .range(let range):
      url += "&range=\(range.rawValue)"
    case .period(let from, let to):
      url += "&period1=\(from)&period2=\(to.map { "\($0)" } ?? end)"
    }
    return url + "&includePrePost=\(request.includesPrePost)&events=div%7Csplit%7CcapitalGain"
  }
}

/// Classifies an answer before its bars are parsed.
enum YahooAnswer {
  /// The document of a good answer; throws what is wrong with any other.
  static func document(_ answer: HTTPAnswer, asking baseURL: String) throws(FetchFailure) -> JSONValue {
    let host = URLText.host(of: answer.address)
    if host != URLText.host(of: baseURL), host.hasPrefix("consent.") || host.hasPrefix("guce.") {
      throw FetchFailure(
        .unavailable, "redirected to the consent page \(host): the service refuses this client from here",
        remedy: .leaveHost)
    }
    var document: JSONValue?
    var fault: JSONValue.Failure?
    do throws(JSONValue.Failure) { document = try JSONValue.parse(answer.body) } catch { fault = error }

    let reason = document.flatMap { ($0["chart"] ?? $0["finance"])?["error"]?["description"]?.string }
    try AnswerCheck.status(answer, reason: reason)
    if let document { return document }
    let start = answer.body.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
    if start == UInt8(ascii: "<") || answer.contentType.hasPrefix("text/html") {
      throw FetchFailure(
        .unavailable, "got HTML instead of JSON (a proxy, login or block page at \(host)?)", remedy: .again)
    }
    if answer.body.isEmpty { throw FetchFailure(.unavailable, "the answer is empty", remedy: .again) }
    throw FetchFailure(
      .unavailable, "the answer is not JSON at byte \(fault?.byte ?? 1): \(fault?.message ?? "")", remedy: .again)
  }
}
