import FinstageCore
import FinstageSystem

/// A function of expressions. A new one is a line in `all`.
struct ExpressionFunction: Sendable {
  enum Body: Sendable {
    /// Of one, two or any number of numbers, row by row; null in any argument gives null.
    case unary(@Sendable (Double) -> Double)
    case binary(@Sendable (Double, Double) -> Double)
    /// Folds any number of numbers of a row.
    case fold(@Sendable (Double, Double) -> Double)
    /// Of an instant, in whole seconds since 1970.
    case ofTime(@Sendable (Int64) -> Int64)
    /// Of one text.
    case text(@Sendable (String) -> String)
    /// Of a text and a constant text: true or false.
    case textTest(@Sendable (String, String) -> Bool)
    /// The second argument where the first is true, the third where it is false.
    case choice
    /// The first argument that is not null.
    case coalesce
    /// Of earlier records of the series, too.
    case memory(Memory)
    /// Over a window of the series; with several values that are not a window, folds them.
    case window(Window, fold: (@Sendable (Double, Double) -> Double)?)
  }

  /// What a function remembers of a series.
  enum Memory: Sendable { case previous, change }

  /// What a window of values is reduced to.
  enum Window: Sendable { case average, sum, minimum, maximum, deviation, count }

  let name: String
  /// How many arguments it takes.
  let arity: ClosedRange<Int>
  let body: Body
  /// For the manual: the first record, nulls, ends of windows, warm-up.
  var notes = ""

  static func named(_ name: String) -> ExpressionFunction? { all.first { $0.name == name } }

  var arityText: String {
    let plural = arity.upperBound == 1 ? "argument" : "arguments"
    if arity.lowerBound == arity.upperBound { return "\(arity.lowerBound) \(plural)" }
    return arity.upperBound > 100
      ? "\(arity.lowerBound) or more arguments" : "\(arity.lowerBound) to \(arity.upperBound) arguments"
  }

  /// The most records of a window.
  static let largestWindow: Int64 = 100_000

  /// The number of records of a window: the second of two arguments, a whole number as it stands.
  static func windowLength(_ arguments: [Expression.Node]) -> Int64? {
    guard arguments.count == 2, case .integer(let n) = arguments[1].kind, (1...largestWindow).contains(n) else {
      return nil
    }
    return n
  }

  func hasMemory(_ arguments: [Expression.Node], span: Int64?) -> Bool {
    switch body {
    case .memory: true
    case .window(_, let fold): span != nil || fold == nil || ExpressionFunction.windowLength(arguments) != nil
    default: false
    }
  }

  private static func secondOfDay(_ second: Int64) -> Int64 { second - Timestamp.day(ofSecond: second) * 86_400 }

