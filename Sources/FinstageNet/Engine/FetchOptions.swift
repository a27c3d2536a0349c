/// How to fetch: manners, patience, and what the cache may do.
package struct FetchOptions: Sendable {
  /// What the cache is for in this run.
  package enum CacheUse: Sendable, Equatable {
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
  package var concurrency = 10
  /// Symbols in work at once; bounds the memory.
  package var window = 64
  /// Requests a second for each host, of all processes together; nil for no bound.
  package var rate: Double?
  package var retry = RetryPolicy()
  package var timeouts = Timeouts()
  /// Seconds for the whole run.
  package var deadline: Double?
  package var cacheUse = CacheUse.normal
  /// Seconds for which an answer is fresh, instead of what its kind has.
  package var maxAge: Double?
  /// Seconds after that for which an answer may still be given out when the service fails.
  package var staleIfError = 86_400.0
  /// Results as they come instead of in the order asked for.
  package var isUnordered = false
  /// Folders to keep answers in, and to take them from instead of the network.
  package var recordFolder: String?
  package var replayFolder: String?
  /// Where caches, locks and the times of hosts are; nil for nowhere.
  package var cacheFolder: String?
  /// What `{key}` in addresses stands for.
  package var key: String?

  package init() {}
}
