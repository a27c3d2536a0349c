import FinstageCore
import FinstageSystem

/// What a cache holds and how well it does.
package struct CacheReport {
  package struct Instance: Sendable {
    package let name: String
    package let items: Int
    package let bytes: Int
    package let counts: CacheCounts

    /// Hits per request, in percent; nil if there were no requests.
    var hitRate: Double? {
      let requests = counts.hits + counts.staleHits + counts.misses
      return requests == 0 ? nil : 100 * Double(counts.hits + counts.staleHits) / Double(requests)
    }

    /// The mean time of a load in milliseconds; nil if nothing was loaded.
    var meanLoad: Double? { counts.loads == 0 ? nil : 1000 * counts.loadSeconds / Double(counts.loads) }
  }

  package let caches: [Instance]

  package init(_ shared: SharedCache) throws {
    let totals = try shared.totals()
    let sizes = try shared.sizes()
    let names = Set(totals.keys).union(sizes.map(\.cache)).sorted()
    caches = names.map { name in
      let size = sizes.first { $0.cache == name }
      return Instance(
        name: name, items: size?.items ?? 0, bytes: size?.bytes ?? 0, counts: totals[name] ?? CacheCounts())
    }
  }

  /// The mean of the hit rates, without caches that nobody has asked and those without a hit.
  private var meanHitRate: Double? {
    let rates = caches.compactMap(\.hitRate).filter { $0 > 0 }
    return rates.isEmpty ? nil : rates.reduce(0, +) / Double(rates.count)
  }

  /// One cache.
  package static let description = RecordDescription<Instance>([
    .init("cache", .text) { .string($0.name) },
    .init("cache_size", .integer) { JSONValue($0.items) },
    .init("max_size", .integer) { JSONValue(CacheName.named($0.name).capacity) },
    .init("ttl_seconds", .number) { .number(CacheName.named($0.name).lifetime) },
    .init("hits", .integer) { JSONValue($0.counts.hits) },
    .init("stale_hits", .integer) { JSONValue($0.counts.staleHits) },
    .init("misses", .integer) { JSONValue($0.counts.misses) },
    .init("hit_rate", .number) { .rounded($0.hitRate, 2) },
    .init("sets", .integer) { JSONValue($0.counts.sets) },
    .init("deletes", .integer) { JSONValue($0.counts.deletes) },
    .init("evictions", .integer) { JSONValue($0.counts.evictions) },
    .init("expirations", .integer) { JSONValue($0.counts.expirations) },
    .init("bytes", .integer) { JSONValue($0.bytes) },
    .init("loads", .integer) { JSONValue($0.counts.loads) },
    .init("mean_load_ms", .number) { .rounded($0.meanLoad, 2) },
  ])

  /// All caches together.
  package static let healthDescription = RecordDescription<CacheReport>([
    .init("ts", .time) { _ in JSONValue(second: SystemClock.wallSeconds) },
    .init("overall_health", .text) { report in
      .string(report.meanHitRate.map { $0 > 70 ? "healthy" : $0 > 50 ? "warning" : "critical" } ?? "unused")
    },
    .init("cache_instances", .integer) { JSONValue($0.caches.count) },
    .init("total_cached_items", .integer) { JSONValue($0.caches.reduce(0) { $0 + $1.items }) },
    .init("total_bytes", .integer) { JSONValue($0.caches.reduce(0) { $0 + $1.bytes }) },
    .init("average_hit_rate", .number) { .rounded($0.meanHitRate, 2) },
    .init("instance_details", .json) { .array($0.caches.map(CacheReport.description.json)) },
  ])
}

extension SharedCache.Item {
  /// One entry.
  package static let description = RecordDescription<SharedCache.Item>([
    .init("cache", .text) { .string($0.cache) },
    .init("key", .text) { .string($0.key) },
    .init("bytes", .integer) { JSONValue($0.bytes) },
    .init("length", .integer) { JSONValue($0.length) },
    .init("stored", .time) { JSONValue(second: Int64($0.stored)) },
    .init("expires", .time) { JSONValue(second: Int64($0.expires)) },
    .init("last_accessed", .time) { JSONValue(second: Int64($0.accessed)) },
    .init("access_count", .integer) { JSONValue($0.uses) },
    .init("negative", .bool) { .bool($0.isNegative) },
  ])
}
