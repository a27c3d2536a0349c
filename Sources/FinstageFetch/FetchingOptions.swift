import ArgumentParser
import FinstageCommand
import FinstageNet
import FinstageStore
import FinstageSystem

/// Manners, patience and the cache, as options.
package struct MannersOptions: ParsableArguments {
  @Option(help: "Requests at once.")
  package var concurrency = 10

  @Option(help: "Symbols in work at once; bounds the memory.")
  package var batchSize = 64

  @Option(
    help: ArgumentHelp(
      "At most so many requests to a host, such as 5/s or 30/m, of all processes together.", valueName: "rate"))
  package var rate: Rate?

  @Option(help: "How often to ask again where that may help.")
  package var retries = 3

  @Option(help: ArgumentHelp("Wait up to this before asking again; doubles each time.", valueName: "time"))
  package var retryBase = TimeSpan.seconds(1)

  @Option(help: ArgumentHelp("The most to wait before asking again.", valueName: "time"))
  package var retryMax = TimeSpan.seconds(30)

  @Option(help: ArgumentHelp("The longest time for one answer, from 1ms to 1h.", valueName: "time"))
  package var timeout = TimeSpan.seconds(30)

  @Option(help: ArgumentHelp("The longest time for everything.", valueName: "time"))
  package var deadline: TimeSpan?

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
    try check("concurrency", concurrency, 1...100)
    try check("batch-size", batchSize, 1...10_000)
    try check("retries", retries, 0...20)
    try check("retry-base", retryBase, 0.001...3600, "from 1ms to 1h")
    try check("retry-max", retryMax, 0.001...3600, "from 1ms to 1h")
    try check("timeout", timeout, 0.001...3600, "from 1ms to 1h")
    try check("deadline", deadline, 0.001...604_800, "from 1ms to 7d")
    if let rate, !(0.0001...10_000).contains(rate.perSecond) {
      throw ValidationError("--rate must be from 1/h to 10000/s")
    }
  }

  package func apply(to options: inout FetchOptions) {
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
    if let deadline { options.retry.longestPause = min(options.retry.longestPause, deadline.seconds) }
  }
}

/// What the cache may do, as options.
package struct CacheUseOptions: ParsableArguments {
  @Flag(help: "Ask nobody: what the cache has, however old.")
  package var offline = false

  @Flag(help: "Ask for everything, even if the cache has it; conditionally where the service allows that.")
  package var refresh = false

  @Flag(help: "Neither read nor write the cache.")
  package var noCache = false

  @Option(help: ArgumentHelp("Take answers up to this age from the cache.", valueName: "time"))
  package var maxAge: TimeSpan?

  @Option(help: ArgumentHelp("Keep all answers in this folder.", valueName: "folder"), completion: .directory)
  package var record: String?

  @Option(
    help: ArgumentHelp("Take answers from this folder, recorded before, instead of the network.", valueName: "folder"),
    completion: .directory)
  package var replay: String?

  package init() {}

  package mutating func validate() throws {
    let chosen = [offline, refresh, noCache].count { $0 }
    if chosen > 1 { throw ValidationError("--offline, --refresh and --no-cache exclude each other") }
    if maxAge != nil && chosen > 0 { throw ValidationError("--max-age excludes --offline, --refresh and --no-cache") }
    if record != nil && replay != nil { throw ValidationError("--record and --replay exclude each other") }
  }

  package func apply(to options: inout FetchOptions) {
    options.cacheUse = offline ? .offline : refresh ? .refresh : noCache ? .none : .normal
    options.maxAge = maxAge?.seconds
    options.recordFolder = record
    options.replayFolder = replay
    options.cacheFolder = HomeFolder.cache.path
  }
}
