/// Reads single lines into the columns of a batch: `fast` by comparison with shapes seen before, `full` by the grammar.
final class RecordParser {
  private typealias Failure = JSONScanner.Failure

  private let fields: [Field]
  private let symbols: SymbolTable
  /// Whether all records are rows, whatever their type; unless unknown fields are ignored, they must not have any.
  private let takesAll: Bool
  private let ignoresUnknown: Bool
  /// The types of records that are rows, and whether records without a type are.
  private let types: [[UInt8]]
  private let takesPlain: Bool
  /// The most recent shapes; the one that matched last comes first.
  private let templates: UnsafeMutablePointer<LineTemplate>
  private var templateCount = 0
  /// The text of the last timestamp read by the fast path, in the same batch, and its value.
  private var lastStamp: UnsafePointer<UInt8>?
  private var lastStampLength = 0
  private var lastStampValue: Int64 = 0
  /// Which fields the full parser has met in this line, to detect repeated keys.
  private var met: [Bool]

  private static let maxTemplates = 4

  package init(
    fields: [Field], symbols: SymbolTable, takesAll: Bool = false, ignoresUnknown: Bool = false,
    types: [String] = ["bar"]
  ) {
    self.types = types.map { Array($0.utf8) }
    takesPlain = types.contains("bar")
    self.takesAll = takesAll
    self.ignoresUnknown = ignoresUnknown
    self.fields = fields
    self.symbols = symbols
    met = Array(repeating: false, count: fields.count)
    templates = .allocate(capacity: RecordParser.maxTemplates)
  }

  deinit {
    for i in 0..<templateCount { templates[i].deallocate() }
    templates.deallocate()
  }

  /// Whether the last line that was refused has a field that the columns do not provide for, or a decimal in a column of integers.
  package private(set) var hasNewField = false

  /// Starts a new batch: nothing may still point into the previous one.
  package func begin() { lastStamp = nil }

  // MARK: - By comparison

  /// Reads the line at `start` if it has the shape of an earlier one. Returns the beginning of the next line, or nil.
  @inline(__always)
  package func fast(_ start: UnsafePointer<UInt8>, _ base: UnsafePointer<UInt8>, _ batch: Batch) -> UnsafePointer<
    UInt8
  >? {
    for i in 0..<templateCount {
      if let end = match(templates[i], start, base, batch) {
        if i > 0 { (templates[0], templates[i]) = (templates[i], templates[0]) }
        return end
      }
    }
    return nil
  }

