import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics guard`: rules that do harm go off by themselves.
struct Guard: Tool {
  static let configuration = CommandConfiguration(
    commandName: "guard",
    abstract: "Watch the rules that are on, and switch off those that do harm.",
    discussion: """
      At each check, the readings since the last one are compared with those from before the rule was switched on. A check waits until its mean is known to 4 % (\"not enough yet: 12 of 39\"), and a rule goes off when two checks in a row are beyond its bound, with all rules that need it, those first; the numbers are kept \
      (fs-metrics rules history). After that it stays off for 30 minutes at least. Without a reading, or with a baseline of zero, there is no verdict.

      A baseline ages: a change in load can look like an effect of the rule. With --switchback, the rule is switched off and on at random, spell by spell, and the pairs are tested exactly: that is right whatever the day brings, but takes longer. It needs a metric of which less is better.

      Each action is written as an alert record on standard output, for fs-alert and fs-stream.

      EXAMPLES:
        fs-metrics guard --every 60s
        fs-metrics guard --switchback caching_price_data --metric run_seconds --every 2m
      """)

  @Option(help: ArgumentHelp("The time between two checks, or the length of a spell, 1s to 1d.", valueName: "span"))
  var every = TimeSpan.seconds(60)
  @Option(help: ArgumentHelp("How long a rule is left alone after it was switched on, 0 to 1d.", valueName: "span"))
  var grace = TimeSpan.seconds(300)
  @Option(
    help: ArgumentHelp("Switch this rule off and on at random, and test whether it does harm.", valueName: "rule"),
    completion: .list(OptimisationRule.all.map(\.id))) var switchback: String?
  @Option(help: ArgumentHelp("The metric for --switchback.", valueName: "name")) var metric = "run_seconds"
  @Option(help: ArgumentHelp("End after so many checks or spells.", valueName: "count")) var count: Int?
  @OptionGroup var store: MetricsStoreOption
  @Flag(name: .shortAndLong, help: "Print errors only.") var quiet = false

  mutating func validate() throws {
    guard (1...86_400).contains(every.seconds) else { throw ValidationError("--every must be 1s to 1d") }
    guard (0...86_400).contains(grace.seconds) else { throw ValidationError("--grace must be 0 to 1d") }
    guard count ?? 1 > 0 else { throw ValidationError("--count must be at least 1") }
  }

  mutating func execute() throws -> ExitStatus {
    var diagnostics = Diagnostics(tool: "fs-metrics guard")
    diagnostics.isQuiet = quiet
    let store = try self.store.open()
    let place = try self.store.path()
    guard let lease = FileLock(path: place + ".guard"), lease.tryAcquire() else {
      throw ToolFailure(.tryLater, "\(place): another guard is at work (two of them would fight)")
    }
    defer { lease.release() }
    // Somebody may have been killed while a rule was off for a test.
    for rule in OptimisationRule.all where try store.ruleState(rule.id).status == .enabled {
      if try !RuleSwitch.isInForce(rule) {
        diagnostics.warning("\(rule.id) is on, but its settings were not: they are written again")
        try SettingsFile.change(rule.settings.mapValues { $0 })
      }
    }
    if let switchback { return try switchBack(try RulesCommand.named(switchback), store, diagnostics) }
    var judges: [String: [GuardJudge]] = [:]
    var since: [String: Int64] = [:]
    var checks = 0
    var due = SystemClock.monotonic + every.seconds
    while !Interruption.isRequested {
      Interruption.wait(until: due)
      if Interruption.isRequested { break }
      due = max(due + every.seconds, SystemClock.monotonic)
      checks += 1
      let now = SystemClock.wallNanoseconds
      for rule in OptimisationRule.all {
        let state = try store.ruleState(rule.id)
        guard state.status == .enabled else {
          judges[rule.id] = nil
          since[rule.id] = nil
          continue
        }
        let begin = max(since[rule.id] ?? 0, state.since + Int64(grace.seconds * 1e9))
        if now <= begin { continue }
        since[rule.id] = now
        try check(rule, state, begin..<now, &judges, store, diagnostics)
      }
      if let count, checks >= count { break }
    }
    return .done
  }

  private func check(
    _ rule: OptimisationRule, _ state: MetricsStore.RuleState, _ span: Range<Int64>,
    _ judges: inout [String: [GuardJudge]],
    _ store: MetricsStore, _ diagnostics: Diagnostics
  ) throws {
    var own = judges[rule.id] ?? rule.bounds.map(GuardJudge.init)
    defer { judges[rule.id] = own }
    for i in own.indices {
      let bound = own[i].bound
      let finding = own[i].check(try store.values(of: bound.metric, in: span), baseline: state.baseline[bound.metric])
      switch finding.verdict {
      case .notYet(let have, let need):
        diagnostics.note("\(rule.id): \(bound.metric): not enough yet: \(have) of \(need)")
      case .noVerdict, .ok: break
      case .warned: diagnostics.warning("\(rule.id): \(sentence(bound, finding)); one more such check switches it off")
      case .passed:
        let reason = sentence(bound, finding)
        let numbers: JSONValue = [
          "metric": .string(bound.metric), "mean": finding.mean.map { .number($0) } ?? .null,
          "baseline": finding.baseline.map { .number($0) } ?? .null, "readings": JSONValue(finding.readings),
          "change_percent": finding.changePercent.map { .rounded($0, 2) } ?? .null,
          "kind": .string(bound.kind.rawValue),
          "limit": .number(bound.limit),
        ]
        let gone = try RuleSwitch(store).disable(
          rule, reason: reason, cascade: true, isRollback: true, numbers: numbers)
        for id in gone { diagnostics.warning("\(id) is off: \(reason)") }
        try tell(rule, reason, gone)
        return
      }
    }
  }

  private func sentence(_ bound: OptimisationRule.Bound, _ finding: GuardJudge.Finding) -> String {
    let mean = Report.short(finding.mean)
    let limit = JSONValue.number(bound.limit).text
    guard let change = finding.changePercent else {
      return "\(bound.metric) is \(mean), and must be at \(bound.kind == .minimum ? "least" : "most") \(limit)"
    }
    let moved =
      "\(JSONValue.rounded(abs(change), 1).text) % \(change > 0 ? "above" : "below") what it was (\(mean), was \(Report.short(finding.baseline)))"
    return bound.kind == .increase
      ? "\(bound.metric) is \(moved), and may be \(limit) % above"
      : "\(bound.metric) is \(moved), and should be \(limit) % below"
  }

  /// What was done, as a record that fs-alert and fs-stream know.
  private func tell(_ rule: OptimisationRule, _ reason: String, _ gone: [String]) throws {
    try write(
      JSONValue.object([
        ("type", "alert"), ("rule", "optimisation_rollback"), ("symbol", .string(rule.id)),
        ("ts", .string(Timestamp.string(SystemClock.wallNanoseconds))), ("severity", "warning"), ("state", "firing"),
        ("message", .string("\(gone.joined(separator: ", ")) went off: \(reason)")),
      ]).text)
  }

  private func switchBack(_ rule: OptimisationRule, _ store: MetricsStore, _ diagnostics: Diagnostics) throws
    -> ExitStatus
  {
    let state = try store.ruleState(rule.id)
    guard state.status == .enabled else {
      throw ToolFailure(.partly, "\(rule.id) is off (fs-metrics rules enable \(rule.id))")
    }
    var test = Switchback()
    var spells = 0
    var second: Bool?
    while !Interruption.isRequested, try store.ruleState(rule.id).status == .enabled {
      // A coin for the first spell of a pair; the second is the other way round.
      let isOn = second ?? Bool.random()
      second = second == nil ? !isOn : nil
      try SettingsFile.change(isOn ? rule.settings.mapValues { $0 } : rule.settingsOff)
      let begin = SystemClock.wallNanoseconds
      Interruption.wait(until: SystemClock.monotonic + every.seconds)
      if Interruption.isRequested { break }
      let values = try store.values(of: metric, in: begin..<SystemClock.wallNanoseconds)
      spells += 1
      if values.isEmpty {
        diagnostics.warning("\(rule.id): no readings of \(metric) in this spell")
        second = nil
        if let count, spells >= count { break }
        continue
      }
      let isHarmful = test.take(Sample(values).mean, isOn: isOn)
      diagnostics.note("\(rule.id): \(test.test.pairs) pairs, p \(JSONValue.rounded(test.test.p, 4).text)")
      if isHarmful {
        let ratio = test.test.ratio ?? 1
        let reason =
          "\(metric) is \(JSONValue.rounded((ratio - 1) * 100, 1).text) % higher with it (\(test.test.pairs) pairs of spells, p \(JSONValue.rounded(test.test.p, 4).text))"
        let gone = try RuleSwitch(store).disable(
          rule, reason: reason, cascade: true, isRollback: true,
          numbers: [
            "ratio": .rounded(ratio, 4), "pairs": JSONValue(test.test.pairs), "p_always_valid": .number(test.test.p),
          ])
        for id in gone { diagnostics.warning("\(id) is off: \(reason)") }
        try tell(rule, reason, gone)
        return .done
      }
      if let count, spells >= count { break }
    }
    // As the rule says, when nobody tests it.
    if try store.ruleState(rule.id).status == .enabled { try SettingsFile.change(rule.settings.mapValues { $0 }) }
    return .done
  }
}
