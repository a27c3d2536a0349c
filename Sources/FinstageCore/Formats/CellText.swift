/// The cells of one column of a frame, ready to be written as text row by row.
///
/// The creator must call `deallocate`. The texts already include the quotes and escapes that the format requires.
struct CellText {
  package enum Kind { case double, integer, decimal, date, timestamp, time, bool, text, none }

  /// How a format writes times, nulls, texts and decimal points.
  struct Style {
    /// Written before and after dates and times.
    package var quote: [UInt8]
    package var null: [UInt8]
    /// Renders a text of a pool in the format.
    package var text: (UnsafeBufferPointer<UInt8>, _ isJSON: Bool) -> [UInt8]
    /// The character between the whole part and the fraction.
    var decimalPoint: UInt8 = UInt8(ascii: ".")
  }

  private let kind: Kind
  private let values: UnsafeMutablePointer<Int64>
  /// A byte for each row, 0 for null; nil if there are no nulls.
  private let valid: UnsafeMutablePointer<UInt8>?
  private let scale: Int
  private let texts: UnsafeMutablePointer<UInt8>?
  private let ends: UnsafeMutablePointer<Int>?
  private let quote: UInt8?
  private let null: UInt64
  private let nullLength: Int
  private let point: UInt8
  /// The most bytes that a cell needs; up to eight more may be overwritten.
  package let maxLength: Int

