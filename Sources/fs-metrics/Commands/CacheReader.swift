import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageStore
import FinstageSystem

/// The caches, from reading to reading.
struct CacheReader {
  private var last: (hits: Int, all: Int)?

  mutating func read(at time: Int64) -> [MetricPoint] {
    guard let caches = MemoryState.cache.flatMap({ try? CacheReport($0) })?.caches, !caches.isEmpty else { return [] }
    let hits = caches.reduce(0) { $0 + $1.counts.hits }
    let all = hits + caches.reduce(0) { $0 + $1.counts.misses }
    var rate = Double.nan
    // Without a question there is no rate.
    if let last, all > last.all, hits >= last.hits { rate = Double(hits - last.hits) / Double(all - last.all) * 100 }
    last = (hits, all)
    return [
      MetricPoint(name: "cache_hit_rate", unit: "%", time: time, value: rate),
      MetricPoint(name: "cache_items", time: time, value: Double(caches.reduce(0) { $0 + $1.items })),
      MetricPoint(name: "cache_bytes", unit: "By", time: time, value: Double(caches.reduce(0) { $0 + $1.bytes })),
    ]
  }
}
