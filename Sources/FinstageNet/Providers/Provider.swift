import FinstageCore

/// A source of bars. A new one is a file in this folder and a line in `ProviderRegistry`.
package protocol Provider: Sendable {
  /// Where the bars of one symbol come from.
  func source(of request: HistoryRequest) throws(FetchFailure) -> HistorySource
  /// The first second that bars of an interval are kept from; nil for no bound.
  func oldest(of interval: ChartInterval, now: Int64) -> Int64?
}

extension Provider {
  package func oldest(of interval: ChartInterval, now: Int64) -> Int64? { nil }
}

/// A provider that answers requests over the network.
package protocol RemoteProvider: Provider {
  /// What to ask for: pieces that follow each other in time.
  func requests(for request: HistoryRequest) throws(FetchFailure) -> [HTTPRequest]
  /// The bars of one answer, in order of time; throws what is wrong with it.
  func history(in answer: HTTPAnswer, of request: HistoryRequest) throws(FetchFailure) -> History
}

extension RemoteProvider {
  package func source(of request: HistoryRequest) throws(FetchFailure) -> HistorySource {
    .remote(try requests(for: request)) { (answer) throws(FetchFailure) in try history(in: answer, of: request) }
  }
}

/// Where bars come from.
package enum HistorySource: Sendable {
  /// They are here already.
  case local(History)
  /// Requests whose answers hold them, one after the other in time, and what reads each answer.
  case remote([HTTPRequest], read: @Sendable (HTTPAnswer) throws(FetchFailure) -> History)
}

/// What all providers may be told.
package struct ProviderOptions: Sendable {
  /// Another host, with scheme: for tests and proxies.
  package var baseURL: String?
  /// Keep prices that were widened from 32 bits as they came.
  package var keepsRawPrices = false
  /// Where a service with addresses of its own has bars: `https://host/{symbol}.csv`.
  package var urlTemplate: String?
  /// Where in an answer the bars are: `result.bars`.
  package var rowsPath: String?
  /// What the fields of a bar are called there, by our names.
  package var map: [String: String] = [:]
  /// The folder of files.
  package var folder: String?
  /// There is a key for `{key}` in addresses.
  package var hasKey = false

  package init() {}
}
