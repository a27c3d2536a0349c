import ArgumentParser
import FinstageAlerts
import FinstageCommand
import FinstageCore
import FinstageStore
import FinstageSystem

/// `fs-alert`: watches a stream.
struct Watch: Tool {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Watch a stream of records (the default).")

  @OptionGroup var rule: RuleOptions
  @OptionGroup var state: StateOptions
  @Option(
    help: ArgumentHelp(
      "Where alerts go: stdout, or a channel (see CHANNELS); several times for more.", valueName: "channel"))
  var to: [String] = []
  @Option(
    help: ArgumentHelp("Take previous closes, highs and all-time highs from this store of bars.", valueName: "file"),
    completion: .file())
  var baselines: String?
  @Flag(help: "Write the records, too, byte for byte, each alert after the record that it is about.") var pass = false
  @Flag(help: "End with status 1 if nothing fired.") var exitCode = false
  @Option(
    help: ArgumentHelp("Keep alerts of records that are older than this, but do not deliver them.", valueName: "span"))
  var maxAge: TimeSpan?
  @Option(help: ArgumentHelp("How long to go on delivering at the end of the input.", valueName: "span"))
  var linger = TimeSpan.seconds(10)
  @Option(help: "The format to write; overrides the name after -o and FS_FORMAT.") var format: FormatName?
  @OptionGroup var input: RecordInputOptions
  @OptionGroup var common: CommonOptions

  mutating func validate() throws {
    guard (0...86_400).contains(linger.seconds) else { throw ValidationError("--linger must be 0 to 1d") }
    guard (1...3e9).contains(maxAge?.seconds ?? 1) else { throw ValidationError("--max-age must be 1s to 34000d") }
  }

  mutating func execute() throws -> ExitStatus {
    let diagnostics = common.diagnostics(for: "fs-alert")
    var statistics = RunStatistics(tool: "fs-alert")
    let file = try rule.file()
    let run = try AlertRun(file, to: to, state: state, maxAge: maxAge, diagnostics)
    let evaluator = try rule.evaluator(file)
    for finding in RuleLint.findings(file) { diagnostics.warning(finding.sentence) }
    let format = try FormatName.chosen(self.format, output: common.output)
    guard !pass || format.isLines else {
      throw ToolFailure(.usage, "--pass writes records and alerts among each other, which only ndjson can")
    }
    let (passes, baselines) = (pass, baselines)
    func makeStage(_ evaluator: AlertEvaluator) -> AlertStage {
      let stage = AlertStage(evaluator, passes: passes, writesAlerts: true) { try run.note($0) }
      stage.onBegin = {
        try run.begin(evaluator)
        if let baselines { try AlertRun.setBaselines(of: evaluator, from: baselines) }
      }
      stage.onBatch = { run.beat() }
      return stage
    }
    var stages = [makeStage(evaluator)]
    let inputs = try (input.files.isEmpty ? ["-"] : input.files).map { try RecordInput.open($0) }
    let sink = try common.anySink()
    var options = FormatOptions()
    options.warn = { diagnostics.warning($0) }
    try input.textTypes.apply(to: &options)
    // Whoever waits for an alert waits for this record.
    let isLive = input.lineBuffered || sink.isLive || inputs.contains { $0.size == nil }
    let stream = try RecordStream(
      stages[0], to: sink, as: format, policy: input.onError ?? .skip, isLive: isLive, options: options)
    let rule = rule
    stream.renew = {
      // A file that is wrong must not end a watch that goes on for months.
      do {
        let file = try rule.file()
        let renewed = try rule.evaluator(file)
        for finding in RuleLint.findings(file) { diagnostics.warning(finding.sentence) }
        try run.renew(file, from: stages.last!.evaluator)
        stages.append(makeStage(renewed))
        diagnostics.warning("the rules were read again: \(renewed.rules.count)")
        return stages.last
      } catch let failure as any ExitError {
        diagnostics.warning("the rules stay as they were: \(failure.sentence)")
        return nil
      }
    }
    Interruption.takesReload()
    var failure: (any Error)?
    do {
      try stream.read(inputs)
      try stream.finish()
    } catch {
      failure = error
    }
    run.warnOfMissingFields(stages.last!.evaluator, rows: stream.counts.rows)
    // What fired is delivered, whatever became of the input.
    try run.finish(stages.last!.evaluator, linger: linger.seconds)
    if let failure { throw failure }
    let outOfOrder = stages.reduce(0) { $0 + $1.evaluator.outOfOrder }
    if outOfOrder > 0 {
      diagnostics.warning("records older than the last one of their symbol were not looked at: \(outOfOrder)")
    }
    if stream.counts.bad > 0 {
      diagnostics.warning("bad records: \(stream.counts.bad), the first: \(stream.counts.firstBad?.sentence ?? "")")
    }
    statistics.count("records", stream.counts.records)
    statistics.count("rows", stream.counts.rows)
    statistics.count("evaluations", stages.reduce(0) { $0 + $1.evaluator.evaluations })
    statistics.count("fired", run.fired)
    statistics.count("alerts", stages.reduce(0) { $0 + $1.count })
    statistics.count("delivered_later", run.waiting)
    statistics.report(isWanted: common.stats, diagnostics)
    return exitCode && run.fired == 0 ? .partly : .done
  }
}

