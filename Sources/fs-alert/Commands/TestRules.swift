import ArgumentParser
import FinstageAlerts
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-alert test`: what would have fired.
struct TestRules: Tool {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Replay records: what would have fired, when and how often; nothing is delivered.")

  @OptionGroup var rule: RuleOptions
  @Option(
    help: ArgumentHelp("Carry on where the last test with this file stopped.", valueName: "file"), completion: .file())
  var state: String?
  @Flag(help: "Write figures for each rule instead of its alerts.") var summary = false
  @Flag(help: "Say on standard error what the fields of a condition were at each firing.") var explain = false
  @Option(help: "The format to write; overrides the name after -o and FS_FORMAT.") var format: FormatName?
  @OptionGroup var input: RecordInputOptions
  @OptionGroup var common: CommonOptions

  mutating func execute() throws -> ExitStatus {
    let diagnostics = common.diagnostics(for: "fs-alert test")
    var statistics = RunStatistics(tool: "fs-alert test")
    let file = try rule.file()
    for finding in RuleLint.findings(file) { diagnostics.warning(finding.sentence) }
    let evaluator = try rule.evaluator(file)
    let summaries = RuleSummaries(file.rules)
    let explains = explain
    var told = ToldAlerts()
    let stage = AlertStage(evaluator, passes: false, writesAlerts: !summary) { events in
      for event in events {
        summaries.note(event)
        if explains, event.state == .firing {
          let values = event.values.map { "\($0.name) = \($0.value.isNull ? "null" : $0.value.plainText)" }
          Diagnostics.write(
            Diagnostics.printable(
              "\(Timestamp.string(event.time)) \(event.symbol) \(event.rule): \(values.joined(separator: ", "))")
              + "\n")
        }
      }
      return events.map { told.take($0) }
    }
    let store = try state.map { try AlertStore(path: $0) }
    stage.onBegin = { if let store { try AlertMemory(store).load(into: evaluator) } }
    let inputs = try (input.files.isEmpty ? ["-"] : input.files).map { try RecordInput.open($0) }
    let sink = try common.anySink()
    var options = FormatOptions()
    options.warn = { diagnostics.warning($0) }
    try input.textTypes.apply(to: &options)
    let format = try FormatName.chosen(self.format, output: common.output)
    let stream = try RecordStream(
      stage, to: sink, as: format, policy: input.onError ?? .skip, isLive: input.lineBuffered || sink.isLive,
      options: options)
    stageSummaries(stage, summaries)
    try stream.read(inputs)
    try stream.finish()
    if let store { try AlertMemory(store).save(evaluator) }
    if evaluator.outOfOrder > 0 {
      diagnostics.warning("records older than the last one of their symbol were not looked at: \(evaluator.outOfOrder)")
    }
    statistics.count("records", stream.counts.records)
    statistics.count("rows", stream.counts.rows)
    statistics.count("evaluations", evaluator.evaluations)
    statistics.count("fired", summaries.fired)
    statistics.report(isWanted: common.stats, diagnostics)
    return .done
  }

  private func stageSummaries(_ stage: AlertStage, _ summaries: RuleSummaries) {
    guard summary else { return }
    stage.onFinish = { output in try output.write(summaries.records) }
  }
}

/// Figures of each rule over a replay.
final class RuleSummaries {
  private struct Figures {
    var firings = 0
    var resolutions = 0
    var symbols: Set<String> = []
    var first: Int64?
    var last: Int64?
    var longest: Int64 = 0
    var hours = [Int](repeating: 0, count: 24)
    /// Firings within an hour of the one before, of the same series.
    var flaps = 0
  }

  private let names: [String]
  private var figures: [String: Figures] = [:]
  private var lastFiring: [String: Int64] = [:]
  private(set) var fired = 0

  init(_ rules: [AlertRule]) { names = rules.map(\.name) }

  func note(_ event: AlertEvent) {
    var own = figures[event.rule] ?? Figures()
    let key = "\(event.rule)\u{0}\(event.symbol)"
    switch event.state {
    case .firing:
      fired += 1
      own.firings += 1
      own.symbols.insert(event.symbol)
      own.first = own.first ?? event.time
      own.last = event.time
      let second = Timestamp.floor(event.time, Timestamp.nanosecondsPerSecond) / Timestamp.nanosecondsPerSecond
      own.hours[Int((second % 86_400 + 86_400) % 86_400 / 3600)] += 1
      if let last = lastFiring[key], event.time &- last < 3_600_000_000_000 { own.flaps += 1 }
      lastFiring[key] = event.time
    case .resolved:
      own.resolutions += 1
      own.longest = max(own.longest, event.time &- event.started)
    case .repeated: break
    }
    figures[event.rule] = own
  }

  var records: [JSONValue] {
    names.map { name in
      let own = figures[name] ?? Figures()
      let days = own.first.map { first in Double((own.last ?? first) &- first) / 86_400e9 } ?? 0
      return [
        "type": "alert_summary", "rule": .string(name), "firings": JSONValue(own.firings),
        "resolutions": JSONValue(own.resolutions), "symbols": JSONValue(own.symbols.count),
        "first": own.first.map { .string(Timestamp.string($0)) } ?? .null,
        "last": own.last.map { .string(Timestamp.string($0)) } ?? .null,
        "per_day": days >= 1 ? .rounded(Double(own.firings) / days, 3) : .null,
        "longest_seconds": .rounded(Double(own.longest) / 1e9, 3), "flaps": JSONValue(own.flaps),
        "by_hour": .array(own.hours.map { JSONValue($0) }),
      ]
    }
  }
}
