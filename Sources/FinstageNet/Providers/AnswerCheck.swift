/// What an answer says before anybody looks at its data.
enum AnswerCheck {
  /// Throws what is wrong with an answer of data: its status, or that it is a page of HTML.
  static func data(_ answer: HTTPAnswer) throws(FetchFailure) {
    try status(answer)
    let start = answer.body.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
    if start == UInt8(ascii: "<") {
      throw FetchFailure(
        .unavailable,
        "HTML came instead of data (a login, a captcha or a block at \(URLText.host(of: answer.address))?)",
        remedy: .leaveHost)
    }
  }

  /// Throws what a status other than 200 means.
  /// - Parameter reason: what the service says of it.
  static func status(_ answer: HTTPAnswer, reason: String? = nil) throws(FetchFailure) {
    let status = answer.status
    let words = reason.map { ": \($0)" } ?? ""
    switch status {
    case 200:
      break
    case 404:
      throw FetchFailure(.symbol, "HTTP 404: unknown symbol (check it)\(words)", isAbsence: true)
    case 400, 422:
      throw FetchFailure(.symbol, "HTTP \(status): \(reason ?? "the request was refused")")
    case 429:
      throw FetchFailure(
        .tryLater, "HTTP 429: too many requests (try again later, with fewer symbols at a time)", remedy: .again)
    case 401, 403:
      throw FetchFailure(
        .unavailable, "HTTP \(status): refused (is a key needed, or wrong?)\(words)", remedy: .leaveHost)
    default:
      throw FetchFailure(
        .unavailable, "HTTP \(status)\(words) (the service may be down: try again later)",
        remedy: status >= 500 || status == 408 || status == 425 ? .again : .none)
    }
  }
}
