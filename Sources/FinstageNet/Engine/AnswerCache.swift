import FinstageCore
import FinstageRedis
import FinstageStore
import FinstageSystem

/// What may come from the cache and what goes there: the policy, apart from when requests are sent.
///
/// Only answers to GET are kept. The cache is opened at the first request: files and samples need none.
final class AnswerCache {
  /// What there is for a request.
  enum Found {
    case nothing
    /// Good enough to be used.
    case usable(CacheEntry)
    /// Too old, or not wanted: good for a conditional request, or when the service fails.
    case stale(CacheEntry)
    /// It is known that there is no such thing, and why.
    case absent(reason: String)
  }

  private let options: FetchOptions
  private let warn: (String) -> Void
  private let remote: RedisLink?
  private var opened: Cache?

  init(_ options: FetchOptions, remote: RedisLink?, warn: @escaping (String) -> Void) {
    self.options = options
    self.remote = remote
    self.warn = warn
  }

  private var isOff: Bool { options.cacheUse == .none || options.replayFolder != nil }

  private func cache(_ request: HTTPRequest) -> Cache? {
    guard !isOff, request.isCacheable else { return nil }
    if opened == nil { opened = Cache(folder: options.cacheFolder, remote: remote.map { RedisCache($0) }, warn: warn) }
    return opened
  }

  func flush() { opened?.flush() }

  /// Looks for an answer, and counts what was found.
  /// - Parameter countsMisses: false for a second look.
  func find(_ request: HTTPRequest, countsMisses: Bool = true) -> Found {
    guard let cache = cache(request) else { return .nothing }
    let key = request.name
    let now = SystemClock.wall
    let entry = cache.peek(key, in: .answers)
    let isFresh = entry.map { entry in
      options.maxAge.map { (0..<$0).contains(now - entry.stored) } ?? entry.isFresh(at: now)
    }
    if options.cacheUse != .refresh, let absent = cache.peek(key, in: .negative), absent.isFresh(at: now),
      absent.stored > entry?.stored ?? 0, isFresh != true
    {
      cache.count(.negative) { $0.hits += 1 }
      return .absent(reason: String(decoding: absent.value, as: UTF8.self))
    }
    guard let entry, let isFresh else {
      if countsMisses { cache.count(.answers) { $0.misses += 1 } }
      return .nothing
    }
    guard options.cacheUse == .offline || (options.cacheUse == .normal && isFresh) else {
      if countsMisses { cache.count(.answers) { $0.misses += 1 } }
      return .stale(entry)
    }
    cache.count(.answers) { $0.hits += 1 }
    return .usable(entry)
  }

  /// The lock under which a request is made, so that one process asks for all; nil if nobody shares.
  func flight(_ request: HTTPRequest) -> FileLock? { cache(request)?.flight(request.name, in: .answers) }

  /// Whether answers are shared with other machines.
  func isShared(_ request: HTTPRequest) -> Bool { remote != nil && cache(request) != nil }

  /// Whether an old answer may be used while another process asks for a new one; counted if so.
  func servesWhileRevalidating(_ request: HTTPRequest, _ entry: CacheEntry) -> Bool {
    serves(request, SystemClock.wall < entry.expires + entry.staleWhileRevalidate)
  }

  /// Whether an old answer may be used because the service has failed; counted if so.
  func servesOnError(_ request: HTTPRequest, _ entry: CacheEntry) -> Bool {
    serves(request, !entry.isNegative && SystemClock.wall < entry.expires + max(entry.staleIfError, 0))
  }

  private func serves(_ request: HTTPRequest, _ isYoungEnough: Bool) -> Bool {
    guard isYoungEnough, options.cacheUse == .normal, let cache = cache(request) else { return false }
    cache.count(.answers) { $0.staleHits += 1 }
    return true
  }

  /// Seconds for which an answer is fresh.
  private func lifetime(_ usual: Double) -> Double { options.maxAge ?? usual }

  /// The service says that an old answer is still right: the answer with its new age.
  func refresh(_ request: HTTPRequest, _ entry: CacheEntry, lifetime usual: Double) -> CacheEntry {
    var entry = entry
    entry.stored = SystemClock.wall
    entry.expires = entry.stored + lifetime(usual)
    cache(request)?.refresh(request.name, entry, in: .answers)
    return entry
  }

  /// Keeps an answer, if its service allows that, without waiting until it is stored.
  /// - Parameters:
  ///   - lock: released once it is stored.
  ///   - seconds: what asking has taken.
  /// - Returns: false if it is not kept, and the lock is still the caller's.
  func keep(
    _ request: HTTPRequest, _ answer: HTTPAnswer, lifetime usual: Double, lock: FileLock?, seconds: Double
  ) -> Bool {
    let control = answer.cacheControl
    guard let cache = cache(request), answer.status == 200, !control.forbidsStoring else { return false }
    let stored = SystemClock.wall
    let entry = CacheEntry(
      value: answer.body, stored: stored, expires: stored + lifetime(usual), etag: answer.etag,
      lastModified: answer.lastModified,
      staleWhileRevalidate: control.forbidsStale ? 0 : control.staleWhileRevalidate ?? 0,
      staleIfError: control.forbidsStale ? 0 : control.staleIfError ?? options.staleIfError)
    cache.setLater(request.name, entry, in: .answers, lock: lock)
    cache.delete(request.name, in: .negative)
    cache.count(.answers) {
      $0.loads += 1
      $0.loadSeconds += seconds
    }
    return true
  }

  /// Remembers that there is no such thing.
  func remember(_ request: HTTPRequest, absent failure: FetchFailure) {
    let stored = SystemClock.wall
    cache(request)?.set(
      request.name,
      CacheEntry(
        value: Array(failure.sentence.utf8), stored: stored, expires: stored + CacheName.negative.lifetime,
        isNegative: true), in: .negative)
  }
}

extension HTTPAnswer {
  /// An answer as it was kept.
  init(_ entry: CacheEntry, to request: HTTPRequest) {
    self.init()
    body = entry.value
    age = SystemClock.wall - entry.stored
    address = request.url
  }
}
