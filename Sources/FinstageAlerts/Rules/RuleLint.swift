import FinstageCore
import FinstageExpressions
import FinstageSystem

/// What a careful reader would say of rules, beyond what makes them invalid.
package enum RuleLint {
  package struct Finding: Sendable, Equatable {
    package let place: String
    package let message: String
    package var sentence: String { "\(place): \(message)" }
  }

  /// The fields that records of finstage have.
  static let known: Set<String> = [
    "symbol", "ts", "type", "open", "high", "low", "close", "volume", "adj_close", "dividend", "split", "capital_gain",
    "interval", "currency", "suspect", "repaired", "price", "previous_close", "change", "change_percent",
    "market_state",
    "previous_high", "previous_low", "all_time_high", "all_time_low", "metric", "name", "value", "unit", "title", "obv",
    "vwap",
  ]

  /// - Parameter fields: further fields that the records are known to have.
  package static func findings(_ file: RulesFile, fields: Set<String> = []) -> [Finding] {
    var findings: [Finding] = []
    let names = Set(file.rules.map(\.name))
    let channels = Set(file.channels.map(\.name))
    for rule in file.rules {
      func add(_ message: String) {
        findings.append(Finding(place: rule.place, message: "rule \"\(rule.name)\": \(message)"))
      }
      for (key, expression) in rule.conditions {
        for name in expression.fields
        where !known.contains(name) && !fields.contains(name) && !KnownFields.isNumber(name) {
          let whole = name.hasSuffix("_pct") ? String(name.dropLast(3)) + "percent" : nil
          let near =
            whole.flatMap { known.contains($0) ? " (did you mean \($0)?)" : nil } ?? Spelling.nearest(
              to: name, among: known.sorted()
            ).map { " (did you mean \($0)?)" } ?? ""
          add("\(key): no record of finstage has a field \"\(name)\"\(near)")
        }
      }
      for name in rule.message?.fields ?? [] {
        let own = ["rule", "severity", "ts", "state", "id"]
        if !known.contains(name) && !fields.contains(name) && !KnownFields.isNumber(name) && !own.contains(name) {
          add("message: there is no field \"\(name)\"")
        }
      }
      for name in rule.inhibits where !names.contains(name) { add("inhibits: there is no rule \"\(name)\"") }
      for name in rule.channels where !channels.contains(name) && !name.contains(":") && name != "stdout" {
        add("to: there is no channel \"\(name)\"")
      }
      if rule.isMomentary, rule.hold > 0 {
        add("for: a crossing, a new high or a rise is there on one record only, and cannot last")
      }
      if rule.isMomentary, rule.repetition != nil {
        add("repeat: it has no end, and is not repeated (give it an until)")
      }
    }
    return findings
  }
}
