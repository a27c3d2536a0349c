import FinstageCore
import FinstageSystem

/// Expressions compiled once against the fields of a stream: a list of steps over chunks of rows, each a plain loop. Equal parts
/// of several expressions are computed once. Functions with a memory keep one state for each series, and take the rows in order.
///
/// Nothing is allocated for a row. Used by one thread.
package final class ExpressionProgram {
  /// Rows that a step works on at a time: registers of many expressions together stay in the second cache.
  static let chunk = 512

  package struct Input {
    package let name: String
    package let type: ExpressionType
    let register: Register
  }

  /// The fields that are read, each once.
  package private(set) var inputs: [Input] = []
  /// The texts that values of type text number.
  package let texts: SymbolTable
  /// What each expression gives.
  package private(set) var types: [ExpressionType] = []

  private var results: [Register] = []
  private var steps: [(_ rows: Int) -> Void] = []
  /// Parts that have been compiled, by what they are.
  private var known: [String: Register] = [:]
  private let fields: [String: ExpressionType]
  /// The series of each row of the chunk.
  private let series = Register(.integer, isComputed: false)
  private var source = ""
  /// What the steps remember, in the order in which they were made: the same for the same expressions.
  private var memories: [any SeriesMemory] = []
  private var maker: StepMaker {
    StepMaker(
      make: { [unowned self] in step($0, isComputed: $1, $2) }, remember: { [unowned self] in memories.append($0) })
  }
  /// Whether any part has a memory.
  package private(set) var hasMemory = false

  /// - Parameters:
  ///   - fields: the fields of the stream with their types.
  ///   - texts: numbers texts; one that is shared with the reader of the stream saves looking them up.
  /// - Throws: which field is missing, or what does not fit together, and where.
  package init(
    _ expressions: [Expression], fields: [String: ExpressionType], texts: SymbolTable = SymbolTable()
  ) throws(Expression.Failure) {
    self.fields = fields
    self.texts = texts
    for expression in expressions {
      source = expression.text
      let register = try compile(expression.root)
      results.append(register)
      types.append(register.type)
    }
  }

  /// Checks that expressions are conditions.
  package func requireConditions(_ expressions: [Expression]) throws(Expression.Failure) {
    for (i, type) in types.enumerated() where type != .bool && type != .null {
      throw Expression.Failure(
        column: 1,
        message: "\"\(expressions[i].text)\" is \(type.words), not a condition: it is neither true nor false",
        text: expressions[i].text)
    }
  }

  // MARK: - Running

  /// Sets the memory of an input for the next chunk.
  func bind(_ input: Int, to memory: UnsafeMutableRawPointer) { inputs[input].register.base = memory }

  /// The series of each row of the next chunk; one for all where this is not called.
  var seriesOfRows: UnsafeMutablePointer<Int64> { series.integers }

  /// Runs the bound rows, at most `chunk`.
  func run(_ rows: Int) { for step in steps { step(rows) } }

  /// What the i-th expression gave for the rows of the last run.
  func result(_ i: Int) -> Register { results[i] }

  // MARK: - What is kept beyond a run

  /// What all steps remember of a series.
  package func saveMemory(of series: Int) -> [[UInt8]] { memories.map { $0.save(series) } }

  /// Returns false if it is not the memory of the same expressions.
  package func restoreMemory(of series: Int, _ parts: [[UInt8]]) -> Bool {
    guard parts.count == memories.count else { return false }
    return zip(memories, parts).allSatisfy { $0.restore(series, $1) }
  }

  // MARK: - Compiling

  private func failure(_ node: Expression.Node, _ message: String, _ status: ExitStatus = .badData)
    -> Expression.Failure
  {
    Expression.Failure(column: node.at + 1, message: message, text: source, exitStatus: status)
  }

  /// The register of a part that is known by a key, made once.
  private func once(_ key: String, _ make: () throws(Expression.Failure) -> Register) throws(Expression.Failure)
    -> Register
  {
    if let register = known[key] { return register }
    let register = try make()
    known[key] = register
    return register
  }

  private func step(
    _ type: ExpressionType, isComputed: Bool = false, _ make: (Register) -> (Int) -> Void
  ) -> Register {
    let register = Register(type, isComputed: isComputed)
    steps.append(make(register))
    return register
  }

  private func constant(_ type: ExpressionType, _ bits: Int64) -> Register {
    let key = "\(type) \(bits)"
    if let register = known[key] { return register }
    let register = Register(type, isComputed: false, constant: bits)
    known[key] = register
    return register
  }

  private func constant(_ value: Double) -> Register { constant(.number, Int64(bitPattern: value.bitPattern)) }

  private var null: Register { constant(.null, Int64(bitPattern: Double.nan.bitPattern)) }

  func intern(_ text: String) -> Int64 {
    var padded = text + String(repeating: "\0", count: 8)
    return Int64(padded.withUTF8 { texts.intern($0.baseAddress!, $0.count - 8) })
  }

  private func id(_ register: Register) -> String { String(UInt(bitPattern: ObjectIdentifier(register).hashValue)) }

  private func compile(_ node: Expression.Node) throws(Expression.Failure) -> Register {
    switch node.kind {
    case .integer(let value): return constant(.integer, value)
    case .number(let value): return constant(value)
    case .time(let value): return constant(.time, value)
    case .bool(let value): return constant(.bool, value ? 1 : 0)
    case .null: return null
    case .text(let text): return constant(.text, intern(text))
    case .field(let name): return try field(name, node)
    case .negate(let inner):
      let x = try compile(inner)
      try require(x, inner, "\"-\" needs numbers", x.type.isNumeric || x.type == .null)
      if x.type == .null { return x }
      return try once("- \(id(x))") { () throws(Expression.Failure) in Arithmetic.negate(x, maker) }
    case .not(let inner):
      let x = try condition(inner)
      return try once("not \(id(x))") { () throws(Expression.Failure) in Logic.not(x, maker) }
    case .isNull(let inner):
      let x = try compile(inner)
      return try once("null? \(id(x))") { () throws(Expression.Failure) in Logic.isNull(x, maker) }
    case .isOneOf(let inner, let list):
      var result: Register?
      for element in list {
        let equal = try comparison(.equal, inner, element)
        result = result.map { a in known["or \(id(a)) \(id(equal))"] ?? Logic.or(a, equal, maker) } ?? equal
      }
      return result ?? constant(.bool, 0)
    case .binary(let operation, let a, let b): return try binary(operation, a, b, node)
    case .crosses(let isAbove, let a, let b, let span):
      let x = try number(a, "\"crosses\"")
      let y = try number(b, "\"crosses\"")
      let time = try span.map { _ throws(Expression.Failure) in try field("ts", node) }
      hasMemory = true
      return try once("crosses \(isAbove) \(id(x)) \(id(y)) \(span ?? 0)") { () throws(Expression.Failure) in
        Memories.crosses(above: isAbove, x, y, series, time.map { ($0, span!) }, maker)
      }
    case .moves(let rises, let inner, let amount, let isShare, let span):
      let x = try number(inner, rises ? "\"rises\"" : "\"falls\"")
      let time = try self.time(of: node)
      // A split or a dividend is no move of the price.
      var resets: [Register] = []
      for name in ["split", "dividend", "capital_gain"] where fields[name] != nil {
        let register = try field(name, node)
        if register.type.isNumeric { resets.append(asNumber(register)) }
      }
      let (breaks, spanOfMove) = (resets, span)
      hasMemory = true
      return try once("moves \(rises) \(id(x)) \(amount) \(isShare) \(span)") { () throws(Expression.Failure) in
        Windows.moves(rises: rises, x, by: amount, isShare: isShare, time, spanOfMove, breaks, series, maker)
      }
    case .extreme(let isHigh, let inner, let records, let span):
      let x = try number(inner, "\"new \(isHigh ? "high" : "low")\"")
      hasMemory = true
      if let records {
        return try once("extreme \(isHigh) \(id(x)) \(records)") { () throws(Expression.Failure) in
          Windows.extreme(isHigh: isHigh, x, Int(records), series, maker)
        }
      }
      let time = try self.time(of: node)
      return try once("extreme \(isHigh) \(id(x)) within \(span ?? 0)") { () throws(Expression.Failure) in
        Windows.extreme(isHigh: isHigh, x, time, span ?? 0, series, maker)
      }
    case .timeOfDay(let from, let to, let zone):
      let time = try self.time(of: node)
      return try once("between \(from) \(to) \(zone)") { () throws(Expression.Failure) in
        Times.between(from, to, TimeZone.named(zone) ?? .utc, time, maker)
      }
    case .inSession:
      let time = try self.time(of: node)
      return try once("session") { () throws(Expression.Failure) in Times.inSession(time, maker) }
    case .call(let function, let arguments, let span): return try call(function, arguments, span, node)
    }
  }

  private func require(
    _ register: Register, _ node: Expression.Node, _ message: String, _ isFine: Bool
  ) throws(Expression.Failure) {
    if !isFine { throw failure(node, message) }
  }

  private func field(_ name: String, _ node: Expression.Node) throws(Expression.Failure) -> Register {
    if let input = inputs.first(where: { $0.name == name }) { return input.register }
    guard let type = fields[name] else {
      let near = Spelling.nearest(to: name, among: Array(fields.keys.sorted())).map { "did you mean \($0)? " } ?? ""
      throw failure(
        node, "there is no field \"\(name)\" (\(near)there are: \(fields.keys.sorted().joined(separator: ", ")))")
    }
    let register = Register(type, isComputed: false, ownsMemory: type == .null)
    if type == .null { register.numbers.update(repeating: .nan, count: ExpressionProgram.chunk) }
    inputs.append(Input(name: name, type: type, register: register))
    return register
  }

  /// A part as doubles.
  private func number(_ node: Expression.Node, _ use: String) throws(Expression.Failure) -> Register {
    let x = try compile(node)
    try require(x, node, "\(use) needs numbers, and this is \(x.type.words)", x.type.isNumeric || x.type == .null)
    return asNumber(x)
  }

  private func asNumber(_ x: Register) -> Register {
    if x.type == .number || x.type == .null { return x }
    if let value = x.constant { return constant(Double(value)) }
    let key = "number \(id(x))"
    if let register = known[key] { return register }
    let register = Arithmetic.asNumber(x, maker)
    known[key] = register
    return register
  }

  private func condition(_ node: Expression.Node) throws(Expression.Failure) -> Register {
    let x = try compile(node)
    try require(
      x, node, "\"and\", \"or\" and \"not\" need conditions, and this is \(x.type.words)",
      x.type == .bool || x.type == .null)
    return x.type == .null ? constant(.bool, Register.missing) : x
  }

  private func binary(
    _ operation: Expression.Operator, _ a: Expression.Node, _ b: Expression.Node, _ node: Expression.Node
  ) throws(Expression.Failure) -> Register {
    switch operation {
    case .and, .or:
      let (x, y) = (try condition(a), try condition(b))
      return try once("\(operation) \(id(x)) \(id(y))") { () throws(Expression.Failure) in
        operation == .and ? Logic.and(x, y, maker) : Logic.or(x, y, maker)
      }
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .unequal: return try comparison(operation, a, b)
    default: break
    }
    let (x, y) = (try compile(a), try compile(b))
    for (register, place) in [(x, a), (y, b)] {
      try require(
        register, place, "\"\(operation.rawValue)\" needs numbers, and this is \(register.type.words)",
        register.type.isNumeric || register.type == .null || register.type == .time)
    }
    if x.type == .null || y.type == .null { return null }
    return try once("\(operation) \(id(x)) \(id(y))") { () throws(Expression.Failure) in
      switch (x.type, y.type) {
      case (.time, .time) where operation == .subtract: return Arithmetic.seconds(from: y, to: x, maker)
      case (.time, .integer), (.time, .number):
        guard operation == .add || operation == .subtract else { break }
        return Arithmetic.shift(x, by: asNumber(y), sign: operation == .add ? 1 : -1, maker)
      case (.integer, .time), (.number, .time):
        guard operation == .add else { break }
        return Arithmetic.shift(y, by: asNumber(x), sign: 1, maker)
      case (.integer, .integer) where operation != .divide: return Arithmetic.integers(operation, x, y, maker)
      case (.time, _), (_, .time): break
      default: return Arithmetic.numbers(operation, asNumber(x), asNumber(y), maker)
      }
      throw failure(node, "\"\(operation.rawValue)\" cannot be used with times like this")
    }
  }

  private func comparison(
    _ operation: Expression.Operator, _ a: Expression.Node, _ b: Expression.Node
  ) throws(Expression.Failure) -> Register {
    var (x, y) = (try compile(a), try compile(b))
    if x.type == .null || y.type == .null { return constant(.bool, Register.missing) }
    // A text beside a time is a time.
    if x.type == .time, y.type == .text { y = try time(y, b) }
    if y.type == .time, x.type == .text { x = try time(x, a) }
    let (left, right) = (x, y)
    return try once("\(operation) \(id(x)) \(id(y))") { () throws(Expression.Failure) in
      switch (left.type, right.type) {
      case (.integer, .integer), (.time, .time), (.bool, .bool):
        return Comparison.integers(operation, left, right, maker)
      case (.text, .text): return Comparison.texts(operation, left, right, texts, maker)
      case (.integer, .number) where !right.isComputed: return Comparison.mixed(operation, left, right, maker)
      case (.number, .integer) where !left.isComputed:
        return Comparison.mixed(Comparison.mirrored(operation), right, left, maker)
      case (.integer, .number), (.number, .integer), (.number, .number):
        let slack = left.isComputed || right.isComputed
        return Comparison.numbers(operation, asNumber(left), asNumber(right), slack: slack, maker)
      default:
        throw failure(a, "\"\(operation.rawValue)\" compares \(left.type.words) with \(right.type.words)")
      }
    }
  }

  /// Texts as instants.
  private func time(_ x: Register, _ node: Expression.Node) throws(Expression.Failure) -> Register {
    if let code = x.constant {
      let text = texts.name(Int(code))
      guard let instant = Timestamp.parseClamped(text) else {
        throw failure(node, "'\(text.prefix(40))' is not a time, and is compared with one")
      }
      return constant(.time, instant)
    }
    return try once("time \(id(x))") { () throws(Expression.Failure) in Texts.times(x, texts, maker) }
  }

  /// Values of one type, for `if` and `coalesce`.
  private func unified(_ nodes: [Expression.Node], _ name: String) throws(Expression.Failure) -> [Register] {
    var registers: [Register] = []
    var type = ExpressionType.null
    for node in nodes {
      let x = try compile(node)
      registers.append(x)
      if x.type == .null || x.type == type { continue }
      if type == .null {
        type = x.type
      } else if type.isNumeric && x.type.isNumeric {
        type = .number
      } else {
        throw failure(node, "\"\(name)\" mixes \(type.words) and \(x.type.words)")
      }
    }
    return registers.map { x in
      if x.type == type { return x }
      if x.type == .null { return type == .number || type == .null ? x : constant(type, Register.missing) }
      return asNumber(x)
    }
  }

  private func call(
    _ function: ExpressionFunction, _ arguments: [Expression.Node], _ span: Int64?, _ node: Expression.Node
  ) throws(Expression.Failure) -> Register {
    let use = "\"\(function.name)\""
    func all(_ list: [Expression.Node]) throws(Expression.Failure) -> [Register] {
      var result: [Register] = []
      for argument in list { result.append(try number(argument, use)) }
      return result
    }
    func key(_ registers: [Register]) -> String {
      "\(function.name) \(registers.map(id).joined(separator: " ")) \(span ?? 0)"
    }
    if let kind = function.ofIntegers, span == nil, let integers = try integers(arguments, function) {
      return try once(key(integers)) { () throws(Expression.Failure) in Functions.ofIntegers(kind, integers, maker) }
    }
    switch function.body {
    case .unary(let body):
      let x = try number(arguments[0], use)
      return try once(key([x])) { () throws(Expression.Failure) in Functions.unary(body, x, maker) }
    case .binary(let body):
      var registers = try all(arguments)
      if registers.count == 1 { registers.append(constant(0)) }
      return try once(key(registers)) { () throws(Expression.Failure) in
        Functions.binary(body, registers[0], registers[1], maker)
      }
    case .fold(let body): return try fold(body, arguments, use)
    case .ofTime(let body):
      let x = try compile(arguments[0])
      try require(
        x, arguments[0], "\(use) needs a time, and this is \(x.type.words)", x.type == .time || x.type == .null)
      if x.type == .null { return null }
      return try once(key([x])) { () throws(Expression.Failure) in Functions.ofTime(body, x, maker) }
    case .text(let body):
      let x = try compile(arguments[0])
      try require(
        x, arguments[0], "\(use) needs a text, and this is \(x.type.words)", x.type == .text || x.type == .null)
      if x.type == .null { return null }
      return try once(key([x])) { () throws(Expression.Failure) in Texts.map(body, x, texts, maker) }
    case .textTest(let body):
      let (x, y) = (try compile(arguments[0]), try compile(arguments[1]))
      if x.type == .null { return constant(.bool, Register.missing) }
      guard x.type == .text, y.type == .text, let part = y.constant else {
        throw failure(node, "\(use) needs a text, and another in quotes")
      }
      let text = texts.name(Int(part))
      return try once(key([x, y])) { () throws(Expression.Failure) in Texts.test({ body($0, text) }, x, texts, maker) }
    case .choice:
      let c = try condition(arguments[0])
      let branches = try unified(Array(arguments[1...]), function.name)
      return try once(key([c] + branches)) { () throws(Expression.Failure) in
        Functions.choice(c, branches[0], branches[1], maker)
      }
    case .coalesce:
      let registers = try unified(arguments, function.name)
      return try once(key(registers)) { () throws(Expression.Failure) in Functions.coalesce(registers, maker) }
    case .memory(.previous):
      let x = try compile(arguments[0])
      let n = arguments.count == 2 ? Int(ExpressionFunction.windowLength(arguments) ?? 1) : 1
      hasMemory = true
      return try once("prev \(n) \(id(x))") { () throws(Expression.Failure) in Memories.previous(x, n, series, maker) }
    case .memory(.change):
      let x = try number(arguments[0], use)
      hasMemory = true
      guard let span else {
        return try once(key([x])) { () throws(Expression.Failure) in Memories.change(x, series, maker) }
      }
      let time = try self.time(of: node)
      return try once(key([x])) { () throws(Expression.Failure) in Windows.change(x, time, span, series, maker) }
    case .window(let window, let fold):
      if span == nil, let fold, ExpressionFunction.windowLength(arguments) == nil {
        return try self.fold(fold, arguments, use)
      }
      hasMemory = true
      let x: Register
      if window == .count {
        let value = try compile(arguments[0])
        x = Logic.truth(value, maker)
      } else {
        x = try number(arguments[0], use)
      }
      if let span {
        let time = try self.time(of: node)
        return try once("\(key([x])) \(id(time))") { () throws(Expression.Failure) in
          Windows.within(window, x, time, span, series, maker)
        }
      }
      let n = Int(ExpressionFunction.windowLength(arguments) ?? 1)
      return try once("\(key([x])) \(n)") { () throws(Expression.Failure) in Windows.last(window, x, n, series, maker) }
    }
  }

  /// The arguments of a function of the values of one row, if all of them are integers.
  private func integers(
    _ arguments: [Expression.Node], _ function: ExpressionFunction
  ) throws(Expression.Failure) -> [Register]? {
    if case .window = function.body, ExpressionFunction.windowLength(arguments) != nil || arguments.count == 1 {
      return nil
    }
    // round(x, places) works with fractions.
    if case .binary = function.body, arguments.count > 1 { return nil }
    // Looked at before it is compiled: to compile it twice at each level would double the work with each.
    for argument in arguments where try !isInteger(argument) { return nil }
    var registers: [Register] = []
    for argument in arguments {
      let register = try compile(argument)
      guard register.type == .integer else { return nil }
      registers.append(register)
    }
    return registers
  }

  /// Whether an expression gives an integer, as far as its form and the kinds of its fields tell.
  private func isInteger(_ node: Expression.Node) throws(Expression.Failure) -> Bool {
    switch node.kind {
    case .integer: return true
    case .field: return try compile(node).type == .integer
    case .negate(let inner): return try isInteger(inner)
    case .binary(.add, let a, let b), .binary(.subtract, let a, let b), .binary(.multiply, let a, let b):
      guard try isInteger(a) else { return false }
      return try isInteger(b)
    case .call(let function, let arguments, _):
      guard function.ofIntegers != nil else { return false }
      for argument in arguments where try !isInteger(argument) { return false }
      return true
    default: return false
    }
  }

  private func time(of node: Expression.Node) throws(Expression.Failure) -> Register {
    let time = try field("ts", node)
    try require(time, node, "\"within\" needs times in the field \"ts\"", time.type == .time || time.type == .null)
    return time
  }

  private func fold(
    _ body: @escaping @Sendable (Double, Double) -> Double, _ arguments: [Expression.Node], _ use: String
  ) throws(Expression.Failure) -> Register {
    var result = try number(arguments[0], use)
    for argument in arguments.dropFirst() {
      let next = try number(argument, use)
      let (a, b) = (result, next)
      result = try once("\(use) \(id(a)) \(id(b))") { () throws(Expression.Failure) in
        Functions.binary(body, a, b, maker, isPick: true)
      }
    }
    return result
  }
}
