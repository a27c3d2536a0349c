import FinstageCore

/// A source of bars. A new one is a file in this folder and a line in `ProviderRegistry`.
package protocol Provider: Sendable {
  /// Where the bars of one symbol come from.
  func source(of request: HistoryRequest) throws(FetchFailure) -> HistorySource
  /// The first second for which bars of an interval are kept; nil for no limit.
  func oldest(of interval: ChartInterval, now: Int64) -> Int64?
}

extension Provider {
  package func oldest(of interval: ChartInterval, now: Int64) -> Int64? { nil }
}

/// A provider that answers requests over the network.
package protocol RemoteProvider: Provider {
  /// What to ask for: pieces that follow each other in time.
  func requests(for request: HistoryRequest) throws(FetchFailure) -> [HTTPRequest]
  /// The bars of one answer, in time order; throws what is wrong with the answer.
  func history(in answer: HTTPAnswer, of request: HistoryRequest) throws(FetchFailure) -> History
}

extension RemoteProvider {
  package func source(of request: HistoryRequest) throws(FetchFailure) -> HistorySource {
    .remote(try requests(for: request)) { (answer) throws(FetchFailure) in try history(in: answer, of: request) }
  }
}

/// Where bars come from.
package enum HistorySource: Sendable {
  /// The bars are available without a request.
  case local(History)
  /// Requests whose answers hold them, one after the other in time, and what reads each answer.
  case remote([HTTPRequest], read: @Sendable (HTTPAnswer) throws(FetchFailure) -> History)
}

/// Options for all providers.
package struct ProviderOptions: Sendable {
  /// Another host, with scheme, for tests and proxies.
  package var baseURL: String?
  /// Keep prices as the provider widened them from 32 bits.
  package var keepsRawPrices = false
  /// The address of the bars of any other service: `https://host/{symbol}.csv`.
  package var urlTemplate: String?
  /// The path to the bars in an answer: `result.bars`.
  package var rowsPath: String?
  /// The service's names for the fields of a bar, keyed by our names.
  package var map: [String: String] = [:]
  /// The folder of the provider `file`.
  package var folder: String?
  /// What `{key}` and `{secret}` in addresses stand for.
  package var secrets = Secrets()

  package init() {}
}
