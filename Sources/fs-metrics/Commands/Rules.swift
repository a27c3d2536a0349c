import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics rules`: what can be switched on and off.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Switch optimisations on and off, which the tools then follow.",
    discussion: """
      A rule is a few lines in the file config/settings, which the tools read at their start. An option of a tool wins over its environment (FS_ and the key in capitals), and that over the file. \
      fs-metrics guard watches what a rule does, and takes it back.

      EXAMPLES:
        fs-metrics rules list
        fs-metrics rules enable memory_optimization_basic
        fs-metrics rules disable caching_price_data --cascade --reason 'prices are too old'
        fs-metrics rules history --last 7d
      """,
    subcommands: [RulesList.self, RulesEnable.self, RulesDisable.self, RulesHistory.self],
    defaultSubcommand: RulesList.self)

  static func named(_ id: String) throws -> OptimisationRule {
    guard let rule = OptimisationRule.named(id) else {
      let near = Spelling.nearest(to: id, among: OptimisationRule.all.map(\.id)).map { " (did you mean \($0)?)" } ?? ""
      throw ToolFailure(.noInput, "there is no rule \"\(id)\"\(near); fs-metrics rules list shows all")
    }
    return rule
  }
}

struct RulesList: Tool {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the rules, and what they do (the default).")
  @OptionGroup var store: MetricsStoreOption
  @OptionGroup var output: RecordOutputOptions

  mutating func execute() throws -> ExitStatus {
    let store = try self.store.open()
    let records = try OptimisationRule.all.map { rule -> JSONValue in
      let state = try store.ruleState(rule.id)
      return [
        "id": .string(rule.id), "status": .string(state.status.rawValue),
        "in_force": .bool(try state.status == .enabled && RuleSwitch.isInForce(rule)),
        "description": .string(rule.summary),
        "since": state.since == 0 ? .null : .string(Timestamp.string(state.since)), "reason": .string(state.reason),
        "dependencies": JSONValue(rule.dependencies),
        "settings": .object(rule.settings.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }),
        "bounds": .array(
          rule.bounds.map {
            ["metric": .string($0.metric), "kind": .string($0.kind.rawValue), "limit": .number($0.limit)]
          }),
        "baseline": .object(state.baseline.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) }),
      ]
    }
    if output.isForPeople {
      try write(
        TextTable.lines(
          [["rule", "status", "what it does", "setting", "needs"]]
            + records.map { record in
              [
                record["id"]?.string ?? "", record["status"]?.string ?? "", record["description"]?.string ?? "",
                (record["settings"]?.members ?? []).map { "\($0.key) = \($0.value.plainText)" }.joined(separator: ", "),
                (record["dependencies"]?.array ?? []).compactMap(\.string).joined(separator: ", "),
              ]
            }))
      return .done
    }
    try output.write(records)
    return .done
  }
}

struct RulesEnable: Tool {
  static let configuration = CommandConfiguration(
    commandName: "enable",
    abstract: "Switch a rule on: its settings are written, and what is normal now is kept to compare with.")
  @Argument(help: ArgumentHelp("The rule.", valueName: "rule"), completion: .list(OptimisationRule.all.map(\.id)))
  var rule: String
  @Flag(help: "Enable it even if rules that it depends on are off.") var force = false
  @OptionGroup var store: MetricsStoreOption

  mutating func execute() throws -> ExitStatus {
    let rule = try RulesCommand.named(rule)
    try RuleSwitch(try store.open()).enable(rule, force: force)
    for (key, value) in rule.settings.sorted(by: { $0.key < $1.key }) { try write("\(key) = \(value)") }
    return .done
  }
}

struct RulesDisable: Tool {
  static let configuration = CommandConfiguration(commandName: "disable", abstract: "Switch a rule off.")
  @Argument(help: ArgumentHelp("The rule.", valueName: "rule"), completion: .list(OptimisationRule.all.map(\.id)))
  var rule: String
  @Flag(help: "Also disable the rules that depend on it.") var cascade = false
  @Option(help: ArgumentHelp("Why, for the history.", valueName: "text")) var reason = ""
  @OptionGroup var store: MetricsStoreOption

  mutating func execute() throws -> ExitStatus {
    let rule = try RulesCommand.named(rule)
    for id in try RuleSwitch(try store.open()).disable(rule, reason: reason, cascade: cascade) {
      try write("\(id) is off")
    }
    return .done
  }
}

struct RulesHistory: Tool {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Say what was done with rules, when and why.")
  @Option(help: ArgumentHelp("How far to look back, 1s to 366d.", valueName: "span")) var last = TimeSpan.seconds(
    7 * 86_400)
  @OptionGroup var store: MetricsStoreOption
  @OptionGroup var output: OutputOption

  mutating func validate() throws {
    guard (1...31_622_400).contains(last.seconds) else { throw ValidationError("--last must be 1s to 366d") }
  }

  mutating func execute() throws -> ExitStatus {
    let events = try store.existing().ruleEvents(since: SystemClock.wallNanoseconds - Int64(last.seconds * 1e9))
    try output.write(events.map { $0.json })
    return .done
  }
}
