import FinstageSystem

/// CSV (RFC 4180) as frames: a header, fields that may be quoted and have line breaks in them.
///
/// Types are found from the first rows, or all of them: whole numbers, numbers, dates, times, true and false, else text. `symbol` is
/// always a text, and so is a text of digits that begins with a zero (a code). An empty field has no value; "" in quotes is an empty
/// text. A field that the caller knows to be a number or a time stays one: a cell that is not makes its row a bad record.
///
/// Rows are split into cells first, many at a time; then each column is read by itself.
final class CSVFrameReader: FrameReader {
  private let rows: CSVTokenizer
  private let value: CSVValue
  private let policy: BadRecordPolicy
  private let isLive: Bool
  private var names: [String] = []
  /// The columns of the file that are to be read.
  private var wanted: [Int] = []
  private var kinds: [CSVValue.Kind] = []
  private let rowsForTypes: Int
  private let known: [Field]
  private let types: [String: Field.Kind]
  /// Whether the output cannot have a column whose type is open.
  private let mustHaveTypes: Bool
  private let expectsDecimalVolumes: Bool
  private var hasDelivered = false
  private var pending: InputError?

  /// Columns that the user has given types and the header lacks.
  private var unknownTypes: [String] = []

  var bytesRead: Int { rows.source.bytesRead }
  private(set) var badRecords = 0
  private(set) var firstBadRecord: InputError?

  private static let frameSize = 16_384

  package init(_ source: any ByteSource, _ options: FormatOptions) throws(InputError) {
    let prefixed = source as? PrefixedSource ?? PrefixedSource(source)
    policy = options.policy
    value = CSVValue(options)
    rowsForTypes = options.inferRows
    known = options.known
    types = options.types
    mustHaveTypes = options.expectsRareFields
    expectsDecimalVolumes = options.expectsDecimalVolumes
    isLive = options.isLive
    let start = try prefixed.look(atLeast: 3)
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { try prefixed.skip(3) }
    rows = CSVTokenizer(
      prefixed, delimiter: options.delimiter ?? CSVFrameReader.delimiter(start, comment: options.commentMark),
      comment: options.commentMark)
    guard try rows.fill(limit: 1, isLive: false) else { return }
    defer { unknownTypes = options.types.keys.filter { !names.contains($0) }.sorted() }
    for (i, cell) in rows.cells.enumerated() {
      let name = rows.text(cell)
      let plain = String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      names.append(plain.isEmpty ? "column_\(i + 1)" : plain)
      if names.dropLast().contains(names[i]) {
        throw InputError(source: prefixed.name, line: 1, message: "two columns are called \"\(names[i])\"")
      }
    }
    wanted = names.indices.filter { options.columns?.contains(names[$0]) ?? true }
  }

  /// The delimiter of the first line: the most frequent of comma, semicolon, tab and vertical bar.
  private static func delimiter(_ start: [UInt8], comment: UInt8?) -> UInt8 {
    var rest = start[...]
    while let comment, rest.first == comment, let end = rest.firstIndex(of: 0x0A) { rest = rest[(end + 1)...] }
    let line = rest.prefix { $0 != 0x0A }
    let known = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|")]
    let counts = known.map { character in line.count { $0 == character } }
    let most = counts.max() ?? 0
    return most == 0 ? known[0] : known[counts.firstIndex(of: most)!]
  }

  // MARK: - Frames

  func next() throws(InputError) -> Frame? {
    if let fault = pending {
      pending = nil
      throw fault
    }
    if names.isEmpty { return nil }
    if let missing = unknownTypes.first {
      unknownTypes = []
      throw InputError(
        source: rows.source.name, line: 1,
        message:
          "there is no column \"\(missing)\" to be given a type (the columns are: \(names.joined(separator: ", ")))")
    }
    // The first frame has all rows that types are found from; a live stream does not wait for them.
    let isFirst = kinds.isEmpty
    let limit = isFirst ? (rowsForTypes == 0 ? Int.max : max(rowsForTypes, 1)) : CSVFrameReader.frameSize
    while true {
      let hasRows = try rows.fill(limit: limit, isLive: isLive)
      if !hasRows && hasDelivered && !isFirst { return nil }
      let frame = read(isFirst: isFirst)
      if frame.rows > 0 || !hasDelivered || pending != nil || !hasRows {
        hasDelivered = true
        if frame.rows == 0, let fault = pending {
          pending = nil
          throw fault
        }
        return frame
      }
    }
  }