  private func match(
    _ template: LineTemplate, _ start: UnsafePointer<UInt8>, _ base: UnsafePointer<UInt8>, _ batch: Batch
  ) -> UnsafePointer<UInt8>? {
    batch.reserveBar()
    let bar = batch.bars
    let cells = batch.cells
    var p = start
    var isBar = !template.isOtherTypeOnly
    let text = UnsafePointer(template.text)
    for i in 0..<template.segmentCount {
      let segment = template.segments[i]
      guard Bytes.equalPadded(p, text + segment.offset, segment.length) else { return nil }
      p += segment.length
      let first = p[0]
      switch segment.action {
      case .skip:
        let after: UnsafePointer<UInt8>?
        if first == UInt8(ascii: "\"") {
          after = PlainValue.string(p)
        } else if first &- UInt8(ascii: "0") <= 9 || first == UInt8(ascii: "-") {
          after = PlainValue.number(p)
        } else {
          after = PlainValue.literal(p)
        }
        guard let after else { return nil }
        p = after
      case .float64:
        var token = NumberToken()
        if let after = NumberToken.scan(p, into: &token) {
          let value = token.double(text: p, end: after)
          guard value.isFinite else { return nil }
          cells[segment.column].set(bar, value)
          p = after
        } else {
          guard PlainValue.isNull(p) else { return nil }
          cells[segment.column].setMissing(bar)
          p += 4
        }
      case .int64:
        var token = NumberToken()
        if let after = NumberToken.scan(p, into: &token) {
          guard let value = token.int64 else { return nil }
          cells[segment.column].set(bar, value)
          p = after
        } else {
          guard PlainValue.isNull(p) else { return nil }
          cells[segment.column].setMissing(bar)
          p += 4
        }
      case .timestamp:
        if first == UInt8(ascii: "\"") {
          guard let value = stamp(p) else { return nil }
          cells[segment.column].set(bar, value)
          p += lastStampLength + 2
        } else {
          var token = NumberToken()
          guard let after = NumberToken.scan(p, into: &token), let integer = token.int64,
            let value = Timestamp.fromInteger(integer)
          else { return nil }
          cells[segment.column].set(bar, value)
          p = after
        }
      case .symbol:
        guard first == UInt8(ascii: "\""), let after = PlainValue.string(p) else { return nil }
        cells[segment.column].set(bar, Int64(symbols.intern(p + 1, after - p - 2)))
        p = after
      case .text:
        if first == UInt8(ascii: "\"") {
          guard let after = PlainValue.string(p) else { return nil }
          cells[segment.column].set(bar, Int64(symbols.intern(p + 1, after - p - 2)))
          p = after
        } else {
          guard PlainValue.isNull(p) else { return nil }
          cells[segment.column].setMissing(bar)
          p += 4
        }
      case .date:
        guard first == UInt8(ascii: "\""), p[11] == UInt8(ascii: "\""), let day = Timestamp.day(p + 1) else {
          return nil
        }
        cells[segment.column].set(bar, day)
        p += 12
      case .null:
        guard PlainValue.isNull(p) else { return nil }
        cells[segment.column].setMissing(bar)
        p += 4
      case .bool:
        guard let after = PlainValue.literal(p) else { return nil }
        if first == UInt8(ascii: "n") {
          cells[segment.column].setMissing(bar)
        } else {
          cells[segment.column].set(bar, first == UInt8(ascii: "t") ? 1 as Int64 : 0)
        }
        p = after
      case .type:
        guard first == UInt8(ascii: "\""), let after = PlainValue.string(p) else { return nil }
        if !isWanted(p + 1, after - p - 2) {
          isBar = false
        } else if template.isOtherTypeOnly {
          return nil
        }
        if segment.column >= 0 {
          cells[segment.column].set(bar, Int64(symbols.intern(p + 1, after - p - 2)))
        }
        p = after
      }
    }
    guard Bytes.equalPadded(p, text + template.suffix, template.suffixLength) else { return nil }
    let brace = p + template.brace - base
    p += template.suffixLength
    if isBar {
      for column in template.absent { cells[column].setMissing(bar) }
      batch.append(Batch.Line(start: start - base, end: p - base - 1, brace: brace, bar: bar))
      batch.bars = bar &+ 1
    } else {
      batch.append(Batch.Line(start: start - base, end: p - base - 1, brace: brace, bar: -1))
    }
    return p
  }

  /// A timestamp in quotes; its text becomes `lastStamp`. Bars of many symbols often share one instant.
  @inline(__always)
  private func stamp(_ quote: UnsafePointer<UInt8>) -> Int64? {
    if let last = lastStamp, Bytes.equal(quote, last, lastStampLength + 2) {
      return lastStampValue
    }
    guard let after = PlainValue.string(quote),
      let value = Timestamp.parse(quote + 1, after - quote - 2)
    else { return nil }
    lastStamp = quote
    lastStampLength = after - quote - 2
    lastStampValue = value
    return value
  }

  /// Whether records of this type are rows.
  @inline(__always)
  private func isWanted(_ p: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    for type in types where type.count == length {
      var i = 0
      while i < length && p[i] == type[i] { i &+= 1 }
      if i == length { return true }
    }
    return false
  }

  // MARK: - By the grammar

  /// Reads one line, from `start` to its LF. Returns what is wrong with it, if anything is.
  package func full(
    _ start: UnsafePointer<UInt8>, _ newline: UnsafePointer<UInt8>, _ base: UnsafePointer<UInt8>, _ batch: Batch
  ) -> JSONScanner.Failure? {
    hasNewField = false
    do throws(Failure) {
      try parse(start, newline, base, batch)
      return nil
    } catch {
      return error
    }
  }

