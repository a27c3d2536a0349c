import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageFetch
import FinstageNet
import FinstageStore
import FinstageSystem

/// `fs-fetch cache warm`: fetches what a later run will ask for, and writes none of it.
struct CacheWarm: Tool {
  static let configuration = CommandConfiguration(
    commandName: "warm",
    abstract: "Fetch the bars of symbols into the cache, so that a later run with the same options asks nobody.")

  @Argument(help: "A file of symbols, one a line (# begins a comment); - for standard input.", completion: .file())
  var list: String

  @Option(help: "How long bars last.")
  var interval = ChartInterval.oneDay

  @Option(help: "How far back.")
  var range = ChartRange.oneYear

  @Option(help: ArgumentHelp("Another host for the provider, with scheme: a proxy, a test.", valueName: "url"))
  var baseURL: String?

  @Flag(help: "Ask for everything, even if the cache has it; conditionally where the service allows that.")
  var refresh = false

  @Flag(help: "Tell on standard error how far it has come, in plain lines.")
  var progress = false

  @OptionGroup(title: "Manners") var manners: MannersOptions
  @OptionGroup var common: CommonOptions

  mutating func validate() throws {
    if let baseURL, !baseURL.hasPrefix("http://"), !baseURL.hasPrefix("https://") {
      throw ValidationError("--base-url must begin with http:// or https://")
    }
  }

  mutating func execute() throws -> ExitStatus {
    let diagnostics = common.diagnostics(for: "fs-fetch cache")
    let symbols = try SymbolList.read(list)
    var statistics = RunStatistics(tool: FetchTool.name)
    var options = FetchOptions()
    manners.apply(to: &options)
    options.cacheFolder = try CacheOptions.folder()
    options.cacheUse = refresh ? .refresh : .normal
    options.isUnordered = true
    var about = ProviderOptions()
    about.baseURL = baseURL
    let provider = try ProviderName(argument: "yahoo")!.registry.make(about)
    var run = HistoryRun(
      NoOutput(), diagnostics,
      Progress(tool: FetchTool.name, total: symbols.count, isForced: progress, isQuiet: common.quiet))
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
