import FinstageCore

/// What a cache holds and how well it does, as JSON.
public struct CacheReport {
  public struct Instance {
    public let name: String
    let items: Int
    let bytes: Int
    let counts: CacheCounts

    /// Hits by requests, in percent; nil if there were none.
    var hitRate: Double? {
      let requests = counts.hits + counts.staleHits + counts.misses
      return requests == 0 ? nil : 100 * Double(counts.hits + counts.staleHits) / Double(requests)
    }

    public var json: String {
      let limits = CacheName.named(name)
      var text = "{\"cache\":\"\(CacheReport.escaped(name))\",\"cache_size\":\(items),\"max_size\":\(limits.capacity)"
      text += ",\"ttl_seconds\":\(NumberText.string(limits.lifetime)),\"hits\":\(counts.hits)"
      text += ",\"stale_hits\":\(counts.staleHits),\"misses\":\(counts.misses)"
      text += ",\"hit_rate\":\(hitRate.map { NumberText.string(CacheReport.rounded($0)) } ?? "null")"
      text += ",\"sets\":\(counts.sets),\"deletes\":\(counts.deletes),\"evictions\":\(counts.evictions)"
      text += ",\"expirations\":\(counts.expirations),\"bytes\":\(bytes)"
      let mean =
        counts.loads == 0
        ? "null" : NumberText.string(CacheReport.rounded(1000 * counts.loadSeconds / Double(counts.loads)))
      return text + ",\"loads\":\(counts.loads),\"mean_load_ms\":\(mean)}"
    }
  }

  public let caches: [Instance]

  public init(_ shared: SharedCache) throws(DatabaseError) {
    let totals = try shared.totals()
    let sizes = try shared.sizes()
    let names = Set(totals.keys).union(sizes.map(\.cache)).sorted()
    caches = names.map { name in
      let size = sizes.first { $0.cache == name }
      return Instance(
        name: name, items: size?.items ?? 0, bytes: size?.bytes ?? 0, counts: totals[name] ?? CacheCounts())
    }
  }

  /// All caches together. The mean of the hit rates leaves out caches that nobody has asked, and those without a hit.
  public var health: String {
    let rates = caches.compactMap(\.hitRate).filter { $0 > 0 }
    let mean = rates.isEmpty ? nil : rates.reduce(0, +) / Double(rates.count)
    let word = mean.map { $0 > 70 ? "healthy" : $0 > 50 ? "warning" : "critical" } ?? "unused"
    let details = caches.map(\.json).joined(separator: ",")
    return
      "{\"ts\":\"\(Timestamp.string(Int64(Clock.wall) * Timestamp.nanosecondsPerSecond))\",\"overall_health\":\"\(word)\""
      + ",\"cache_instances\":\(caches.count),\"total_cached_items\":\(caches.reduce(0) { $0 + $1.items })"
      + ",\"total_bytes\":\(caches.reduce(0) { $0 + $1.bytes })"
      + ",\"average_hit_rate\":\(mean.map { NumberText.string(CacheReport.rounded($0)) } ?? "null")"
      + ",\"instance_details\":[\(details)]}"
  }

  /// One entry.
  public static func json(_ item: SharedCache.Item) -> String {
    func time(_ seconds: Double) -> String {
      "\"\(Timestamp.string(Int64(seconds) * Timestamp.nanosecondsPerSecond))\""
    }
    return "{\"cache\":\"\(escaped(item.cache))\",\"key\":\"\(escaped(item.key))\",\"bytes\":\(item.bytes)"
      + ",\"length\":\(item.length),\"stored\":\(time(item.stored)),\"expires\":\(time(item.expires))"
      + ",\"last_accessed\":\(time(item.accessed)),\"access_count\":\(item.uses),\"negative\":\(item.isNegative)}"
  }

  static func escaped(_ text: String) -> String { String(JSONString.quoted(text).dropFirst().dropLast()) }

  /// To two places.
  private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
