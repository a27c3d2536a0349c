import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageFetch
import FinstageNet
import FinstageSystem

@main
struct FetchTool: Tool {
  static let configuration = CommandConfiguration(
    commandName: "fs-fetch",
    abstract: "Get bars of symbols as NDJSON.",
    discussion: """
      Fetches the bars of each symbol, in the order asked for, and writes one JSON object a line:

        {"symbol":"AAPL","ts":"2013-03-01","open":438,"high":438.18,"low":429.98,"close":430.47,"volume":19730300,...}

      Bars of a day or longer carry the date of their session, shorter ones the instant they begin, in UTC. "adj_close" is \
      adjusted for splits and dividends; "dividend", "split" and "capital_gain" stand on the bars they belong to.

      A symbol that fails is named on standard error with the reason; the others still arrive, and the status is 1.

      With --store and --update, a file of bars (SQLite) is brought up to date: of each symbol only what is missing since the last \
      time is asked for, and the week before, to see whether it is still the same. A split or a dividend that has changed the \
      prices held leads to a fetch of all; bars held are never removed. Days without bars among those held are asked for once \
      and then taken for holidays; those that the service has a row of but no prices, and holes of more than ten days, three \
      times. A line says what became of each symbol, and one the sums. A new symbol begins ten years ago, bars shorter than a \
      day begin five days ago, or where --range or --from says. --store alone writes the bars held, without network; SQL finds \
      them in the tables series and bars.

      Bars that look wrong carry a field "suspect" with the reason: high_below_low, outside_range, zero_price, unit_100x (about \
      a hundred times off most others: pence for pounds), split_unadjusted (rows before a split that do not know of it), \
      dividend_unadjusted (adjusted closes that do not know of a dividend), dividend_unit (a dividend in pounds for prices in \
      pence). --repair changes those of the last four kinds, and says so in a field "repaired"; which unit is the right one cannot be known: that of most bars is taken.

      The provider stooq has daily bars; csv and json read any service's answers (--url-template, --rows, --map), file reads CSV \
      files of a folder (--path). Keys of services come from the environment (FINSTAGE_STOOQ_KEY, FINSTAGE_JSON_KEY, ...) or \
      from a file that only you may read (stooq.key in the folder of the configuration), and stand for {key} in addresses.

      The provider yahoo is Yahoo Finance's unofficial chart service. The provider sample has real bars that come with \
      finstage and needs no network; its ranges end with the last bar there is.

      Many symbols are fetched at once (--concurrency) and written in the order asked for. Answers are kept in a cache that all \
      processes share: bars of a day or longer are fresh for an hour, shorter ones for three minutes, symbols that do not exist \
      are remembered for an hour. However many processes want the same, one asks. What is no longer fresh is asked for \
      conditionally where the service allows that, and still used, with a warning, when the service fails. A request that failed \
      for a passing reason is made again, after a random wait that may double each time (--retries, --retry-base, --retry-max). \
      A pause that a service asks for (Retry-After) and --rate hold for all processes together.

      EXAMPLES:
        fs-fetch AAPL | fs-indicators --sma 20
        fs-fetch AAPL MSFT --range 5y -o bars.ndjson
        fs-fetch --interval 1h --range 1mo BTC-USD ^GSPC
        fs-fetch --from 2020-01-01 --to 2021-01-01 AAPL
        fs-fetch --history AAPL MSFT --store prices.db --update
        fs-fetch AAPL --store prices.db --range 5y | fs-indicators --sma 20
        fs-fetch --quote AAPL BTC-USD ^GSPC
        fs-fetch --snapshot AAPL
        fs-fetch --ath AAPL
        fs-fetch --news AAPL MSFT
        fs-fetch --provider csv --url-template 'https://host/{symbol}.csv' EURUSD
        fs-fetch --provider json --url-template 'https://host/bars?s={symbol}' --rows data --map ts=t,close=c X
        fs-fetch --provider file --path data AAPL
        fs-fetch --provider sample AAPL | head -1
        cat symbols.txt | fs-fetch - --range max --rate 5/s --progress
        fs-fetch AAPL --max-age 10m
        fs-fetch AAPL --offline
        fs-fetch cache stats
        fs-fetch cache warm symbols.txt --rate 5/s

      EXIT STATUS:
      0 done; 1 some symbols failed, each named on standard error; 64 wrong usage; 66 no such file of symbols; 69 nothing \
      arrived because the service cannot be reached or refuses; 73 the output cannot be created; 74 writing failed; \
      75 nothing arrived because of too many requests: try again later.

      ENVIRONMENT:
      FINSTAGE_SAMPLES: the folder of the samples. FINSTAGE_HOME, XDG_CACHE_HOME: where the cache is. \
      http_proxy, https_proxy, no_proxy: proxies. \
      SSL_CERT_FILE, SSL_CERT_DIR, CURL_CA_BUNDLE: whose certificates are trusted. FS_METRICS: a file to which \
      the numbers of --stats are appended as metric records. NO_COLOR: no colours in messages.
      """,
    version: finstageVersion,
    subcommands: [CacheCommands.self])

