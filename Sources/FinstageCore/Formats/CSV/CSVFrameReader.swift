import FinstageSystem

/// CSV (RFC 4180) as frames: a header, fields that may be quoted and have line breaks in them.
///
/// Types are found from the first rows, or all of them: whole numbers, numbers, dates, times, true and false, else text. `symbol` is
/// always a text, and so is a text of digits that begins with a zero (a code). An empty field has no value; "" in quotes is an empty
/// text. A field that the caller knows to be a number or a time stays one: a cell that is not makes its row a bad record.
///
/// Rows are split into cells first, a block of them at a time; then each column is read by itself (see `CSVColumn`).
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
  private let likely: [String: Field.Kind]
  /// Whether the output cannot have a column whose type is open.
  private let mustHaveTypes: Bool
  private let expectsDecimalVolumes: Bool
  private var hasDelivered = false
  private var pending: InputError?
  /// For each row of the block that can be read its first cell.
  private var starts: [Int32] = []

  /// Columns that the user has given types and the header lacks.
  private var unknownTypes: [String] = []

  var bytesRead: Int { rows.source.bytesRead }
  private(set) var badRecords = 0
  private(set) var firstBadRecord: InputError?

  private static let frameSize = 16_384
  /// So many rows with their cells fit the processor's second cache.
  private static let blockSize = 1024

  package init(_ source: any ByteSource, _ options: FormatOptions) throws(InputError) {
    let prefixed = source as? PrefixedSource ?? PrefixedSource(source)
    policy = options.policy
    value = CSVValue(options)
    rowsForTypes = options.inferRows
    known = options.known
    types = options.types
    likely = options.likely
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
    for i in 0..<rows.rows[1].cell {
      let name = rows.text(rows.cells[i])
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
    let limit = isFirst ? (rowsForTypes == 0 ? Int.max : max(rowsForTypes, 1)) : CSVFrameReader.blockSize
    while true {
      var found = try rows.fill(limit: limit, isLive: isLive)
      if !found && hasDelivered && !isFirst { return nil }
      let hasRows = found
      var building = Building()
      readBlock(&building, isFirst: isFirst)
      while !isFirst && !isLive && pending == nil && building.count < CSVFrameReader.frameSize {
        do throws(InputError) { found = try rows.fill(limit: limit, isLive: false) } catch {
          pending = error
          break
        }
        if !found { break }
        readBlock(&building, isFirst: false)
      }
      let frame = frame(building)
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

  /// A frame that is being read.
  private struct Building {
    var columns: [CSVColumn] = []
    var count = 0
    /// The rows that are left out, in order.
    var dropped: [Int] = []
  }

  /// Reads the rows that the tokenizer has found; up to the first bad one if that stops the run.
  private func readBlock(_ building: inout Building, isFirst: Bool) {
    let count = rows.rowCount
    var faults: [Int: InputError] = [:]
    starts.removeAll(keepingCapacity: true)
    // The rows whose cells can be read, by place; none if those are all.
    var places: [Int] = []
    for row in 0..<count {
      let first = rows.rows[row].cell
      let fields = rows.rows[row + 1].cell - first
      if fields == names.count {
        if !faults.isEmpty { places.append(row) }
        starts.append(Int32(truncatingIfNeeded: first))
        continue
      }
      if faults.isEmpty { places = Array(0..<row) }
      faults[row] = InputError(
        source: rows.source.name, line: rows.rows[row].line,
        message: "\(fields) fields, where the header has \(names.count)")
    }
    let isFull = faults.isEmpty
    func place(_ k: Int) -> Int { isFull ? k : places[k] }
    starts.withUnsafeBufferPointer { starts in
      func block(_ i: Int) -> CSVColumn.Block {
        CSVColumn.Block(rows: rows, value: value, starts: starts, column: wanted[i], isKnown: isKnown(wanted[i]))
      }
      if isFirst { kinds = wanted.indices.map { type(block($0)) } }
      if building.columns.isEmpty {
        building.columns = kinds.map {
          CSVColumn($0, capacity: isFirst || isLive ? starts.count : CSVFrameReader.frameSize)
        }
      }
      for i in wanted.indices {
        let block = block(i)
        if kinds[i] == .none {
          kinds[i] = kind(block)
          if kinds[i] != .none { building.columns[i].become(kinds[i]) }
        }
        building.columns[i].append(block) { k, what in
          if faults[place(k)] == nil { faults[place(k)] = fault(place(k), i, what) }
        }
        kinds[i] = building.columns[i].kind
      }
    }
    let before = building.count
    building.count += starts.count
    guard let first = faults.keys.min() else { return }
    if policy == .stop {
      pending = faults[first]
      for k in starts.indices where place(k) >= first { building.dropped.append(before + k) }
      return
    }
    badRecords += faults.count
    if firstBadRecord == nil { firstBadRecord = faults[first] }
    if policy == .pass { return }
    for k in starts.indices where faults[place(k)] != nil { building.dropped.append(before + k) }
  }

  private func frame(_ building: Building) -> Frame {
    let columns = zip(wanted, building.columns).map { Frame.Column(names[$0], $1.vector) }
    let frame = Frame(columns, rows: building.count)
    if building.dropped.isEmpty { return frame }
    let dropped = Set(building.dropped)
    return frame.taking((0..<building.count).filter { !dropped.contains($0) })
  }

  /// What a column is, by the cells that types are found from.
  private func type(_ block: CSVColumn.Block) -> CSVValue.Kind {
    let name = names[block.column]
    let field = known.first { $0.name == name }
    if Field.namesSymbol(name) { return .text }
    switch types[name] {
    case .int64: return .integer
    case .float64: return .decimal
    case .date: return .date
    case .timestamp: return .instant
    case .bool: return .bool
    case nil: break
    default: return .text
    }
    var result = CSVValue.Kind.none
    for row in block.starts.indices {
      let cell = block.cell(row)
      let kind = block.withText(cell) { p, count in
        !cell.isQuoted && value.isNull(p, count) ? CSVValue.Kind.none : value.kind(p, count)
      }
      result = CSVValue.join(result, kind)
      if result == .text && field == nil { break }
    }
    guard let field else {
      if result == .integer {
        // A number in ts counts from 1970, but not one of eight digits, which may be 20240102.
        if name == "ts", !block.starts.indices.contains(where: { block.cell($0).count == 8 }) { return .instant }
        return KnownFields.isPrice(name) || isVolume(name) ? .decimal : .integer
      }
      return result == .none ? kindWithoutValues(name) : result
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

  /// Whether whole numbers in the column may get decimals that the output has no place for.
  private func isVolume(_ name: String) -> Bool {
    expectsDecimalVolumes && name == "volume" && KnownFields.areBars(names)
  }

  /// What a column is in which no row has a value so far; `none` if that may still be anything.
  private func kindWithoutValues(_ name: String) -> CSVValue.Kind {
    switch KnownFields.kind(name) ?? (mustHaveTypes ? likely[name] : nil) {
    case .float64: .decimal
    case .int64: .integer
    case .timestamp: .instant
    case nil: mustHaveTypes ? .text : .none
    default: .text
    }
  }

  /// Whether the caller knows what the column is.
  private func isKnown(_ column: Int) -> Bool {
    types[names[column]] != nil || known.contains { $0.name == names[column] }
  }

  /// What the first values are of a column that had none.
  private func kind(_ block: CSVColumn.Block) -> CSVValue.Kind {
    var result = CSVValue.Kind.none
    for row in block.starts.indices {
      let cell = block.cell(row)
      if block.isMissing(cell) { continue }
      result = CSVValue.join(result, block.withText(cell) { value.kind($0, $1) })
    }
    return result
  }

  private func fault(_ row: Int, _ i: Int, _ what: String) -> InputError {
    let column = wanted[i]
    let row = rows.rows[row]
    let cell = rows.cells[row.cell + column]
    let text = Terminal.plain(String(rows.text(cell).prefix(40)))
    let hint = isKnown(column) ? "" : " (--infer-rows 0 looks at all rows before it chooses the types)"
    return InputError(
      source: rows.source.name, line: row.line, byte: cell.start - row.start + 1,
      message: "\"\(names[column])\" is not \(what): \(text)\(hint)")
  }
}
