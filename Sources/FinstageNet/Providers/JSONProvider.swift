import FinstageCore
import FinstageSystem

/// Any service that answers with JSON: `--url-template` gives the address, `--rows` the path to the bars in the answer,
/// and `--map` the names of their members.
///
/// Rows may be objects, or arrays whose elements `--map` names by index (`ts=0,open=1`). An object of objects, keyed by
/// time, is also accepted.
struct JSONProvider: RemoteProvider {
  private let template: TemplateURL
  private let path: [String]
  private let map: [String: String]

  init(_ options: ProviderOptions) throws(FetchFailure) {
    guard let template = options.urlTemplate else {
      throw FetchFailure(.symbol, "the provider json needs --url-template 'https://host/bars?s={symbol}'")
    }
    self.template = try TemplateURL(template, provider: "json", options.secrets)
    path = options.rowsPath.map { $0.split(separator: ".").map(String.init) } ?? []
    map = options.map
  }

  func requests(for request: HistoryRequest) throws(FetchFailure) -> [HTTPRequest] {
    [template.request(request, now: SystemClock.wallSeconds)]
  }

  func history(in answer: HTTPAnswer, of request: HistoryRequest) throws(FetchFailure) -> History {
    try AnswerCheck.data(answer)
    var document: JSONValue
    do throws(JSONValue.Failure) {
      document = try JSONValue.parse(answer.body)
    } catch {
      throw FetchFailure(.unavailable, "the answer is not JSON at byte \(error.byte): \(error.message)", remedy: .again)
    }
    let page = NextPage.find(in: document)
    for step in path {
      let next =
        Int(step).flatMap { place in
          document.array.flatMap { $0.indices.contains(place) ? $0[place] : nil }
        } ?? document[step]
      if next == nil, let failure = ServiceMessage.failure(in: document) { throw failure }
      guard let next else { throw FetchFailure(.symbol, "there is no \"\(step)\" in the answer (see --rows)") }
      document = next
    }
    var history = TableHistory.within(request, try bars(document, request), now: SystemClock.wallSeconds)
    history.nextPage = page
    return history
  }

  private func bars(_ document: JSONValue, _ request: HistoryRequest) throws(FetchFailure) -> History {
    let table = TableHistory(interval: request.interval, map: map)
    var rows: [JSONValue]
    if let array = document.array {
      rows = array
    } else if let members = document.members, members.allSatisfy({ $0.value.members != nil }), !members.isEmpty {
      rows = members.map { .object([("ts", .string($0.key))] + ($0.value.members ?? [])) }
    } else {
      throw FetchFailure(.symbol, "the bars are not an array (give the path to the array with --rows a.b.c)")
    }
    guard let first = rows.first else { return History(bars: []) }
    let known =
      first.members.map { $0.map(\.key) } ?? first.array.map { $0.indices.map(String.init) } ?? []
    let names = try table.names(among: known)
    return try table.history(rows: rows.count) { row, field in
      guard let name = names[field] else { return nil }
      let value =
        rows[row][name]
        ?? Int(name).flatMap { place in
          rows[row].array.flatMap { $0.indices.contains(place) ? $0[place] : nil }
        }
      switch value {
      case .string(let text): return text
      case .integer(let value): return String(value)
      case .number(let value): return NumberText.string(value)
      default: return nil
      }
    }
  }
}