  @Argument(help: "Symbols; - reads them from standard input, one a line (# begins a comment).")
  var symbols: [String]

  @Option(help: ArgumentHelp("Where to get bars.", valueName: "name"))
  var provider = ProviderName(argument: "yahoo")!

  @Option(help: "How long bars last.")
  var interval = ChartInterval.oneDay

  @Option(help: "How far back; 1y unless --from is given.")
  var range: ChartRange?

  @Option(help: "The first day or instant, ISO 8601, instead of --range.")
  var from: Moment?

  @Option(help: "The day or instant before which to stop, with --from. (default: now)")
  var to: Moment?

  @Flag(help: "Bars: what is written anyway.")
  var history = false

  @Option(
    help: ArgumentHelp(
      "A file of bars: write those of it, or bring it up to date with --update.", valueName: "file"),
    completion: .file())
  var store: String?

  @Flag(help: "With --store: fetch only what is missing there, and write a line about each symbol.")
  var update = false

  @Flag(help: "Instead of bars: the last price, and the change from the close before.")
  var quote = false

  @Flag(help: "Instead of bars: close, high and low of the last session that is over.")
  var snapshot = false

  @Flag(help: "Instead of bars: the highest price there has been, and when.")
  var ath = false

  @Flag(help: "Instead of bars: headlines, from Yahoo Finance's feed or one of RSS or Atom that --url-template names.")
  var news = false

  @Flag(help: "Bars before and after the regular session, too.")
  var prePost = false

  @Flag(help: "Keep prices that the provider widened from 32 bits as they came: 75.0875015258789 for 75.0875.")
  var rawPrices = false

  @Flag(help: "Write bars that look wrong as they should be, where that is known, with the field \"repaired\".")
  var repair = false

  @Option(
    help: ArgumentHelp(
      "For csv and json: the address, with {symbol}, and {interval}, {from}, {to}, {key} where needed.",
      valueName: "url"))
  var urlTemplate: String?

  @Option(help: ArgumentHelp("For json: where in the answer the bars are, such as result.bars.", valueName: "path"))
  var rows: String?

  @Option(
    help: ArgumentHelp(
      "For csv, json and file: what the fields are called there: ts=t,open=o,close=c.", valueName: "names"))
  var map: String?

  @Option(help: ArgumentHelp("For file: the folder of the files.", valueName: "folder"), completion: .directory)
  var path: String?

  @Option(help: ArgumentHelp("Another host for the provider, with scheme: a proxy, a test.", valueName: "url"))
  var baseURL: String?

  @Flag(help: "Tell on standard error how far it has come, in plain lines.")
  var progress = false

  @Flag(help: "Write symbols as they come instead of in the order asked for.")
  var unordered = false

  @OptionGroup(title: "Manners") var manners: MannersOptions
  @OptionGroup(title: "Cache") var cacheUse: CacheUseOptions
  @OptionGroup var common: CommonOptions

  static func main() {
    // A command with symbols of its own would take the name of a subcommand for one.
    if CommandLine.arguments.dropFirst().first == CacheCommands.configuration.commandName { FetchSubcommands.start() }
    start()
  }

  mutating func validate() throws {
    if range != nil && from != nil { throw ValidationError("--range and --from exclude each other") }
    if [quote, snapshot, ath, news].count(where: { $0 }) > 1 {
      throw ValidationError("--quote, --snapshot, --ath and --news exclude each other")
    }
    if record != nil || news, range != nil || from != nil || interval != .oneDay || prePost {
      throw ValidationError("--quote, --snapshot, --ath and --news take no --range, --from, --interval or --pre-post")
    }
    if news, provider.registry.name != "yahoo" {
      throw ValidationError("--news takes no --provider; --url-template names another feed")
    }
    if update && store == nil { throw ValidationError("--update needs --store FILE") }
    if store != nil, record != nil || news || prePost {
      throw ValidationError("--store takes no --quote, --snapshot, --ath, --news or --pre-post")
    }
    if update && to != nil { throw ValidationError("--update takes no --to: it ends now") }
    if to != nil && from == nil { throw ValidationError("--to needs --from") }
    if let from, let to, to.second <= from.second { throw ValidationError("--to must be later than --from") }
    if let baseURL, !baseURL.hasPrefix("http://"), !baseURL.hasPrefix("https://") {
      throw ValidationError("--base-url must begin with http:// or https://")
    }
  }

