import FinstageCore
import FinstageSystem

/// What of a rule is needed to tell of it, looked up once.
final class AlertTeller {
  enum Part {
    case text(String)
    case symbol, rule, severity, state, id, time
    case column(Int)
    case nothing
  }

  let name: String
  let severity: AlertSeverity
  let category: String?
  let channels: [String]
  let groupWindow: Int64
  /// The fields of its conditions.
  let operands: [(name: String, column: Int)]
  /// The text of a rule that has one.
  let message: [Part]?
  let condition: String

  init(_ rule: AlertRule, _ fields: [Field], key: String?) {
    name = rule.name
    severity = rule.severity
    category = rule.category
    channels = rule.channels
    groupWindow = rule.groupWindow
    condition =
      rule.silence.map { "no record for more than \(TimeSpan(nanoseconds: $0).text)" } ?? rule.when.text
    func column(_ name: String) -> Int? { fields.firstIndex { $0.name == name } }
    var operands: [(String, Int)] = []
    for name in rule.conditions.flatMap({ $0.expression.fields }) where name != key && name != "ts" {
      if let place = column(name), !operands.contains(where: { $0.0 == name }) { operands.append((name, place)) }
    }
    self.operands = operands
    message = rule.message?.parts.map { part in
      switch part {
      case .text(let text): .text(text)
      case .field("rule"): .rule
      case .field("severity"): .severity
      case .field("state"): .state
      case .field("id"): .id
      case .field("ts"): .time
      case .field(let name): name == key ? .symbol : column(name).map { .column($0) } ?? .nothing
      }
    }
  }

  /// What a record says of a field.
  func value(_ place: Int, _ row: Int, _ batch: Batch, _ symbols: SymbolTable) -> JSONValue {
    let column = batch.columns[place]
    guard column.hasValue(row) else { return .null }
    switch column.field.kind {
    case .float64: return column.doubles[row].isFinite ? .number(column.doubles[row]) : .null
    case .int64: return .integer(column.integers[row])
    case .bool: return .bool(column.integers[row] != 0)
    case .timestamp: return .string(Timestamp.string(column.integers[row]))
    case .date: return .string(Timestamp.dateString(day: column.integers[row]))
    case .symbol, .text, .json: return .string(symbols.name(Int(column.integers[row])))
    default: return .null
    }
  }

  /// The text of an alert.
  func message(_ event: AlertEvent, _ row: Int, _ batch: Batch, _ symbols: SymbolTable) -> String {
    var text = event.state == .resolved ? "resolved: " : ""
    func append(_ value: JSONValue) { text += value.isNull ? "-" : value.plainText }
    guard let parts = message else {
      if !event.symbol.isEmpty { text += event.symbol + ": " }
      text += condition
      for (i, operand) in event.values.enumerated() {
        text += i == 0 ? " (" : ", "
        text += operand.name + " "
        append(operand.value)
      }
      return event.values.isEmpty ? text : text + ")"
    }
    for part in parts {
      switch part {
      case .text(let words): text += words
      case .symbol: text += event.symbol
      case .rule: text += name
      case .severity: text += severity.name
      case .state: text += event.state.rawValue
      case .id: text += event.id
      case .time: text += Timestamp.string(event.time)
      case .column(let place): append(value(place, row, batch, symbols))
      case .nothing: text += "-"
      }
    }
    return text
  }
}
