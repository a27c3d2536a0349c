/// One cached value and its age.
package struct CacheEntry: Sendable, Equatable {
  package var value: [UInt8]
  /// When the value was stored, and when it stops being fresh: seconds since 1970.
  package var stored: Double
  package var expires: Double
  /// The origin's validators (`ETag`, `Last-Modified`), for conditional requests.
  package var etag: String?
  package var lastModified: String?
  /// Seconds after expiry for which the value may be served while a new one is fetched, and when the origin fails.
  package var staleWhileRevalidate: Double
  package var staleIfError: Double
  /// Whether this is a negative answer ("there is no such thing"); the value is then the reason.
  package var isNegative: Bool

  package init(
    value: [UInt8], stored: Double, expires: Double, etag: String? = nil, lastModified: String? = nil,
    staleWhileRevalidate: Double = 0, staleIfError: Double = 0, isNegative: Bool = false
  ) {
    self.value = value
    self.stored = stored
    self.expires = expires
    self.etag = etag
    self.lastModified = lastModified
    self.staleWhileRevalidate = staleWhileRevalidate
    self.staleIfError = staleIfError
    self.isNegative = isNegative
  }

  package func isFresh(at now: Double) -> Bool {
    // What was stored in the future was stored by a clock that was wrong.
    now < expires && stored <= now + 60
  }
}

/// A cache by name: how long its values live and how much it holds.
package struct CacheName: Sendable, Hashable {
  package let name: String
  /// Seconds for which a value is fresh, unless its entry says otherwise.
  package let lifetime: Double
  /// The maximum number of entries.
  package let capacity: Int

  package init(_ name: String, lifetime: Double = 300, capacity: Int = 1000) {
    self.name = name
    self.lifetime = lifetime
    self.capacity = capacity
  }

  package static let technicalAnalysis = CacheName("technical_analysis", lifetime: 600, capacity: 500)
  package static let news = CacheName("news", lifetime: 300, capacity: 1000)
  package static let priceData = CacheName("price_data", lifetime: 3600, capacity: 200)
  package static let apiResponse = CacheName("api_response", lifetime: 180, capacity: 2000)
  /// Whole answers of market-data services: many more symbols than an application's response cache holds.
  package static let answers = CacheName("answers", lifetime: 3600, capacity: 100_000)
  /// Symbols that do not exist, and the like.
  package static let negative = CacheName("negative", lifetime: 3600, capacity: 20_000)

  package static let all: [CacheName] = [technicalAnalysis, news, priceData, apiResponse, answers, negative]

  /// The cache with a name; an unknown name gets a new cache with the default limits.
  package static func named(_ name: String) -> CacheName { all.first { $0.name == name } ?? CacheName(name) }
}

/// Counts of what a cache has done.
package struct CacheCounts: Sendable, Equatable {
  package var hits = 0
  package var staleHits = 0
  package var misses = 0
  package var sets = 0
  package var deletes = 0
  package var evictions = 0
  package var expirations = 0
  /// The number of values loaded, and the seconds that loading took.
  package var loads = 0
  package var loadSeconds = 0.0

  package init() {}

  package var isEmpty: Bool { self == CacheCounts() }

  package mutating func add(_ other: CacheCounts) {
    hits += other.hits
    staleHits += other.staleHits
    misses += other.misses
    sets += other.sets
    deletes += other.deletes
    evictions += other.evictions
    expirations += other.expirations
    loads += other.loads
    loadSeconds += other.loadSeconds
  }
}

/// A place where values are kept. The shared file is one, a server such as Redis another.
package protocol CacheBackend: AnyObject {
  func get(_ key: String, in cache: CacheName) throws -> CacheEntry?
  func set(_ key: String, _ entry: CacheEntry, in cache: CacheName) throws
  func delete(_ key: String, in cache: CacheName) throws -> Bool
  func clear(_ cache: CacheName?) throws -> Int
  /// Writes what has been counted.
  func flushCounts() throws
}