  package init(_ vector: Vector, _ style: Style) {
    let count = vector.count
    let values = UnsafeMutablePointer<Int64>.allocate(capacity: max(count, 1))
    self.values = values
    var valid: UnsafeMutablePointer<UInt8>?
    if let validity = vector.validity {
      let mask = UnsafeMutablePointer<UInt8>.allocate(capacity: max(count, 1))
      for row in 0..<count { mask[row] = validity[row] ? 1 : 0 }
      valid = mask
    }
    self.valid = valid
    quote = style.quote.first
    null = style.null.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    nullLength = style.null.count
    point = style.decimalPoint
    var scale = 0
    var longest = 64
    var bytes: [UInt8] = []
    var ends: [Int] = []
    switch vector.type {
    case .null: kind = .none
    case .float32, .float64:
      kind = .double
      if case .float32(let floats) = vector.storage {
        // The shortest decimal that gives the same 32-bit number is the one that was meant.
        for row in 0..<count {
          let value = floats[row]
          let double = Double(value)
          let widened = value.isFinite ? Double(value.description) ?? double : .nan
          values[row] = Int64(bitPattern: widened.bitPattern)
        }
      } else if case .float64(let doubles) = vector.storage {
        doubles.withUnsafeBytes { source in
          UnsafeMutableRawBufferPointer(start: values, count: count * 8).copyMemory(from: source)
        }
      }
    case .bool: kind = .bool
    case .int, .uint: kind = .integer
    case .decimal(let places):
      kind = .decimal
      scale = places
    case .date: kind = .date
    case .timestamp(let unit, _):
      kind = .timestamp
      scale = Int(unit.nanoseconds)
    case .time(let unit):
      kind = .time
      scale = Int(unit.nanoseconds)
    case .string, .json:
      kind = .text
      if let pool = vector.texts {
        for i in 0..<pool.count {
          pool.withBytes(i) { bytes += style.text($0, vector.type == .json) }
          longest = max(longest, bytes.count - (ends.last ?? 0) + 8)
          ends.append(bytes.count)
        }
      }
    }
    if kind != .double {
      vector.integers().withUnsafeBytes { source in
        UnsafeMutableRawBufferPointer(start: values, count: count * 8).copyMemory(from: source)
      }
    }
    self.scale = scale
    maxLength = longest
    if kind == .text {
      let content = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + 16)
      bytes.withUnsafeBufferPointer {
        content.update(from: $0.baseAddress ?? UnsafePointer(content), count: bytes.count)
      }
      texts = content
      let places = UnsafeMutablePointer<Int>.allocate(capacity: ends.count + 1)
      places[0] = 0
      for (i, end) in ends.enumerated() { places[i + 1] = end }
      self.ends = places
    } else {
      texts = nil
      self.ends = nil
    }
  }

  package func deallocate() {
    values.deallocate()
    valid?.deallocate()
    texts?.deallocate()
    ends?.deallocate()
  }

  /// The text of the last time written, because many rows share one.
  struct LastTime {
    package var value = Int64.min
    package var length = 0
    package var text: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  }

  /// Writes one cell; returns the byte after it.
  @inline(__always)
  package func write(
    _ row: Int, to start: UnsafeMutablePointer<UInt8>, _ last: inout LastTime, _ powers: PowersOfTen.Table
  ) -> UnsafeMutablePointer<UInt8> {
    if let valid, valid[row] == 0 { return writeNull(start) }
    let value = values[row]
    switch kind {
    case .double:
      let double = Double(bitPattern: UInt64(bitPattern: value))
      if !double.isFinite {
        // JSON has no word for it; CSV has none for null.
        return nullLength > 0 || double.isNaN ? writeNull(start) : writeWord(double < 0 ? "-inf" : "inf", start)
      }
      let end = NumberText.write(double, to: start, powers: powers)
      if point != UInt8(ascii: ".") { mend(start, end) }
      return end
    case .integer: return NumberText.write(value, to: start)
    case .decimal: return writeDecimal(value, start)
    case .text:
      let from = ends![Int(value)]
      let count = ends![Int(value) &+ 1] &- from
      start.update(from: texts! + from, count: count)
      return start + count
    case .bool:
      return writeWord(value != 0 ? "true" : "false", start)
    case .date, .timestamp, .time:
      return writeTime(value, start, &last)
    case .none: return writeNull(start)
    }
  }

  private func writeNull(_ p: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    UnsafeMutableRawPointer(p).storeBytes(of: null.littleEndian, as: UInt64.self)
    return p + nullLength
  }

  private func writeWord(_ word: StaticString, _ p: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    p.update(from: word.utf8Start, count: word.utf8CodeUnitCount)
    return p + word.utf8CodeUnitCount
  }

  private func mend(_ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>) {
    var p = start
    while p < end {
      if p[0] == UInt8(ascii: ".") { p[0] = point }
      p += 1
    }
  }

  /// Writes a scaled integer without trailing zeros in its fraction.
  @inline(__always)
  private func writeDecimal(_ value: Int64, _ start: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    var p = start
    if value < 0 {
      p[0] = UInt8(ascii: "-")
      p += 1
    }
    var digits = value.magnitude
    var places = scale
    while places > 0 {
      let tenth = digits / 10
      if tenth &* 10 != digits { break }
      digits = tenth
      places &-= 1
    }
    var count = NumberText.decimalLength(digits)
    if places == 0 {
      NumberText.writeDigits(digits, count: count, to: p)
      return p + count
    }
    if count <= places {
      // 0.05: zeros before the digits.
      let zeros = places &+ 1 &- count
      p.update(repeating: UInt8(ascii: "0"), count: zeros)
      NumberText.writeDigits(digits, count: count, to: p + zeros)
      count = places &+ 1
    } else {
      NumberText.writeDigits(digits, count: count, to: p)
    }
    // Move the fraction one place to the right.
    let whole = count &- places
    var i = count
    while i > whole {
      p[i] = p[i &- 1]
      i &-= 1
    }
    p[whole] = point
    return p + count + 1
  }

  private func writeTime(
    _ value: Int64, _ start: UnsafeMutablePointer<UInt8>, _ last: inout LastTime
  ) -> UnsafeMutablePointer<UInt8> {
    if value != last.value || last.length == 0 {
      var text: [UInt8] = []
      if let quote { text.append(quote) }
      switch kind {
      case .date: text += Array(Timestamp.dateString(day: value).utf8)
      case .time: text += Array(Timestamp.string(value &* Int64(scale)).utf8.dropFirst(11).dropLast())
      default:
        text += Array(Timestamp.string(value, unit: Int64(scale)).utf8)
      }
      if let quote { text.append(quote) }
      last.value = value
      last.length = text.count
      withUnsafeMutableBytes(of: &last.text) { $0.copyBytes(from: text.prefix(32)) }
      if text.count > 32 { last.length = 0 }
      for (i, byte) in text.enumerated() { start[i] = byte }
      return start + text.count
    }
    withUnsafeBytes(of: &last.text) { source in
      UnsafeMutableRawPointer(start).copyMemory(from: source.baseAddress!, byteCount: 32)
    }
    return start + last.length
  }
}

