/// CSV (RFC 4180) as frames: a header, fields that may be quoted and have line breaks in them.
///
/// Types are found from the first rows, or all of them: whole numbers, numbers, dates, times, true and false, else text. A text
/// of digits that begins with a zero (a code) stays a text. An empty field has no value; "" in quotes is an empty text.
final class CSVFrameReader: FrameReader {
  private enum Kind: Equatable { case integer, decimal, date, instant, bool, text, none }

  private let source: PrefixedSource
  private let delimiter: UInt8
  private let point: UInt8
  private let policy: BadRecordPolicy
  private var names: [String]
  /// The columns of the file that are wanted.
  private var wanted: [Int]
  private var kinds: [Kind] = []
  private var rowsForTypes: Int
  private var buffer: [UInt8] = []
  private var position = 0
  private var isSourceAtEnd = false
  private var line = 1
  private var hasDelivered = false
  private let isLive: Bool

  var bytesRead: Int { source.bytesRead }
  private(set) var badRecords = 0
  private(set) var firstBadRecord: InputError?

  private static let frameSize = 16_384
  private static let maxRowLength = 16 << 20

  /// A row's fields: where their bytes are, and whether they were in quotes.
  private struct Row {
    var texts: [(bytes: [UInt8], isQuoted: Bool)] = []
  }

  /// Bytes without copies where possible: ranges of the buffer.
  private struct Cell {
    var start: Int
    var end: Int
    var isQuoted: Bool
    /// The field has doubled quotes, which must become single ones.
    var isDoubled: Bool
  }

  init(_ source: any ByteSource, _ options: FormatOptions) throws(InputError) {
    let prefixed = source as? PrefixedSource ?? PrefixedSource(source)
    self.source = prefixed
    policy = options.policy == .pass ? .skip : options.policy
    point = UInt8(ascii: options.usesDecimalComma ? "," : ".")
    rowsForTypes = options.inferRows
    isLive = options.isLive
    var start = try prefixed.peek(64 << 10)
    if start.starts(with: [0xEF, 0xBB, 0xBF]) {
      var mark = [UInt8](repeating: 0, count: 3)
      var fault: InputError?
      mark.withUnsafeMutableBytes { buffer in
        do throws(InputError) { _ = try prefixed.fill(buffer) } catch { fault = error }
      }
      if let fault { throw fault }
      start.removeFirst(3)
    }
    delimiter = options.delimiter ?? CSVFrameReader.delimiter(start)
    names = []
    wanted = []
    guard let header = try readCells() else { return }
    var found: [String] = header.map { String(decoding: bytes($0), as: UTF8.self) }
    for (i, name) in found.enumerated() {
      let plain = String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      found[i] = plain.isEmpty ? "column_\(i + 1)" : plain
      if found[..<i].contains(found[i]) {
        throw InputError(source: source.name, line: 1, message: "two columns are called \"\(found[i])\"")
      }
    }
    names = found
    wanted = found.indices.filter { options.columns?.contains(found[$0]) ?? true }
  }

  /// What separates the fields of the first line: the most frequent of comma, semicolon, tab and bar.
  private static func delimiter(_ start: [UInt8]) -> UInt8 {
    let line = start.prefix { $0 != 0x0A }
    let known = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|")]
    let counts = known.map { character in line.count { $0 == character } }
    let most = counts.max() ?? 0
    return most == 0 ? known[0] : known[counts.firstIndex(of: most)!]
  }

  // MARK: - Rows

  private func bytes(_ cell: Cell) -> [UInt8] {
    let text = Array(buffer[cell.start..<cell.end])
    guard cell.isDoubled else { return text }
    var result: [UInt8] = []
    var skip = false
    for byte in text {
      if byte == UInt8(ascii: "\"") {
        skip.toggle()
        if !skip { continue }
      } else {
        skip = false
      }
      result.append(byte)
    }
    return result
  }

