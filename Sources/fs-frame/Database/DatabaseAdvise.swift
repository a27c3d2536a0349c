import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore
import FinstageSystem

extension Database {
  struct Advise: Tool {
    static let configuration = CommandConfiguration(
      commandName: "advise",
      abstract:
        "Show how SQLite runs the usual statements or your own, and which index would avoid reading whole tables.")
    @Option(help: ArgumentHelp("A statement of your own, such as one that a report runs.", valueName: "statement"))
    var sql: [String] = []
    @OptionGroup var scope: Scope

    mutating func execute() throws -> ExitStatus {
      let statements = sql.isEmpty ? PriceStore.usualStatements : sql
      try scope.run { store in
        var records: [JSONValue] = []
        for statement in statements {
          let plan = try store.plan(statement)
          var advice: [String] = []
          for step in plan where step.hasPrefix("SCAN ") {
            let table = step.split(separator: " ").dropFirst().first.map(String.init) ?? ""
            let columns = try store.columns(of: table)
            let used = Advise.constrained(statement, columns)
            if !used.isEmpty {
              advice.append(
                "CREATE INDEX \(table)_\(used.joined(separator: "_")) ON \(table) (\(used.joined(separator: ", ")))")
            }
          }
          for step in plan where step.hasPrefix("USE TEMP B-TREE") { advice.append("sorts: \(step)") }
          records.append(["sql": .string(statement), "plan": JSONValue(plan), "advice": JSONValue(advice)])
        }
        return records
      }
      return .done
    }

    /// The columns that a statement compares, in the order of an index: those compared for equality come first.
    private static func constrained(_ sql: String, _ columns: [String]) -> [String] {
      let words = sql.split { $0.isWhitespace || $0 == "(" || $0 == ")" || $0 == "," || $0 == ";" }.map(String.init)
      guard let start = words.firstIndex(where: { $0.lowercased() == "where" }) else { return [] }
      var (equal, other): ([String], [String]) = ([], [])
      for (i, word) in words.enumerated() where i > start && i + 1 < words.count {
        let name = word.split(separator: ".").last.map(String.init) ?? word
        guard columns.contains(name) else { continue }
        switch words[i + 1].lowercased() {
        case "=", "==", "is", "in": if !equal.contains(name) { equal.append(name) }
        case "<", "<=", ">", ">=", "between": if !other.contains(name) { other.append(name) }
        default: break
        }
      }
      return equal + other.prefix(1)
    }
  }
}
