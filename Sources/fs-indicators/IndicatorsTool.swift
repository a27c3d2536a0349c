import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageIndicators
import FinstageSystem

@main
struct IndicatorsTool: Tool {
  static let configuration = CommandConfiguration(
    commandName: "fs-indicators",
    abstract: "Add technical indicators and signals to bars.",
    discussion: """
      Reads bars as NDJSON (one JSON object a line, gzip or not), computes indicators for each symbol and writes the same lines \
      with more fields. Fields it does not know and records of other types pass through byte for byte. Memory does not grow \
      with the length of the input.

      Columns are named after the indicator and its parameters: sma_20, macd_12_26_9, macd_signal_12_26_9, bb_upper_20_2, \
      stoch_k_14_3_3. The values are TA-Lib's where it has the indicator; null stands for "no value yet". Each indicator has \
      an option of its name and can be named with -i, which takes its usual parameters where none are given. --list shows \
      all, --explain says all about one.

      A bar with a null input, or one beyond 1e100, has null results and changes nothing for the bars after it. So has a bar \
      whose "ts" does not come after the last one of its symbol; such bars are counted and warned of once. With --revise, a bar \
      with the time of the last one is that bar again (it was still open), and takes its place.

      With --signals, a bar on which something happens has two more fields, "signals" with names such as golden_cross, \
      rsi_oversold, ma20_breakout_up, bb_break_upper, macd_bullish_cross, stoch_overbought, volume_breakout_up, and \
      "signal_strengths" with a number for each. A condition that lasts is reported on the bar where it begins. Signals are \
      looked for in the indicators that are asked for, or in the usual ones if there are none. The crosses of averages are \
      those of the two longest sma. \
      Of several rsi, say, the names tell which: rsi_7_oversold.

      With --state, the run goes on where the last one with the same file and the same indicators stopped: bars that were \
      taken then are left out, the results of new ones are those of a run over everything. A file that has only grown is read \
      from where the last run stopped. If the bars of a symbol are not those that were taken, the symbol is computed anew from \
      the beginning of the input, its bars are all written, and a warning says so. The state is saved after the output has been \
      written; a run that is killed leaves the old one.

      EXAMPLES:
        fs-fetch AAPL | fs-indicators --sma 20
        fs-fetch AAPL MSFT | fs-indicators --macd 12,26,9 --bbands 20,2
        fs-indicators -i adx:14 -i stoch:14,3,3 -i obv -i vwap:session < bars.ndjson
        zcat bars.ndjson.gz | fs-indicators --rsi 14 --last
        fs-indicators --sma 50,200 --signals < bars.ndjson | grep golden_cross
        fs-indicators --state ~/.state/ind.state --rsi 14 bars.ndjson >> out.ndjson
        fs-indicators --analyze < bars.ndjson
        fs-indicators --ema 50 --field adj_close --prefix adj_ bars.ndjson
        fs-indicators --explain rsi

      EXIT STATUS:
      0 done; 64 wrong usage; 65 bad data, all before it written; 66 no such input; 73 the output cannot be created; \
      74 reading or writing failed.

      ENVIRONMENT:
      FS_METRICS: a file to which the numbers of --stats are appended as metric records. NO_COLOR: no colours in messages. \
      TMPDIR: where bars that --state leaves out are kept until the run has ended, if they are many.
      """,
    version: finstageVersion)

  @Option(
    name: [.customShort("i"), .customLong("indicator")], parsing: .singleValue,
    help: "An indicator with its parameters; the usual ones where they are left out.",
    completion: .list(Indicator.all.map(\.name)))
  var indicator: [String] = []

  @Flag(help: "All indicators, with their usual parameters.")
  var all = false

  @Flag(help: "List all indicators: parameters, inputs, columns, warm-up, meaning.")
  var list = false

  @Option(
    help: ArgumentHelp("Explain an indicator: formula, source, warm-up, null rules.", valueName: "indicator"),
    completion: .list(Indicator.all.map(\.name)))
  var explain: String?

  @Flag(help: "Tell of crosses, breakouts and levels on the bar where they happen.")
  var signals = false

  @Flag(help: "Count near misses of --signals, too.")
  var tolerant = false

  @Flag(help: "Write one summary of each symbol at the end instead of bars.")
  var analyze = false

  @Flag(help: "With --analyze: one object for all symbols.")
  var batch = false

  @Option(
    help: ArgumentHelp("Go on where the last run with this file stopped, and save the state there.", valueName: "file"),
    completion: .file())
  var state: String?

  @Flag(help: "A bar with the time of the last one of its symbol takes its place.")
  var revise = false

  @Flag(help: "Write only the newest bar of each symbol, when the input has ended.")
  var last = false