/// A frame to be rendered, and its text.
final class FrameText: @unchecked Sendable {
  package var frame: Frame?
  package let out = OutputBuffer()
}

/// Writes frames as text row by row, on several threads if there are many rows.
final class TextFrameWriter {
  /// The text around the cells.
  package struct Layout {
    /// Before the cell of each column, given the index and the name.
    package var before: (Int, String) -> [UInt8]
    var rowEnd: [UInt8]
    package var style: CellText.Style
  }

  private let sink: ByteSink
  private let layout: Layout
  private var conveyor: Conveyor<FrameText>?

  private let isLive: Bool

  /// - Parameter isLive: write rows as soon as they arrive.
  package init(_ sink: ByteSink, _ layout: Layout, isLive: Bool) {
    self.isLive = isLive || sink.isLive
    self.sink = sink
    self.layout = layout
  }

  package func write(_ frame: Frame) throws {
    if isLive {
      let text = FrameText()
      text.frame = frame
      TextFrameWriter.render(text, layout)
      try sink.write(text.out)
      try sink.flush()
      return
    }
    let conveyor = conveyor ?? makeConveyor()
    self.conveyor = conveyor
    var start = 0
    repeat {
      let end = min(frame.rows, start + 16_384)
      let item = try conveyor.take()
      item.frame = frame.slice(start..<end)
      try conveyor.send(item)
      start = end
    } while start < frame.rows
  }

  private func makeConveyor() -> Conveyor<FrameText> {
    let (sink, layout) = (self.sink, self.layout)
    return Conveyor<FrameText>(
      make: { FrameText() }, prepare: { TextFrameWriter.render($0, layout) },
      emit: { text in try sink.write(text.out) })
  }

  package func finish() throws {
    guard let conveyor else { return }
    self.conveyor = nil
    try conveyor.finish()
  }

  private static func render(_ text: FrameText, _ layout: Layout) {
    text.out.clear()
    guard let frame = text.frame else { return }
    text.frame = nil
    let cells = frame.columns.map { CellText($0.vector, layout.style) }
    defer { for cell in cells { cell.deallocate() } }
    let keys = frame.columns.enumerated().map { layout.before($0.offset, $0.element.name) }
    let keyBytes = keys.flatMap { $0 + [UInt8](repeating: 0, count: 16) }
    var keyStarts: [Int] = []
    var at = 0
    for key in keys {
      keyStarts.append(at)
      at += key.count + 16
    }
    let bound = cells.reduce(layout.rowEnd.count + 64) { $0 + $1.maxLength } + keyBytes.count
    let powers = PowersOfTen.table
    var last = [CellText.LastTime](repeating: CellText.LastTime(), count: cells.count)
    let keyLengths = keys.map(\.count)
    cells.withUnsafeBufferPointer { cells in
      keyBytes.withUnsafeBufferPointer { keyBytes in
        last.withUnsafeMutableBufferPointer { last in
          keyStarts.withUnsafeBufferPointer { keyStarts in
            keyLengths.withUnsafeBufferPointer { keyLengths in
              for row in 0..<frame.rows {
                var p = text.out.reserve(bound)
                for i in cells.indices {
                  let length = keyLengths[i]
                  p.update(from: keyBytes.baseAddress! + keyStarts[i], count: length)
                  p = cells[i].write(row, to: p + length, &last[i], powers)
                }
                for byte in layout.rowEnd {
                  p[0] = byte
                  p += 1
                }
                text.out.commit(p)
              }
            }
          }
        }
      }
    }
  }
}
