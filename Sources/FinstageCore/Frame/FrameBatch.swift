import FinstageSystem

extension Batch {
  /// Fills the columns from a frame; there are no lines then. Rows of other types than those wanted are no rows of the batch, and
  /// neither are bad ones.
  /// - Parameters:
  ///   - symbols: numbers the texts of symbol columns.
  ///   - types: the values of the column "type" that make a row; no value counts as "bar".
  ///   - policy: what becomes of rows that lack a text which is needed.
  ///   - name: of the input, for messages.
  /// - Returns: what was wrong with bad rows that were not a reason to stop.
  /// - Throws: which column is missing, or cannot be read as what the field is.
  package func fill(
    from frame: Frame, symbols: SymbolTable, types: [String] = ["bar"], policy: BadRecordPolicy = .stop,
    name: String = "input"
  ) throws -> [InputError] {
    clear()
    var rows = Batch.rows(of: frame, types)
    let bad = try badRows(frame, rows, policy, name)
    if !bad.isEmpty {
      rows = (rows ?? Array(0..<frame.rows)).filter { bad[$0] == nil }
    }
    let source = rows.map { frame.taking($0) } ?? frame
    // Rows that are left out are not written either.
    self.frame = frame
    frameRows = rows
    if !bad.isEmpty && policy == .skip {
      let kept = (0..<frame.rows).filter { bad[$0] == nil }
      let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
      self.frame = frame.taking(kept)
      frameRows = rows?.map { places[$0]! }
    }
    reserve(bars: source.rows)
    bars = source.rows
    for (i, column) in columns.enumerated() {
      let field = column.field
      guard let vector = source[field.name] else {
        // An empty stream lacks nothing.
        if field.presence == .required && !frame.columns.isEmpty {
          throw DataError(
            field.message("there is no column \"\(field.name)\" (available: \(frame.names.joined(separator: ", ")))"))
        }
        column.present.update(repeating: 0, count: source.rows)
        for row in 0..<source.rows { column.doubles[row] = .nan }
        continue
      }
      if field.kind == .reserved { throw DataError(field.message("there is already a column \"\(field.name)\"")) }
      try Batch.fill(column, cells[i], vector, symbols)
    }
    return bad.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The rows whose type is wanted; nil if all are.
  private static func rows(of frame: Frame, _ types: [String]) -> [Int]? {
    guard let vector = frame["type"], vector.type.isText, let texts = vector.texts else { return nil }
    let isWanted = (0..<texts.count).map { types.contains(texts[$0]) }
    let takesPlain = types.contains("bar")
    if takesPlain && isWanted.allSatisfy({ $0 }) || frame.rows == 0 { return nil }
    return (0..<frame.rows).filter { vector.isNull($0) ? takesPlain : isWanted[Int(vector.integer($0))] }
  }

  /// Rows that have no value in a text column where one is needed, such as the symbol.
  private func badRows(
    _ frame: Frame, _ rows: [Int]?, _ policy: BadRecordPolicy, _ name: String
  ) throws -> [Int: InputError] {
    var bad: [Int: InputError] = [:]
    for column in columns where column.field.presence == .required && column.field.kind == .symbol {
      guard let vector = frame[column.field.name], vector.nullCount > 0 else { continue }
      for row in rows ?? Array(0..<frame.rows) where vector.isNull(row) && bad[row] == nil {
        let error = InputError(
          source: name, message: column.field.message("row \(row + 1): \"\(column.field.name)\" has no value"))
        if policy == .stop { throw error }
        bad[row] = error
      }
    }
    return bad
  }

  /// Integers that count from 1970, as times; nil if they may be dates such as 20240102, or are out of range.
  private static func counted(_ vector: Vector) -> Vector? {
    guard case .int = vector.type else { return nil }
    var values = vector.integers()
    for row in values.indices where !vector.isNull(row) {
      guard !(10_000_101...99_991_231).contains(values[row]), let instant = Timestamp.instant(ofInteger: values[row])
      else {
        return nil
      }
      values[row] = instant
    }
    return Vector(.timestamp(.nanosecond, zone: "UTC"), .int64(values), validity: vector.validity)
  }

  private static func fill(
    _ column: Column, _ cells: Cells, _ vector: Vector, _ symbols: SymbolTable
  ) throws {
    let rows = vector.count
    let field = column.field
    func wrong(_ what: String) -> DataError {
      DataError("column \"\(field.name)\" holds \(vector.type.name), not \(what)")
    }
    switch field.kind {
    case .float64:
      guard vector.type.isNumber || vector.type == .null else { throw wrong("numbers") }
      vector.doubles().withUnsafeBufferPointer { values in
        if let base = values.baseAddress { column.doubles.update(from: base, count: rows) }
      }
      if vector.validity == nil {
        column.present.update(repeating: 1, count: rows)
        // NaN and infinities count as missing.
        for row in 0..<rows where !column.doubles[row].isFinite { cells.setMissing(row) }
      } else {
        for row in 0..<rows { column.present[row] = column.doubles[row].isFinite ? 1 : 0 }
      }
      return
    case .timestamp:
      guard let instants = vector.nanoseconds() else {
        // Times may come as text.
        if let cast = vector.cast(to: .timestamp(.nanosecond, zone: "UTC")), vector.type.isText {
          return try fill(column, cells, cast, symbols)
        }
        if let counted = counted(vector) { return try fill(column, cells, counted, symbols) }
        throw wrong("times")
      }
      instants.withUnsafeBufferPointer { values in
        if let base = values.baseAddress { column.integers.update(from: base, count: rows) }
      }
    case .symbol, .text, .json:
      var source = vector
      if !vector.type.isText { source = vector.cast(to: .string) ?? vector }
      guard let texts = source.texts else { throw wrong("texts") }
      var map = [Int64](repeating: 0, count: texts.count)
      for code in 0..<texts.count {
        map[code] = Int64(
          (texts.bytes(code) + [UInt8](repeating: 0, count: 8)).withUnsafeBufferPointer {
            symbols.intern($0.baseAddress!, $0.count - 8)
          })
      }
      for (row, code) in source.integers().enumerated() {
        column.integers[row] = source.isNull(row) ? 0 : map[Int(code)]
      }
    default:
      guard let whole = vector.cast(to: .int(bits: 64)) else { throw wrong("whole numbers") }
      for (row, value) in whole.integers().enumerated() { column.integers[row] = value }
    }
    if let validity = vector.validity {
      for row in 0..<rows { column.present[row] = validity[row] ? 1 : 0 }
    } else {
      column.present.update(repeating: 1, count: rows)
    }
  }

  /// The frame that the rows came from with all that was added: rows that were dropped are gone, rows of other types have null in
  /// what was added.
  package func finished() -> Frame {
    guard let frame else { return Frame([]) }
    var added = results.prefix(visibleResults).map {
      Frame.Column($0.field.name, Vector(doubles: $0.doubles, count: bars))
    }
    added += lists.map { Frame.Column($0.name, $0.vector(rows: bars)) }
    if let frameRows {
      added = added.map { Frame.Column($0.name, $0.vector.spread(to: frameRows, count: frame.rows)) }
    }
    let whole = Frame(frame.columns + added, rows: frame.rows)
    guard !dropped.isEmpty else { return whole }
    let gone = Set(frameRows.map { rows in dropped.map { rows[$0] } } ?? dropped)
    return whole.taking((0..<frame.rows).filter { !gone.contains($0) })
  }

  /// The rows of other types; nil if there are none.
  func otherRows() -> Frame? {
    guard let frame, let frameRows, frameRows.count < frame.rows else { return nil }
    let own = Set(frameRows)
    return frame.taking((0..<frame.rows).filter { !own.contains($0) })
  }

  /// A row with all that was added, to be written later.
  /// - Parameter line: the row's line, where it came as one.
  package func kept(_ row: Int, line: Line? = nil) -> KeptRow {
    if let line {
      var tail: [UInt8] = []
      for list in lists {
        guard let place = list.place(of: row) else { continue }
        tail += [UInt8(ascii: ",")] + JSONText.quoted(list.name) + [UInt8(ascii: ":")] + list.json(place)
      }
      return .line(
        head: Array(UnsafeBufferPointer(start: bytes + line.start, count: line.brace - line.start)),
        values: results.prefix(visibleResults).map { $0.doubles[row] }, tail: tail)
    }
    let place = frameRows?[row] ?? row
    guard let frame else { return .frame(Frame([])) }
    var columns = frame.slice(place..<place + 1).columns
    for column in results.prefix(visibleResults) {
      columns.append(Frame.Column(column.field.name, Vector(doubles: column.doubles + row, count: 1)))
    }
    for list in lists {
      columns.append(Frame.Column(list.name, list.vector(rows: bars).slice(row..<row + 1)))
    }
    return .frame(Frame(columns, rows: 1))
  }
}

extension Vector {
  /// Doubles as a column; what is not finite is null.
  package init(doubles: UnsafeMutablePointer<Double>, count: Int) {
    let values = Array(UnsafeBufferPointer(start: doubles, count: count))
    var validity: Validity?
    if values.contains(where: { !$0.isFinite }) {
      var mask = Validity(repeating: true, count: count)
      for row in 0..<count where !values[row].isFinite { mask[row] = false }
      validity = mask
    }
    self.init(.float64, .float64(values), validity: validity)
  }

  /// These values at some rows of a longer column, null at the others.
  func spread(to rows: [Int], count: Int) -> Vector {
    var places = [Int](repeating: 0, count: count)
    var mask = Validity(repeating: false, count: count)
    for (i, row) in rows.enumerated() {
      places[row] = i
      mask[row] = !isNull(i)
    }
    if self.count == 0 { return Vector.nulls(type, count: count) }
    var result = taking(places)
    result.validity = mask
    return result
  }
}
