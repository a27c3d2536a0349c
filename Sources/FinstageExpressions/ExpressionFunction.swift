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

  /// What a function is of integers alone, exactly.
  enum OfIntegers: Sendable { case same, absolute, least, greatest }

  let name: String
  /// How many arguments it takes.
  let arity: ClosedRange<Int>
  /// How it is written, and what it gives: for the manual.
  let usage: String
  let summary: String
  let body: Body
  var ofIntegers: OfIntegers? = nil

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
    ExpressionFunction(
      name: "abs", arity: 1...1, usage: "abs(x)", summary: "the absolute value",
      body: .unary { abs($0) }, ofIntegers: .absolute),
    ExpressionFunction(
      name: "sqrt", arity: 1...1, usage: "sqrt(x)", summary: "the square root",
      body: .unary { $0.squareRoot() }),
    ExpressionFunction(
      name: "log", arity: 1...1, usage: "log(x)", summary: "the natural logarithm",
      body: .unary { log($0) }),
    ExpressionFunction(
      name: "exp", arity: 1...1, usage: "exp(x)", summary: "e to the power of x",
      body: .unary { exp($0) }),
    ExpressionFunction(
      name: "pow", arity: 2...2, usage: "pow(x, y)", summary: "x to the power of y",
      body: .binary { pow($0, $1) }),
    ExpressionFunction(
      name: "sign", arity: 1...1, usage: "sign(x)", summary: "1, 0 or -1",
      body: .unary { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }),
    ExpressionFunction(
      name: "floor", arity: 1...1, usage: "floor(x)", summary: "the greatest integer not above x",
      body: .unary { $0.rounded(.down) }, ofIntegers: .same),
    ExpressionFunction(
      name: "ceil", arity: 1...1, usage: "ceil(x)", summary: "the least integer not below x",
      body: .unary { $0.rounded(.up) }, ofIntegers: .same),
    ExpressionFunction(
      name: "round", arity: 1...2, usage: "round(x), round(x, places)", summary: "x rounded to so many decimal places",
      body: .binary { value, places in
        let power = pow(10, places)
        return (value * power).rounded() / power
      }, ofIntegers: .same),
    ExpressionFunction(
      name: "least", arity: 1...1000, usage: "least(x, y, ...)", summary: "the least value of the row",
      body: .fold { min($0, $1) }, ofIntegers: .least),
    ExpressionFunction(
      name: "greatest", arity: 1...1000, usage: "greatest(x, y, ...)", summary: "the greatest value of the row",
      body: .fold { max($0, $1) }, ofIntegers: .greatest),
    ExpressionFunction(
      name: "if", arity: 3...3, usage: "if(c, x, y)", summary: "x if c is true, y otherwise",
      body: .choice),
    ExpressionFunction(
      name: "coalesce", arity: 1...1000, usage: "coalesce(x, y, ...)", summary: "the first value that is not null",
      body: .coalesce),
    ExpressionFunction(
      name: "year", arity: 1...1, usage: "year(t)", summary: "the year (UTC)",
      body: .ofTime { Timestamp.civil(day: Timestamp.day(ofSecond: $0)).year }),
    ExpressionFunction(
      name: "month", arity: 1...1, usage: "month(t)", summary: "the month, 1 to 12",
      body: .ofTime { Timestamp.civil(day: Timestamp.day(ofSecond: $0)).month }),
    ExpressionFunction(
      name: "day", arity: 1...1, usage: "day(t)", summary: "the day of the month",
      body: .ofTime { Timestamp.civil(day: Timestamp.day(ofSecond: $0)).day }),
    ExpressionFunction(
      name: "hour", arity: 1...1, usage: "hour(t)", summary: "the hour, 0 to 23",
      body: .ofTime { secondOfDay($0) / 3600 }),
    ExpressionFunction(
      name: "minute", arity: 1...1, usage: "minute(t)", summary: "the minute, 0 to 59",
      body: .ofTime { secondOfDay($0) / 60 % 60 }),
    // 1 for Monday to 7 for Sunday, as ISO 8601 counts.
    ExpressionFunction(
      name: "weekday", arity: 1...1, usage: "weekday(t)", summary: "1 for Monday to 7 for Sunday",
      body: .ofTime { second in
        let rest = (Timestamp.day(ofSecond: second) + 3) % 7
        return (rest < 0 ? rest + 7 : rest) + 1
      }),
    ExpressionFunction(
      name: "lower", arity: 1...1, usage: "lower(s)", summary: "the text in lower case",
      body: .text { $0.lowercased() }),
    ExpressionFunction(
      name: "upper", arity: 1...1, usage: "upper(s)", summary: "the text in upper case",
      body: .text { $0.uppercased() }),
    ExpressionFunction(
      name: "contains", arity: 2...2, usage: "contains(s, 'part')", summary: "whether the text contains the part",
      body: .textTest { $0.contains($1) }),
    ExpressionFunction(
      name: "starts_with", arity: 2...2, usage: "starts_with(s, 'part')",
      summary: "whether the text starts with the part",
      body: .textTest { $0.hasPrefix($1) }),
    ExpressionFunction(
      name: "ends_with", arity: 2...2, usage: "ends_with(s, 'part')", summary: "whether the text ends with the part",
      body: .textTest { $0.hasSuffix($1) }),
    ExpressionFunction(
      name: "prev", arity: 1...2, usage: "prev(x), prev(x, n)", summary: "x one record or n records ago",
      body: .memory(.previous)),
    ExpressionFunction(
      name: "change", arity: 1...1, usage: "change(x), change(x) within 10m", summary: "x less an earlier x",
      body: .memory(.change)),
    ExpressionFunction(
      name: "avg", arity: 1...2, usage: "avg(x, n), avg(x) within 10m", summary: "the mean over a window",
      body: .window(.average, fold: nil)),
    ExpressionFunction(
      name: "sum", arity: 1...2, usage: "sum(x, n), sum(x) within 10m", summary: "the sum over a window",
      body: .window(.sum, fold: nil)),
    ExpressionFunction(
      name: "min", arity: 1...1000, usage: "min(x, n), min(x) within 10m",
      summary: "the minimum over a window; min(x, y, ...) is least(x, y, ...)",
      body: .window(.minimum, fold: { min($0, $1) }), ofIntegers: .least),
    ExpressionFunction(
      name: "max", arity: 1...1000, usage: "max(x, n), max(x) within 10m",
      summary: "the maximum over a window; max(x, y, ...) is greatest(x, y, ...)",
      body: .window(.maximum, fold: { max($0, $1) }), ofIntegers: .greatest),
    ExpressionFunction(
      name: "stddev", arity: 1...2, usage: "stddev(x, n), stddev(x) within 10m",
      summary: "the standard deviation of the population over a window",
      body: .window(.deviation, fold: nil)),
    ExpressionFunction(
      name: "count", arity: 1...2, usage: "count(c, n), count(c) within 10m",
      summary: "how often c was true, or not null, in a window",
      body: .window(.count, fold: nil)),
  ]
}