  @Option(help: "The field that indicators of one series are computed from.")
  var field = "close"

  @Option(help: "The field that tells series apart; '' if the whole input is one series.")
  var by = "symbol"

  @Option(help: "Put this before the name of each added field.")
  var prefix = ""

  @Option(help: "The format to write, if not the one that the name after -o or FS_FORMAT tells.")
  var format: FormatName?

  @OptionGroup(title: "Indicators")
  var indicators: IndicatorOptions

  @OptionGroup var input: RecordInputOptions
  @OptionGroup var common: CommonOptions

  static func main() { start() }

  static func offerAllOptions() -> Bool { IndicatorOptions.offerAll() }

  mutating func execute() throws -> ExitStatus {
    if list || explain != nil { return try describe() }
    let diagnostics = common.diagnostics(for: Self.name)
    let set = try indicatorSet()
    var statistics = RunStatistics(tool: Self.name)
    var session: StateSession?
    if let state {
      session = try StateSession.open(state, diagnostics)
      guard session != nil else { return .done }  // a signal came: it ends the process
    }
    let format = try FormatName.chosen(self.format, output: common.output)
    let inputs = try (input.files.isEmpty ? ["-"] : input.files).map { try RecordInput.open($0) }
    let sink = try common.anySink()
    let stage = IndicatorStage(set, analyze ? .analysis(asOne: batch) : last ? .newest : .bars)
    let stream = RecordStream(
      stage, to: sink, as: format, policy: input.onError, isLive: input.lineBuffered || sink.isLive)
    let symbols = stream.symbols
    stage.symbols = symbols
    try session?.load(set, symbols)
    // Nothing of the stream may be kept here: it has the stage, and must go away to remove an unfinished file.
    stage.onBatch = { session?.reportEdits(set, symbols) }
    let report = IndicatorReport(stream: stream, set: set, policy: input.onError)
    defer { report.warn(diagnostics) }
    try stream.read(inputs, begin: session?.begin, end: session?.end)
    try session?.takeEditedSeriesAgain(set, stream)
    try stream.finish()
    // What has been written has been taken; a file that a signal kept from its place has not.
    if sink.isInPlace { try session?.save(set, stream.symbols) }
    report.count(into: &statistics, bytesOut: sink.bytesWritten)
    statistics.report(isWanted: common.stats, diagnostics)
    return .done
  }

  private func describe() throws -> ExitStatus {
    var text = list ? IndicatorListing.table() : ""
    if let explain {
      guard let indicator = Indicator.named(explain) else {
        throw ToolFailure(.usage, "--explain \(explain): there is no such indicator (see --list)")
      }
      text += IndicatorListing.explanation(indicator)
    }
    let sink = try common.anySink()
    try sink.write(text)
    try sink.finish()
    return .done
  }

  private func indicatorSet() throws -> IndicatorSet {
    let requests = try indicators.requests(indicator, isAll: all)
    try checkCombinations(requests)
    for (option, name) in [("--field", field), ("--by", by)] where name == "ts" || name == "type" {
      throw ToolFailure(.usage, "\(option) \(name): this field has a meaning of its own")
    }
    guard !field.isEmpty, field != by else {
      throw ToolFailure(.usage, "--field \(field): name a field of numbers other than --by")
    }
    var options = IndicatorSet.Options()
    options.field = field
    options.key = by.isEmpty ? nil : by
    options.prefix = analyze ? "" : prefix
    options.signals = signals || analyze ? (tolerant ? .tolerant : .strict) : nil
    options.revises = revise
    options.keepsHistory = state != nil
    options.addsFields = !analyze
    let set = IndicatorSet(analyze ? AnalysisReport.requests : requests, options)
    let read = set.fields.map(\.name)
    if let twice = read.first(where: { name in read.count { $0 == name } > 1 }) {
      throw ToolFailure(
        .usage, "\"\(twice)\" would be read in two ways, or added although it is read: mend --by, --field or --prefix")
    }
    return set
  }

  private func checkCombinations(_ requests: [IndicatorRequest]) throws {
    if tolerant && !signals && !analyze { throw ToolFailure(.usage, "--tolerant belongs to --signals or --analyze") }
    if state == "" { throw ToolFailure(.usage, "--state needs the name of a file") }
    if batch && !analyze { throw ToolFailure(.usage, "--batch belongs to --analyze") }
    if analyze {
      guard requests.isEmpty, !last, !signals, state == nil else {
        throw ToolFailure(.usage, "--analyze has indicators of its own, and no --last, --signals or --state")
      }
      return
    }
    if requests.isEmpty && !signals {
      throw ToolFailure(
        .usage, "name at least one indicator, such as --sma 20 or -i rsi, or --all (see \(Self.name) --list)")
    }
  }
}
