/// One thing to fetch, usually a symbol.
package struct FetchItem<Part> {
  /// For messages.
  package var name: String
  /// The only part, where it need not be asked for.
  package let known: Part?
  /// All must be answered.
  package var requests: [HTTPRequest]
  /// Seconds for which answers are fresh.
  package var lifetime: Double
  /// Parses an answer; throws what is wrong with it.
  package var parse: (_ answer: HTTPAnswer, _ request: Int) throws(FetchFailure) -> Part
  /// The request that a part asks for in addition: the next page.
  package var next: (_ part: Part, _ request: HTTPRequest) throws(FetchFailure) -> HTTPRequest?

  package init(
    name: String, requests: [HTTPRequest], lifetime: Double,
    parse: @escaping (_ answer: HTTPAnswer, _ request: Int) throws(FetchFailure) -> Part,
    next: @escaping (_ part: Part, _ request: HTTPRequest) throws(FetchFailure) -> HTTPRequest? = {
      (_, _) throws(FetchFailure) in nil
    }
  ) {
    self.next = next
    self.name = name
    self.requests = requests
    self.lifetime = lifetime
    self.parse = parse
    known = nil
  }

  /// What is known already and needs no request.
  package init(name: String, known: Part) {
    self.name = name
    self.known = known
    requests = []
    lifetime = 0
    next = { (_, _) throws(FetchFailure) in nil }
    parse = { (_, _) throws(FetchFailure) in throw FetchFailure(.symbol, "nothing was asked for") }
  }
}

/// What an item has brought.
package struct FetchResult<Part> {
  package var parts: [Part] = []
  /// What the user should know.
  package var warnings: [String] = []
}

/// Counts of a run.
package struct FetchCounts: Sendable, Equatable {
  package var requests = 0
  package var retries = 0
  package var cacheHits = 0
  package var revalidated = 0
  package var staleAnswers = 0
  package var bytes = 0

  package init() {}

  package mutating func add(_ other: FetchCounts) {
    requests += other.requests
    retries += other.retries
    cacheHits += other.cacheHits
    revalidated += other.revalidated
    staleAnswers += other.staleAnswers
    bytes += other.bytes
  }
}
