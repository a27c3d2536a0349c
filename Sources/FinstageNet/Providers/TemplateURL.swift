import FinstageCore

/// An address with placeholders: `{symbol}`, `{interval}`, `{from}` and `{to}` (dates), `{key}`.
struct TemplateURL: Sendable {
  let text: String

  /// Allows only http and https, and placeholders only in the path and the query: a symbol is never part of a host.
  /// - Parameters:
  ///   - provider: whose key stands for `{key}`.
  ///   - hasKey: whether there is one.
  init(_ text: String, provider: String, hasKey: Bool) throws(FetchFailure) {
    guard hasKey || !text.contains("{key}") else {
      throw FetchFailure(
        .symbol,
        "--url-template has a {key}, but there is no key (set FINSTAGE_\(provider.uppercased())_KEY, or write it to"
          + " \(provider).key in the folder of the configuration)")
    }
    guard text.hasPrefix("http://") || text.hasPrefix("https://") else {
      throw FetchFailure(.symbol, "--url-template must begin with http:// or https://")
    }
    guard text.contains("{symbol}"), !URLText.host(of: text).contains("{") else {
      throw FetchFailure(.symbol, "--url-template needs a {symbol} in its path or query")
    }
    self.text = text
  }

  func filled(_ request: HistoryRequest, now: Int64) -> String {
    let (from, to): (Int64, Int64) =
      switch request.span {
      case .range(let range): ((range.firstDay(endingOn: now / 86_400) ?? 0) * 86_400, YahooLimits.end(now: now))
      case .period(let from, let to): (from, to ?? YahooLimits.end(now: now))
      }
    func date(_ second: Int64) -> String { Timestamp.dateString(day: Timestamp.day(ofSecond: second)) }
    return text.replacing("{symbol}", with: URLText.encoded(request.symbol))
      .replacing("{interval}", with: request.interval.rawValue).replacing("{from}", with: date(from))
      .replacing("{to}", with: date(to))
  }
}