  static let all: [ExpressionFunction] = [
    ExpressionFunction(name: "abs", arity: 1...1, body: .unary { abs($0) }),
    ExpressionFunction(name: "sqrt", arity: 1...1, body: .unary { $0.squareRoot() }),
    ExpressionFunction(name: "log", arity: 1...1, body: .unary { log($0) }),
    ExpressionFunction(name: "exp", arity: 1...1, body: .unary { exp($0) }),
    ExpressionFunction(name: "pow", arity: 2...2, body: .binary { pow($0, $1) }),
    ExpressionFunction(name: "sign", arity: 1...1, body: .unary { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }),
    ExpressionFunction(name: "floor", arity: 1...1, body: .unary { $0.rounded(.down) }),
    ExpressionFunction(name: "ceil", arity: 1...1, body: .unary { $0.rounded(.up) }),
    ExpressionFunction(
      name: "round", arity: 1...2,
      body: .binary { value, places in
        let power = pow(10, places)
        return (value * power).rounded() / power
      }),
    ExpressionFunction(name: "least", arity: 1...1000, body: .fold { min($0, $1) }),
    ExpressionFunction(name: "greatest", arity: 1...1000, body: .fold { max($0, $1) }),
    ExpressionFunction(name: "if", arity: 3...3, body: .choice),
    ExpressionFunction(name: "coalesce", arity: 1...1000, body: .coalesce),
    ExpressionFunction(
      name: "year", arity: 1...1, body: .ofTime { Timestamp.civil(day: Timestamp.day(ofSecond: $0)).year }),
    ExpressionFunction(
      name: "month", arity: 1...1, body: .ofTime { Timestamp.civil(day: Timestamp.day(ofSecond: $0)).month }),
    ExpressionFunction(
      name: "day", arity: 1...1, body: .ofTime { Timestamp.civil(day: Timestamp.day(ofSecond: $0)).day }),
    ExpressionFunction(name: "hour", arity: 1...1, body: .ofTime { secondOfDay($0) / 3600 }),
    ExpressionFunction(name: "minute", arity: 1...1, body: .ofTime { secondOfDay($0) / 60 % 60 }),
    // 1 for Monday to 7 for Sunday, as ISO 8601 counts.
    ExpressionFunction(
      name: "weekday", arity: 1...1,
      body: .ofTime { second in
        let rest = (Timestamp.day(ofSecond: second) + 3) % 7
        return (rest < 0 ? rest + 7 : rest) + 1
      }),
    ExpressionFunction(name: "lower", arity: 1...1, body: .text { $0.lowercased() }),
    ExpressionFunction(name: "upper", arity: 1...1, body: .text { $0.uppercased() }),
    ExpressionFunction(name: "contains", arity: 2...2, body: .textTest { $0.contains($1) }),
    ExpressionFunction(name: "starts_with", arity: 2...2, body: .textTest { $0.hasPrefix($1) }),
    ExpressionFunction(name: "ends_with", arity: 2...2, body: .textTest { $0.hasSuffix($1) }),
    ExpressionFunction(
      name: "prev", arity: 1...2, body: .memory(.previous),
      notes:
        "prev(x), prev(x, n): x of the record before, or n records before. Null for the first n records; a null x is kept."
    ),
    ExpressionFunction(
      name: "change", arity: 1...1, body: .memory(.change),
      notes: """
        change(x): x less x of the record before. change(x) within 10m: less the oldest x that is at most 10 minutes old, both ends \
        included. Null for the first record, and where x is null; a null x is passed over.
        """),
    ExpressionFunction(
      name: "avg", arity: 1...2, body: .window(.average, fold: nil),
      notes: """
        avg(x, 20): of the last 20 records in which x is not null, the present one included; null before there are 20. \
        avg(x) within 10m: of the records less than 10 minutes old, the present one included; from the first record on. \
        Null where x is null. The same for sum, min, max and stddev.
        """),
    ExpressionFunction(name: "sum", arity: 1...2, body: .window(.sum, fold: nil)),
    ExpressionFunction(
      name: "min", arity: 1...1000, body: .window(.minimum, fold: { min($0, $1) }),
      notes: "min(a, b, ...) of other arguments than (x, n): the smallest of the row, as least(a, b, ...)."),
    ExpressionFunction(
      name: "max", arity: 1...1000, body: .window(.maximum, fold: { max($0, $1) }),
      notes: "max(a, b, ...) of other arguments than (x, n): the largest of the row, as greatest(a, b, ...)."),
    ExpressionFunction(
      name: "stddev", arity: 1...2, body: .window(.deviation, fold: nil),
      notes: "stddev(x, n): of the population (divided by n), as fs-indicators --stddev."),
    ExpressionFunction(
      name: "count", arity: 1...2, body: .window(.count, fold: nil),
      notes: """
        count(c, 20): in how many of the last 20 records c was true, or x not null, the present one included; from the first \
        record on. count(c) within 10m: the same for the records less than 10 minutes old.
        """),
  ]

  /// How functions with a memory treat the ends: for the manual.
  package static var table: String {
    var lines = all.filter { !$0.notes.isEmpty }.map(\.notes)
    lines.append(
      """
      x crosses above y: x was not above y in the record before, and is now; below the other way round. Never in the first record; \
      records in which x or y is null are passed over. With within 10m: true for the records until 10 minutes after a crossing.
      """)
    return lines.joined(separator: "\n")
  }
}

/// The rules of functions with a memory, for manuals.
package enum ExpressionManual {
  package static var memory: String { ExpressionFunction.table }
}
