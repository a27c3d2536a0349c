/// How to fetch: rate limits, retries, timeouts, and the use of the cache.
package struct FetchOptions: Sendable {
  /// How a run uses the cache.
  package enum CacheUse: Sendable, Equatable {
    /// Fresh answers come from the cache; others are requested, conditionally if possible.
    case normal
    /// Only the cache is used, however old its answers.
    case offline
    /// Everything is requested, conditionally if possible.
    case refresh
    /// The cache is neither read nor written.
    case none
  }

  /// The number of concurrent requests.
  package var concurrency = 10
  /// The number of symbols in progress at once; bounds memory use.
  package var window = 128
  /// Requests per second to each host, across all processes; nil for no limit.
  package var rate: Double?
  package var retry = RetryPolicy()
  package var timeouts = Timeouts()
  /// Seconds after which a host that does not answer is given up.
  package var patience = 60.0
  /// Seconds of the first pause after a 429 that does not say how long; doubled each time.
  package var firstPause = 1.0
  /// Seconds for the whole run.
  package var deadline: Double?
  package var cacheUse = CacheUse.normal
  /// Seconds for which an answer is fresh; nil for the lifetime of its job.
  package var maxAge: Double?
  /// Seconds after expiry during which an answer may still be used if the service fails.
  package var staleIfError = 86_400.0
  /// Deliver results as they arrive instead of in the order of the jobs.
  package var isUnordered = false
  /// The folder to record answers in, and the folder to replay answers from instead of using the network.
  package var recordFolder: String?
  package var replayFolder: String?
  /// The folder of the caches, the locks and the request times of hosts; nil for none.
  package var cacheFolder: String?
  /// The address of a Redis that machines share: answers, who fetches what, rates and pauses; nil for none.
  package var remote: String?
  /// Sent with each request.
  package var headers: [HeaderField] = []
  package var secrets = Secrets()

  package init() {}
}
