import FinstageCore

/// Any service that answers with CSV: `--url-template` says where, the header of the answer what is in it.
struct CSVProvider: Provider {
  private let template: TemplateURL
  private let map: [String: String]

  init(_ options: ProviderOptions) throws(FetchFailure) {
    guard let template = options.urlTemplate else {
      throw FetchFailure(.symbol, "the provider csv needs --url-template 'https://host/{symbol}.csv'")
    }
    self.template = try TemplateURL(template)
    map = options.map
  }

  func source(of request: HistoryRequest) throws(FetchFailure) -> HistorySource {
    .remote([HTTPRequest(url: template.filled(request, now: Int64(Clock.wall)))])
  }

  func history(in answer: HTTPAnswer, of request: HistoryRequest) throws(FetchFailure) -> History {
    try AnswerCheck.data(answer)
    let table = TableHistory(interval: request.interval, map: map)
    return TableHistory.within(request, try table.history(csv: answer.body), now: Int64(Clock.wall))
  }
}
