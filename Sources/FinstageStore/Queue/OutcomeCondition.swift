import FinstageCore

/// What must have become of a task for one that waits for it to run.
///
/// `ok`: completed; `failed`: failed or dead; `any`: it has ended, also by being cancelled. Otherwise an expression that must be
/// true of its result (see `Expression`): over `state`, `exit_status`, `attempts`, `seconds`, `output` (what it printed, a text)
/// and the members of the last line that it printed, if that is a JSON object; members of members are `outer.inner`. A field that is
/// not there is null.
public enum OutcomeCondition: Sendable, Equatable {
  case completed
  case failed
  case any
  case expression(String)

  /// Reads a condition as users write it.
  public init(_ text: String) throws(Expression.Failure) {
    switch text {
    case "ok": self = .completed
    case "failed": self = .failed
    case "any": self = .any
    default:
      _ = try Expression(text)
      self = .expression(text)
    }
  }

  public var text: String {
    switch self {
    case .completed: "ok"
    case .failed: "failed"
    case .any: "any"
    case .expression(let text): text
    }
  }

  /// What a task left behind.
  struct Outcome {
    var state: TaskState
    var status: Int64?
    var attempts: Int64
    var seconds: Double?
    /// Read only if an expression asks.
    var output: () throws(DatabaseError) -> [UInt8]
  }

  /// Whether a finished task is what the condition asks for.
  func holds(_ outcome: Outcome) throws(DatabaseError) -> Bool {
    switch self {
    case .completed: return outcome.state == .completed
    case .failed: return outcome.state == .failed || outcome.state == .dead
    case .any: return true
    case .expression(let text):
      // What never ran has no result.
      guard outcome.state == .completed || outcome.state == .failed, let expression = try? Expression(text) else {
        return false
      }
      let frame = OutcomeCondition.frame(outcome, try outcome.output(), asked: expression.fields)
      return (try? expression.rows(frame)) == [0]
    }
  }

  /// One row with the fields that an expression asks for.
  private static func frame(_ outcome: Outcome, _ output: [UInt8], asked: [String]) -> Frame {
    var fields: [String: JSONDocument] = [:]
    func add(_ prefix: String, _ document: JSONDocument) {
      for (key, value) in document.members ?? [] {
        fields[prefix + key] = value
        add("\(prefix)\(key).", value)
      }
    }
    let lines = output.split(separator: 0x0A)
    if let last = lines.last, let document = try? JSONDocument.parse(Array(last)) { add("", document) }
    if let document = lines.count > 1 ? try? JSONDocument.parse(output) : nil { add("", document) }
    fields["state"] = .string(outcome.state.name)
    fields["exit_status"] = outcome.status.map { .integer($0) } ?? .null
    fields["attempts"] = .integer(outcome.attempts)
    fields["seconds"] = outcome.seconds.map { .number($0) } ?? .null
    var text = String(decoding: output, as: UTF8.self)
    while text.last?.isWhitespace == true { text.removeLast() }
    fields["output"] = .string(text)
    return Frame(asked.map { Frame.Column($0, vector(fields[$0] ?? .null)) }, rows: 1)
  }

  private static func vector(_ value: JSONDocument) -> Vector {
    switch value {
    case .integer(let number): return Vector(.float64, .float64([Double(number)]))
    case .number(let number): return Vector(.float64, .float64([number]))
    case .bool(let flag): return Vector(.bool, .int64([flag ? 1 : 0]))
    case .string(let text):
      // A date or an instant is a time.
      if text.utf8.count < 40, let instant = Timestamp.parse(text) {
        return Vector(.timestamp(.nanosecond, zone: "UTC"), .int64([instant]))
      }
      let pool = TextPool()
      return Vector(.string, .int64([Int64(pool.intern(text))]), texts: pool)
    case .null, .array, .object: return Vector.nulls(.null, count: 1)
    }
  }
}