  private func parse(
    _ start: UnsafePointer<UInt8>, _ newline: UnsafePointer<UInt8>, _ base: UnsafePointer<UInt8>, _ batch: Batch
  ) throws(Failure) {
    var scanner = JSONScanner(start, end: newline)
    scanner.skipWhitespace()
    if scanner.p == newline { return }  // an empty line is not a record
    if newline - start > NDJSONReader.maxLineLength {
      throw Failure(offset: 0, message: "a line is longer than 16 MiB (is this NDJSON?)")
    }
    guard scanner.take("{") else { throw Failure(offset: scanner.p - start, message: "a record must be a JSON object") }

    batch.reserveBar()
    let bar = batch.bars
    for i in fields.indices {
      met[i] = false
      batch.cells[i].setMissing(bar)
    }
    var values: [(start: Int, end: Int, action: LineTemplate.Action, column: Int)] = []
    var isRepeatable = true  // fit to become a template
    var isBar = takesPlain || takesAll
    var hasType = false
    var fieldFailure: Failure?

    scanner.skipWhitespace()
    if !scanner.take("}") {
      repeat {
        scanner.skipWhitespace()
        let key = try scanner.string()
        try scanner.colon()
        let valueStart = scanner.p
        var action = LineTemplate.Action.skip
        var index = -1
        if !takesAll && isType(key) {
          action = .type
          if hasType { isRepeatable = false }
          hasType = true
          if scanner.p < newline, scanner.p[0] == UInt8(ascii: "\"") {
            let type = try scanner.string()
            isBar =
              type.isEscaped
              ? types.contains(Array(JSONScanner.decode(type).utf8)) : isWanted(type.start, type.length)
            if let found = field(named: key), !type.isEscaped {
              index = found
              met[found] = true
              batch.cells[found].set(bar, Int64(symbols.intern(type.start, type.length)))
            }
          } else {
            try scanner.skipValue()
            isBar = false
          }
        } else if let found = field(named: key) {
          index = found
          if met[found] { isRepeatable = false }
          met[found] = true
          do throws(FieldFailure) {
            action = try read(found, &scanner, bar, batch)
          } catch {
            switch error {
            case .grammar(let failure): throw failure
            case .field(let failure): fieldFailure = fieldFailure ?? failure
            }
          }
        } else {
          if takesAll && !ignoresUnknown {
            hasNewField = true
            fieldFailure =
              fieldFailure
              ?? Failure(
                offset: key.start - start,
                message:
                  "the field \"\(JSONScanner.decode(key))\" did not occur in the records that define the columns"
                  + " (--infer-rows 0 looks at all of them)")
          }
          try scanner.skipValue(depth: 1)
        }
        if valueStart[0] == UInt8(ascii: "{") || valueStart[0] == UInt8(ascii: "[") { isRepeatable = false }
        if index >= 0 && action == .skip { isRepeatable = false }
        values.append((valueStart - start, scanner.p - start, action, index))
        scanner.skipWhitespace()
      } while scanner.take(",")
      guard scanner.take("}") else { throw scanner.failure("\",\" or \"}\" is expected") }
    }
    let brace = scanner.p - 1
    scanner.skipWhitespace()
    if scanner.p < newline {
      throw Failure(offset: scanner.p - start, message: "nothing may follow the record on its line")
    }

    let missing = fields.indices.first { fields[$0].presence == .required && !met[$0] }
    if isBar {
      if let fieldFailure { throw fieldFailure }
      if let missing {
        let field = fields[missing]
        throw Failure(offset: brace - start, message: field.message("the field \"\(field.name)\" is missing"))
      }
    }
    batch.append(
      Batch.Line(start: start - base, end: newline - base, brace: brace - base, bar: isBar ? bar : -1))
    if isBar { batch.bars = bar + 1 }
    if isRepeatable && fieldFailure == nil {
      remember(
        LineTemplate(
          line: start, lineLength: newline - start + 1, values: values, brace: brace - start,
          absent: fields.indices.filter { !met[$0] },
          isOtherTypeOnly: missing != nil || !hasType && !takesPlain && !takesAll))
    }
  }

  private func remember(_ template: LineTemplate) {
    if templateCount == RecordParser.maxTemplates {
      templateCount -= 1
      templates[templateCount].deallocate()
    }
    for i in stride(from: templateCount, to: 0, by: -1) { templates[i] = templates[i - 1] }
    templates[0] = template
    templateCount += 1
  }

  private func isType(_ key: JSONScanner.StringToken) -> Bool { names(key, "type") }

  private func field(named key: JSONScanner.StringToken) -> Int? {
    fields.firstIndex { names(key, $0.name) }
  }

  private func names(_ key: JSONScanner.StringToken, _ name: String) -> Bool {
    if key.isEscaped { return JSONScanner.decode(key) == name }
    guard key.length == name.utf8.count else { return false }
    return UnsafeBufferPointer(start: key.start, count: key.length).elementsEqual(name.utf8)
  }

  /// A value that is not valid JSON, or one that is valid but does not fit its field.
  private enum FieldFailure: Error {
    case grammar(JSONScanner.Failure)
    case field(JSONScanner.Failure)
  }

