import FinstageCore
import FinstageSystem

/// A condition or a computed value over the fields of records: `close > open && volume >= 1e6`, `close crosses above sma_20`.
///
/// Numbers may have units (`5k`, `2M`, `3%`, `15m`), texts are in quotes, dates and instants are written as they are
/// (`ts >= 2020-01-01`). Null is neither true nor false: `and`, `or` and `not` have three values, and whatever else is computed
/// from null is null. Functions with a memory (`prev`, `crosses`, `change`, `avg` ... over a window) keep one state for each series.
///
/// This is the text and its tree; `ExpressionProgram` runs it.
package struct Expression: Sendable {
  /// A part of the tree, and where it begins in the text.
  struct Node: Sendable {
    var kind: Kind
    /// The byte, counted from 0.
    var at: Int
  }

  indirect enum Kind: Sendable {
    case integer(Int64)
    case number(Double)
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    case time(Int64)
    case bool(Bool)
    case null
    case text(String)
    case field(String)
    case negate(Node)
    case not(Node)
    case binary(Operator, Node, Node)
    case isNull(Node)
    case isOneOf(Node, [Node])
    /// - Parameter span: nanoseconds of `within`.
    case call(ExpressionFunction, [Node], span: Int64?)
    /// - Parameter span: for how long a crossing counts, in nanoseconds; nil for the record of the crossing alone.
    case crosses(above: Bool, Node, Node, span: Int64?)
    /// Has moved by so much from the lowest (highest) value within a span.
    /// - Parameter isShare: whether the amount is a share of that value.
    case moves(rises: Bool, Node, by: Double, isShare: Bool, span: Int64)
    /// Is strictly above (below) all others of the last `records`, or of a span.
    case extreme(high: Bool, Node, records: Int64?, span: Int64?)
    /// The time of the record lies in a part of the day, seconds after midnight in a zone, the end excluded.
    case timeOfDay(from: Int64, to: Int64, zone: String)
    /// The time of the record lies in a session of the NYSE.
    case inSession
  }

  enum Operator: String, Sendable {
    case or, and
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case unequal = "!="
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
  }

  /// What is wrong with an expression, and where.
  package struct Failure: ExitError, Equatable {
    /// The column, counted from 1.
    package let column: Int
    package let message: String
    /// The whole expression.
    package let text: String
    /// Wrong text is wrong usage; a field that does not suit is wrong data.
    package var exitStatus = ExitStatus.usage

    /// The message, and the expression with a mark under the place.
    package var sentence: String {
      "\(message) at column \(column)\n  \(text)\n  \(String(repeating: " ", count: max(0, column - 1)))^"
    }
  }

  package let text: String
  let root: Node

  package init(_ text: String) throws(Failure) {
    self.text = text
    var parser = ExpressionParser(text)
    root = try parser.whole()
  }

  /// The names of the fields that it reads, in the order in which they appear; `ts` where a window counts time.
  package var fields: [String] {
    var names: [String] = []
    func add(_ name: String) { if !names.contains(name) { names.append(name) } }
    func walk(_ node: Node) {
      switch node.kind {
      case .field(let name): add(name)
      case .negate(let a), .not(let a), .isNull(let a): walk(a)
      case .binary(_, let a, let b):
        walk(a)
        walk(b)
      case .isOneOf(let a, let list):
        walk(a)
        list.forEach(walk)
      case .call(_, let list, let span):
        list.forEach(walk)
        if span != nil { add("ts") }
      case .crosses(_, let a, let b, let span):
        walk(a)
        walk(b)
        if span != nil { add("ts") }
      case .moves(_, let a, _, _, _):
        walk(a)
        add("ts")
      case .extreme(_, let a, _, let span):
        walk(a)
        if span != nil { add("ts") }
      case .timeOfDay, .inSession: add("ts")
      case .integer, .number, .time, .bool, .null, .text: break
      }
    }
    walk(root)
    return names
  }

  /// Whether it remembers earlier records.
  package var hasMemory: Bool {
    func walk(_ node: Node) -> Bool {
      switch node.kind {
      case .negate(let a), .not(let a), .isNull(let a): walk(a)
      case .binary(_, let a, let b): walk(a) || walk(b)
      case .isOneOf(let a, let list): walk(a) || list.contains(where: walk)
      case .call(let function, let list, let span):
        function.hasMemory(list, span: span) || list.contains(where: walk)
      case .crosses, .moves, .extreme: true
      default: false
      }
    }
    return walk(root)
  }

  /// A condition that is never true.
  package static let never = try! Expression("false")

  /// Whether it is true for a moment and has no end of its own: a crossing, a new high, a rise.
  package var isMomentary: Bool {
    func walk(_ node: Node) -> Bool {
      switch node.kind {
      case .crosses, .moves, .extreme: true
      case .binary(.and, let a, let b), .binary(.or, let a, let b): walk(a) || walk(b)
      default: false
      }
    }
    return walk(root)
  }

  /// Whether it looks at how far a value has moved: splits and dividends matter then.
  package var looksAtMoves: Bool {
    func walk(_ node: Node) -> Bool {
      switch node.kind {
      case .moves: true
      case .negate(let a), .not(let a), .isNull(let a): walk(a)
      case .binary(_, let a, let b): walk(a) || walk(b)
      default: false
      }
    }
    return walk(root)
  }

  /// What fields must be for the expression to make sense, where it tells: texts that are compared with texts, conditions by themselves.
  package func inferKinds(into kinds: inout [String: Field.Kind]) {
    func isText(_ node: Node) -> Bool {
      switch node.kind {
      case .text: true
      case .call(let function, _, _): if case .text = function.body { true } else { false }
      default: false
      }
    }
    func note(_ node: Node, _ kind: Field.Kind) { if case .field(let name) = node.kind { kinds[name] = kind } }
    func walk(_ node: Node, isCondition: Bool) {
      switch node.kind {
      case .field: if isCondition { note(node, .bool) }
      case .not(let a): walk(a, isCondition: true)
      case .negate(let a), .isNull(let a): walk(a, isCondition: false)
      case .binary(let operation, let a, let b):
        if isText(a) { note(b, .text) }
        if isText(b) { note(a, .text) }
        let joins = operation == .and || operation == .or
        walk(a, isCondition: joins)
        walk(b, isCondition: joins)
      case .isOneOf(let a, let list):
        if list.contains(where: isText) { note(a, .text) }
        walk(a, isCondition: false)
      case .call(let function, let arguments, _):
        switch function.body {
        case .text, .textTest: arguments.forEach { note($0, .text) }
        case .ofTime: arguments.forEach { note($0, .timestamp) }
        default: arguments.forEach { walk($0, isCondition: false) }
        }
      case .crosses(_, let a, let b, _):
        walk(a, isCondition: false)
        walk(b, isCondition: false)
      case .moves(_, let a, _, _, _), .extreme(_, let a, _, _): walk(a, isCondition: false)
      default: break
      }
    }
    walk(root, isCondition: true)
    kinds["symbol"] = nil
    kinds["ts"] = nil
  }

  /// What fields probably are that have had no value yet: what `inferKinds` finds, and numbers where the expression computes with them.
  package var likelyKinds: [String: Field.Kind] {
    var kinds: [String: Field.Kind] = [:]
    func isNumber(_ node: Node) -> Bool {
      switch node.kind {
      case .integer, .number, .negate: true
      case .binary(let operation, _, _):
        switch operation {
        case .add, .subtract, .multiply, .divide, .remainder: true
        default: false
        }
      default: false
      }
    }
    func note(_ node: Node) { if case .field(let name) = node.kind { kinds[name] = .float64 } }
    func walk(_ node: Node) {
      switch node.kind {
      case .not(let a), .isNull(let a): walk(a)
      case .negate(let a):
        note(a)
        walk(a)
      case .binary(let operation, let a, let b):
        if operation != .and, operation != .or {
          if isNumber(node) || isNumber(b) { note(a) }
          if isNumber(node) || isNumber(a) { note(b) }
        }
        walk(a)
        walk(b)
      case .isOneOf(let a, let list):
        if list.contains(where: isNumber) { note(a) }
      case .call(let function, let arguments, _):
        switch function.body {
        case .unary, .binary, .fold, .window, .memory(.change): arguments.forEach(note)
        default: break
        }
        arguments.forEach(walk)
      case .crosses(_, let a, let b, _):
        note(a)
        note(b)
        walk(a)
        walk(b)
      case .moves(_, let a, _, _, _), .extreme(_, let a, _, _):
        note(a)
        walk(a)
      default: break
      }
    }
    walk(root)
    inferKinds(into: &kinds)
    return kinds
  }

  /// Bounds that every row keeps for which the expression is true; a reader may pass over other rows.
  package var bounds: [RowGroupTest] {
    // Functions with a memory need the rows that a bound would pass over.
    if hasMemory { return [] }
    var tests: [RowGroupTest] = []
    func constant(_ node: Node) -> Double? {
      switch node.kind {
      case .number(let value): value
      case .integer(let value): Double(value)
      case .time(let value): Double(value) / 1e9
      case .negate(let inner): constant(inner).map { -$0 }
      default: nil
      }
    }
    func add(_ name: String, _ operation: Operator, _ value: Double) {
      let comparisons: [Operator: RowGroupTest.Comparison] = [
        .less: .less, .lessOrEqual: .lessOrEqual, .equal: .equal, .greaterOrEqual: .greaterOrEqual, .greater: .greater,
      ]
      if let comparison = comparisons[operation] {
        tests.append(RowGroupTest(column: name, comparison: comparison, value: value))
      }
    }
    func walk(_ node: Node) {
      guard case .binary(let operation, let a, let b) = node.kind else { return }
      if operation == .and {
        walk(a)
        walk(b)
      } else if case .field(let name) = a.kind, let value = constant(b) {
        add(name, operation, value)
      } else if case .field(let name) = b.kind, let value = constant(a) {
        let mirrored: [Operator: Operator] = [
          .less: .greater, .lessOrEqual: .greaterOrEqual, .greater: .less, .greaterOrEqual: .lessOrEqual,
          .equal: .equal,
        ]
        if let turned = mirrored[operation] { add(name, turned, value) }
      }
    }
    walk(root)
    return tests
  }
}