  /// More bytes behind those that are left; false at the end.
  private func refill() throws(InputError) -> Bool {
    if isSourceAtEnd { return false }
    if position > 0 {
      buffer.removeFirst(position)
      position = 0
    }
    if buffer.count > CSVFrameReader.maxRowLength {
      throw InputError(
        source: source.name, line: line, message: "a row is longer than 16 MiB (is a quote not closed?)")
    }
    let used = buffer.count
    buffer.append(contentsOf: [UInt8](repeating: 0, count: max(used, 256 << 10)))
    var count = 0
    var fault: InputError?
    buffer.withUnsafeMutableBytes { bytes in
      do throws(InputError) {
        count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[used...]))
      } catch {
        fault = error
      }
    }
    if let fault { throw fault }
    buffer.removeLast(buffer.count - used - count)
    if count == 0 { isSourceAtEnd = true }
    return count > 0
  }

  /// The cells of the next row that is not empty, valid until the next call; nil at the end.
  private func readCells() throws(InputError) -> [Cell]? {
    while true {
      while true {
        var outcome: (cells: [Cell], next: Int, lines: Int)?
        var fault: String?
        buffer.withUnsafeBufferPointer { bytes in
          switch scan(bytes, from: position) {
          case .row(let cells, let next, let lines): outcome = (cells, next, lines)
          case .fault(let message): fault = message
          case .incomplete: break
          }
        }
        if let fault { throw InputError(source: source.name, line: line, message: fault) }
        if let (cells, next, lines) = outcome {
          position = next
          line += lines
          if cells.count == 1, cells[0].start == cells[0].end, !cells[0].isQuoted { break }
          return cells
        }
        if try !refill() {
          guard position < buffer.count else { return nil }
          if source.wasInterrupted { return nil }
          // A last line without its end.
          buffer.append(0x0A)
        }
      }
    }
  }

  private enum Scan {
    case row([Cell], next: Int, lines: Int)
    case incomplete
    case fault(String)
  }

  private func scan(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Scan {
    let quote = UInt8(ascii: "\"")
    var cells: [Cell] = []
    cells.reserveCapacity(names.count)
    var lines = 0
    var at = start
    let end = bytes.count
    while true {
      if at >= end { return .incomplete }
      if bytes[at] == quote {
        let first = at + 1
        var isDoubled = false
        at += 1
        while true {
          while at < end && bytes[at] != quote {
            if bytes[at] == 0x0A { lines += 1 }
            at += 1
          }
          if at + 1 >= end {
            if isSourceAtEnd { return .fault("a quoted field is not closed") }
            return .incomplete
          }
          if bytes[at + 1] != quote { break }
          isDoubled = true
          at += 2
        }
        cells.append(Cell(start: first, end: at, isQuoted: true, isDoubled: isDoubled))
        at += 1
        if bytes[at] == 0x0D && at + 1 < end && bytes[at + 1] == 0x0A { at += 1 }
        if at >= end { return .incomplete }
        if bytes[at] != delimiter && bytes[at] != 0x0A {
          return .fault("field \(cells.count): something follows the closing quote")
        }
      } else {
        let first = at
        while at < end && bytes[at] != delimiter && bytes[at] != 0x0A { at += 1 }
        if at >= end { return .incomplete }
        var last = at
        if bytes[at] == 0x0A && last > first && bytes[last - 1] == 0x0D { last -= 1 }
        cells.append(Cell(start: first, end: last, isQuoted: false, isDoubled: false))
      }
      let isEnd = bytes[at] == 0x0A
      at += 1
      if isEnd { return .row(cells, next: at, lines: lines + 1) }
    }
  }

  // MARK: - Types

  private static func isNull(_ text: [UInt8]) -> Bool {
    if text.isEmpty { return true }
    if text.count > 4 { return false }
    return ["null", "NULL", "nan", "NaN", "NA", "N/A", "n/a", "-"].contains(String(decoding: text, as: UTF8.self))
  }

  private func number(_ text: [UInt8]) -> (double: Double, integer: Int64?)? {
    var padded = text
    if point != UInt8(ascii: ".") {
      for i in padded.indices where padded[i] == point { padded[i] = UInt8(ascii: ".") }
    }
    if padded.first == UInt8(ascii: "+") { padded.removeFirst() }
    let count = padded.count
    padded.append(contentsOf: [UInt8](repeating: 0, count: 8))
    return padded.withUnsafeBufferPointer { buffer in
      let p = buffer.baseAddress!
      var token = NumberToken()
      guard let end = NumberToken.scan(p, into: &token), end == p + count else { return nil }
      let value = token.double(text: p, end: end)
      return value.isFinite ? (value, token.int64) : nil
    }
  }

  private func instant(_ text: [UInt8]) -> Int64? {
    if text.count < 8 || text.count > 40 { return nil }
    return (text + [0, 0]).withUnsafeBufferPointer { Timestamp.parse($0.baseAddress!, text.count) }
  }

  private func kind(_ text: [UInt8]) -> Kind {
    if let number = number(text) {
      // 007 is no number (the scanner takes 0 and stops); 5 is.
      return number.integer != nil ? .integer : .decimal
    }
    if instant(text) != nil { return text.count == 10 ? .date : .instant }
    let word = text.count <= 5 ? String(decoding: text, as: UTF8.self).lowercased() : ""
    return word == "true" || word == "false" ? .bool : .text
  }

  private static func join(_ a: Kind, _ b: Kind) -> Kind {
    if a == b || b == .none { return a }
    if a == .none { return b }
    switch (a, b) {
    case (.integer, .decimal), (.decimal, .integer): return .decimal
    case (.date, .instant), (.instant, .date): return .instant
    default: return .text
    }
  }

  // MARK: - Frames

  func next() throws(InputError) -> Frame? {
    if names.isEmpty { return nil }
    var rows: [Row] = []
    var lines: [Int] = []
    // The first frame has all rows that types are found from.
    let isFirst = kinds.isEmpty
    let limit =
      isFirst
      ? (rowsForTypes == 0 ? Int.max : max(rowsForTypes, 1)) : isLive ? 1 : CSVFrameReader.frameSize
    while rows.count < limit {
      let place = line
      guard let cells = try readCells() else { break }
      guard cells.count == names.count else {
        let error = InputError(
          source: source.name, line: place, message: "\(cells.count) fields, where the header has \(names.count)")
        if policy == .stop {
          if rows.isEmpty { throw error }
          // What came before goes out first; the row comes again as the fault.
          fault = error
          break
        }
        badRecords += 1
        if firstBadRecord == nil { firstBadRecord = error }
        continue
      }
      rows.append(Row(texts: wanted.map { (bytes(cells[$0]), cells[$0].isQuoted) }))
      lines.append(place)
      if isLive && isFirst && rows.count >= 100 { break }
    }
    if rows.isEmpty {
      if let fault {
        self.fault = nil
        throw fault
      }
      if hasDelivered { return nil }
    }
    hasDelivered = true
    if isFirst { findTypes(rows) }
    var columns: [Frame.Column] = []
    for (i, place) in wanted.enumerated() {
      columns.append(Frame.Column(names[place], try column(i, rows, lines)))
    }
    return Frame(columns, rows: rows.count)
  }

  private var fault: InputError?

  private func findTypes(_ rows: [Row]) {
    kinds = wanted.indices.map { i in
      var result = Kind.none
      for row in rows {
        let (text, isQuoted) = row.texts[i]
        if !isQuoted && CSVFrameReader.isNull(text) { continue }
        result = CSVFrameReader.join(result, kind(text))
        if result == .text { break }
      }
      return result == .none ? .text : result
    }
  }

  private func column(_ i: Int, _ rows: [Row], _ lines: [Int]) throws(InputError) -> Vector {
    var validity: Validity?
    func markNull(_ row: Int) {
      var mask = validity ?? Validity(repeating: true, count: rows.count)
      mask[row] = false
      validity = mask
    }
    func wrong(_ row: Int, _ what: String) -> InputError {
      let text = String(decoding: rows[row].texts[i].bytes.prefix(40), as: UTF8.self)
      return InputError(
        source: source.name, line: lines[row],
        message: "\"\(text)\" in column \"\(names[wanted[i]])\" is no \(what)"
          + " (--infer-rows 0 looks at all rows before it fixes the types)")
    }
    if kinds[i] == .decimal {
      var values = [Double](repeating: .nan, count: rows.count)
      for (row, cell) in rows.enumerated() {
        if let number = number(cell.texts[i].bytes) {
          values[row] = number.double
        } else if CSVFrameReader.isNull(cell.texts[i].bytes) {
          markNull(row)
        } else {
          throw wrong(row, "number")
        }
      }
      return Vector(.float64, .float64(values), validity: validity)
    }
    var values = [Int64](repeating: 0, count: rows.count)
    var pool: TextPool?
    var type = DataType.string
    if kinds[i] == .text { pool = TextPool() }
    for (row, cell) in rows.enumerated() {
      let (text, isQuoted) = cell.texts[i]
      if kinds[i] == .text ? text.isEmpty && !isQuoted : !isQuoted && CSVFrameReader.isNull(text) {
        markNull(row)
        continue
      }
      switch kinds[i] {
      case .integer:
        guard let value = number(text)?.integer else { throw wrong(row, "whole number") }
        values[row] = value
      case .date:
        guard text.count == 10, let value = instant(text) else { throw wrong(row, "date") }
        values[row] = Timestamp.day(ofSecond: value / Timestamp.nanosecondsPerSecond)
      case .instant:
        guard let value = instant(text) else { throw wrong(row, "time") }
        values[row] = value
      case .bool:
        let word = String(decoding: text, as: UTF8.self).lowercased()
        guard word == "true" || word == "false" else { throw wrong(row, "true or false") }
        values[row] = word == "true" ? 1 : 0
      default:
        values[row] = Int64(text.withUnsafeBufferPointer { pool!.intern($0) })
      }
    }
    switch kinds[i] {
    case .integer: type = .int(bits: 64)
    case .date: type = .date
    case .instant: type = .timestamp(.nanosecond, zone: "UTC")
    case .bool: type = .bool
    default: type = .string
    }
    return Vector(type, .int64(values), validity: validity, texts: pool)
  }
}
