import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageFetch
import FinstageNet
import FinstageStore
import FinstageSystem

/// `fs-fetch cache warm`: fetches the bars that a later run will ask for, without writing them.
struct CacheWarm: Tool {
  static let configuration = CommandConfiguration(
    commandName: "warm",
    abstract: "Fetch bars into the cache, so that a later run with the same options needs no requests.")

  @Argument(help: "A file of symbols, one per line (# starts a comment); - is standard input.", completion: .file())
  var list: String

  @Option(help: "The length of a bar.")
  var interval = ChartInterval.oneDay

  @Option(help: "How far back to go.")
  var range = ChartRange.oneYear

  @Option(
    help: ArgumentHelp("Another host for the provider, with scheme (for a proxy or a test).", valueName: "url"),
    transform: BaseURL.check)
  var baseURL: String?

  @Flag(help: "Request everything, even if the cache has it; conditionally if the service supports that.")
  var refresh = false

  @Flag(help: "Report progress on standard error, in plain lines.")
  var progress = false

  @OptionGroup(title: "Rate limits and retries") var manners: MannersOptions
  @OptionGroup var common: CommonOptions

  mutating func execute() throws -> ExitStatus {
    let diagnostics = common.diagnostics(for: "fs-fetch cache")
    let names = try SymbolList(file: list)
    let symbols = names.symbols
    var statistics = RunStatistics(tool: FetchTool.name)
    var options = FetchOptions()
    try manners.apply(to: &options)
    options.cacheFolder = try CacheOptions.folder()
    options.cacheUse = refresh ? .refresh : .normal
    options.isUnordered = true
    var about = ProviderOptions()
    about.baseURL = baseURL
    let provider = try ProviderName(argument: "yahoo")!.registry.make(about)
    var run = HistoryRun(
      NoOutput(), diagnostics,
      Progress(tool: FetchTool.name, total: symbols.count, isForced: progress, isQuiet: common.quiet))
    run.reject(names)
    try run.fetch(
      symbols.map { HistoryRequest(symbol: $0, interval: interval, span: .range(range)) }, from: provider, options)
    try run.finish(&statistics)
    let printer = try common.printer()
    try printer.print([
      "warm": JSONValue(run.fetched), "failed": JSONValue(symbols.count - run.fetched),
      "requests": JSONValue(run.counts.requests),
    ])
    try printer.finish()
    statistics.report(isWanted: common.stats, diagnostics)
    return run.status
  }
}
