/// One value of a cache, with what is known of its age.
public struct CacheEntry: Sendable, Equatable {
  public var value: [UInt8]
  /// When it was stored, and until when it counts as fresh: seconds since 1970.
  public var stored: Double
  public var expires: Double
  /// What the origin said about it, for asking again (`ETag`, `Last-Modified`).
  public var etag: String?
  public var lastModified: String?
  /// Seconds after expiry for which it may be given out while somebody fetches anew, and when the origin fails.
  public var staleWhileRevalidate: Double
  public var staleIfError: Double
  /// "There is no such thing": the value is the reason.
  public var isNegative: Bool

  public init(
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

  public func isFresh(at now: Double) -> Bool { now < expires }
}

/// A cache by name: how long its values live and how much it holds.
public struct CacheName: Sendable, Hashable {
  public let name: String
  /// Seconds for which a value is fresh, unless it says otherwise itself.
  public let lifetime: Double
  /// The most entries.
  public let capacity: Int

  public init(_ name: String, lifetime: Double = 300, capacity: Int = 1000) {
    self.name = name
    self.lifetime = lifetime
    self.capacity = capacity
  }

  public static let technicalAnalysis = CacheName("technical_analysis", lifetime: 600, capacity: 500)
  public static let news = CacheName("news", lifetime: 300, capacity: 1000)
  public static let priceData = CacheName("price_data", lifetime: 3600, capacity: 200)
  public static let apiResponse = CacheName("api_response", lifetime: 180, capacity: 2000)
  /// Whole answers of market-data services: many more symbols than an application's response cache holds.
  public static let answers = CacheName("answers", lifetime: 3600, capacity: 100_000)
  /// Symbols that do not exist, and the like.
  public static let negative = CacheName("negative", lifetime: 3600, capacity: 20_000)

  public static let all: [CacheName] = [technicalAnalysis, news, priceData, apiResponse, answers, negative]

  /// The cache of a name; others are made on demand, with the usual bounds.
  public static func named(_ name: String) -> CacheName { all.first { $0.name == name } ?? CacheName(name) }
}

/// Counts of what a cache has done.
public struct CacheCounts: Sendable, Equatable {
  public var hits = 0
  public var staleHits = 0
  public var misses = 0
  public var sets = 0
  public var deletes = 0
  public var evictions = 0
  public var expirations = 0
  /// Values that were loaded, and the seconds that took.
  public var loads = 0
  public var loadSeconds = 0.0

  public init() {}

  public var isEmpty: Bool { self == CacheCounts() }

  public mutating func add(_ other: CacheCounts) {
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

/// A place where values are kept. The shared file is one; a server such as Redis could be another.
public protocol CacheBackend: AnyObject {
  func get(_ key: String, in cache: CacheName) throws(DatabaseError) -> CacheEntry?
  func set(_ key: String, _ entry: CacheEntry, in cache: CacheName) throws(DatabaseError)
  func delete(_ key: String, in cache: CacheName) throws(DatabaseError) -> Bool
  func clear(_ cache: CacheName?) throws(DatabaseError) -> Int
}
