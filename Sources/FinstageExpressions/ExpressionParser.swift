import FinstageCore
import FinstageSystem

/// Reads expressions by recursive descent: or, and, not, comparison, sum, product, sign, value.
struct ExpressionParser {
  private typealias Failure = Expression.Failure
  private typealias Node = Expression.Node

  private let text: String
  private let bytes: [UInt8]
  private var at = 0
  private var depth = 0
  private var operations = 0
  /// The units of numbers, by where the numbers are.
  private var unitAt: [Int: String] = [:]

  private static let maxDepth = 100
  /// A chain of operations is as deep as it is long.
  private static let mostOperations = 2000
  private static let words: Set<String> = [
    "and", "or", "not", "is", "in", "null", "true", "false", "crosses", "above", "below", "within",
    "rises", "falls", "between",
  ]
  /// What a number is multiplied with for a unit; times count in seconds.
  private static let units: [String: Double] = [
    "%": 0.01, "bp": 0.0001, "k": 1e3, "M": 1e6, "B": 1e9, "ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400,
    "w": 604_800,
  ]

  init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
  }

  mutating func whole() throws(Expression.Failure) -> Expression.Node {
    skipSpace()
    if at == bytes.count { throw failure("the expression is empty") }
    let node = try or()
    skipSpace()
    if at < bytes.count { throw failure("this does not belong here") }
    return node
  }

  private func failure(_ message: String, at place: Int? = nil) -> Failure {
    Failure(column: (place ?? at) + 1, message: message, text: text)
  }

  // MARK: - Tokens

  private mutating func skipSpace() {
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x09 || bytes[at] == 0x0A { at += 1 }
  }

  private mutating func take(_ symbol: String) -> Bool {
    skipSpace()
    let wanted = Array(symbol.utf8)
    guard bytes.count - at >= wanted.count, bytes[at..<at + wanted.count].elementsEqual(wanted) else { return false }
    at += wanted.count
    return true
  }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z") || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") <= 9 }

  /// The name at this place, without taking it.
  private func name(from start: Int) -> String? {
    guard start < bytes.count, ExpressionParser.isNameStart(bytes[start]) else { return nil }
    var end = start
    while end < bytes.count,
      ExpressionParser.isNameStart(bytes[end]) || ExpressionParser.isDigit(bytes[end])
        || bytes[end] == UInt8(ascii: ".")
    { end += 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private mutating func takeWord(_ word: String) -> Bool {
    skipSpace()
    guard name(from: at)?.lowercased() == word else { return false }
    at += word.utf8.count
    return true
  }

  // MARK: - Grammar

  private mutating func joined(
    _ operation: Expression.Operator, _ left: Node, _ right: Node
  ) throws(Failure) -> Node {
    operations += 1
    if operations > ExpressionParser.mostOperations {
      throw failure("the expression has more than \(ExpressionParser.mostOperations) operations")
    }
    return Node(kind: .binary(operation, left, right), at: left.at)
  }

  private mutating func or() throws(Failure) -> Node {
    depth += 1
    defer { depth -= 1 }
    if depth > ExpressionParser.maxDepth { throw failure("nested too deep") }
    var node = try and()
    while takeWord("or") || take("||") { node = try joined(.or, node, try and()) }
    return node
  }

  private mutating func and() throws(Failure) -> Node {
    var node = try not()
    while takeWord("and") || take("&&") { node = try joined(.and, node, try not()) }
    return node
  }

  private mutating func not() throws(Failure) -> Node {
    skipSpace()
    depth += 1
    defer { depth -= 1 }
    if depth > ExpressionParser.maxDepth { throw failure("nested too deep") }
    let start = at
    if takeWord("not") { return Node(kind: .not(try not()), at: start) }
    if at < bytes.count, bytes[at] == UInt8(ascii: "!"), at + 1 == bytes.count || bytes[at + 1] != UInt8(ascii: "=") {
      at += 1
      return Node(kind: .not(try not()), at: start)
    }
    return try comparison()
  }

  private mutating func comparison() throws(Failure) -> Node {
    skipSpace()
    let begin = at
    if let node = try timeOfDay() { return node }
    let left = try sum()
    if takeWord("rises") || takeWord("falls") {
      return Node(
        kind: try move(left, rises: bytes[at - 5] == UInt8(ascii: "r") || bytes[at - 5] == UInt8(ascii: "R")), at: begin
      )
    }
    if takeWord("new") {
      let isHigh = takeWord("high")
      guard isHigh || takeWord("low") else { throw failure("\"high\" or \"low\" is expected after \"new\"") }
      return Node(kind: try extreme(left, isHigh: isHigh), at: begin)
    }
    func negated(_ node: Node, _ isNot: Bool) -> Node { isNot ? Node(kind: .not(node), at: node.at) : node }
    if takeWord("is") {
      let isNot = takeWord("not")
      guard takeWord("null") else { throw failure("\"null\" is expected after \"is\"") }
      return negated(Node(kind: .isNull(left), at: left.at), isNot)
    }
    if takeWord("crosses") {
      let isAbove = takeWord("above")
      guard isAbove || takeWord("below") else { throw failure("\"above\" or \"below\" is expected after \"crosses\"") }
      let right = try sum()
      try checkUnit(left, right)
      return Node(kind: .crosses(above: isAbove, left, right, span: try within()), at: left.at)
    }
    let start = at
    let isNot = takeWord("not")
    if takeWord("in") {
      guard take("(") else { throw failure("a list in parentheses is expected after \"in\"") }
      var list: [Node] = []
      if case .field("symbol") = left.kind {
        repeat { list.append(try symbol()) } while take(",")
      } else {
        repeat { list.append(try sum()) } while take(",")
      }
      guard take(")") else { throw failure("\")\" is expected") }
      return negated(Node(kind: .isOneOf(left, list), at: left.at), isNot)
    }
    at = start
    let operators: [(String, Expression.Operator)] = [
      ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("<>", .unequal), ("!=", .unequal), ("==", .equal), ("<", .less),
      (">", .greater), ("=", .equal),
    ]
    for (symbol, operation) in operators where take(symbol) {
      let right = try sum()
      try checkUnit(left, right)
      try checkUnit(right, left)
      let node = Node(kind: .binary(operation, left, right), at: left.at)
      for (symbol, _) in operators where take(symbol) {
        throw failure("comparisons cannot follow each other: join them with \"and\"", at: at - symbol.utf8.count)
      }
      return node
    }
    return left
  }

  /// `between 09:30 and 16:00 America/New_York` and `within session`; nil if neither begins here.
  private mutating func timeOfDay() throws(Failure) -> Node? {
    let start = at
    if takeWord("within") {
      guard takeWord("session") else { throw failure("\"session\" is expected here: within session") }
      return Node(kind: .inSession, at: start)
    }
    guard takeWord("between") else { return nil }
    let from = try clock()
    guard takeWord("and") else { throw failure("\"and\" is expected: between 09:30 and 16:00 America/New_York") }
    let to = try clock()
    guard from != to else { throw failure("the two times are the same", at: start) }
    skipSpace()
    let place = at
    while at < bytes.count, bytes[at] > 0x20, bytes[at] != UInt8(ascii: ")"), bytes[at] != UInt8(ascii: ",") { at += 1 }
    let zone = String(decoding: bytes[place..<at], as: UTF8.self)
    guard !zone.isEmpty, TimeZone.named(zone) != nil else {
      throw failure(
        zone.isEmpty
          ? "a time zone is expected, such as America/New_York or UTC" : "there is no time zone \"\(zone)\"", at: place)
    }
    return Node(kind: .timeOfDay(from: from, to: to, zone: zone), at: start)
  }

  /// `09:30`, as seconds after midnight.
  private mutating func clock() throws(Failure) -> Int64 {
    skipSpace()
    let start = at
    while at < bytes.count, ExpressionParser.isDigit(bytes[at]) || bytes[at] == UInt8(ascii: ":") { at += 1 }
    let parts = String(decoding: bytes[start..<at], as: UTF8.self).split(separator: ":").map { Int64($0) }
    guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0...24).contains(hour),
      (0...59).contains(minute),
      hour * 60 + minute <= 1440
    else { throw failure("a time of day such as 09:30 is expected", at: start) }
    return hour * 3600 + minute * 60
  }

  /// `by 5% within 10m`.
  private mutating func move(_ x: Node, rises: Bool) throws(Failure) -> Expression.Kind {
    guard takeWord("by") else { throw failure("\"by\" is expected: rises by 5% within 10m") }
    skipSpace()
    let place = at
    guard at < bytes.count, ExpressionParser.isDigit(bytes[at]) || bytes[at] == UInt8(ascii: ".") else {
      throw failure("an amount is expected, such as 5% or 2.5")
    }
    let amount: Double
    switch try number() {
    case .integer(let value): amount = Double(value)
    case .number(let value): amount = value
    default: throw failure("an amount is expected, such as 5% or 2.5", at: place)
    }
    let isShare = unitAt[place] == "%" || unitAt[place] == "bp"
    guard amount > 0 else { throw failure("the amount must be above 0", at: place) }
    guard let span = try within() else { throw failure("a span is expected: rises by 5% within 10m") }
    return .moves(rises: rises, x, by: amount, isShare: isShare, span: span)
  }

  /// `of 252`, `of 30d`.
  private mutating func extreme(_ x: Node, isHigh: Bool) throws(Failure) -> Expression.Kind {
    guard takeWord("of") else { throw failure("\"of\" is expected: new high of 252 (records), or of 30d") }
    skipSpace()
    let start = at
    while at < bytes.count,
      ExpressionParser.isDigit(bytes[at])
        || bytes[at] | 0x20 >= UInt8(ascii: "a") && bytes[at] | 0x20 <= UInt8(ascii: "z")
    {
      at += 1
    }
    let word = String(decoding: bytes[start..<at], as: UTF8.self)
    if let records = Int64(word), (2...ExpressionFunction.largestWindow).contains(records) {
      return .extreme(high: isHigh, x, records: records, span: nil)
    }
    guard word.last?.isLetter == true, let span = TimeSpan(word), span.nanoseconds > 0 else {
      throw failure(
        "a number of records (2 to \(ExpressionFunction.largestWindow)) or a span such as 30d is expected", at: start)
    }
    return .extreme(high: isHigh, x, records: nil, span: span.nanoseconds)
  }

  /// A symbol of a list: in quotes, or as it is (^GSPC, ES=F, BRK-B).
  private mutating func symbol() throws(Failure) -> Node {
    skipSpace()
    let start = at
    guard at < bytes.count else { throw failure("a symbol is expected") }
    if bytes[at] == UInt8(ascii: "'") || bytes[at] == UInt8(ascii: "\"") {
      return Node(kind: .text(try quoted(bytes[at])), at: start)
    }
    while at < bytes.count, bytes[at] > 0x20, bytes[at] != UInt8(ascii: ","), bytes[at] != UInt8(ascii: ")") { at += 1 }
    guard at > start else { throw failure("a symbol is expected") }
    return Node(kind: .text(String(decoding: bytes[start..<at], as: UTF8.self)), at: start)
  }

  /// Refuses numbers whose unit says something else than the field beside them.
  private func checkUnit(_ field: Node, _ number: Node) throws(Failure) {
    var (field, number) = (field, number)
    // -3% is a number, and what a function says of a field has the unit of the field.
    if case .negate(let inner) = number.kind { number = inner }
    if case .call(_, let arguments, _) = field.kind, let first = arguments.first { field = first }
    if case .negate(let inner) = field.kind { field = inner }
    var start = number.at
    while start < bytes.count, bytes[start] == UInt8(ascii: "-") || bytes[start] == 0x20 { start += 1 }
    guard case .field(let name) = field.kind, let unit = unitAt[start] else { return }
    let words = name.lowercased()
    func value() -> String {
      let digits = bytes[start...].prefix { ExpressionParser.isDigit($0) || $0 == UInt8(ascii: ".") }
      return String(decoding: digits, as: UTF8.self)
    }
    if unit == "%", words.hasSuffix("percent") || words.hasSuffix("pct") {
      throw failure(
        "\"\(name)\" counts percent already: write \(value()), not \(value())% (which is a hundredth of it)",
        at: number.at)
    }
    if unit == "m", words == "volume" || words.hasSuffix("_volume") {
      throw failure("\(value())m is \(value()) minutes: write \(value())M for millions", at: number.at)
    }
  }

  /// `within 10m`, in nanoseconds; nil where it does not follow.
  private mutating func within() throws(Failure) -> Int64? {
    guard takeWord("within") else { return nil }
    skipSpace()
    let start = at
    while at < bytes.count,
      ExpressionParser.isDigit(bytes[at]) || bytes[at] == UInt8(ascii: ".")
        || bytes[at] | 0x20 >= UInt8(ascii: "a") && bytes[at] | 0x20 <= UInt8(ascii: "z")
    { at += 1 }
    let word = String(decoding: bytes[start..<at], as: UTF8.self)
    guard let span = TimeSpan(word), span.nanoseconds > 0, word.last?.isLetter == true else {
      throw failure("a span of time such as 10m is expected after \"within\"", at: start)
    }
    return span.nanoseconds
  }

  private mutating func sum() throws(Failure) -> Node {
    var node = try product()
    while true {
      if take("+") {
        node = try joined(.add, node, try product())
      } else if take("-") {
        node = try joined(.subtract, node, try product())
      } else {
        return node
      }
    }
  }

  private mutating func product() throws(Failure) -> Node {
    var node = try sign()
    while true {
      if take("*") {
        node = try joined(.multiply, node, try sign())
      } else if take("/") {
        node = try joined(.divide, node, try sign())
      } else if take("%") {
        node = try joined(.remainder, node, try sign())
      } else {
        return node
      }
    }
  }

  private mutating func sign() throws(Failure) -> Node {
    depth += 1
    defer { depth -= 1 }
    if depth > ExpressionParser.maxDepth { throw failure("nested too deep") }
    skipSpace()
    let start = at
    if take("-") {
      let inner = try sign()
      // A negative number is a number: -1 is a constant.
      switch inner.kind {
      case .integer(let value) where value != .min: return Node(kind: .integer(-value), at: start)
      case .number(let value): return Node(kind: .number(-value), at: start)
      default: return Node(kind: .negate(inner), at: start)
      }
    }
    if take("+") { return try sign() }
    return try value()
  }

  private mutating func value() throws(Failure) -> Node {
    skipSpace()
    guard at < bytes.count else { throw failure("a value is expected") }
    let start = at
    let byte = bytes[at]
    func node(_ kind: Expression.Kind) -> Node { Node(kind: kind, at: start) }
    if take("(") {
      let inner = try or()
      guard take(")") else { throw failure("\")\" is expected") }
      return inner
    }
    if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { return node(.text(try quoted(byte))) }
    if byte == UInt8(ascii: "`") { return node(.field(try quoted(byte))) }
    if ExpressionParser.isDigit(byte) || byte == UInt8(ascii: ".") { return node(try number()) }
    guard let name = name(from: at) else { throw failure("a value is expected") }
    at += name.utf8.count
    switch name.lowercased() {
    case "null": return node(.null)
    case "true": return node(.bool(true))
    case "false": return node(.bool(false))
    default: break
    }
    if ExpressionParser.words.contains(name.lowercased()) { throw failure("a value is expected", at: start) }
    guard take("(") else { return node(.field(name)) }
    guard let function = ExpressionFunction.named(name.lowercased()) else {
      let known = ExpressionFunction.all.map(\.name)
      let near = Spelling.nearest(to: name.lowercased(), among: known).map { "did you mean \($0)? " } ?? ""
      throw failure(
        "there is no function \"\(name)\" (\(near)there are: \(known.joined(separator: ", ")))", at: start)
    }
    return node(try call(function, name, at: start))
  }

  private mutating func call(
    _ function: ExpressionFunction, _ name: String, at start: Int
  ) throws(Failure) -> Expression.Kind {
    var arguments: [Node] = []
    if !take(")") {
      repeat { arguments.append(try or()) } while take(",")
      guard take(")") else { throw failure("\")\" or \",\" is expected") }
    }
    guard function.arity.contains(arguments.count) else {
      throw failure("\(name) takes \(function.arityText), not \(arguments.count)", at: start)
    }
    let place = at
    let span = try within()
    switch function.body {
    case .window(_, let fold):
      if span != nil {
        guard arguments.count == 1 else {
          throw failure("\(name)(x) within a span takes one argument, not \(arguments.count)", at: start)
        }
      } else if ExpressionFunction.windowLength(arguments) == nil, fold == nil || arguments.count == 1 {
        throw failure(
          "\(name) needs a window: \(name)(x, 20) for the last 20 records (1 to \(ExpressionFunction.largestWindow)), "
            + "or \(name)(x) within 10m", at: start)
      }
    case .memory(.previous):
      if arguments.count == 2, ExpressionFunction.windowLength(arguments) == nil {
        throw failure(
          "\(name)(x, n) needs a whole number of records, 1 to \(ExpressionFunction.largestWindow)", at: arguments[1].at
        )
      }
      if span != nil { throw failure("\(name) counts records and takes no \"within\"", at: place) }
    case .memory(.change): break
    default:
      if span != nil { throw failure("\"within\" belongs to functions with a memory, not to \(name)", at: place) }
    }
    return .call(function, arguments, span: span)
  }

  private mutating func quoted(_ quote: UInt8) throws(Failure) -> String {
    let start = at
    at += 1
    var text: [UInt8] = []
    while at < bytes.count {
      if bytes[at] == quote {
        // A doubled quote is one.
        if at + 1 < bytes.count, bytes[at + 1] == quote {
          at += 1
        } else {
          at += 1
          return String(decoding: text, as: UTF8.self)
        }
      }
      text.append(bytes[at])
      at += 1
    }
    throw failure("the quote is not closed", at: start)
  }

  private mutating func number() throws(Failure) -> Expression.Kind {
    let start = at
    // A date or a time as it is: 2020-01-01, 2020-01-01T09:30:00Z.
    var end = at
    while end < bytes.count,
      ExpressionParser.isDigit(bytes[end])
        || [UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "T"), UInt8(ascii: "Z"), UInt8(ascii: ".")].contains(
          bytes[end])
    { end += 1 }
    if end - at >= 10, let instant = Timestamp.parseClamped(String(decoding: bytes[at..<end], as: UTF8.self)) {
      at = end
      return .time(instant)
    }
    var padded = Array(bytes[at...])
    if padded.first == UInt8(ascii: ".") { padded.insert(UInt8(ascii: "0"), at: 0) }
    let extra = padded.count - (bytes.count - at)
    padded += [UInt8](repeating: 0, count: 16)
    var value = Double.nan
    var integer: Int64?
    var length = 0
    padded.withUnsafeBufferPointer { buffer in
      var token = NumberToken()
      if let end = NumberToken.scan(buffer.baseAddress!, into: &token) {
        value = token.double(text: buffer.baseAddress!, end: end)
        integer = token.int64
        length = end - buffer.baseAddress! - extra
      }
    }
    guard value.isFinite, length > 0 else { throw failure("this is no number", at: start) }
    at += length
    if at < bytes.count, ExpressionParser.isDigit(bytes[at]) { throw failure("this is no number", at: start) }
    if at < bytes.count, bytes[at] == UInt8(ascii: "%") {
      // Per cent if nothing follows that could be divided by.
      var next = at + 1
      while next < bytes.count, bytes[next] == 0x20 { next += 1 }
      let isOperand =
        next < bytes.count
        && (ExpressionParser.isDigit(bytes[next]) || bytes[next] == UInt8(ascii: "(")
          || name(from: next).map { !ExpressionParser.words.contains($0.lowercased()) } ?? false)
      if !isOperand {
        at += 1
        unitAt[start] = "%"
        return .number(value * 0.01)
      }
      return plain(value, integer)
    }
    if let unit = name(from: at) {
      guard let factor = ExpressionParser.units[unit] else {
        let known = ["%", "bp", "k", "M", "B", "ms", "s", "m", "h", "d", "w"].joined(separator: ", ")
        throw failure("\"\(unit)\" is no unit (there are: \(known))")
      }
      at += unit.utf8.count
      unitAt[start] = unit
      return plain(value * factor, nil)
    }
    return plain(value, integer)
  }

  /// Whole numbers are exact.
  private func plain(_ value: Double, _ integer: Int64?) -> Expression.Kind {
    if let integer { return .integer(integer) }
    return value.magnitude < 9e15 ? Int64(exactly: value).map { .integer($0) } ?? .number(value) : .number(value)
  }
}