  private var record: MarketRecord? { quote ? .quote : snapshot ? .snapshot : ath ? .ath : nil }

  mutating func execute() throws -> ExitStatus {
    let diagnostics = common.diagnostics(for: Self.name)
    let names = try SymbolList.expand(symbols)
    var statistics = RunStatistics(tool: Self.name)
    var options = ProviderOptions()
    options.baseURL = baseURL
    options.keepsRawPrices = rawPrices
    options.urlTemplate = urlTemplate
    options.rowsPath = rows
    options.folder = path
    options.map = try fieldMap()
    let span: HistoryRequest.Span =
      from.map { .period(from: $0.second, to: to?.second) } ?? .range(range ?? .oneYear)
    var fetching = FetchOptions()
    manners.apply(to: &fetching)
    cacheUse.apply(to: &fetching)
    fetching.isUnordered = unordered
    if let store, !update { return try writeBars(of: store, names, &statistics, diagnostics) }
    if news { return try writeNews(of: names, options, fetching, &statistics, diagnostics) }
    let source: any Provider
    do throws(FetchFailure) {
      fetching.key = try ProviderKey.find(provider.registry.name)
      options.hasKey = fetching.key != nil
      source = try provider.registry.make(options)
    } catch {
      throw ToolFailure(.usage, error.sentence)
    }
    if let store {
      return try bringUpToDate(store, names, source, fetching, &statistics, diagnostics)
    }
    let output: any HistoryOutput =
      if let record {
        MarketRecordOutput(try common.printer(), record)
      } else {
        BarOutput(try common.barPrinter(), repairs: repair)
      }
    var run = HistoryRun(output, diagnostics, progressDisplay(of: names))
    try run.fetch(
      names.map { name in
        record?.request(name)
          ?? HistoryRequest(symbol: name, interval: interval, span: span, includesPrePost: prePost)
      }, from: source, lifetime: record?.lifetime, fetching)
    try run.finish(&statistics)
    statistics.report(isWanted: common.stats, diagnostics)
    return run.status
  }
}

extension FetchTool {
  private func writeNews(
    of symbols: [String], _ options: ProviderOptions, _ fetching: FetchOptions, _ statistics: inout RunStatistics,
    _ diagnostics: Diagnostics
  ) throws -> ExitStatus {
    var fetching = fetching
    let feed: NewsFeed
    do throws(FetchFailure) {
      fetching.key = try ProviderKey.find("news")
      feed = try NewsFeed(options)
    } catch {
      throw ToolFailure(.usage, error.sentence)
    }
    var run = NewsRun(
      try common.printer(schema: NewsItem.description.schema), diagnostics, progressDisplay(of: symbols))
    try run.fetch(symbols, from: feed, fetching)
    try run.finish(&statistics)
    statistics.report(isWanted: common.stats, diagnostics)
    return run.status
  }

  func progressDisplay(of symbols: [String]) -> Progress {
    Progress(tool: Self.name, total: symbols.count, isForced: progress, isQuiet: common.quiet)
  }

  /// `--map` as pairs.
  private func fieldMap() throws -> [String: String] {
    var result: [String: String] = [:]
    let known = ["ts", "open", "high", "low", "close", "volume", "adj_close"]
    for part in (map ?? "").split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2, known.contains(pair[0]) else {
        throw ToolFailure(
          .usage, "--map \(part): pairs of \(known.joined(separator: ", ")) and a name are wanted: ts=t,close=c")
      }
      result[pair[0]] = pair[1]
    }
    return result
  }
}

/// The subcommands alone, for the parser.
private struct FetchSubcommands: Tool {
  static let configuration = CommandConfiguration(commandName: FetchTool.name, subcommands: [CacheCommands.self])

  mutating func execute() throws -> ExitStatus {
    throw ToolFailure(.usage, "a subcommand is missing (see \(Self.name) --help)")
  }
}
