import FinstageExpressions
import FinstageCore
import FinstageExpressions
import FinstageStore

/// The outcome that a task must have before a task that waits for it may run.
///
/// `ok`: completed; `failed`: failed or dead; `any`: ended in any way, including cancelled. Anything else is an
/// expression that must be true (see `Expression`). Its fields are `state`, `exit_status`, `attempts`, `seconds`,
/// `output` (what the task printed, as a string) and, if the last line of the output or the whole output is a JSON
/// object, the members of that object; nested members are `outer.inner`. A missing field is null.
package enum OutcomeCondition: Sendable, Equatable {
  case completed
  case failed
  case any
  case expression(String)

  /// Reads a condition as users write it.
  package init(_ text: String) throws(Expression.Failure) {
    switch text {
    case "ok": self = .completed
    case "failed": self = .failed
    case "any": self = .any
    default:
      _ = try Expression(text)
      self = .expression(text)
    }
  }

  package var text: String {
    switch self {
    case .completed: "ok"
    case .failed: "failed"
    case .any: "any"
    case .expression(let text): text
    }
  }

  /// What a condition can check about a finished task.
  struct Outcome {
    var state: TaskState
    var status: Int64?
    var attempts: Int64
    var seconds: Double?
    /// The output, read only for an expression.
    var output: () throws -> [UInt8]
  }

  /// Whether a finished task meets the condition.
  func holds(_ outcome: Outcome) throws -> Bool {
    switch self {
    case .completed: return outcome.state == .completed
    case .failed: return outcome.state == .failed || outcome.state == .dead
    case .any: return true
    case .expression(let text):
      // A cancelled or dead task has no result.
      guard outcome.state == .completed || outcome.state == .failed, let expression = try? Expression(text) else {
        return false
      }
      return expression.holds(OutcomeCondition.fields(outcome, try outcome.output()))
    }
  }

  /// What an expression may ask for.
  private static func fields(_ outcome: Outcome, _ output: [UInt8]) -> [String: JSONValue] {
    var fields: [String: JSONValue] = [:]
    func add(_ prefix: String, _ document: JSONValue) {
      for (key, value) in document.members ?? [] {
        fields[prefix + key] = value
        add("\(prefix)\(key).", value)
      }
    }
    let lines = output.split(separator: 0x0A)
    if let last = lines.last, let document = try? JSONValue.parse(Array(last)) { add("", document) }
    if let document = lines.count > 1 ? try? JSONValue.parse(output) : nil { add("", document) }
    fields["state"] = .string(outcome.state.name)
    fields["exit_status"] = JSONValue(outcome.status)
    fields["attempts"] = JSONValue(outcome.attempts)
    fields["seconds"] = JSONValue(outcome.seconds)
    var text = String(decoding: output, as: UTF8.self)
    while text.last?.isWhitespace == true { text.removeLast() }
    fields["output"] = .string(text)
    return fields
  }
}
