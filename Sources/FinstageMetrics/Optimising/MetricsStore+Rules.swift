import FinstageCore
import FinstageStore
import FinstageSystem

/// What has been done with rules, and why.
extension MetricsStore {
  package struct RuleState: Sendable {
    package enum Status: String, Sendable { case disabled, enabled, rollback }
    package var status: Status
    /// Nanoseconds since 1970; 0 for never.
    package var since: Int64
    package var reason: String
    /// By metric: the means before the rule was enabled.
    package var baseline: [String: Double]
  }

  /// What was done with a rule.
  package struct RuleEvent: Sendable {
    package let time: Int64
    package let rule: String
    package let action: String
    package let reason: String
    package let numbers: JSONValue

    package var json: JSONValue {
      [
        "type": "rule_event", "ts": .string(Timestamp.string(time)), "rule": .string(rule), "action": .string(action),
        "reason": .string(reason), "numbers": numbers,
      ]
    }
  }

  package func ruleState(_ id: String) throws -> RuleState {
    let statement = try database.prepare("SELECT status, since, reason, baseline FROM rule WHERE id = ?").bind(1, id)
    defer { statement.reset() }
    guard try statement.step() else { return RuleState(status: .disabled, since: 0, reason: "", baseline: [:]) }
    let members = statement.text(3).flatMap { try? JSONValue.parse(Array($0.utf8)) }?.members ?? []
    return RuleState(
      status: RuleState.Status(rawValue: statement.text(0) ?? "") ?? .disabled, since: statement.integer(1),
      reason: statement.text(2) ?? "",
      baseline: Dictionary(members.compactMap { member in member.value.double.map { (member.key, $0) } }) { $1 })
  }

  /// Notes what was done; the state and the event together.
  package func note(_ id: String, _ state: RuleState, action: String, numbers: JSONValue = .object([])) throws {
    try database.write {
      let baseline = JSONValue.object(state.baseline.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })
      try database.prepare("INSERT OR REPLACE INTO rule (id, status, since, reason, baseline) VALUES (?, ?, ?, ?, ?)")
        .bind(1, id).bind(2, state.status.rawValue).bind(3, state.since).bind(4, state.reason).bind(5, baseline.text)
        .run()
      try database.prepare("INSERT INTO rule_event (ts, rule, action, reason, numbers) VALUES (?, ?, ?, ?, ?)")
        .bind(1, state.since).bind(2, id).bind(3, action).bind(4, state.reason).bind(5, numbers.text).run()
    }
  }

  /// Notes that a setting was changed.
  package func noteTuning(_ key: String, value: String, reason: String, at time: Int64) throws {
    try database.write {
      try database.prepare("INSERT INTO rule_event (ts, rule, action, reason, numbers) VALUES (?, ?, 'tune', ?, ?)")
        .bind(1, time).bind(2, key).bind(3, reason).bind(4, (["value": .string(value)] as JSONValue).text).run()
    }
  }

  /// The events since a time, the oldest first.
  package func ruleEvents(since: Int64) throws -> [RuleEvent] {
    let statement = try database.prepare(
      "SELECT ts, rule, action, reason, numbers FROM rule_event WHERE ts >= ? ORDER BY id"
    )
    .bind(1, since)
    defer { statement.reset() }
    var events: [RuleEvent] = []
    while try statement.step() {
      events.append(
        RuleEvent(
          time: statement.integer(0), rule: statement.text(1) ?? "", action: statement.text(2) ?? "",
          reason: statement.text(3) ?? "",
          numbers: statement.text(4).flatMap { try? JSONValue.parse(Array($0.utf8)) } ?? .null))
    }
    return events
  }

  /// The readings of a metric of any labels in a span, without gaps.
  package func values(of metric: String, in span: Range<Int64>) throws -> [Double] {
    try series(Selection(name: metric)).flatMap { try readings($0.id, in: span).values }.filter { !$0.isNaN }
  }
}

