/// A condition or a computed value over the fields of a record: `close > open && volume >= 1e6`.
///
/// Numbers may have units (`5k`, `2M`, `3%`, `15m`), texts are in quotes, a date is written as it is (`ts >= 2020-01-01`). Null is
/// neither true nor false: `and`, `or` and `not` have three values, and whatever else is computed from null is null.
public struct Expression: Sendable {
  indirect enum Node: Sendable {
    case number(Double)
    /// Seconds since 1970.
    case time(Double)
    case bool(Bool)
    case null
    case text(String)
    case field(String)
    case negate(Node)
    case not(Node)
    case binary(Operator, Node, Node)
    case isNull(Node)
    case isOneOf(Node, [Node])
    case call(ExpressionFunction, [Node])
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

  /// What is wrong with an expression, and where in it.
  public struct Failure: Error, Equatable {
    /// The column, counted from 1.
    public let column: Int
    public let message: String

    /// The expression with a mark under the place.
    public func shown(in text: String) -> String {
      "\(message) at column \(column)\n  \(text)\n  \(String(repeating: " ", count: max(0, column - 1)))^"
    }
  }

  public let text: String
  let root: Node

  public init(_ text: String) throws(Failure) {
    self.text = text
    var parser = ExpressionParser(text)
    root = try parser.whole()
  }

  /// The names of the fields it looks at.
  public var fields: [String] {
    var names: [String] = []
    func walk(_ node: Node) {
      switch node {
      case .field(let name): if !names.contains(name) { names.append(name) }
      case .negate(let a), .not(let a), .isNull(let a): walk(a)
      case .binary(_, let a, let b):
        walk(a)
        walk(b)
      case .isOneOf(let a, let list):
        walk(a)
        list.forEach(walk)
      case .call(_, let list): list.forEach(walk)
      case .number, .time, .bool, .null, .text: break
      }
    }
    walk(root)
    return names
  }

  /// Bounds that every row has to keep for which the expression is true.
  public var bounds: [RowGroupTest] {
    var tests: [RowGroupTest] = []
    func constant(_ node: Node) -> Double? {
      switch node {
      case .number(let value), .time(let value): value
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
      guard case .binary(let operation, let a, let b) = node else { return }
      if operation == .and {
        walk(a)
        walk(b)
      } else if case .field(let name) = a, let value = constant(b) {
        add(name, operation, value)
      } else if case .field(let name) = b, let value = constant(a) {
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