/// What becomes of the alerts of a run: noted, queued and delivered, if there is somebody to tell.
final class AlertRun {
  private var store: AlertStore?
  private var courier: Courier?
  private let names: [String]
  private let maxAge: TimeSpan?
  private let diagnostics: Diagnostics
  private var heartbeats: [Heartbeat] = []
  /// The evaluator of the rules before; the next one goes on with its memory.
  private var memory: AlertEvaluator?
  private var evaluator: AlertEvaluator?
  private var lastSave = SystemClock.monotonic
  private var lastForgetting = SystemClock.monotonic
  /// The silences of the default state, for a run that keeps none.
  private var silences: AlertStore?
  private var told = ToldAlerts()
  /// Whether alerts of rules without channels of their own are written where records would be.
  private let writesAlerts: Bool
  private(set) var fired = 0
  private(set) var waiting = 0

  /// How often what rules remember is kept while the input goes on.
  private static let saving = 5.0

  private let state: StateOptions
  private let to: [String]

  init(_ file: RulesFile, to: [String], state: StateOptions, maxAge: TimeSpan?, _ diagnostics: Diagnostics) throws {
    self.maxAge = maxAge
    self.diagnostics = diagnostics
    self.state = state
    self.to = to
    writesAlerts = to.isEmpty || to.contains("stdout")
    names = to.filter { $0 != "stdout" }
    try take(file)
  }

  /// Makes the channels and heartbeats of rules; those of the rules before go on until the new ones are there.
  private func take(_ file: RulesFile) throws {
    // A list of mail addresses is a channel for each: one that is refused holds up no other.
    var channels: [(name: String, address: String)] = []
    func add(_ name: String, _ address: String) {
      if !channels.contains(where: { $0.name == name }) { channels.append((name, address)) }
    }
    let known = Dictionary(file.channels.map { ($0.name, $0.address) }, uniquingKeysWith: { $1 })
    for name in names + file.rules.flatMap(\.channels) where name != "stdout" {
      guard let address = known[name] ?? (name.contains(":") ? name : nil) else {
        throw ToolFailure(
          .usage, "there is no channel \"\(name)\" (a line \"channel \(name) ADDRESS\" in the rules names one)")
      }
      add(name, address)
    }
    let messages = diagnostics
    let beats = try file.heartbeats.map { beat in
      try Heartbeat(beat.address, every: Double(beat.interval) / 1e9) { messages.warning($0) }
    }
    var newCourier: Courier?
    if !channels.isEmpty || state.state != nil {
      if store == nil {
        let made = try state.store()
        try made.forget()
        store = made
      }
      silences = nil
      if !channels.isEmpty { newCourier = try Courier(store!.path, channels) { messages.warning($0) } }
    }
    if store == nil, let path = try? state.path(), Folder.has(path) { silences = try? AlertStore(path: path) }
    for heartbeat in heartbeats { heartbeat.end() }
    heartbeats = beats
    courier?.end()
    courier = newCourier
  }

  /// Other rules go on from here: with their channels, and with what the rules that have not changed remember.
  func renew(_ file: RulesFile, from evaluator: AlertEvaluator) throws {
    try take(file)
    memory = evaluator
    if let store { try AlertMemory(store).save(evaluator) }
  }

  /// What daily bars of a store say of the day before, and of all days.
  static func setBaselines(of evaluator: AlertEvaluator, from path: String) throws {
    guard Folder.has(path) else { throw ToolFailure(.noInput, "\(path): there is no such store") }
    let store = try PriceStore(reading: path)
    var known: [String: DailyBaselines] = [:]
    for entry in try store.series(of: nil) where entry.interval == "1d" {
      known[entry.symbol] = DailyBaselines(try store.bars(entry.symbol, entry.interval, isDated: true))
    }
    let all = known
    evaluator.baselines = { symbol, day in all[symbol]?.before(day) ?? [:] }
  }

  /// Records have come. What rules remember of them is kept now and then, whether or not anything fires.
  func beat() {
    for heartbeat in heartbeats { heartbeat.beat() }
    do { try saveNowAndThen() } catch {
      diagnostics.warning("what the rules remember cannot be kept: \(error.sentence)")
    }
    guard let evaluator, !hasWarned, SystemClock.monotonic - began > AlertRun.patience else { return }
    warnOfMissingFields(evaluator, rows: .max)
  }

