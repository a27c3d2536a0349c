/// Checks an answer before its data is parsed.
enum AnswerCheck {
  /// Throws what is wrong with an answer that should hold data: a bad status, or an HTML page instead.
  static func data(_ answer: HTTPAnswer) throws(FetchFailure) {
    try status(answer)
    let start = answer.body.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
    if start == UInt8(ascii: "<") {
      throw FetchFailure(
        .unavailable,
        "got HTML instead of data (a login, captcha or block page at \(URLText.host(of: answer.address))?)",
        remedy: .leaveHost)
    }
  }

  /// Throws a failure for a status other than 200.
  /// - Parameter reason: the explanation that the service gives.
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
        .unavailable, "HTTP \(status): refused (is a key missing or wrong?)\(words)", remedy: .leaveHost)
    default:
      throw FetchFailure(
        .unavailable, "HTTP \(status)\(words) (the service may be down: try again later)",
        remedy: status >= 500 || status == 408 || status == 425 ? .again : .none,
        cause: status >= 500 || status == 408 ? .host : .answer)
    }
  }
}
