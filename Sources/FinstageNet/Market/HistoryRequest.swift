/// A request for the bars of one symbol.
package struct HistoryRequest: Sendable, Equatable {
  package enum Extent: Sendable, Equatable {
    case range(ChartRange)
    /// Seconds since 1970; the end is exclusive, nil is now.
    case period(from: Int64, to: Int64?)
  }

  package var symbol: String
  package var interval: ChartInterval
  package var span: Extent
  /// Include bars before and after the regular session.
  package var includesPrePost: Bool

  package init(symbol: String, interval: ChartInterval, span: Extent, includesPrePost: Bool = false) {
    self.symbol = symbol
    self.interval = interval
    self.span = span
    self.includesPrePost = includesPrePost
  }

  /// The end that it names, in seconds since 1970; nil for now.
  package var end: Int64? { if case .period(_, let to) = span { to } else { nil } }
}

extension HistoryRequest {
  /// This request of a provider, as something to fetch.
  /// - Parameter lifetime: seconds for which answers are fresh.
  package func item(from provider: any Provider, lifetime: Double) throws(FetchFailure) -> FetchItem<History> {
    switch try provider.source(of: self) {
    case .local(let history): return FetchItem(name: symbol, known: history)
    case .remote(let requests, let read):
      return FetchItem(name: symbol, requests: requests, lifetime: lifetime) { (answer, _) throws(FetchFailure) in
        try read(answer)
      } next: { (history, request) throws(FetchFailure) in
        try history.nextPage?.request(after: request)
      }
    }
  }
}
