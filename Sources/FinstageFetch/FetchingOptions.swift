import ArgumentParser
import FinstageCommand
import FinstageNet
import FinstageStore
import FinstageSystem

/// Options for rate limits, retries and timeouts.
package struct MannersOptions: ParsableArguments {
  @Option(help: "Concurrent requests (default: the setting fetch.concurrency, or 10).")
  package var concurrency: Int?

  @Option(help: "Symbols in progress at once; bounds memory use (default: the setting fetch.batch_size, or 128).")
  package var batchSize: Int?

  @Option(
    help: ArgumentHelp(
      "At most this many requests to each host, such as 5/s or 30/m, across all processes.", valueName: "rate"))
  package var rate: Rate?

  @Option(help: "Retries after transient failures.")
  package var retries = 3

  @Option(help: ArgumentHelp("The longest wait before the first retry; doubles with each retry.", valueName: "time"))
  package var retryBase = TimeSpan.milliseconds(250)

  @Option(help: ArgumentHelp("The longest wait before any retry.", valueName: "time"))
  package var retryMax = TimeSpan.seconds(30)

  @Option(help: ArgumentHelp("The longest time for one answer, from 1ms to 1h.", valueName: "time"))
  package var timeout = TimeSpan.seconds(30)

  @Option(help: ArgumentHelp("The longest time for the whole run.", valueName: "time"))
  package var deadline: TimeSpan?

  @Option(
    help: ArgumentHelp("How long to wait for a host that does not answer before giving up.", valueName: "time"))
  package var patience = TimeSpan.seconds(60)

  package init() {}

  package mutating func validate() throws {
    func check(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws {
      guard range.contains(value) else {
        throw ValidationError("--\(name) must be from \(range.lowerBound) to \(range.upperBound)")
      }
    }
    func check(_ name: String, _ span: TimeSpan?, _ range: ClosedRange<Double>, _ words: String) throws {
      guard let span else { return }
      guard range.contains(span.seconds) else { throw ValidationError("--\(name) must be \(words)") }
    }
    try check("concurrency", concurrency ?? 1, 1...100)
    try check("batch-size", batchSize ?? 1, 1...10_000)
    try check("retries", retries, 0...20)
    try check("retry-base", retryBase, 0.001...3600, "from 1ms to 1h")
    try check("retry-max", retryMax, 0.001...3600, "from 1ms to 1h")
    try check("timeout", timeout, 0.001...3600, "from 1ms to 1h")
    try check("patience", patience, 0...86_400, "from 0s to 1d")
    try check("deadline", deadline, 0.001...604_800, "from 1ms to 7d")
    if let rate, !(0.0001...10_000).contains(rate.perSecond) {
      throw ValidationError("--rate must be from 1/h to 10000/s")
    }
  }

  package func apply(to options: inout FetchOptions) throws {
    let concurrency = try self.concurrency ?? SettingsFile.number("fetch.concurrency", in: 1...100) ?? 10
    let batchSize = try self.batchSize ?? SettingsFile.number("fetch.batch_size", in: 1...10_000) ?? 128
    options.concurrency = concurrency
    options.window = max(batchSize, concurrency)
    options.rate = rate?.perSecond
    options.retry.retries = retries
    options.retry.base = retryBase.seconds
    options.retry.longest = retryMax.seconds
    options.timeouts.total = timeout.seconds
    options.timeouts.connect = min(options.timeouts.connect, timeout.seconds)
    options.timeouts.idle = min(options.timeouts.idle, timeout.seconds)
    options.deadline = deadline?.seconds
    options.patience = patience.seconds
    if let deadline { options.retry.longestPause = min(options.retry.longestPause, deadline.seconds) }
  }
}

/// Options for the use of the cache.
package struct CacheUseOptions: ParsableArguments {
  @Flag(help: "Use only the cache, however old its answers, and make no requests.")
  package var offline = false

  @Flag(help: "Request everything, even if the cache has it; conditionally if the service supports that.")
  package var refresh = false

  @Flag(help: "Neither read nor write the cache.")
  package var noCache = false

  @Option(help: ArgumentHelp("Take answers up to this age from the cache.", valueName: "time"))
  package var maxAge: TimeSpan?

  @Option(help: ArgumentHelp("Record all answers in this folder.", valueName: "folder"), completion: .directory)
  package var record: String?

  @Option(
    help: ArgumentHelp("Replay the answers recorded in this folder instead of using the network.", valueName: "folder"),
    completion: .directory)
  package var replay: String?

  package init() {}

  package mutating func validate() throws {
    let chosen = [offline, refresh, noCache].count { $0 }
    if chosen > 1 { throw ValidationError("--offline, --refresh and --no-cache are mutually exclusive") }
    if maxAge != nil && chosen > 0 { throw ValidationError("--max-age excludes --offline, --refresh and --no-cache") }
    if record != nil && replay != nil { throw ValidationError("--record and --replay are mutually exclusive") }
  }

  /// - Parameter setting: what says whether the cache is used, if no option does.
  package func apply(to options: inout FetchOptions, unless setting: String? = nil) throws {
    options.cacheUse = offline ? .offline : refresh ? .refresh : noCache ? .none : .normal
    if options.cacheUse == .normal, maxAge == nil, let setting, try SettingsFile.isOn(setting) == false {
      options.cacheUse = .none
    }
    options.maxAge = maxAge?.seconds
    options.recordFolder = record
    options.replayFolder = replay
    options.cacheFolder = HomeFolder.cache.path
    options.remote = try RemoteCache.address()?.text
  }
}
