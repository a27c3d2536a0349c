import ArgumentParser
import FinstageAlerts
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-alert rules`: lists or checks rules.
struct Rules: Tool {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List the rules of files, check them, or print the rules that come with fs-alert.")

  @Flag(help: "Say what is wrong or doubtful; status 65 if anything is.") var lint = false
  @Option(
    help: ArgumentHelp(
      "Fields that the records have besides those of finstage, such as those of fs-indicators.", valueName: "name,..."))
  var fields: String?
  @Option(
    name: .customLong("print"),
    help: ArgumentHelp(
      "Print rules that come with fs-alert: \(ReadyRules.all.map(\.name).joined(separator: ", ")).", valueName: "name"),
    completion: .list(ReadyRules.all.map(\.name)))
  var ready: String?
  @Flag(help: "Print one JSON object a line instead of a table.") var json = false
  @Argument(help: "Files of rules; - is standard input.", completion: .file()) var files: [String] = []

  mutating func execute() throws -> ExitStatus {
    if let ready {
      guard let known = ReadyRules.all.first(where: { $0.name == ready }) else {
        throw ToolFailure(.usage, "--print \(ready): choose from \(ReadyRules.all.map(\.name).joined(separator: ", "))")
      }
      try write(known.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init))
      return .done
    }
    guard !files.isEmpty else {
      throw ToolFailure(.usage, "name a file of rules, or --print \(ReadyRules.all[0].name)")
    }
    let file = try RulesFile.read(files)
    // Compiles all conditions.
    try AlertEvaluator(file.rules, by: "symbol").begin(SymbolTable())
    if lint {
      let known = Set((fields ?? "").split(separator: ",").map(String.init))
      let findings = RuleLint.findings(file, fields: known)
      let diagnostics = Diagnostics(tool: "fs-alert rules")
      for finding in findings { diagnostics.error(finding.sentence) }
      return findings.isEmpty ? .done : .badData
    }
    if json {
      try write(
        file.rules.map { rule in
          let value: JSONValue = [
            "rule": .string(rule.name), "when": .string(rule.condition), "severity": .string(rule.severity.name),
            "category": JSONValue(rule.category), "momentary": .bool(rule.isMomentary),
            "enabled": .bool(rule.isEnabled),
            "cooldown_seconds": .number(Double(rule.cooldown) / 1e9), "for_seconds": .number(Double(rule.hold) / 1e9),
          ]
          return value.text
        })
      return .done
    }
    let rows = file.rules.map { rule in
      [
        rule.name, rule.isEnabled ? rule.severity.name : "off", rule.isMomentary ? "moment" : "level",
        rule.cooldown == 0 ? "-" : TimeSpan(nanoseconds: rule.cooldown).text, rule.condition,
      ]
    }
    try write(TextTable.lines([["rule", "severity", "kind", "cooldown", "when"]] + rows))
    return .done
  }
}
