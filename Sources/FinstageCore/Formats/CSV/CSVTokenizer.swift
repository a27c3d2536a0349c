import CScan
import FinstageSystem

/// Splits CSV (RFC 4180) into rows and cells: where each cell's bytes are, and whether they were in quotes. Reads ahead in blocks;
/// cells stay valid until the next call of `fill`.
final class CSVTokenizer {
  /// The bytes of one cell, as offsets into `bytes`.
  struct Cell {
    private let first: UInt32
    /// The length; the two highest bits are flags.
    private let rest: UInt32

    @inline(__always)
    init(_ start: Int, _ end: Int, isQuoted: Bool = false, isDoubled: Bool = false) {
      first = UInt32(truncatingIfNeeded: start)
      rest =
        UInt32(truncatingIfNeeded: end &- start) | (isQuoted ? 0x8000_0000 : 0) | (isDoubled ? 0x4000_0000 : 0)
    }

    @inline(__always) var start: Int { Int(first) }
    @inline(__always) var count: Int { Int(rest & 0x3FFF_FFFF) }
    @inline(__always) var isQuoted: Bool { rest & 0x8000_0000 != 0 }
    /// The cell has doubled quotes, which stand for single ones.
    @inline(__always) var isDoubled: Bool { rest & 0x4000_0000 != 0 }
    @inline(__always) var isEmpty: Bool { rest & 0x3FFF_FFFF == 0 }
    /// Neither quoted nor empty.
    @inline(__always) var isPlain: Bool { rest < 0x4000_0000 && rest != 0 }
  }

  /// Where a row is: its first cell, its line and its first byte.
  struct Row {
    var cell: Int
    var line: Int
    var start: Int
  }

  let source: PrefixedSource
  private let delimiter: UInt8
  /// Lines that begin with it are passed over.
  private let comment: UInt8?
  @exclusivity(unchecked) private(set) var bytes: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var used = 0
  /// Where the next row begins, and the number of its line.
  @exclusivity(unchecked) private var position = 0
  @exclusivity(unchecked) private(set) var line = 1
  private var isAtEnd = false

  /// The cells of the rows that the last `fill` found, row after row.
  @exclusivity(unchecked) private(set) var cells: UnsafeMutablePointer<Cell>
  @exclusivity(unchecked) private var cellCount = 0
  @exclusivity(unchecked) private var cellCapacity = 4096
  /// The rows that the last `fill` found; the entry after the last one is where that ends.
  @exclusivity(unchecked) private(set) var rows: UnsafeMutablePointer<Row>
  @exclusivity(unchecked) private(set) var rowCount = 0
  @exclusivity(unchecked) private var rowCapacity = 512

  /// So many bytes beyond the text are readable.
  private static let padding = 64
  private static let maxRowLength = 16 << 20

  package init(_ source: PrefixedSource, delimiter: UInt8, comment: UInt8? = nil) {
    self.comment = comment
    self.source = source
    self.delimiter = delimiter
    capacity = 512 << 10
    bytes = .allocate(capacity: capacity + CSVTokenizer.padding)
    cells = .allocate(capacity: cellCapacity)
    rows = .allocate(capacity: rowCapacity + 1)
  }

  deinit {
    bytes.deallocate()
    cells.deallocate()
    rows.deallocate()
  }

  /// Finds up to `limit` rows; fewer only at the end, or in a live stream when no more are there. False if there are none.
  /// - Throws: what is wrong, after all rows before it have been found by earlier calls.
  func fill(limit: Int, isLive: Bool) throws(InputError) -> Bool {
    cellCount = 0
    rowCount = 0
    if position > used - position {
      // Nothing refers to the rows that have been taken.
      bytes.update(from: bytes + position, count: used - position)
      used -= position
      position = 0
    }
    search: while rowCount < limit {
      switch scan(limit) {
      case .enough: break search
      case .fault(let message):
        if rowCount > 0 { break search }
        throw InputError(source: source.name, line: line, byte: nil, message: message)
      case .incomplete:
        if isLive && rowCount > 0 { break search }
        let knewTheEnd = isAtEnd
        if try refill() { continue }
        if position < used && !source.wasInterrupted {
          if bytes[used - 1] != 0x0A {
            // The last line does not end in a line feed.
            bytes[used] = 0x0A
            used += 1
            continue
          }
          if !knewTheEnd { continue }
        }
        break search
      }
    }
    rows[rowCount] = Row(cell: cellCount, line: line, start: position)
    return rowCount > 0
  }

