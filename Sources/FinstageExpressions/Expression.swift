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
      case .crosses: true
      default: false
      }
    }
    return walk(root)
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
