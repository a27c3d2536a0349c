import FinstageCore
import FinstageSystem

/// Any service that answers with CSV: `--url-template` gives the address, the header of the answer names the columns.
struct CSVProvider: RemoteProvider {
  private let template: TemplateURL
  private let map: [String: String]

  init(_ options: ProviderOptions) throws(FetchFailure) {
    guard let template = options.urlTemplate else {
      throw FetchFailure(.symbol, "the provider csv needs --url-template 'https://host/{symbol}.csv'")
    }
    self.template = try TemplateURL(template, provider: "csv", options.secrets)
    map = options.map
  }

  func requests(for request: HistoryRequest) throws(FetchFailure) -> [HTTPRequest] {
    [template.request(request, now: SystemClock.wallSeconds)]
  }

  func history(in answer: HTTPAnswer, of request: HistoryRequest) throws(FetchFailure) -> History {
    try AnswerCheck.data(answer)
    let table = TableHistory(interval: request.interval, map: map)
    return TableHistory.within(request, try table.history(csv: answer.body), now: SystemClock.wallSeconds)
  }
}