  /// Reads the value of a field into its column; returns how a template may read it.
  private func read(
    _ index: Int, _ scanner: inout JSONScanner, _ bar: Int, _ batch: Batch
  ) throws(FieldFailure) -> LineTemplate.Action {
    let field = fields[index]
    let cell = batch.cells[index]
    let start = scanner.p
    let first = start[0]
    func wrong(_ what: String) -> FieldFailure {
      .field(Failure(offset: start - scanner.start, message: field.message("\"\(field.name)\" \(what)")))
    }
    func newField() -> FieldFailure {
      hasNewField = true
      return wrong("is null in the records that define the columns, and has a value here")
    }
    func skip() throws(FieldFailure) {
      do throws(Failure) { try scanner.skipValue(depth: 1) } catch { throw .grammar(error) }
    }
    func number() throws(FieldFailure) -> (token: NumberToken, text: UnsafePointer<UInt8>) {
      do throws(Failure) { return try scanner.number() } catch { throw .grammar(error) }
    }
    func string() throws(FieldFailure) -> JSONScanner.StringToken {
      do throws(Failure) { return try scanner.string() } catch { throw .grammar(error) }
    }
    cell.setMissing(bar)
    let isNumber = first &- UInt8(ascii: "0") <= 9 || first == UInt8(ascii: "-")
    let isNull = first == UInt8(ascii: "n")
    switch field.kind {
    case .reserved:
      try skip()
      throw wrong("is in the record already")

    case .float64:
      if isNull {
        try skip()
        return .float64
      }
      guard isNumber else {
        try skip()
        throw wrong("is not a number")
      }
      let (token, text) = try number()
      let value = token.double(text: text, end: scanner.p)
      guard value.isFinite else { throw wrong("is beyond the range of a 64-bit number") }
      cell.set(bar, value)
      return .float64

    case .int64:
      if isNull {
        try skip()
        return .int64
      }
      guard isNumber else {
        try skip()
        throw wrong("is not a number")
      }
      let (token, _) = try number()
      guard let value = token.int64 else {
        // Whole numbers came before decimals.
        hasNewField = true
        throw wrong("is not a 64-bit integer")
      }
      cell.set(bar, value)
      return .int64

    case .timestamp:
      if isNull {
        try skip()
        return .skip  // makes the line unfit for a template, which expects a time here
      }
      if isNumber {
        let (token, _) = try number()
        guard let integer = token.int64, let value = Timestamp.fromInteger(integer) else {
          throw wrong("is neither ISO 8601 text nor an integer of s, ms, us or ns since 1970")
        }
        cell.set(bar, value)
        return .timestamp
      }
      guard first == UInt8(ascii: "\"") else {
        try skip()
        throw wrong("is not a time")
      }
      let token = try string()
      guard let value = Timestamp.parse(token.start, token.length) else {
        throw wrong("is not an ISO 8601 time between 1678 and 2262")
      }
      cell.set(bar, value)
      return .timestamp

    case .bool:
      guard isNull || first == UInt8(ascii: "t") || first == UInt8(ascii: "f") else {
        try skip()
        throw wrong("is neither true nor false")
      }
      try skip()
      if !isNull { cell.set(bar, first == UInt8(ascii: "t") ? 1 as Int64 : 0) }
      return .bool

    case .date:
      if isNull {
        try skip()
        return .skip
      }
      guard first == UInt8(ascii: "\"") else {
        try skip()
        throw wrong("is not a date")
      }
      let token = try string()
      guard token.length == 10, let day = Timestamp.day(token.start) else { throw wrong("is not a date") }
      cell.set(bar, day)
      return .date

    case .null:
      try skip()
      if !isNull { throw newField() }
      return .null

    case .json:
      try skip()
      if !isNull { cell.set(bar, Int64(symbols.intern(start, scanner.p - start))) }
      return .skip

    case .text:
      guard isNull || first == UInt8(ascii: "\"") else {
        try skip()
        throw wrong("is not a string")
      }
      if isNull {
        try skip()
        return .text
      }
      let token = try string()
      if token.isEscaped {
        var text = JSONScanner.decode(token) + String(repeating: "\0", count: 8)
        cell.set(bar, Int64(text.withUTF8 { symbols.intern($0.baseAddress!, $0.count - 8) }))
      } else {
        cell.set(bar, Int64(symbols.intern(token.start, token.length)))
      }
      return .text

    case .symbol:
      if isNumber {
        _ = try number()
        cell.set(bar, Int64(symbols.intern(start, scanner.p - start)))
        return .symbol
      }
      guard first == UInt8(ascii: "\"") else {
        try skip()
        throw wrong("is not a string")
      }
      let token = try string()
      let id: Int
      if token.isEscaped {
        var text = JSONScanner.decode(token) + String(repeating: "\0", count: 8)
        id = text.withUTF8 { symbols.intern($0.baseAddress!, $0.count - 8) }
      } else {
        id = symbols.intern(token.start, token.length)
      }
      cell.set(bar, Int64(id))
      return .symbol
    }
  }
}
