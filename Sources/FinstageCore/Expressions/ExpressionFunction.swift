#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A function of expressions. A new one is a line in `all`.
struct ExpressionFunction: Sendable {
  enum Body: Sendable {
    /// Of numbers, row by row; null in any argument gives null.
    case numbers(@Sendable ([Double]) -> Double)
    /// Of numbers, row by row; null is NaN.
    case nullable(@Sendable ([Double]) -> Double)
    /// Of one text.
    case text(@Sendable (String) -> String)
    /// Of a text and a constant text, true or false.
    case textTest(@Sendable (String, String) -> Bool)
    /// The first argument that is not null.
    case coalesce
  }

  let name: String
  let arity: ClosedRange<Int>
  let body: Body
  /// Whether the result is true or false.
  var isTest = false

  var arityText: String {
    let plural = arity.upperBound == 1 ? "argument" : "arguments"
    if arity.lowerBound == arity.upperBound { return "\(arity.lowerBound) \(plural)" }
    return arity.upperBound > 100
      ? "\(arity.lowerBound) or more arguments" : "\(arity.lowerBound) to \(arity.upperBound) arguments"
  }

  static func named(_ name: String) -> ExpressionFunction? { all.first { $0.name == name } }

  private static func civil(_ seconds: Double) -> (year: Int64, month: Int64, day: Int64) {
    Timestamp.civil(day: day(seconds))
  }

  /// The day of an instant; the first one for what is no time anybody has.
  private static func day(_ seconds: Double) -> Int64 {
    abs(seconds) < 1e15 ? Timestamp.day(ofSecond: Int64(seconds.rounded(.down))) : 0
  }

  private static func secondOfDay(_ seconds: Double) -> Double { seconds - (seconds / 86_400).rounded(.down) * 86_400 }

  static let all: [ExpressionFunction] = [
    ExpressionFunction(name: "abs", arity: 1...1, body: .numbers { abs($0[0]) }),
    ExpressionFunction(name: "sqrt", arity: 1...1, body: .numbers { $0[0].squareRoot() }),
    ExpressionFunction(name: "log", arity: 1...1, body: .numbers { log($0[0]) }),
    ExpressionFunction(name: "exp", arity: 1...1, body: .numbers { exp($0[0]) }),
    ExpressionFunction(name: "pow", arity: 2...2, body: .numbers { pow($0[0], $0[1]) }),
    ExpressionFunction(name: "sign", arity: 1...1, body: .numbers { $0[0] > 0 ? 1 : $0[0] < 0 ? -1 : 0 }),
    ExpressionFunction(name: "floor", arity: 1...1, body: .numbers { $0[0].rounded(.down) }),
    ExpressionFunction(name: "ceil", arity: 1...1, body: .numbers { $0[0].rounded(.up) }),
    ExpressionFunction(
      name: "round", arity: 1...2,
      body: .numbers { values in
        let power = pow(10, values.count > 1 ? values[1] : 0)
        return (values[0] * power).rounded() / power
      }),
    ExpressionFunction(name: "min", arity: 1...1000, body: .numbers { $0.min() ?? .nan }),
    ExpressionFunction(name: "max", arity: 1...1000, body: .numbers { $0.max() ?? .nan }),
    ExpressionFunction(
      name: "if", arity: 3...3, body: .nullable { $0[0].isNaN ? .nan : $0[0] != 0 ? $0[1] : $0[2] }),
    ExpressionFunction(name: "coalesce", arity: 1...1000, body: .coalesce),
    ExpressionFunction(name: "year", arity: 1...1, body: .numbers { Double(civil($0[0]).year) }),
    ExpressionFunction(name: "month", arity: 1...1, body: .numbers { Double(civil($0[0]).month) }),
    ExpressionFunction(name: "day", arity: 1...1, body: .numbers { Double(civil($0[0]).day) }),
    ExpressionFunction(name: "hour", arity: 1...1, body: .numbers { (secondOfDay($0[0]) / 3600).rounded(.down) }),
    ExpressionFunction(
      name: "minute", arity: 1...1,
      body: .numbers { (secondOfDay($0[0]).truncatingRemainder(dividingBy: 3600) / 60).rounded(.down) }),
    // 1 for Monday to 7 for Sunday, as ISO 8601 counts.
    ExpressionFunction(
      name: "weekday", arity: 1...1,
      body: .numbers { seconds in
        let day = day(seconds[0])
        let rest = (day + 3) % 7
        return Double((rest < 0 ? rest + 7 : rest) + 1)
      }),
    ExpressionFunction(name: "lower", arity: 1...1, body: .text { $0.lowercased() }),
    ExpressionFunction(name: "upper", arity: 1...1, body: .text { $0.uppercased() }),
    ExpressionFunction(name: "contains", arity: 2...2, body: .textTest { $0.contains($1) }, isTest: true),
    ExpressionFunction(name: "starts_with", arity: 2...2, body: .textTest { $0.hasPrefix($1) }, isTest: true),
    ExpressionFunction(name: "ends_with", arity: 2...2, body: .textTest { $0.hasSuffix($1) }, isTest: true),
  ]
}