  /// Reads on; rows that have been found stay where they are.
  private func refill() throws(InputError) -> Bool {
    if isAtEnd { return false }
    if used - position > CSVTokenizer.maxRowLength {
      throw InputError(
        source: source.name, line: line, message: "a row is longer than 16 MiB (is a closing quote missing?)")
    }
    guard used < Int(Int32.max) - (1 << 20) else {
      throw InputError(
        source: source.name, line: line, message: "more than 2 GiB would be kept in memory (--infer-rows 0)")
    }
    if capacity - used < 256 << 10 {
      let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + CSVTokenizer.padding)
      grown.update(from: bytes, count: used)
      bytes.deallocate()
      bytes = grown
      capacity *= 2
    }
    let count = try source.read(
      into: UnsafeMutableRawBufferPointer(start: bytes + used, count: min(capacity - used, 256 << 10)))
    used += count
    if count == 0 { isAtEnd = true }
    return count > 0
  }

  // MARK: - Scanning

  private enum Outcome { case enough, incomplete, fault(String) }

  /// Takes rows from `position` on, as far as they are there as a whole. A row that is not is looked at again when more has come.
  private func scan(_ limit: Int) -> Outcome {
    let p = UnsafePointer(bytes)
    let used = self.used
    let delimiter = self.delimiter
    var rowStart = position
    var start = rowStart
    var cell = cellCount
    var lines = 1
    var block = rowStart
    var marks = CSVTokenizer.marks(p, block, used, delimiter)
    while true {
      if let comment, start == rowStart, rowStart < used, p[rowStart] == comment {
        guard let end = memchr(p + rowStart, 0x0A, used - rowStart) else { return .incomplete }
        rowStart = UnsafePointer(end.assumingMemoryBound(to: UInt8.self)) - p + 1
        line += 1
        position = rowStart
        start = rowStart
        block = rowStart
        marks = CSVTokenizer.marks(p, block, used, delimiter)
        continue
      }
      // The end of the next cell that is not in quotes; `used` if it is not there yet.
      var at = CSVTokenizer.next(p, &block, &marks, used, delimiter)
      if at >= used { return .incomplete }
      var found: Cell
      if p[at] != UInt8(ascii: "\"") {
        var end = at
        if p[at] == 0x0A && end > start && p[end &- 1] == 0x0D { end &-= 1 }
        found = Cell(start, end)
      } else if at != start {
        // A quote inside of a text is a part of it.
        continue
      } else {
        var isDoubled = false
        while true {
          at = CSVTokenizer.next(p, &block, &marks, used, delimiter)
          if at &+ 1 >= used {
            return isAtEnd && at >= used ? .fault("a quoted field is not closed") : .incomplete
          }
          if p[at] == 0x0A { lines += 1 }
          if p[at] != UInt8(ascii: "\"") { continue }
          if p[at &+ 1] != UInt8(ascii: "\"") { break }
          isDoubled = true
          _ = CSVTokenizer.next(p, &block, &marks, used, delimiter)
        }
        found = Cell(start &+ 1, at, isQuoted: true, isDoubled: isDoubled)
        at &+= 1
        if p[at] == 0x0D {
          if at &+ 1 >= used { return .incomplete }
          if p[at &+ 1] == 0x0A { at &+= 1 }
        }
        if p[at] != delimiter && p[at] != 0x0A {
          return .fault("field \(cell - cellCount + 1): something follows the closing quote")
        }
        _ = CSVTokenizer.next(p, &block, &marks, used, delimiter)
      }
      if cell == cellCapacity { growCells() }
      cells[cell] = found
      cell &+= 1
      start = at &+ 1
      if p[at] != 0x0A { continue }
      // Empty lines are skipped.
      if cell == cellCount &+ 1 && found.isEmpty && !found.isQuoted {
        cell = cellCount
      } else {
        if rowCount == rowCapacity { growRows() }
        rows[rowCount] = Row(cell: cellCount, line: line, start: rowStart)
        rowCount &+= 1
        cellCount = cell
      }
      line &+= lines
      lines = 1
      rowStart = start
      position = start
      if rowCount == limit { return .enough }
    }
  }

  /// The place of the next delimiter, line feed or quote; `used` if there is none.
  @inline(__always)
  private static func next(
    _ p: UnsafePointer<UInt8>, _ block: inout Int, _ marks: inout UInt64, _ used: Int, _ delimiter: UInt8
  ) -> Int {
    while marks == 0 {
      block &+= 64
      if block >= used { return used }
      marks = CSVTokenizer.marks(p, block, used, delimiter)
    }
    let at = block &+ marks.trailingZeroBitCount
    marks &= marks &- 1
    return at
  }

  /// A bit for each of the next 64 bytes that is a delimiter, a line feed or a quote.
  @inline(__always)
  private static func marks(_ p: UnsafePointer<UInt8>, _ block: Int, _ used: Int, _ delimiter: UInt8) -> UInt64 {
    let left = used &- block
    if left <= 0 { return 0 }
    #if arch(x86_64)
      let marks = fs_csv_marks(p + block, delimiter)
    #else
      var marks: UInt64 = 0
      for i in 0..<8 {
        let word = Bytes.word(p + block + i * 8)
        let found =
          Bytes.zeros(word ^ Bytes.repeated(delimiter)) | Bytes.zeros(word ^ Bytes.repeated(0x0A))
          | Bytes.zeros(word ^ Bytes.repeated(UInt8(ascii: "\"")))
        marks |= (((found &>> 7) &* 0x0102_0408_1020_4080) &>> 56) &<< UInt64(i &* 8)
      }
    #endif
    return left >= 64 ? marks : marks & (1 &<< UInt64(left) &- 1)
  }

  private func growCells() {
    let grown = UnsafeMutablePointer<Cell>.allocate(capacity: cellCapacity * 2)
    grown.update(from: cells, count: cellCapacity)
    cells.deallocate()
    cells = grown
    cellCapacity *= 2
  }

  private func growRows() {
    let grown = UnsafeMutablePointer<Row>.allocate(capacity: rowCapacity * 2 + 1)
    grown.update(from: rows, count: rowCapacity)
    rows.deallocate()
    rows = grown
    rowCapacity *= 2
  }

  // MARK: - Texts

  /// The bytes of a cell that has doubled quotes, with single ones.
  func unquoted(_ cell: Cell) -> [UInt8] {
    var result: [UInt8] = []
    var at = cell.start
    while at < cell.start + cell.count {
      result.append(bytes[at])
      at += bytes[at] == UInt8(ascii: "\"") ? 2 : 1
    }
    return result
  }

  /// The text of a cell.
  package func text(_ cell: Cell) -> String {
    if cell.isDoubled { return String(decoding: unquoted(cell), as: UTF8.self) }
    return String(decoding: UnsafeBufferPointer(start: bytes + cell.start, count: cell.count), as: UTF8.self)
  }
}