  /// The rows that were found, as a frame: without those that are bad, or up to the first of them.
  private func read(isFirst: Bool) -> Frame {
    let count = rows.rows.count - 1
    var faults: [Int: InputError] = [:]
    var isFull = true
    for row in 0..<count where rows.rows[row + 1].cell - rows.rows[row].cell != names.count {
      isFull = false
      let fields = rows.rows[row + 1].cell - rows.rows[row].cell
      faults[row] = InputError(
        source: rows.source.name, line: rows.rows[row].line,
        message: "\(fields) fields, where the header has \(names.count)")
    }
    // The rows whose cells can be read, by place.
    let places = isFull ? Array(0..<count) : (0..<count).filter { faults[$0] == nil }
    if isFirst { findTypes(places) }
    var columns: [Frame.Column] = []
    for (i, place) in wanted.enumerated() {
      columns.append(Frame.Column(names[place], column(i, places, &faults)))
    }
    let frame = Frame(columns, rows: places.count)
    guard let first = faults.keys.min() else { return frame }
    if policy == .stop {
      pending = faults[first]
      return frame.slice(0..<places.count { $0 < first })
    }
    badRecords += faults.count
    if firstBadRecord == nil { firstBadRecord = faults[first] }
    if policy == .pass { return frame }
    return frame.taking(places.indices.filter { faults[places[$0]] == nil })
  }

  @inline(__always)
  private func cell(_ row: Int, _ column: Int) -> CSVTokenizer.Cell { rows.cells[rows.rows[row].cell + column] }

  /// Calls a closure with the bytes of a cell.
  @inline(__always)
  private func withText<Result>(
    _ cell: CSVTokenizer.Cell, _ body: (UnsafePointer<UInt8>, Int) -> Result
  ) -> Result {
    if !cell.isDoubled { return body(rows.bytes + Int(cell.start), Int(cell.end - cell.start)) }
    let text = rows.unquoted(cell)
    return (text + [UInt8](repeating: 0, count: 8)).withUnsafeBufferPointer { body($0.baseAddress!, text.count) }
  }

  private func findTypes(_ places: [Int]) {
    kinds = wanted.map { column in
      let field = known.first { $0.name == names[column] }
      if names[column] == "symbol" { return .text }
      switch types[names[column]] {
      case .int64: return .integer
      case .float64: return .decimal
      case .date: return .date
      case .timestamp: return .instant
      case .bool: return .bool
      case nil: break
      default: return .text
      }
      var result = CSVValue.Kind.none
      for row in places {
        let cell = cell(row, column)
        let kind = withText(cell) { p, count in
          !cell.isQuoted && value.isNull(p, count) ? CSVValue.Kind.none : value.kind(p, count)
        }
        result = CSVValue.join(result, kind)
        if result == .text && field == nil { break }
      }
      guard let field else {
        if result == .integer {
          // A number in ts counts from 1970, but not one of eight digits, which may be 20240102.
          if names[column] == "ts", !places.contains(where: { row in isEightDigits(cell(row, column)) }) {
            return .instant
          }
          return KnownFields.isPrice(names[column]) || isVolume(names[column]) ? .decimal : .integer
        }
        if result != .none { return result }
        return kindWithoutValues(names[column])
      }
      // What the caller knows counts where the cells do not agree.
      switch field.kind {
      case .float64: return result == .integer ? .integer : .decimal
      case .int64: return .integer
      case .timestamp: return result == .date ? result : .instant
      case .date: return .date
      case .bool: return .bool
      default: return .text
      }
    }
  }

  /// Whether whole numbers in the column may get decimals that the output has no place for.
  private func isVolume(_ name: String) -> Bool {
    expectsDecimalVolumes && name == "volume" && KnownFields.areBars(names)
  }

  private func isEightDigits(_ cell: CSVTokenizer.Cell) -> Bool { cell.end - cell.start == 8 }

  /// What a column is in which no row has a value so far; `none` if that may still be anything.
  private func kindWithoutValues(_ name: String) -> CSVValue.Kind {
    switch KnownFields.kind(name) {
    case .float64: .decimal
    case nil: mustHaveTypes ? .text : .none
    default: .text
    }
  }

  /// Whether the caller knows what the column is.
  private func isKnown(_ column: Int) -> Bool {
    types[names[column]] != nil || known.contains { $0.name == names[column] }
  }

  /// The first value of a column that had none.
  private func kind(_ column: Int, _ places: [Int]) -> CSVValue.Kind {
    var result = CSVValue.Kind.none
    for row in places {
      let cell = cell(row, column)
      if !cell.isQuoted && isMissing(cell, rows.bytes) { continue }
      result = CSVValue.join(result, withText(cell) { value.kind($0, $1) })
    }
    return result
  }

  private func fault(_ row: Int, _ column: Int, _ what: String) -> InputError {
    let cell = cell(row, wanted[column])
    let text = Terminal.plain(String(rows.text(cell).prefix(40)))
    let hint = isKnown(wanted[column]) ? "" : " (--infer-rows 0 looks at all rows before it chooses the types)"
    return InputError(
      source: rows.source.name, line: rows.rows[row].line, byte: Int(cell.start) - rows.rows[row].start + 1,
      message: "\"\(names[wanted[column]])\" is not \(what): \(text)\(hint)")
  }

