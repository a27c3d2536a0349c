extension Batch {
  /// Fills the columns from a frame; there are no lines then.
  /// - Parameter symbols: numbers the texts of symbol columns.
  /// - Throws: which column is missing, or cannot be read as what the field is.
  public func fill(from frame: Frame, symbols: SymbolTable) throws(FrameError) {
    clear()
    prepare(rows: frame.rows)
    for (i, column) in columns.enumerated() {
      let field = column.field
      guard let vector = frame[field.name] else {
        if field.presence == .required {
          throw .data(
            field.message("there is no column \"\(field.name)\" (there are: \(frame.names.joined(separator: ", ")))"))
        }
        column.present.update(repeating: 0, count: frame.rows)
        for row in 0..<frame.rows { column.doubles[row] = .nan }
        continue
      }
      if field.kind == .reserved { throw .data(field.message("there is a column \"\(field.name)\" already")) }
      try Batch.fill(column, cells[i], vector, symbols)
    }
  }

  private func prepare(rows: Int) {
    reserve(bars: rows)
    bars = rows
  }

  private static func fill(
    _ column: Column, _ cells: Cells, _ vector: Vector, _ symbols: SymbolTable
  ) throws(FrameError) {
    let rows = vector.count
    let field = column.field
    func wrong(_ what: String) -> FrameError {
      .data("column \"\(field.name)\" is \(vector.type.name), and no \(what)")
    }
    switch field.kind {
    case .float64:
      guard vector.type.isNumber || vector.type == .null else { throw wrong("number") }
      vector.doubles().withUnsafeBufferPointer { values in
        if let base = values.baseAddress { column.doubles.update(from: base, count: rows) }
      }
      if vector.validity == nil {
        column.present.update(repeating: 1, count: rows)
        // A number that is none in the data has no value here either.
        for row in 0..<rows where !column.doubles[row].isFinite { cells.setMissing(row) }
      } else {
        for row in 0..<rows { column.present[row] = column.doubles[row].isFinite ? 1 : 0 }
      }
      return
    case .timestamp:
      guard let instants = vector.nanoseconds() else {
        // Times as text, as CSV without a header's help has them.
        if let cast = vector.cast(to: .timestamp(.nanosecond, zone: "UTC")), vector.type.isText {
          return try fill(column, cells, cast, symbols)
        }
        throw wrong("time")
      }
      instants.withUnsafeBufferPointer { values in
        if let base = values.baseAddress { column.integers.update(from: base, count: rows) }
      }
    case .symbol, .text, .json:
      var source = vector
      if !vector.type.isText { source = vector.cast(to: .string) ?? vector }
      guard let texts = source.texts else { throw wrong("text") }
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
      if source.nullCount > 0 { throw .data("column \"\(field.name)\" has rows without a value") }
    default:
      guard let whole = vector.cast(to: .int(bits: 64)) else { throw wrong("whole number") }
      for (row, value) in whole.integers().enumerated() { column.integers[row] = value }
    }
    if let validity = vector.validity {
      for row in 0..<rows { column.present[row] = validity[row] ? 1 : 0 }
    } else {
      column.present.update(repeating: 1, count: rows)
    }
  }

  /// The result columns as columns of a frame; NaN is null.
  public func resultColumns() -> [Frame.Column] {
    results.prefix(visibleResults).map { column in
      let values = Array(UnsafeBufferPointer(start: column.doubles, count: bars))
      var validity: Validity?
      if values.contains(where: { !$0.isFinite }) {
        var mask = Validity(repeating: true, count: bars)
        for row in 0..<bars where !values[row].isFinite { mask[row] = false }
        validity = mask
      }
      return Frame.Column(column.field.name, Vector(.float64, .float64(values), validity: validity))
    }
  }

  /// The rows that were not dropped, and the texts that were added to rows, as columns of JSON.
  public func finished(_ frame: Frame, with added: [Frame.Column]) -> Frame {
    var columns = frame.columns + added
    columns += appendedColumns()
    let whole = Frame(columns, rows: frame.rows)
    guard !dropped.isEmpty else { return whole }
    let gone = Set(dropped)
    return whole.taking((0..<frame.rows).filter { !gone.contains($0) })
  }

  /// Members that were added to some rows (`,"signals":[...]`), a column for each name.
  private func appendedColumns() -> [Frame.Column] {
    var columns: [(name: String, pool: TextPool, codes: [Int64], mask: Validity)] = []
    for appendix in appendices {
      let text = "{" + String(decoding: appendixBytes[appendix.bytes].dropFirst(), as: UTF8.self) + "}"
      for (name, value) in NestedText.members(of: text) {
        let place: Int
        if let known = columns.firstIndex(where: { $0.name == name }) {
          place = known
        } else {
          place = columns.count
          columns.append(
            (name, TextPool(), [Int64](repeating: 0, count: bars), Validity(repeating: false, count: bars)))
        }
        columns[place].codes[appendix.bar] = Int64(columns[place].pool.intern(value))
        columns[place].mask[appendix.bar] = true
      }
    }
    return columns.map { Frame.Column($0.name, Vector(.json, .int64($0.codes), validity: $0.mask, texts: $0.pool)) }
  }
}

/// The members of a JSON object as texts.
enum NestedText {
  static func members(of object: String) -> [(name: String, value: String)] {
    var bytes = Array(object.utf8)
    let count = bytes.count
    bytes += [UInt8](repeating: 0, count: 16)
    var result: [(String, String)] = []
    bytes.withUnsafeBufferPointer { buffer in
      let start = buffer.baseAddress!
      var scanner = JSONScanner(start, end: start + count)
      guard scanner.take("{") else { return }
      do throws(JSONScanner.Failure) {
        repeat {
          scanner.skipWhitespace()
          let name = JSONScanner.decode(try scanner.string())
          try scanner.colon()
          let from = scanner.p
          try scanner.skipValue(depth: 1)
          result.append(
            (name, String(decoding: UnsafeBufferPointer(start: from, count: scanner.p - from), as: UTF8.self)))
          scanner.skipWhitespace()
        } while scanner.take(",")
      } catch {}
    }
    return result
  }
}
