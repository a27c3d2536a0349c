/// How to fetch: manners, patience, and what the cache may do.
public struct FetchOptions: Sendable {
  /// What the cache is for in this run.
  public enum CacheUse: Sendable, Equatable {
    /// What is fresh comes from the cache, what is not is asked for, conditionally where possible.
    case normal
    /// Nothing but the cache, however old.
    case offline
    /// Everything is asked for, conditionally where possible.
    case refresh
    /// No cache.
    case none
  }

  /// Requests at once.
  public var concurrency = 10
  /// Symbols in work at once; bounds the memory.
  public var window = 64
  /// Requests a second for each host, of all processes together; nil for no bound.
  public var rate: Double?
  public var retry = RetryPolicy()
  public var timeouts = Timeouts()
  /// Seconds for the whole run.
  public var deadline: Double?
  public var cacheUse = CacheUse.normal
  /// Seconds for which an answer is fresh, instead of what its kind has.
  public var maxAge: Double?
  /// Seconds after that for which an answer may still be given out when the service fails.
  public var staleIfError = 86_400.0
  /// Results as they come instead of in the order asked for.
  public var isUnordered = false
  /// Folders to keep answers in, and to take them from instead of the network.
  public var recordFolder: String?
  public var replayFolder: String?
  /// Where caches, locks and the times of hosts are; nil for nowhere.
  public var cacheFolder: String?
  /// What `{key}` in addresses stands for.
  public var key: String?

  public init() {}
}

/// One thing to fetch: a symbol, as a rule.
public struct FetchJob<Part> {
  /// For messages.
  public var name: String
  /// All must be answered; at least one.
  public var requests: [HTTPRequest]
  /// Seconds for which answers are fresh.
  public var lifetime: Double
  /// Makes sense of an answer; throws what is wrong with it.
  public var parse: (_ answer: HTTPAnswer, _ request: Int) throws(FetchFailure) -> Part

  public init(
    name: String, requests: [HTTPRequest], lifetime: Double,
    parse: @escaping (_ answer: HTTPAnswer, _ request: Int) throws(FetchFailure) -> Part
  ) {
    self.name = name
    self.requests = requests
    self.lifetime = lifetime
    self.parse = parse
  }
}

/// What a job has brought.
public struct FetchResult<Part> {
  public var parts: [Part] = []
  /// What the user should know.
  public var warnings: [String] = []
}

/// Counts of a run.
public struct FetchCounts: Sendable, Equatable {
  public var requests = 0
  public var retries = 0
  public var cacheHits = 0
  public var revalidated = 0
  public var staleAnswers = 0
  public var bytes = 0

  public init() {}
}