  /// Seconds after which every field of a rule should have come once.
  private static let patience = 60.0
  private let began = SystemClock.monotonic
  private var hasWarned = false

  /// A condition on a field that no record has is never true.
  func warnOfMissingFields(_ evaluator: AlertEvaluator, rows: Int) {
    guard !hasWarned, rows > 0 else { return }
    hasWarned = true
    for name in evaluator.missingFields {
      let rules = evaluator.rules.filter { $0.conditions.contains { $0.expression.fields.contains(name) } }.map(\.name)
      diagnostics.warning(
        "no record has had a field \"\(name)\" so far (\(rules.count == 1 ? "rule" : "rules") \(rules.prefix(5).joined(separator: ", ")))"
      )
    }
  }

  func begin(_ evaluator: AlertEvaluator) throws {
    self.evaluator = evaluator
    if let store {
      try AlertMemory(store).load(into: evaluator)
      // From now on these rules go together, from where each of them was.
      try AlertMemory(store).begin(evaluator)
    } else if let memory {
      evaluator.goOn(from: memory)
    }
    if let memory { evaluator.takeBaselines(of: memory) }
    memory = nil
  }

  /// Notes events. Returns which of them are new and worth telling.
  func note(_ events: [AlertEvent]) throws -> [Bool] {
    let isTold: [Bool]
    if let store {
      let oldest = maxAge.map { Int64((SystemClock.wall - $0.seconds) * 1e9) } ?? .min
      var told: [AlertStore.Told] = []
      // An alert, and that its rule fires, are kept at once: whoever goes on knows of both.
      try store.together {
        told = try store.note(events, channels: channels, oldest: oldest)
        if let evaluator {
          try AlertMemory(store).save(evaluator, only: Set(events.map { evaluator.number(of: $0.series) }))
        }
      }
      isTold = told.map { outcome in
        switch outcome {
        case .queued: true
        case .known: false
        case .withheld: false
        }
      }
      courier?.wake()
    } else {
      let oldest = maxAge.map { Int64((SystemClock.wall - $0.seconds) * 1e9) } ?? .min
      isTold = try events.map { event in
        guard told.take(event), event.time >= oldest else { return false }
        return try silences?.silence(of: event) == nil
      }
    }
    for (event, isTold) in zip(events, isTold) where isTold && event.state == .firing { fired += 1 }
    return zip(events, isTold).map { event, isTold in
      isTold && (event.channels.isEmpty ? writesAlerts : event.channels.contains("stdout"))
    }
  }

  private func channels(of event: AlertEvent) -> [String] {
    event.channels.isEmpty ? names : event.channels.filter { $0 != "stdout" }
  }

  private func saveNowAndThen() throws {
    guard let store, let evaluator, SystemClock.monotonic - lastSave > AlertRun.saving else { return }
    try AlertMemory(store).save(evaluator)
    lastSave = SystemClock.monotonic
    if lastSave - lastForgetting > 3600 {
      try store.forget()
      lastForgetting = lastSave
    }
  }

  /// Keeps what rules remember, and delivers for a while.
  func finish(_ evaluator: AlertEvaluator, linger: Double) throws {
    for heartbeat in heartbeats { heartbeat.end() }
    guard let store else { return }
    try AlertMemory(store).save(evaluator)
    guard let courier else { return }
    waiting = try courier.settle(store, within: Interruption.signal != 0 ? 0 : linger)
    courier.end()
    if waiting > 0 {
      diagnostics.warning("\(waiting) deliveries wait for a later run (fs-alert outbox, fs-alert resend)")
    }
  }
}

/// What the daily bars of a symbol say of the days before any day.
struct DailyBaselines {
  private var days: [Int64] = []
  private var bars: [Bar] = []
  /// The highest and the lowest price up to each bar.
  private var highest: [Double] = []
  private var lowest: [Double] = []

  init(_ all: [Bar]) {
    for bar in all.sorted(by: { $0.time.second < $1.time.second }) {
      days.append(Timestamp.day(ofSecond: bar.time.second))
      bars.append(bar)
      highest.append(max(highest.last ?? -.infinity, bar.high ?? bar.close))
      lowest.append(min(lowest.last ?? .infinity, bar.low ?? bar.close))
    }
  }

  /// The fields of snapshots and all-time highs, before a day.
  func before(_ day: Int64) -> [String: Double] {
    var (low, high) = (0, days.count)
    while low < high {
      let middle = (low + high) / 2
      if days[middle] < day { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return [:] }
    let last = bars[low - 1]
    var values = ["previous_close": last.close, "all_time_high": highest[low - 1], "all_time_low": lowest[low - 1]]
    values["previous_high"] = last.high
    values["previous_low"] = last.low
    return values
  }
}
