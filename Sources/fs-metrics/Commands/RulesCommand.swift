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
