extension Expression {
  /// What an expression gives for each row of a frame. Null is NaN, or a position below zero.
  public enum Value {
    /// Numbers, times in seconds since 1970, or 1 and 0 for true and false.
    case numbers([Double], Kind)
    case texts([Int32], [String])
  }

  public enum Kind: Sendable { case number, time, bool, null }

  /// What an expression cannot do with a frame.
  public struct Mismatch: Error, Equatable {
    public let message: String
  }

  /// The values for all rows.
  public func values(_ frame: Frame) throws(Mismatch) -> Value { try Evaluation(frame: frame).value(root) }

  /// The rows for which it is true.
  public func rows(_ frame: Frame) throws(Mismatch) -> [Int] {
    guard case .numbers(let values, let kind) = try values(frame), kind == .bool || kind == .null else {
      throw Mismatch(message: "\"\(text)\" is no condition: it is neither true nor false")
    }
    var rows: [Int] = []
    rows.reserveCapacity(values.count)
    for (row, value) in values.enumerated() where value == 1 { rows.append(row) }
    return rows
  }

  /// The values as a column.
  public func vector(_ frame: Frame) throws(Mismatch) -> Vector {
    switch try values(frame) {
    case .numbers(let values, let kind):
      var validity: Validity?
      if values.contains(where: { !$0.isFinite }) {
        var mask = Validity(repeating: true, count: values.count)
        for (row, value) in values.enumerated() where !value.isFinite { mask[row] = false }
        validity = mask
      }
      switch kind {
      case .number, .null: return Vector(.float64, .float64(values), validity: validity)
      case .bool:
        return Vector(.bool, .int64(values.map { $0.isFinite ? Int64($0) : 0 }), validity: validity)
      case .time:
        return Vector(
          .timestamp(.nanosecond, zone: "UTC"),
          .int64(values.map { $0.isFinite && abs($0) < 9.2e9 ? Int64(($0 * 1e9).rounded()) : 0 }), validity: validity)
      }
    case .texts(let codes, let texts):
      let pool = TextPool()
      let places = texts.map { Int64(pool.intern($0)) }
      var validity: Validity?
      if codes.contains(where: { $0 < 0 }) {
        var mask = Validity(repeating: true, count: codes.count)
        for (row, code) in codes.enumerated() where code < 0 { mask[row] = false }
        validity = mask
      }
      return Vector(
        .string, .int64(codes.map { $0 < 0 ? 0 : places[Int($0)] }), validity: validity, texts: pool)
    }
  }

  private struct Evaluation {
    let frame: Frame

    func constant(_ value: Double, _ kind: Kind) -> Value {
      .numbers([Double](repeating: value, count: frame.rows), kind)
    }

    func value(_ node: Node) throws(Mismatch) -> Value {
      switch node {
      case .number(let value): return constant(value, .number)
      case .time(let value): return constant(value, .time)
      case .bool(let value): return constant(value ? 1 : 0, .bool)
      case .null: return constant(.nan, .null)
      case .text(let text): return .texts([Int32](repeating: 0, count: frame.rows), [text])
      case .field(let name): return try field(name)
      case .negate(let inner): return .numbers(try numbers(inner, "-").map { -$0 }, .number)
      case .not(let inner): return .numbers(try condition(inner).map { 1 - $0 }, .bool)
      case .isNull(let inner):
        switch try value(inner) {
        case .numbers(let values, _): return .numbers(values.map { $0.isNaN ? 1 : 0 }, .bool)
        case .texts(let codes, _): return .numbers(codes.map { $0 < 0 ? 1 : 0 }, .bool)
        }
      case .isOneOf(let inner, let list):
        var result = constant(0, .bool)
        for element in list {
          result = try logic(.or, result, comparison(.equal, try value(inner), try value(element)))
        }
        return result
      case .binary(let operation, let a, let b): return try binary(operation, a, b)
      case .call(let function, let arguments): return try call(function, arguments)
      }
    }

