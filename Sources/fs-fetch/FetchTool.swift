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
    abstract: "Fetch the bars of symbols as NDJSON.",
    discussion: """
      Fetches the bars of each symbol, in the order given, and writes one JSON object per line:

        {"symbol":"AAPL","ts":"2013-03-01","open":438,"high":438.18,"low":429.98,"close":430.47,"volume":19730300,...}

      A bar of a day or longer carries the date of its session; a shorter bar carries the instant at which it begins, \
      in UTC. "adj_close" is adjusted for splits and dividends. "dividend", "split" and "capital_gain" appear on the \
      bars they belong to.

      A symbol that fails is named on standard error with the reason; the others still arrive, and the exit status is 1.

      With --store and --update, the tool brings a file of bars (an SQLite database) up to date. For each symbol, it \
      requests the bars missing since the last update, plus those of the week before (the day before for bars shorter \
      than a day) to see whether they have changed; bars of a week or longer are always requested from the beginning. \
      If a split or a dividend has changed stored prices, the whole series is fetched again. Stored bars are never \
      removed. Days without bars inside a stored series are requested once and then taken for holidays; days for which \
      the service has a row without prices, and holes of more than ten days, are requested three times. One line \
      reports the outcome of each symbol, and a last line the totals. A new symbol begins ten years ago (five days ago \
      for bars shorter than a day), or where --range or --from says. --store alone writes the stored bars without \
      using the network. SQL can read them from the tables series and bars.

      Bars that look wrong carry a field "suspect" with the reason: high_below_low, outside_range, zero_price, \
      unit_100x (about a hundred times off most other bars: pence for pounds), split_unadjusted (rows before a split \
      that are not adjusted for it), dividend_unadjusted (adjusted closes that ignore a dividend), dividend_unit (a \
      dividend in pounds for prices in pence). --repair fixes bars of the last four kinds and says so in a field \
      "repaired". Which unit is right cannot be known, so --repair takes the unit of most bars.

      The provider stooq has bars of a day or longer; csv and json read the answers of any service (--url-template, \
      --rows, --map); file reads CSV files from a folder (--path). The key of a service comes from the environment \
      (FINSTAGE_STOOQ_KEY, FINSTAGE_JSON_KEY, ...) or from a file that only you may read (stooq.key in the \
      configuration folder), and replaces {key} in addresses and header fields (--header); a second word, {secret}, comes \
      from FINSTAGE_JSON_SECRET or json.secret. If the answer of a JSON service is one page of several, the next pages are \
      fetched, too.

      The provider yahoo is Yahoo Finance's unofficial chart service. The provider sample has real bars that come with \
      finstage and needs no network; its ranges end with the last bar of the sample.

      Many symbols are fetched at once (--concurrency) and written in the order given. Answers are kept in a cache \
      that all processes share: bars of a day or longer stay fresh for an hour, shorter bars for three minutes. A \
      symbol that does not exist is remembered for an hour. If several processes want the same answer, only one of \
      them requests it. An answer that is no longer fresh is requested again, conditionally if the service supports \
      that; if the service fails, the old answer is still used, with a warning. A request that failed for a transient \
      reason is retried after a random wait, whose upper bound doubles each time (--retries, --retry-base, \
      --retry-max). A pause that a service asks for (Retry-After) and the limit set by --rate apply to all processes \
      together.

      EXAMPLES:
        fs-fetch AAPL | fs-indicators --sma 20
        fs-fetch AAPL MSFT --range 5y -o bars.ndjson
        fs-fetch --interval 1h --range 1mo BTC-USD ^GSPC
        fs-fetch --from 2020-01-01 --to 2021-01-01 AAPL
        fs-fetch --history AAPL MSFT --store prices.db --update
        fs-fetch AAPL --store prices.db --range 5y | fs-indicators --sma 20
        fs-fetch --quote AAPL BTC-USD ^GSPC
        fs-fetch --quote AAPL MSFT --every 10s | fs-alert --when 'change_percent >= 3'
        fs-fetch --snapshot AAPL
        fs-fetch --ath AAPL
        fs-fetch --news AAPL MSFT
        fs-fetch --provider csv --url-template 'https://host/{symbol}.csv' EURUSD
        fs-fetch --provider json --url-template 'https://host/bars?s={symbol}' --rows data --map ts=t,close=c X
        fs-fetch --provider json --url-template 'https://host/{symbol}/bars' --header 'X-Api-Key: {key}' X
        fs-fetch --provider file --path data AAPL
        fs-fetch --provider sample AAPL | head -1
        cat symbols.txt | fs-fetch - --range max --rate 5/s --progress
        fs-fetch AAPL --max-age 10m
        fs-fetch AAPL --offline
        fs-fetch cache stats
        fs-fetch cache warm symbols.txt --rate 5/s

      EXIT STATUS:
      0 done; 1 some symbols failed, each named on standard error; 64 wrong usage; 66 an input file does not exist; 69 \
      nothing arrived because the service cannot be reached or refuses; 73 the output cannot be created; 74 writing \
      failed; 75 nothing arrived because of too many requests: try again later; 65 a damaged store or file; 78 a key that others may read, or a file of a newer version.

      ENVIRONMENT:
      FINSTAGE_JSON_KEY, FINSTAGE_JSON_SECRET (and so for each provider): what {key} and {secret} stand for. FINSTAGE_SAMPLES: the folder of the samples. FINSTAGE_HOME, XDG_CACHE_HOME: where the cache is. http_proxy, \
      https_proxy, no_proxy: proxies. SSL_CERT_FILE, SSL_CERT_DIR, CURL_CA_BUNDLE: the certificates to trust. \
      FS_CACHE: a Redis that machines share, redis://[:PASSWORD@]HOST:PORT/DATABASE or rediss: for TLS: its answers, who fetches what, the rates and pauses of hosts hold for \
      all of them. It is asked for no longer than 150 ms (?timeout=500ms behind the address: for one that is far away), and not for --offline; while it is away, each machine goes on with its own cache and the whole of the rate (so all together may send as many times the rate as there \
      are machines), and says so once. An outage that one machine finds is known to all, and one of them at a time asks whether it is over. fs-fetch cache remote checks it. \
      FS_METRICS: a file to which the numbers of --stats are appended as metric records. FS_FETCH_CONCURRENCY, FS_FETCH_BATCH_SIZE, FS_CACHE_HISTORY, \
      FS_CACHE_QUOTES: settings, which the file config/settings has as well (fs-metrics rules). NO_COLOR: turns off colours \
      in messages.
      """,
    version: finstageVersion,
    subcommands: [CacheCommands.self])

  @Argument(help: "Symbols; - reads them from standard input, one per line (# starts a comment).")
  var symbols: [String]

  @Option(help: ArgumentHelp("Where to get bars.", valueName: "name"))
  var provider = ProviderName(argument: "yahoo")!

  @Option(help: "The length of a bar.")
  var interval = ChartInterval.oneDay

  @Option(help: "How far back to go; 1y unless --from is given.")
  var range: ChartRange?

  @Option(help: "The first day or instant, ISO 8601, instead of --range.")
  var from: Moment?

  @Option(help: "Stop before this day or instant; needs --from. (default: now)")
  var to: Moment?

  @Flag(help: "Write bars (the default).")
  var history = false

  @Option(
    help: ArgumentHelp(
      "Write the bars stored in this file, or bring the file up to date with --update.", valueName: "file"),
    completion: .file())
  var store: String?

  @Flag(help: "With --store: fetch only the bars missing there, and write a line about each symbol.")
  var update = false

  @Flag(help: "Instead of bars, write the last price and the change from the previous close.")
  var quote = false

  @Flag(help: "Instead of bars, write the close, high and low of the last completed session.")
  var snapshot = false

  @Flag(help: "Instead of bars, write the all-time high and its date.")
  var ath = false

  @Flag(help: "Instead of bars, write headlines from Yahoo Finance, or from the RSS or Atom feed of --url-template.")
  var news = false

  @Option(
    help: ArgumentHelp(
      "Ask again and again, a round at each multiple of this time, until a signal; no answer is older than it.",
      valueName: "span"))
  var every: TimeSpan?

  @Flag(help: "Include bars before and after the regular session.")
  var prePost = false

  @Flag(help: "Keep prices as the provider widened them from 32 bits: 75.0875015258789 instead of 75.0875.")
  var rawPrices = false

  @Flag(help: "Repair bars that look wrong, if the right values are known, and mark them with the field \"repaired\".")
  var repair = false

  @Option(
    help: ArgumentHelp(
      "For csv and json: the address, with {symbol} and, if needed, {interval}, {from}, {to}, {key}.",
      valueName: "url"))
  var urlTemplate: String?

  @Option(help: ArgumentHelp("For json: the path to the bars in the answer, such as result.bars.", valueName: "path"))
  var rows: String?

  @Option(
    help: ArgumentHelp(
      "For csv, json and file: the names of the fields in the data, such as ts=t,open=o,close=c.", valueName: "names"))
  var map: String?

  @Option(help: ArgumentHelp("For file: the folder of the CSV files.", valueName: "folder"), completion: .directory)
  var path: String?

  @Option(
    help: ArgumentHelp("Another host for the provider, with scheme (for a proxy or a test).", valueName: "url"),
    transform: BaseURL.check)
  var baseURL: String?

  @Option(
    help: ArgumentHelp(
      "A header field to send, such as 'X-Api-Key: {key}'; may be repeated.", valueName: "field"),
    transform: HeaderField.check)
  var header: [HeaderField] = []

  @Flag(help: "Report progress on standard error, in plain lines.")
  var progress = false

  @Flag(help: "Exit with 0 if the only symbols that fail do not exist; they are still named.")
  var allowAbsent = false

  @Option(help: ArgumentHelp("Exit with 0 if no more than this share of the symbols fails.", valueName: "percent"))
  var tolerate: Share?

  @Flag(help: "Write symbols as they arrive instead of in the order given.")
  var unordered = false

  @OptionGroup(title: "Rate limits and retries") var manners: MannersOptions
  @OptionGroup(title: "Cache") var cacheUse: CacheUseOptions
  @OptionGroup var columnar: ColumnarOptions
  @OptionGroup var common: CommonOptions

  static func main() {
    let words = CommandLine.arguments.dropFirst()
    if words.first == "help" {
      // Not a symbol, although the parser would take it for one.
      print(words.dropFirst().first == "cache" ? helpMessage(for: CacheCommands.self) : helpMessage())
      systemExit(0)
    }
    // This command takes symbols as arguments, so the parser would take the name of a subcommand for a symbol.
    if CommandLine.arguments.dropFirst().first == CacheCommands.configuration.commandName { FetchSubcommands.start() }
    start()
  }

  mutating func validate() throws {
    if range != nil && from != nil { throw ValidationError("--range and --from are mutually exclusive") }
    if [quote, snapshot, ath, news].count(where: { $0 }) > 1 {
      throw ValidationError("--quote, --snapshot, --ath and --news are mutually exclusive")
    }
    if record != nil || news, range != nil || from != nil || interval != .oneDay || prePost {
      throw ValidationError("--quote, --snapshot, --ath and --news take no --range, --from, --interval or --pre-post")
    }
    if news, provider.registry.name != "yahoo" {
      throw ValidationError("--news takes no --provider (name another feed with --url-template)")
    }
    if let every {
      guard (1...86_400).contains(every.seconds) else { throw ValidationError("--every must be 1s to 1d") }
      if store != nil || news || update { throw ValidationError("--every takes no --store or --news") }
      if cacheUse.offline || cacheUse.replay != nil { throw ValidationError("--every takes no --offline or --replay") }
    }
    if update && store == nil { throw ValidationError("--update needs --store FILE") }
    if store != nil, record != nil || news || prePost {
      throw ValidationError("--store takes no --quote, --snapshot, --ath, --news or --pre-post")
    }
    if update && to != nil { throw ValidationError("--update takes no --to (an update always ends now)") }
    if to != nil && from == nil { throw ValidationError("--to needs --from") }
    if let from, let to, to.second <= from.second { throw ValidationError("--to must be later than --from") }
  }

  private var record: MarketRecord? { quote ? .quote : snapshot ? .snapshot : ath ? .ath : nil }

  mutating func execute() throws -> ExitStatus {
    let diagnostics = common.diagnostics(for: Self.name)
    let list = try SymbolList(arguments: symbols)
    let names = list.symbols
    var statistics = RunStatistics(tool: Self.name)
    var options = ProviderOptions()
    options.baseURL = baseURL
    options.keepsRawPrices = rawPrices
    options.urlTemplate = urlTemplate
    options.rowsPath = rows
    options.folder = path
    options.map = try fieldMap()
    let span: HistoryRequest.Extent =
      from.map { .period(from: $0.second, to: to?.second) } ?? .range(range ?? .oneYear)
    var fetching = FetchOptions()
    try manners.apply(to: &fetching)
    try cacheUse.apply(to: &fetching, unless: quote || !interval.isDaily ? "cache.quotes" : "cache.history")
    fetching.isUnordered = unordered
    fetching.headers = header
    if let store, !update { return try writeBars(of: store, list, &statistics, diagnostics) }
    if news { return try writeNews(of: list, options, fetching, &statistics, diagnostics) }
    let source: any Provider
    fetching.secrets = try ProviderKey.secrets(provider.registry.name)
    do throws(FetchFailure) {
      for field in fetching.headers {
        try ProviderKey.check(field.value, of: "--header", provider.registry.name, fetching.secrets)
      }
      options.secrets = fetching.secrets
      source = try provider.registry.make(options)
    } catch {
      throw ToolFailure(.usage, error.sentence)
    }
    if let store {
      return try bringUpToDate(store, list, source, fetching, &statistics, diagnostics)
    }
    let output: any HistoryOutput =
      if let record {
        MarketRecordOutput(try common.printer(nil, columnar), record)
      } else {
        BarOutput(try common.barPrinter(nil, columnar), repairs: repair)
      }
    var run = HistoryRun(output, diagnostics, progressDisplay(of: names), tolerating: tolerance)
    run.reject(list)
    let requests = names.map { name in
      record?.request(name)
        ?? HistoryRequest(symbol: name, interval: interval, span: span, includesPrePost: prePost)
    }
    let lifetime = record?.lifetime
    if let every {
      // The answer of the round before is a little younger than the interval: it must not serve twice.
      let freshness = every.seconds / 2
      fetching.maxAge = min(fetching.maxAge ?? .infinity, freshness)
      var rounds = Rounds(every: every.seconds)
      repeat {
        try run.fetch(requests, from: source, lifetime: min(lifetime ?? freshness, freshness), fetching)
        try run.flush()
        guard let skipped = rounds.wait() else { break }
        if skipped > 0 {
          diagnostics.warning(
            "a round took longer than \(every.text): \(skipped) \(skipped == 1 ? "was" : "were") skipped")
        }
      } while true
    } else {
      try run.fetch(requests, from: source, lifetime: lifetime, fetching)
    }
    try run.finish(&statistics)
    statistics.report(isWanted: common.stats, diagnostics)
    return run.status
  }
}

