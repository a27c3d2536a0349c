import FinstageCore

/// What a service says in words, in place of the data that was asked for: with status 200, under one of the usual names.
enum ServiceMessage {
  private static let names = [
    "message", "error_message", "Error Message", "error", "errors", "Information", "Note", "detail", "details",
    "description",
    "reason", "status_message",
  ]
  private static let limits = ["limit", "credits", "quota", "too many", "throttl", "frequency", "slow down"]

  /// The failure that an answer tells of; nil if it says nothing.
  static func failure(in document: JSONValue) -> FetchFailure? {
    guard let text = text(document) else { return nil }
    let words = text.lowercased()
    let code = document["code"]?.integer ?? document["status"]?.integer
    let isLimit = code == 429 || limits.contains { words.contains($0) }
    return FetchFailure(
      isLimit ? .tryLater : .symbol, "the service says: \(text.prefix(300))", remedy: isLimit ? .again : .none)
  }

  private static func text(_ document: JSONValue) -> String? {
    for name in names {
      guard let value = document[name] else { continue }
      if let text = value.string, !text.isEmpty { return text }
      if let inner = text(value) ?? value.array?.first.flatMap({ $0.string ?? text($0) }) { return inner }
    }
    return nil
  }
}
