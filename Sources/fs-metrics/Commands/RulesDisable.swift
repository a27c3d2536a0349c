import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics rules disable`: switches one off.
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