    private func field(_ name: String) throws(Mismatch) -> Value {
      guard let vector = frame[name] else {
        throw Mismatch(message: "there is no field \"\(name)\" (there are: \(frame.names.joined(separator: ", ")))")
      }
      switch vector.type {
      case .string, .json:
        let codes = vector.integers()
        let texts = vector.texts.map { pool in (0..<pool.count).map { pool[$0] } } ?? []
        return .texts(codes.enumerated().map { vector.isNull($0.offset) ? -1 : Int32($0.element) }, texts)
      case .date: return .numbers(vector.doubles().map { $0 * 86_400 }, .time)
      case .timestamp(let unit, _):
        let second = Double(unit.perSecond)
        return .numbers(vector.doubles().map { $0 / second }, .time)
      case .bool: return .numbers(vector.doubles(), .bool)
      case .null: return constant(.nan, .null)
      default: return .numbers(vector.doubles(), .number)
      }
    }

    private func numbers(_ node: Node, _ use: String) throws(Mismatch) -> [Double] {
      guard case .numbers(let values, let kind) = try value(node), kind != .bool else {
        throw Mismatch(message: "\"\(use)\" needs numbers")
      }
      return values
    }

    private func condition(_ node: Node) throws(Mismatch) -> [Double] {
      guard case .numbers(let values, let kind) = try value(node), kind == .bool || kind == .null else {
        throw Mismatch(message: "\"and\", \"or\" and \"not\" need conditions")
      }
      return values
    }

    private func binary(_ operation: Operator, _ a: Node, _ b: Node) throws(Mismatch) -> Value {
      switch operation {
      case .and, .or: return try logic(operation, try value(a), try value(b))
      case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .unequal:
        return try comparison(operation, try value(a), try value(b))
      default: break
      }
      let (left, right) = (try value(a), try value(b))
      guard case .numbers(let x, let leftKind) = left, case .numbers(let y, let rightKind) = right, leftKind != .bool,
        rightKind != .bool
      else { throw Mismatch(message: "\"\(operation.rawValue)\" needs numbers") }
      let isTime = (leftKind == .time) != (rightKind == .time) && (operation == .add || operation == .subtract)
      func each(_ combine: (Double, Double) -> Double) -> Value {
        var result = x
        for row in result.indices {
          let value = combine(x[row], y[row])
          result[row] = value.isFinite ? value : .nan
        }
        return .numbers(result, isTime ? .time : .number)
      }
      switch operation {
      case .add: return each(+)
      case .subtract: return each(-)
      case .multiply: return each(*)
      case .divide: return each(/)
      default: return each { $0.truncatingRemainder(dividingBy: $1) }
      }
    }

    /// Three values: false and anything is false, true or anything is true.
    private func logic(_ operation: Operator, _ a: Value, _ b: Value) throws(Mismatch) -> Value {
      guard case .numbers(let x, let left) = a, case .numbers(let y, let right) = b, left == .bool || left == .null,
        right == .bool || right == .null
      else { throw Mismatch(message: "\"and\", \"or\" and \"not\" need conditions") }
      var result = x
      for row in result.indices {
        let (p, q) = (x[row], y[row])
        if operation == .and {
          result[row] = p == 0 || q == 0 ? 0 : p.isNaN || q.isNaN ? .nan : 1
        } else {
          result[row] = p == 1 || q == 1 ? 1 : p.isNaN || q.isNaN ? .nan : 0
        }
      }
      return .numbers(result, .bool)
    }

