import FinstageCore

/// The readings that health is judged by, out of a store.
extension Health.Readings {
  /// - Parameter span: nanoseconds since 1970.
  package init(_ store: MetricsStore, in span: Range<Int64>) throws {
    self.init()
    func values(_ name: String) throws -> [Double] {
      try store.series(.init(name: name)).flatMap { try store.readings($0.id, in: span).values }.filter { !$0.isNaN }
    }
    func mean(_ name: String) throws -> Double? {
      let values = try values(name)
      return values.isEmpty ? nil : Sample(values).mean
    }
    /// In percent, whatever unit it was measured in.
    func percent(_ name: String) throws -> Double? {
      let isShare = try store.series(.init(name: name)).contains { $0.series.unit == "1" }
      return try mean(name).map { isShare ? $0 * 100 : $0 }
    }
    let memory = try values("memory_percent")
    memoryPercent = memory.isEmpty ? nil : Sample(memory).mean
    largestMemoryPercent = memory.max()
    cpuPercent = try mean("cpu_percent")
    var responses = try values("api_response_time_ms")
    responses += try values("run_seconds").map { $0 * 1000 }
    if !responses.isEmpty {
      responseMilliseconds = Sample(responses).mean
      responseP95 = Sample(responses).quantile(0.95)
    }
    let failures = try values("run_failed")
    errorPercent =
      try mean("error_rate_percent") ?? percent("error_rate") ?? (failures.isEmpty ? nil : Sample(failures).mean * 100)
    // The cache answers a share of the requests of all runs of fs-fetch; without requests, the rate is unknown.
    let (hits, requests) = (
      try values("fs_fetch_cache_hits").reduce(0, +), try values("fs_fetch_requests").reduce(0, +)
    )
    cacheHitPercent = try percent("cache_hit_rate") ?? (hits + requests > 0 ? hits / (hits + requests) * 100 : nil)
  }
}
