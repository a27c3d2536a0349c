import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageStore
import FinstageSystem

/// The memory of the machine and the caches now.
struct MemoryState {
  let percent: Double?
  let availableBytes: Double?
  let usedBytes: Double?
  let caches: CacheReport?

  init() {
    var machine = MachineReader()
    let points = machine.read(at: SystemClock.wallNanoseconds)
    func value(_ name: String) -> Double? {
      points.first { $0.series.name == name }.flatMap { $0.value.isNaN ? nil : $0.value }
    }
    percent = value("memory_percent")
    availableBytes = value("memory_available_bytes")
    usedBytes = value("memory_used_bytes")
    caches = MemoryState.cache.flatMap { try? CacheReport($0) }
  }

  /// The cache that all processes share; nil if there is none yet.
  static var cache: SharedCache? {
    guard let folder = HomeFolder.cache.path, Folder.has("\(folder)/cache.db") else { return nil }
    return try? SharedCache(path: "\(folder)/cache.db")
  }

  var hitRate: Double? {
    guard let caches else { return nil }
    let hits = caches.caches.reduce(0) { $0 + $1.counts.hits }
    let all = hits + caches.caches.reduce(0) { $0 + $1.counts.misses }
    return all > 0 ? Double(hits) / Double(all) * 100 : nil
  }

  /// healthy, warning or critical; nil if nothing is known.
  var status: String? {
    guard percent != nil || availableBytes != nil else { return nil }
    let megabytes = availableBytes.map { $0 / 1e6 } ?? .infinity
    if percent ?? 0 > 90 || megabytes < 500 { return "critical" }
    return percent ?? 0 > 75 || megabytes < 1000 ? "warning" : "healthy"
  }

  var advice: [String] {
    var advice: [String] = []
    if percent ?? 0 > 80 { advice.append("memory is scarce: fs-metrics run shows which stage takes most") }
    if let availableBytes, availableBytes < 1e9 { advice.append("less than 1 GB is available") }
    if let hitRate, hitRate < 50 {
      advice.append("the caches answer \(JSONValue.rounded(hitRate, 1).text) %: fs-fetch cache warm")
    }
    let cacheBytes = caches?.caches.reduce(0) { $0 + $1.bytes } ?? 0
    if cacheBytes > 200_000_000 {
      advice.append("the caches hold \(cacheBytes / 1_000_000) MB: fs-fetch cache purge --expired")
    }
    return advice
  }

  var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .rounded($0, 2) } ?? .null }
    return [
      "type": "memory_status", "timestamp": .string(Timestamp.string(SystemClock.wallSeconds * 1_000_000_000)),
      "system_memory": [
        "percent": number(percent), "used_bytes": number(usedBytes), "available_bytes": number(availableBytes),
      ],
      "memory_health": status.map { .string($0) } ?? .null,
      "cache_health": [
        "hit_rate_percent": number(hitRate),
        "bytes": caches.map { JSONValue($0.caches.reduce(0) { $0 + $1.bytes }) } ?? .null,
      ],
      "recommendations": JSONValue(advice),
    ]
  }
}