    private func comparison(_ operation: Operator, _ a: Value, _ b: Value) throws(Mismatch) -> Value {
      switch (a, b) {
      case (.numbers(let x, let left), .numbers(let y, let right)):
        if left != right, left != .null, right != .null, left == .bool || right == .bool {
          throw Mismatch(message: "\"\(operation.rawValue)\" compares a condition with a number")
        }
        func each(_ holds: (Double, Double) -> Bool) -> Value {
          var result = x
          for row in result.indices {
            result[row] = x[row].isNaN || y[row].isNaN ? .nan : holds(x[row], y[row]) ? 1 : 0
          }
          return .numbers(result, .bool)
        }
        switch operation {
        case .less: return each(<)
        case .lessOrEqual: return each(<=)
        case .greater: return each(>)
        case .greaterOrEqual: return each(>=)
        case .equal: return each(==)
        default: return each(!=)
        }
      case (.texts(let x, let left), .texts(let y, let right)):
        // Each pair of texts is compared once.
        var known: [Int: Double] = [:]
        var result = [Double](repeating: .nan, count: x.count)
        for row in x.indices where x[row] >= 0 && y[row] >= 0 {
          let key = Int(x[row]) << 32 | Int(y[row])
          if let holds = known[key] {
            result[row] = holds
            continue
          }
          let (p, q) = (left[Int(x[row])], right[Int(y[row])])
          let holds =
            switch operation {
            case .less: p < q
            case .lessOrEqual: p <= q
            case .greater: p > q
            case .greaterOrEqual: p >= q
            case .equal: p == q
            default: p != q
            }
          known[key] = holds ? 1 : 0
          result[row] = holds ? 1 : 0
        }
        return .numbers(result, .bool)
      case (.numbers(let x, .time), .texts(let y, let texts)):
        return try comparison(operation, .numbers(x, .time), times(y, texts))
      case (.texts(let x, let texts), .numbers(let y, .time)):
        return try comparison(operation, times(x, texts), .numbers(y, .time))
      case (.numbers(_, .null), .texts), (.texts, .numbers(_, .null)): return constant(.nan, .bool)
      default: throw Mismatch(message: "\"\(operation.rawValue)\" compares a text with a number")
      }
    }

    private func times(_ codes: [Int32], _ texts: [String]) throws(Mismatch) -> Value {
      var known: [Double] = []
      for text in texts {
        guard let instant = Timestamp.parse(text) else {
          throw Mismatch(message: "'\(text.prefix(40))' is no time, and is compared with one")
        }
        known.append(Double(instant) / 1e9)
      }
      return .numbers(codes.map { $0 < 0 ? .nan : known[Int($0)] }, .time)
    }

    private func call(_ function: ExpressionFunction, _ arguments: [Node]) throws(Mismatch) -> Value {
      var values: [Value] = []
      for argument in arguments { values.append(try value(argument)) }
      func columns() throws(Mismatch) -> [[Double]] {
        var result: [[Double]] = []
        for value in values {
          guard case .numbers(let numbers, _) = value else {
            throw Mismatch(message: "\"\(function.name)\" needs numbers")
          }
          result.append(numbers)
        }
        return result
      }
      func each(_ columns: [[Double]], _ body: ([Double]) -> Double, skipsNull: Bool) -> [Double] {
        (0..<frame.rows).map { row in
          let row = columns.map { $0[row] }
          if skipsNull && row.contains(where: \.isNaN) { return .nan }
          let value = body(row)
          return value.isFinite ? value : .nan
        }
      }
      switch function.body {
      case .numbers(let body): return .numbers(each(try columns(), body, skipsNull: true), .number)
      case .nullable(let body): return .numbers(each(try columns(), body, skipsNull: false), .number)
      case .coalesce:
        if case .texts = values[0] { return try coalesceTexts(values) }
        let kind: Kind = if case .numbers(_, let kind) = values[0] { kind } else { .number }
        let columns = try columns()
        return .numbers((0..<frame.rows).map { row in columns.first { !$0[row].isNaN }?[row] ?? .nan }, kind)
      case .text(let body):
        guard case .texts(let codes, let texts) = values[0] else {
          throw Mismatch(message: "\"\(function.name)\" needs a text")
        }
        return .texts(codes, texts.map(body))
      case .textTest(let body):
        guard case .texts(let codes, let texts) = values[0], case .texts(_, let parts) = values[1], parts.count == 1
        else {
          throw Mismatch(message: "\"\(function.name)\" needs a text, and another in quotes")
        }
        let known = texts.map { body($0, parts[0]) ? 1.0 : 0 }
        return .numbers(codes.map { $0 < 0 ? .nan : known[Int($0)] }, .bool)
      }
    }

    private func coalesceTexts(_ values: [Value]) throws(Mismatch) -> Value {
      var all: [String] = []
      var result = [Int32](repeating: -1, count: frame.rows)
      for value in values {
        guard case .texts(let codes, let texts) = value else {
          throw Mismatch(message: "\"coalesce\" mixes texts and numbers")
        }
        for row in result.indices where result[row] < 0 && codes[row] >= 0 {
          result[row] = codes[row] + Int32(all.count)
        }
        all += texts
      }
      return .texts(result, all)
    }
  }
}
