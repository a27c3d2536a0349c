import ArgumentParser
import FinstageAlerts
import FinstageCommand
import FinstageCore
import FinstageSystem

/// Rules out of files, and one out of options with the names of the keys.
struct RuleOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Rules in a file; several times for more.", valueName: "file"), completion: .file())
  var rules: [String] = []
  @Option(help: ArgumentHelp("Fire while this is true.", valueName: "condition")) var when: String?
  @Option(help: ArgumentHelp("End it when this is true.", valueName: "condition")) var until: String?
  @Option(
    name: .customLong("for"), help: ArgumentHelp("Fire only after it has been true for this long.", valueName: "span"))
  var hold: String?
  @Option(help: ArgumentHelp("End it only if this is true as well.", valueName: "condition")) var reset: String?
  @Option(help: ArgumentHelp("Do not fire again for the same symbol within this time.", valueName: "span"))
  var cooldown: String?
  @Flag(help: "Fire once for each symbol, and never again.") var once = false
  @Flag(help: "It is told when it becomes true, and has no end to tell of, as a crossing has none.") var momentary =
    false
  @Option(
    name: .customLong("repeat"), help: ArgumentHelp("Tell again after this time while it lasts.", valueName: "span"))
  var repetition: String?
  @Option(help: "The severity: info, warning, critical.") var severity: String?
  @Option(help: ArgumentHelp("The text, with {field} for values of the record.", valueName: "text")) var message:
    String?
  @Option(help: ArgumentHelp("The name of the rule.", valueName: "name")) var name = "alert"
  @Option(help: "The field that tells series apart; '' if the whole input is one series.") var by = "symbol"

  /// The rules of all files, and that of the options.
  func file() throws -> RulesFile {
    var file = try RulesFile.read(rules)
    let given: [(String, String?)] = [
      ("until", until), ("for", hold), ("reset", reset), ("cooldown", cooldown), ("once", once ? "true" : nil),
      ("momentary", momentary ? "true" : nil),
      ("repeat", repetition), ("severity", severity), ("message", message),
    ]
    if let when {
      do {
        var builder = RulesFile.Builder(name: name, place: "--name \(name)")
        try builder.set("when", when, "--when")
        for case (let key, let value?) in given { try builder.set(key, value, "--\(key)") }
        let rule = try builder.finished()
        if let known = file.rules.first(where: { $0.name == rule.name }) {
          throw ToolFailure(.usage, "--name \(name): there is already such a rule (\(known.place))")
        }
        file.rules.append(rule)
      } catch let failure as RulesFile.Failure {
        throw ToolFailure(.usage, failure.sentence)
      }
    } else if let (key, _) = given.first(where: { $0.1 != nil }) {
      throw ToolFailure(.usage, "--\(key) needs --when (rules of a file have a line of that name)")
    }
    guard !file.rules.isEmpty else {
      throw ToolFailure(.usage, "say what to watch for: --when 'close > 100', or --rules FILE (see fs-alert --help)")
    }
    return file
  }

  func evaluator(_ file: RulesFile) throws -> AlertEvaluator {
    guard by != "ts", by != "type" else { throw ToolFailure(.usage, "--by \(by): this field is reserved") }
    return AlertEvaluator(file.rules, by: by.isEmpty ? nil : by)
  }
}

/// The file in which alerts are kept.
struct StateOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The file of alerts, deliveries and silences.", valueName: "file"), completion: .file())
  var state: String?

  func path() throws -> String {
    if let state {
      guard !state.isEmpty else { throw ToolFailure(.usage, "--state needs the name of a file") }
      return state
    }
    guard let folder = HomeFolder.state.path else {
      throw ToolFailure(
        .badConfiguration, "cannot tell where the state is (set HOME or FINSTAGE_HOME, or give --state)")
    }
    return folder + "/alerts.db"
  }

  func store() throws -> AlertStore { try AlertStore(path: try path()) }

  /// The store of commands that only look: there must be one.
  func existingStore() throws -> AlertStore {
    let path = try path()
    guard Folder.has(path) else {
      throw ToolFailure(.noInput, "\(path): there is no state yet (a run with --to or --state makes it)")
    }
    return try AlertStore(path: path)
  }
}
