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
      Reads bars as NDJSON (one JSON object per line, optionally gzipped), computes indicators for each symbol and \
      writes the same lines with more fields. Unknown fields and records of other types pass through byte for byte. \
      Memory use does not grow with the length of the input.

      Columns are named after the indicator and its parameters: sma_20, macd_12_26_9, macd_signal_12_26_9, \
      bb_upper_20_2, stoch_k_14_3_3. The values are those of TA-Lib if TA-Lib has the indicator; null means "no value \
      yet". Each indicator has an option of the same name. It can also be named with -i, which uses the default \
      parameters if none are given. --list shows all indicators; --explain describes one in full.

      A bar whose input is null or beyond 1e100 gets null results and does not affect later bars. The same is true of \
      a bar whose "ts" is not later than that of the last bar of its symbol; one warning reports how many such bars \
      there were. With --revise, a bar with the same time as the last bar replaces it (the last bar was still open).

      With --signals, a bar on which something happens gets two more fields: "signals", with names such as \
      golden_cross, rsi_oversold, ma20_breakout_up, bb_break_upper, macd_bullish_cross, stoch_overbought or \
      volume_breakout_up, and "signal_strengths", with a number for each name. A condition that lasts is reported on \
      the bar where it begins. Signals are derived from the indicators that you ask for, or from a default set if you \
      ask for none. Crosses of averages are those of the two longest sma. If an indicator is used several times, the \
      names of its signals include the parameters: rsi_7_oversold.

      With --state, the run resumes where the last run with the same file and the same indicators stopped: bars that \
      were taken then are left out, and new bars get the results of a run over all bars. A file that has only grown is \
      read from where the last run stopped. If the bars of a symbol differ from those taken before, the symbol is \
      recomputed from the beginning of the input, all its bars are written, and a warning says so. The state is saved \
      after the output has been written; a run that is killed leaves the old state.

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
      0 done; 64 wrong usage; 65 bad data (everything before it has been written); 66 no such input; 73 the output \
      cannot be created; 74 reading or writing failed; 75 another process has had the file of --state for 10 s.

      ENVIRONMENT:
      FS_METRICS: a file to which the numbers of --stats are appended as metric records. NO_COLOR: no colours in messages. \
      TMPDIR: the folder where bars that --state leaves out are kept until the run ends, if they are many.
      """,
    version: finstageVersion)

  @Option(
    name: [.customShort("i"), .customLong("indicator")], parsing: .singleValue,
    help: "An indicator with its parameters; defaults replace those left out.",
    completion: .list(Indicator.all.map(\.name)))
  var indicator: [String] = []

  @Flag(help: "Compute all indicators, with their default parameters.")
  var all = false

  @Flag(help: "List all indicators: parameters, inputs, columns, warm-up, meaning.")
  var list = false

  @Option(
    help: ArgumentHelp("Explain an indicator: formula, source, warm-up, null rules.", valueName: "indicator"),
    completion: .list(Indicator.all.map(\.name)))
  var explain: String?

  @Flag(help: "Report crosses, breakouts and levels on the bar where they happen.")
  var signals = false

  @Flag(help: "With --signals or --analyze: report near misses as signals, too.")
  var tolerant = false

  @Flag(help: "Write one summary for each symbol at the end instead of bars.")
  var analyze = false

  @Flag(help: "With --analyze: one object for all symbols.")
  var batch = false

  @Option(
    help: ArgumentHelp("Resume where the last run with this file stopped, and save the state.", valueName: "file"),
    completion: .file())
  var state: String?

  @Flag(help: "Let a bar replace the last bar of its symbol if both have the same time.")
  var revise = false

  @Flag(help: "Write only the newest bar of each symbol, when the input has ended.")
  var last = false

  @Option(help: "The field that single-input indicators are computed from.")
  var field = "close"

  @Option(help: "The field that tells series apart; '' if the whole input is one series.")
  var by = "symbol"

  @Option(help: "Put this before the name of each added field.")
  var prefix = ""

  @Option(help: "The format to write; overrides the name after -o and FS_FORMAT.")
  var format: FormatName?

  @OptionGroup var columnar: ColumnarOptions

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
    if set.hasNoSignals {
      diagnostics.warning(
        "--signals: none of these indicators has signals (sma, rsi, bbands, macd, stoch and volume_sma have)")
    }
    var statistics = RunStatistics(tool: Self.name)
    var session: StateSession?
    if let state {
      session = try StateSession.open(state, diagnostics)
      guard session != nil else { return .done }  // a signal arrived: it ends the process
    }
    let format = try FormatName.chosen(self.format, output: common.output)
    let inputs = try (input.files.isEmpty ? ["-"] : input.files).map { try RecordInput.open($0) }
    let sink = try common.anySink()
    var options = FormatOptions()
    try columnar.apply(to: &options)
    options.warn = { diagnostics.warning($0) }
    try input.textTypes.apply(to: &options)
    let stage = IndicatorStage(set, analyze ? .analysis(asOne: batch) : last ? .newest : .bars)
    let stream = try RecordStream(
      stage, to: sink, as: format, policy: input.onError ?? .stop, isLive: input.lineBuffered || sink.isLive,
      options: options)
    let symbols = stream.symbols
    try session?.load(set, symbols)
    // Nothing of the stream may be kept here: it has the stage, and must go away to remove an unfinished file.
    stage.onBatch = { session?.reportEdits(set, symbols) }
    let report = IndicatorReport(stream: stream, set: set, policy: input.onError ?? .stop)
    defer { report.warn(diagnostics) }
    try stream.read(inputs, begin: session?.begin, end: session?.end)
    try session?.takeEditedSeriesAgain(set, stream)
    try stream.finish()
    // Bars count as taken once they are written, but not if a signal kept the output file from its place.
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
      throw ToolFailure(.usage, "\(option) \(name): this field is reserved (name another field)")
    }
    guard !field.isEmpty, field != by else {
      throw ToolFailure(.usage, "--field \(field): the field must be numeric and differ from the field of --by")
    }
    var options = IndicatorSetOptions()
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
        .usage, "\"\(twice)\" would be read in two ways, or both read and added (change --by, --field or --prefix)")
    }
    return set
  }

  private func checkCombinations(_ requests: [IndicatorRequest]) throws {
    if tolerant && !signals && !analyze { throw ToolFailure(.usage, "--tolerant requires --signals or --analyze") }
    if state == "" { throw ToolFailure(.usage, "--state needs the name of a file") }
    if batch && !analyze { throw ToolFailure(.usage, "--batch requires --analyze") }
    if analyze {
      guard requests.isEmpty, !last, !signals, state == nil else {
        throw ToolFailure(
          .usage, "--analyze chooses its own indicators and cannot be combined with --last, --signals or --state")
      }
      return
    }
    if requests.isEmpty && !signals {
      throw ToolFailure(
        .usage, "name at least one indicator, such as --sma 20 or -i rsi, or --all (see \(Self.name) --list)")
    }
  }
}
