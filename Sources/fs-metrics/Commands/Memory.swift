import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageStore
import FinstageSystem

/// `fs-metrics memory`: how the memory is.
struct Memory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "memory", abstract: "Say how the memory of this machine is, and watch that of a command.",
    subcommands: [MemoryStatus.self, MemoryHealth.self, MemoryDiagnostics.self, MemoryWatch.self],
    defaultSubcommand: MemoryStatus.self)
}

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

struct MemoryStatus: Tool {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "The memory, the caches, and what could be done, as JSON (the default).")

  mutating func execute() throws -> ExitStatus {
    try write(MemoryState().json.text)
    return .done
  }
}

struct MemoryHealth: Tool {
  static let configuration = CommandConfiguration(
    commandName: "health",
    abstract:
      "healthy, warning or critical, as JSON: critical above 90 % or below 500 MB, warning above 75 % or below 1000 MB."
  )

  mutating func execute() throws -> ExitStatus {
    let state = MemoryState()
    guard let status = state.status else { throw ToolFailure(.unavailable, "this system does not report memory use") }
    try write(
      JSONValue.object([
        ("status", .string(status)), ("memory_usage_percent", state.percent.map { .rounded($0, 2) } ?? .null),
        ("available_memory_mb", state.availableBytes.map { .rounded($0 / 1e6, 1) } ?? .null),
        ("cache_hit_rate", state.hitRate.map { .rounded($0, 2) } ?? .null),
        ("recommendations_count", JSONValue(state.advice.count)),
      ]).text)
    return .done
  }
}

struct MemoryDiagnostics: Tool {
  static let configuration = CommandConfiguration(
    commandName: "diagnostics",
    abstract: "The status, six hours of readings, whether they rise, and the caches, as JSON.")
  @OptionGroup var store: MetricsStoreOption

  mutating func execute() throws -> ExitStatus {
    let store = try self.store.open()
    let now = SystemClock.wallNanoseconds
    let span = now - 6 * MetricsStore.hour..<now + 1
    let history = try store.values(of: "memory_percent", in: span)
    let trend = Trend(history)
    let state = MemoryState()
    try write(
      JSONValue.object([
        ("status", state.json), ("machine", MachineFacts.json),
        (
          "trend",
          [
            "status": history.count < 4 ? "insufficient_data" : "available", "data_points": JSONValue(history.count),
            "direction": trend.map { $0.p > 0.05 ? "none" : $0.slope > 0 ? "increasing" : "decreasing" } ?? .null,
            "p": trend.map { .number($0.p) } ?? .null,
          ]
        ), ("memory_percent", .array(history.suffix(720).map { .rounded($0, 2) })),
        ("caches", .array((state.caches?.caches ?? []).map(CacheReport.description.json))),
      ]).text)
    return .done
  }
}

/// `fs-metrics memory watch -- CMD`: the memory of a command and of all that it starts.
struct MemoryWatch: Tool {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Run a command, warn when it takes too much memory, and make room when the machine has little.",
    discussion: """
      When the memory of the machine is used to 85 % (--auto), expired entries of the caches are deleted, once a minute at most, and the freed space is reported. A hit rate of the caches under 30 % is reported once.
      The exit status is that of the command.

      EXAMPLES:
        fs-metrics memory watch --threshold 500MB -- sh -c 'fs-fetch - < symbols.txt | fs-indicators --all > out.ndjson'
      """)
  @Option(help: ArgumentHelp("Warn above this, 1MiB to 1TiB.", valueName: "size")) var threshold = ByteSize(
    bytes: 500 << 20)
  @Option(
    help: ArgumentHelp(
      "The percentage of the machine's memory at which expired cache entries are deleted, 1 to 100.",
      valueName: "percent")) var auto =
    85
  @Option(help: ArgumentHelp("How often to look, 100ms to 1h.", valueName: "span")) var every = TimeSpan.seconds(1)
  @Argument(parsing: .postTerminator, help: ArgumentHelp("The command.", valueName: "command")) var command: [String]

  mutating func validate() throws {
    guard (1 << 20...1 << 40).contains(threshold.bytes) else {
      throw ValidationError("--threshold must be 1MiB to 1TiB")
    }
    guard (1...100).contains(auto) else { throw ValidationError("--auto must be 1 to 100") }
    guard (0.1...3600).contains(every.seconds) else { throw ValidationError("--every must be 100ms to 1h") }
    guard !command.isEmpty else { throw ValidationError("a command is missing: fs-metrics memory watch -- COMMAND") }
  }

  private static let shrinkInterval = 60.0

  mutating func execute() throws -> ExitStatus {
    let diagnostics = Diagnostics(tool: "fs-metrics memory watch")
    let threshold = threshold, auto = Double(auto)
    var isAbove = false
    var largest = 0
    var nextShrink = 0.0
    if let rate = MemoryState().hitRate, rate < 30 {
      diagnostics.warning("low hit rate of the caches: \(JSONValue.rounded(rate, 1).text) %")
    }
    let status = try WatchedCommand.run(command, every: every.seconds) { bytes in
      largest = max(largest, bytes)
      if bytes > threshold.bytes, !isAbove {
        diagnostics.warning("\(ByteSize(bytes: bytes).text) of memory, more than \(threshold.text)")
      }
      isAbove = bytes > threshold.bytes
      guard SystemClock.monotonic >= nextShrink, let percent = MemoryState().percent, percent >= auto,
        let cache = MemoryState.cache
      else { return }
      nextShrink = SystemClock.monotonic + MemoryWatch.shrinkInterval
      let before = (try? cache.sizes().reduce(0) { $0 + $1.bytes }) ?? 0
      let gone = (try? cache.purgeExpired()) ?? 0
      let after = (try? cache.sizes().reduce(0) { $0 + $1.bytes }) ?? 0
      diagnostics.warning(
        "memory at \(JSONValue.rounded(percent, 1).text) %: \(gone) expired entries of the caches went (\(ByteSize(bytes: max(0, before - after)).text))"
      )
    }
    diagnostics.warning("at most \(ByteSize(bytes: largest).text)")
    if status != 0 { throw ExitCode(status) }
    return .done
  }
}

/// `fs-metrics cache`: what the caches hold and do.
struct CacheCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "What the caches of the tools hold and have done, as records (fs-fetch cache has more).")
  @OptionGroup var output: OutputOption

  mutating func execute() throws -> ExitStatus {
    let caches = MemoryState().caches?.caches ?? []
    if caches.isEmpty { Diagnostics(tool: "fs-metrics cache").warning("there is no cache yet (fs-fetch makes it)") }
    try output.write(caches, CacheReport.description)
    return .done
  }
}
