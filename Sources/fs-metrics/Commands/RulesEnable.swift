import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics rules enable`: switches one on.
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