/// Switches rules.
package struct RuleSwitch {
  private let store: MetricsStore

  /// How long a rule stays off after it was rolled back; nobody but a person can shorten it, by waiting.
  package static let cooldown = 30 * MetricsStore.minute
  /// The time from which a baseline is taken.
  private static let baselineSpan = MetricsStore.hour

  package init(_ store: MetricsStore) { self.store = store }

  private var now: Int64 { SystemClock.wallNanoseconds }

  /// Whether the settings are what the rule says.
  package static func isInForce(_ rule: OptimisationRule) throws -> Bool {
    try rule.settings.allSatisfy { try SettingsFile.inFile($0.key) == $0.value }
  }

  /// Before the names of settings, among the numbers of the events: what was there before.
  private static let mark = "was "

  /// Switches a rule on.
  /// - Parameter force: although others that it needs are off. The cooldown holds all the same.
  package func enable(_ rule: OptimisationRule, force: Bool) throws {
    let state = try store.ruleState(rule.id)
    if state.status == .enabled { throw ToolFailure(.partly, "\(rule.id) is on already") }
    let left = state.since + RuleSwitch.cooldown - now
    if state.status == .rollback, left > 0 {
      throw ToolFailure(
        .tryLater,
        "\(rule.id) was rolled back (\(state.reason)); it can be switched on again in \(left / MetricsStore.minute + 1) min"
      )
    }
    let missing = try rule.dependencies.filter { try store.ruleState($0).status != .enabled }
    if !missing.isEmpty, !force {
      throw ToolFailure(
        .partly, "\(rule.id) needs \(missing.joined(separator: " and ")) first (--force switches it on without)")
    }
    var baseline: [String: Double] = [:]
    for bound in rule.bounds {
      let values = try store.values(of: bound.metric, in: now - RuleSwitch.baselineSpan..<now + 1)
      if !values.isEmpty { baseline[bound.metric] = Sample(values).mean }
    }
    var numbers: [(key: String, value: JSONValue)] = baseline.sorted { $0.key < $1.key }.map {
      ($0.key, .number($0.value))
    }
    for key in rule.settings.keys.sorted() {
      if let value = try SettingsFile.inFile(key) { numbers.append((RuleSwitch.mark + key, .string(value))) }
    }
    try SettingsFile.change(rule.settings.mapValues { $0 })
    try store.note(
      rule.id,
      .init(status: .enabled, since: now, reason: force && !missing.isEmpty ? "forced" : "", baseline: baseline),
      action: "enable", numbers: .object(numbers))
  }

  /// Switches a rule off, and those that need it before it.
  /// - Parameter isRollback: it has failed, and stays off for a while.
  /// - Returns: the rules that went off, in order.
  @discardableResult
  package func disable(
    _ rule: OptimisationRule, reason: String, cascade: Bool, isRollback: Bool = false, numbers: JSONValue = .object([])
  ) throws -> [String] {
    let dependants = try OptimisationRule.dependants(of: rule.id).filter {
      try store.ruleState($0.id).status == .enabled
    }
    if !dependants.isEmpty, !cascade {
      throw ToolFailure(
        .partly, "\(dependants.map(\.id).joined(separator: ", ")) need \(rule.id) (--cascade switches them off as well)"
      )
    }
    var gone: [String] = []
    for next in dependants + [rule] {
      let state = try store.ruleState(next.id)
      // What the user had set himself comes back.
      let before = try store.ruleEvents(since: state.since).first { $0.rule == next.id && $0.action == "enable" }?
        .numbers
      var off = next.settingsOff
      for (key, value) in next.settingsOff where value == nil { off[key] = before?[RuleSwitch.mark + key]?.string }
      try SettingsFile.change(off)
      let why = next.id == rule.id ? reason : "\(rule.id) went off: \(reason)"
      try store.note(
        next.id, .init(status: isRollback ? .rollback : .disabled, since: now, reason: why, baseline: state.baseline),
        action: isRollback ? "rollback" : "disable", numbers: next.id == rule.id ? numbers : .object([]))
      gone.append(next.id)
    }
    return gone
  }
}
