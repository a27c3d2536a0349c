import ArgumentParser
import FinstageCommand
import FinstageCore

@main
struct IndicatorsTool: Tool {
  static let configuration = CommandConfiguration(
    commandName: "fs-indicators",
    abstract: "Add technical indicators to bars.",
    discussion: """
      Reads bars as NDJSON (one JSON object a line, gzip or not), computes indicators for each symbol and writes the same lines \
      with more fields. Fields it does not know and records of other types pass through byte for byte. Memory does not grow \
      with the length of the input.

      Columns are named after the indicator and its parameters: sma_20, ema_12, rsi_14, macd_12_26_9, \
      macd_signal_12_26_9, macd_hist_12_26_9, bb_upper_20_2, bb_middle_20_2, bb_lower_20_2, atr_14. The values are TA-Lib's; \
      null stands for "no value yet".

      A bar with a null input, or one beyond 1e100, has null results and changes nothing for the bars after it. So has a bar \
      whose "ts" does not come after the last one of its symbol; such bars are counted and warned of once.

      EXAMPLES:
        fs-fetch AAPL | fs-indicators --sma 20
        fs-fetch AAPL MSFT | fs-indicators --macd 12,26,9 --bbands 20,2
        fs-indicators --sma 20 < bars.ndjson > out.ndjson
        zcat bars.ndjson.gz | fs-indicators --rsi 14 --last
        fs-indicators --ema 50 --field adj_close --prefix adj_ bars.ndjson

      EXIT STATUS:
      0 done; 64 wrong usage; 65 bad data, all before it written; 66 no such input; 73 the output cannot be created; \
      74 reading or writing failed.

      ENVIRONMENT:
      FS_METRICS: a file to which the numbers of --stats are appended as metric records. NO_COLOR: no colours in messages.
      """,
    version: finstageVersion)

  @OptionGroup(title: "Indicators")
  var indicators: IndicatorOptions

  @Option(help: "The field that indicators of one series are computed from.")
  var field = "close"

  @Option(help: "The field that tells series apart; '' if the whole input is one series.")
  var by = "symbol"

  @Option(help: "Put this before the name of each added field.")
  var prefix = ""

  @Flag(help: "Write only the newest bar of each symbol, when the input has ended.")
  var last = false

  @OptionGroup var input: RecordInputOptions
  @OptionGroup var common: CommonOptions

  static func main() { start() }

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let diagnostics = common.diagnostics(for: Self.name)
    let set = try indicatorSet()
    var statistics = RunStatistics(tool: Self.name)
    let sink = try common.sink()
    let stream = IndicatorStream(
      set: set, sink: sink, policy: input.onError, isLive: input.lineBuffered || sink.isLive, keepsNewestOnly: last)
    defer { stream.warn(diagnostics) }
    for path in input.files.isEmpty ? ["-"] : input.files {
      try stream.read(path)
      if Interruption.signal != 0 { break }
    }
    try stream.finish()
    stream.count(into: &statistics)
    statistics.report(isWanted: common.stats, diagnostics)
    return .done
  }

  private func indicatorSet() throws(ToolFailure) -> IndicatorSet {
    let requests: [IndicatorRequest]
    do throws(IndicatorRequest.Refusal) {
      requests = try indicators.requests()
    } catch {
      throw ToolFailure(.usage, error.message)
    }
    guard !requests.isEmpty else {
      let names = Indicator.all.map { "--\($0.name)" }.joined(separator: " ")
      throw ToolFailure(.usage, "name at least one indicator: \(names) (see \(Self.name) --help)")
    }
    for (option, name) in [("--field", field), ("--by", by)] where name == "ts" || name == "type" {
      throw ToolFailure(.usage, "\(option) \(name): this field has a meaning of its own")
    }
    guard !field.isEmpty, field != by else {
      throw ToolFailure(.usage, "--field \(field): name a field of numbers other than --by")
    }
    let set = IndicatorSet(requests, field: field, key: by.isEmpty ? nil : by, prefix: prefix)
    let read = set.fields.map(\.name)
    if let twice = read.first(where: { name in read.count { $0 == name } > 1 }) {
      throw ToolFailure(
        .usage, "\"\(twice)\" would be read in two ways, or added although it is read: mend --by, --field or --prefix")
    }
    return set
  }
}