  /// One column of the rows; rows that do not fit are noted, the first column that does not fit for each.
  private func column(_ i: Int, _ places: [Int], _ faults: inout [Int: InputError]) -> Vector {
    let column = wanted[i]
    var nulls: [Int] = []
    func bad(_ k: Int, _ what: String) {
      let row = places[k]
      if faults[row] == nil { faults[row] = fault(row, i, what) }
      nulls.append(k)
    }
    func vector(_ type: DataType, _ storage: Vector.Storage, _ texts: TextPool? = nil) -> Vector {
      guard !nulls.isEmpty else { return Vector(type, storage, texts: texts) }
      var mask = Validity(repeating: true, count: places.count)
      for k in nulls { mask[k] = false }
      return Vector(type, storage, validity: mask, texts: texts)
    }
    let bytes = UnsafePointer(rows.bytes)
    if kinds[i] == .none {
      kinds[i] = kind(column, places)
      if kinds[i] == .none { return Vector.nulls(.null, count: places.count) }
    }
    if kinds[i] == .decimal {
      var values = [Double](repeating: .nan, count: places.count)
      for (k, row) in places.enumerated() {
        let cell = cell(row, column)
        let number = withText(cell) { p, count in value.number(p, count)?.double }
        if let number {
          values[k] = number
        } else if isMissing(cell, bytes) {
          nulls.append(k)
        } else {
          bad(k, "a number")
        }
      }
      return vector(.float64, .float64(values))
    }
    var values = [Int64](repeating: 0, count: places.count)
    if kinds[i] == .text {
      let pool = TextPool()
      for (k, row) in places.enumerated() {
        let cell = cell(row, column)
        if !cell.isQuoted && (cell.isEmpty || value.isNullText(bytes + Int(cell.start), Int(cell.end - cell.start))) {
          nulls.append(k)
        } else if cell.isDoubled {
          values[k] = Int64(rows.unquoted(cell).withUnsafeBufferPointer { pool.intern($0) })
        } else {
          values[k] = Int64(pool.intern(padded: bytes + Int(cell.start), Int(cell.end - cell.start)))
        }
      }
      return vector(.string, .int64(values), pool)
    }
    // Rows of many symbols often share one instant.
    var last: CSVTokenizer.Cell?
    var lastValue: Int64?
    for (k, row) in places.enumerated() {
      let cell = cell(row, column)
      let length = Int(cell.end - cell.start)
      if let last, !cell.isQuoted, Int(last.end - last.start) == length,
        Bytes.equal(bytes + Int(last.start), bytes + Int(cell.start), length)
      {
        if let lastValue { values[k] = lastValue } else { nulls.append(k) }
        continue
      }
      let parsed = withText(cell) { p, count in integer(kinds[i], p, count) }
      if let parsed {
        values[k] = parsed
      } else if isMissing(cell, bytes) {
        nulls.append(k)
      } else if kinds[i] == .integer, !isKnown(column), withText(cell, { value.number($0, $1) }) != nil {
        // Whole numbers came before decimals.
        kinds[i] = .decimal
        return self.column(i, places, &faults)
      } else {
        bad(k, CSVFrameReader.words(kinds[i]))
        continue
      }
      if !cell.isQuoted {
        last = cell
        lastValue = parsed
      }
    }
    let type: DataType =
      switch kinds[i] {
      case .integer: .int(bits: 64)
      case .date: .date
      case .instant: .timestamp(.nanosecond, zone: "UTC")
      default: .bool
      }
    return vector(type, .int64(values))
  }

  private func isMissing(_ cell: CSVTokenizer.Cell, _ bytes: UnsafePointer<UInt8>) -> Bool {
    !cell.isQuoted && value.isNull(bytes + Int(cell.start), Int(cell.end - cell.start))
  }

  @inline(__always)
  private func integer(_ kind: CSVValue.Kind, _ p: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    switch kind {
    case .integer: return value.number(p, count)?.integer
    case .date:
      return value.day(p, count)
    case .instant:
      if let instant = value.instant(p, count) { return instant }
      return count == 8 ? nil : value.number(p, count)?.integer.flatMap { Timestamp.instant(ofInteger: $0) }
    default: return CSVValue.bool(p, count).map { $0 ? 1 : 0 }
    }
  }

  private static func words(_ kind: CSVValue.Kind) -> String {
    switch kind {
    case .integer: "a whole number"
    case .date: "a date"
    case .instant: "a time"
    default: "true or false"
    }
  }
}