extension FetchTool {
  private func writeNews(
    of list: SymbolList, _ options: ProviderOptions, _ fetching: FetchOptions, _ statistics: inout RunStatistics,
    _ diagnostics: Diagnostics
  ) throws -> ExitStatus {
    var fetching = fetching
    let feed: NewsFeed
    fetching.secrets = try ProviderKey.secrets("news")
    do throws(FetchFailure) {
      var options = options
      for field in fetching.headers { try ProviderKey.check(field.value, of: "--header", "news", fetching.secrets) }
      options.secrets = fetching.secrets
      feed = try NewsFeed(options)
    } catch {
      throw ToolFailure(.usage, error.sentence)
    }
    var run = NewsRun(
      try common.printer(schema: NewsItem.description.schema), diagnostics, progressDisplay(of: list.symbols),
      tolerating: tolerance)
    run.reject(list)
    try run.fetch(list.symbols, from: feed, fetching)
    try run.finish(&statistics)
    statistics.report(isWanted: common.stats, diagnostics)
    return run.status
  }

  var tolerance: SymbolOutcomes.Tolerance {
    var tolerance = SymbolOutcomes.Tolerance()
    tolerance.allowsAbsent = allowAbsent
    tolerance.share = tolerate?.value ?? 0
    return tolerance
  }

  func progressDisplay(of symbols: [String]) -> Progress {
    Progress(tool: Self.name, total: symbols.count, isForced: progress, isQuiet: common.quiet)
  }

  /// The field names of `--map`, by our names.
  private func fieldMap() throws -> [String: String] {
    var result: [String: String] = [:]
    let known = ["ts", "open", "high", "low", "close", "volume", "adj_close"]
    for part in (map ?? "").split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2, known.contains(pair[0]) else {
        throw ToolFailure(
          .usage, "--map \(part): not a pair such as close=c (fields: \(known.joined(separator: ", ")))")
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
