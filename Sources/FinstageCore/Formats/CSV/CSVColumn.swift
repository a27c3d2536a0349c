import FinstageSystem

/// One column of a frame while its cells are read. Cells come in blocks of rows that fit the processor's cache.
struct CSVColumn {
  private(set) var kind: CSVValue.Kind
  private var integers: [Int64] = []
  private var doubles: [Double] = []
  /// The rows without a value.
  private var nulls: [Int] = []
  private var pool: TextPool?
  private var count = 0

  /// - Parameter kind: `none` if it is not known yet.
  init(_ kind: CSVValue.Kind, capacity: Int) {
    self.kind = kind
    reserve(capacity)
  }

  private mutating func reserve(_ capacity: Int) {
    switch kind {
    case .none: break
    case .decimal: doubles.reserveCapacity(capacity)
    default: integers.reserveCapacity(capacity)
    }
    if kind == .text { pool = TextPool() }
  }

  /// Settles what a column is of which all cells have been empty.
  mutating func become(_ kind: CSVValue.Kind) {
    self.kind = kind
    reserve(count)
    if kind == .decimal {
      doubles = [Double](repeating: .nan, count: count)
    } else {
      integers = [Int64](repeating: 0, count: count)
    }
  }

  /// Whole numbers were followed by decimals.
  private mutating func widen() {
    kind = .decimal
    doubles = integers.map(Double.init)
    for row in nulls { doubles[row] = .nan }
    integers = []
  }

  /// The cells of a block, and how to read them.
  struct Block {
    let rows: CSVTokenizer
    let value: CSVValue
    /// For each row its first cell.
    let starts: UnsafeBufferPointer<Int32>
    /// The place of the column.
    let column: Int
    /// Whether whole numbers stay whole, whatever comes.
    let isKnown: Bool

    @inline(__always)
    func cell(_ row: Int) -> CSVTokenizer.Cell { rows.cells[Int(starts[row]) &+ column] }

    /// Calls a closure with the bytes of a cell.
    @inline(__always)
    func withText<Result>(_ cell: CSVTokenizer.Cell, _ body: (UnsafePointer<UInt8>, Int) -> Result) -> Result {
      if !cell.isDoubled { return body(rows.bytes + cell.start, cell.count) }
      let text = rows.unquoted(cell)
      return (text + [UInt8](repeating: 0, count: 8)).withUnsafeBufferPointer { body($0.baseAddress!, text.count) }
    }

    func isMissing(_ cell: CSVTokenizer.Cell) -> Bool {
      !cell.isQuoted && (cell.isEmpty || value.isNull(rows.bytes + cell.start, cell.count))
    }
  }

  /// Reads the cells of a block.
  /// - Parameter bad: is told each row whose cell does not fit, and what the cell is not. Such a row has no value.
  mutating func append(_ block: Block, _ bad: (_ row: Int, _ what: String) -> Void) {
    switch kind {
    case .none: nulls.append(contentsOf: count..<count + block.starts.count)
    case .decimal: appendNumbers(block, from: 0, bad)
    case .text: appendTexts(block)
    default: appendIntegers(block, bad)
    }
    count += block.starts.count
  }

  private mutating func appendNumbers(_ block: Block, from first: Int, _ bad: (Int, String) -> Void) {
    let bytes = UnsafePointer(block.rows.bytes)
    let isUsual = !block.value.hasDecimalComma
    let rows = block.starts.count
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(rows, 1)) { out in
      for row in first..<rows {
        let cell = block.cell(row)
        if isUsual && cell.isPlain {
          let text = bytes + cell.start
          var token = NumberToken()
          if let end = NumberToken.scan(text, into: &token), end == text + cell.count {
            let value = token.double(text: text, end: end)
            if value.isFinite {
              out[row] = value
              continue
            }
          }
        }
        if let number = block.withText(cell, { block.value.number($0, $1)?.double }) {
          out[row] = number
          continue
        }
        if !block.isMissing(cell) { bad(row, "a number") }
        nulls.append(count + row)
        out[row] = .nan
      }
      doubles.append(contentsOf: out[first..<rows])
    }
  }

  private mutating func appendTexts(_ block: Block) {
    let bytes = UnsafePointer(block.rows.bytes)
    let rows = block.starts.count
    guard let pool else { return }
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: max(rows, 1)) { out in
      // Neighbours often have the same text.
      var last: CSVTokenizer.Cell?
      var code: Int64 = 0
      for row in 0..<rows {
        let cell = block.cell(row)
        let text = bytes + cell.start
        if let last, last.count == cell.count, !cell.isDoubled, Bytes.equal(bytes + last.start, text, cell.count) {
          out[row] = code
        } else if cell.isDoubled {
          out[row] = Int64(block.rows.unquoted(cell).withUnsafeBufferPointer { pool.intern($0) })
        } else if !cell.isQuoted && (cell.isEmpty || block.value.isNullText(text, cell.count)) {
          nulls.append(count + row)
          out[row] = 0
        } else {
          let number = Int64(pool.intern(padded: text, cell.count))
          out[row] = number
          if !cell.isQuoted {
            code = number
            last = cell
          }
        }
      }
      integers.append(contentsOf: out[0..<rows])
    }
  }

  private mutating func appendIntegers(_ block: Block, _ bad: (Int, String) -> Void) {
    let bytes = UnsafePointer(block.rows.bytes)
    let rows = block.starts.count
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: max(rows, 1)) { out in
      // Rows of many symbols often share one instant.
      var last: CSVTokenizer.Cell?
      var lastValue: Int64 = 0
      for row in 0..<rows {
        let cell = block.cell(row)
        if let last, last.count == cell.count, !cell.isDoubled,
          Bytes.equal(bytes + last.start, bytes + cell.start, cell.count)
        {
          out[row] = lastValue
          continue
        }
        if let value = block.withText(cell, { CSVColumn.integer(kind, $0, $1, block.value) }) {
          out[row] = value
          if cell.isPlain {
            last = cell
            lastValue = value
          }
          continue
        }
        if !block.isMissing(cell) {
          if kind == .integer, !block.isKnown, block.withText(cell, { block.value.number($0, $1) }) != nil {
            integers.append(contentsOf: out[0..<row])
            widen()
            return appendNumbers(block, from: row, bad)
          }
          bad(row, CSVColumn.words(kind))
        }
        nulls.append(count + row)
        out[row] = 0
      }
      integers.append(contentsOf: out[0..<rows])
    }
  }

  @inline(__always)
  private static func integer(
    _ kind: CSVValue.Kind, _ p: UnsafePointer<UInt8>, _ count: Int, _ value: CSVValue
  ) -> Int64? {
    switch kind {
    case .integer: return value.number(p, count)?.integer
    case .date: return value.day(p, count)
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

  /// The column.
  var vector: Vector {
    var validity: Validity?
    if !nulls.isEmpty && kind != .none {
      var mask = Validity(repeating: true, count: count)
      for row in nulls { mask[row] = false }
      validity = mask
    }
    switch kind {
    case .none: return Vector.nulls(.null, count: count)
    case .decimal: return Vector(.float64, .float64(doubles), validity: validity)
    case .text: return Vector(.string, .int64(integers), validity: validity, texts: pool)
    case .integer: return Vector(.int(bits: 64), .int64(integers), validity: validity)
    case .date: return Vector(.date, .int64(integers), validity: validity)
    case .instant: return Vector(.timestamp(.nanosecond, zone: "UTC"), .int64(integers), validity: validity)
    case .bool: return Vector(.bool, .int64(integers), validity: validity)
    }
  }
}
