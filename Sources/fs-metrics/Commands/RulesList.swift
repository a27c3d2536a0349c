import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics rules list`: the rules and whether they are on.
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
