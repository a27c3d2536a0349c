import FinstageStore
import FinstageSystem

/// A request of an item in progress.
final class FetchTicket {
  let item: Int
  let part: Int
  let request: HTTPRequest
  var attempts = 0
  /// The request rests until this time of the monotonic clock.
  var notBefore = 0.0
  /// The lock on which other processes wait for this answer.
  var lock: FileLock?
  var holdsLock = false
  /// The cache has been consulted; reset after a wait for the lock, since its last holder may have stored the answer.
  var isLookedUp = false
  /// The request has reserved a place in the host's rate limit.
  var hasPlace = false
  /// The answer that the cache holds, which may be too old to use without asking the service.
  var stale: CacheEntry?
  var sent = 0.0
  /// When the lock was first wanted.
  var firstTry: Double?
  /// Other machines wait for this answer.
  var isOursAlone = false
  /// When another machine was first found to fetch it.
  var firstTaken: Double?

  init(item: Int, part: Int, _ request: HTTPRequest) {
    self.item = item
    self.part = part
    self.request = request
  }
}

/// An item on its way.
final class OpenFetchItem<Part> {
  let item: FetchItem<Part>
  var parts: [Part?]
  var left: Int
  var warnings: [String] = []
  var failure: FetchFailure?
  /// The names of the requests for further pages.
  var pages: Set<String> = []

  init(_ item: FetchItem<Part>) {
    self.item = item
    parts = item.known.map { [$0] } ?? item.requests.map { _ in nil }
    left = item.requests.count
  }
}
