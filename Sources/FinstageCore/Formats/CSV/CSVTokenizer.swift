import FinstageSystem

/// Splits CSV (RFC 4180) into rows and cells: where each cell's bytes are, and whether they were in quotes. Reads ahead in blocks;
/// cells stay valid until the next call of `fill`.
final class CSVTokenizer {
  /// The bytes of one cell, as offsets into `bytes`.
  struct Cell {
    var start: Int32
    var end: Int32
    var isQuoted: Bool
    /// The cell has doubled quotes, which stand for single ones.
    var isDoubled: Bool

    var isEmpty: Bool { start == end }
  }

  let source: PrefixedSource
  private let delimiter: UInt8
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var used = 0
  /// Where the next row begins, and the number of its line.
  private var position = 0
  private(set) var line = 1
  private var isAtEnd = false

  /// The cells of the rows that the last `fill` found, row after row.
  private(set) var cells: [Cell] = []
  /// For each row its first cell, its line and its first byte; and one entry more for where the last row ends.
  private(set) var rows: [(cell: Int, line: Int, start: Int)] = []

  private static let padding = 64
  private static let maxRowLength = 16 << 20

  /// Lines that begin with it are passed over.
  private let comment: UInt8?

  package init(_ source: PrefixedSource, delimiter: UInt8, comment: UInt8? = nil) {
    self.comment = comment
    self.source = source
    self.delimiter = delimiter
    capacity = 512 << 10
    bytes = .allocate(capacity: capacity + CSVTokenizer.padding)
  }

  deinit { bytes.deallocate() }

  /// Finds up to `limit` rows; fewer only at the end, or in a live stream when no more are there. False if there are none.
  /// - Throws: what is wrong, after all rows before it have been found by earlier calls.
  func fill(limit: Int, isLive: Bool) throws(InputError) -> Bool {
    cells.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    drop()
    while rows.count < limit {
      switch scanRow() {
      case .row: continue
      case .empty: continue
      case .fault(let message):
        if !rows.isEmpty { break }
        throw InputError(source: source.name, line: line, byte: nil, message: message)
      case .incomplete:
        if isLive && !rows.isEmpty { break }
        if try refill() { continue }
        if position < used && !source.wasInterrupted && bytes[used - 1] != 0x0A {
          // The last line does not end in a line feed.
          bytes[used] = 0x0A
          used += 1
          continue
        }
      }
      break
    }
    rows.append((cells.count, line, position))
    return rows.count > 1
  }

  /// Forgets the rows that have been taken.
  private func drop() {
    guard position > 0 else { return }
    bytes.update(from: bytes + position, count: used - position)
    used -= position
    position = 0
  }

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

  private enum Outcome { case row, empty, incomplete, fault(String) }

  /// Takes one row from `position` on, if it is there as a whole.
  private func scanRow() -> Outcome {
    let first = cells.count
    let start = position
    var at = position
    var lines = 1
    let p = UnsafePointer(bytes)
    if let comment, at < used, p[at] == comment {
      guard let end = memchr(p + at, 0x0A, used - at) else { return undo(first) }
      position = UnsafePointer(end.assumingMemoryBound(to: UInt8.self)) - p + 1
      line += 1
      return .empty
    }
    while true {
      if at >= used { return undo(first) }
      if p[at] == UInt8(ascii: "\"") {
        let begin = at + 1
        var isDoubled = false
        at += 1
        while true {
          while at < used && p[at] != UInt8(ascii: "\"") {
            if p[at] == 0x0A { lines += 1 }
            at += 1
          }
          if at + 1 >= used {
            if isAtEnd && at >= used {
              cells.removeLast(cells.count - first)
              return .fault("a quoted field is not closed")
            }
            return undo(first)
          }
          if p[at + 1] != UInt8(ascii: "\"") { break }
          isDoubled = true
          at += 2
        }
        cells.append(Cell(start: Int32(begin), end: Int32(at), isQuoted: true, isDoubled: isDoubled))
        at += 1
        if p[at] == 0x0D && at + 1 < used && p[at + 1] == 0x0A { at += 1 }
        if p[at] != delimiter && p[at] != 0x0A {
          let number = cells.count - first
          cells.removeLast(cells.count - first)
          return .fault("field \(number): something follows the closing quote")
        }
      } else {
        let begin = at
        at = CSVTokenizer.end(p, at, used, delimiter)
        if at >= used { return undo(first) }
        var last = at
        if p[at] == 0x0A && last > begin && p[last - 1] == 0x0D { last -= 1 }
        cells.append(Cell(start: Int32(begin), end: Int32(last), isQuoted: false, isDoubled: false))
      }
      let isEnd = p[at] == 0x0A
      at += 1
      if isEnd { break }
    }
    let isEmpty = cells.count == first + 1 && cells[first].isEmpty && !cells[first].isQuoted
    if isEmpty {
      cells.removeLast()
    } else {
      rows.append((first, line, start))
    }
    position = at
    line += lines
    return isEmpty ? .empty : .row
  }

  private func undo(_ first: Int) -> Outcome {
    cells.removeLast(cells.count - first)
    return .incomplete
  }

  /// The first delimiter or line feed at or after a place.
  @inline(__always)
  private static func end(_ p: UnsafePointer<UInt8>, _ start: Int, _ limit: Int, _ delimiter: UInt8) -> Int {
    let wanted = Bytes.repeated(delimiter)
    let newline = Bytes.repeated(0x0A)
    let low = Bytes.repeated(0x01)
    let high = Bytes.repeated(0x80)
    var at = start
    while at < limit {
      let word = Bytes.word(p + at)
      let a = word ^ wanted
      let b = word ^ newline
      // A top bit of the sum is set where a byte is one of the two; borrows can only mark bytes above the first such byte.
      let marks = (((a &- low) & ~a) | ((b &- low) & ~b)) & high
      if marks != 0 { return min(at + marks.trailingZeroBitCount >> 3, limit) }
      at += 8
    }
    return limit
  }

  /// The bytes of a cell that has doubled quotes, with single ones.
  func unquoted(_ cell: Cell) -> [UInt8] {
    var result: [UInt8] = []
    var at = Int(cell.start)
    while at < Int(cell.end) {
      result.append(bytes[at])
      at += bytes[at] == UInt8(ascii: "\"") ? 2 : 1
    }
    return result
  }

  /// The text of a cell.
  package func text(_ cell: Cell) -> String {
    if cell.isDoubled { return String(decoding: unquoted(cell), as: UTF8.self) }
    return String(
      decoding: UnsafeBufferPointer(start: bytes + Int(cell.start), count: Int(cell.end - cell.start)), as: UTF8.self)
  }
}
