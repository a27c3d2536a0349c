import FinstageCore

/// An address with placeholders: `{symbol}`, `{interval}`, `{from}` and `{to}` (dates), `{key}`, `{secret}`.
struct TemplateURL: Sendable {
  let text: String

  /// Allows only http and https, and placeholders only in the path and the query: a symbol is never part of a host.
  /// - Parameters:
  ///   - provider: whose `{key}` and `{secret}` they are.
  ///   - secrets: what they stand for.
  init(_ text: String, provider: String, _ secrets: Secrets) throws(FetchFailure) {
    try ProviderKey.check(text, of: "--url-template", provider, secrets)
    guard text.hasPrefix("http://") || text.hasPrefix("https://") else {
      throw FetchFailure(.symbol, "--url-template must begin with http:// or https://")
    }
    guard text.contains("{symbol}"), !URLText.host(of: text).contains("{") else {
      throw FetchFailure(.symbol, "--url-template needs a {symbol} in its path or query")
    }
    self.text = text
  }

  func request(_ request: HistoryRequest, now: Int64) -> HTTPRequest {
    func date(_ second: Int64) -> String { Timestamp.dateString(day: Timestamp.day(ofSecond: second)) }
    let end = date(request.end ?? YahooLimits.end(now: now))
    // Tomorrow the same question has other dates.
    let (from, question) =
      switch request.span {
      case .range(let range): (date((range.firstDay(endingOn: now / 86_400) ?? 0) * 86_400), range.rawValue)
      case .period(let from, _): (date(from), date(from))
      }
    var filled = HTTPRequest(url: self.filled(request, from: from, to: end))
    filled.question = self.filled(request, from: question, to: request.end.map(date) ?? "now")
    return filled
  }

  private func filled(_ request: HistoryRequest, from: String, to: String) -> String {
    text.replacing("{symbol}", with: URLText.encoded(request.symbol))
      .replacing("{interval}", with: request.interval.rawValue).replacing("{from}", with: from)
      .replacing("{to}", with: to)
  }
}
