import CScan

/// The shape of a line that was read before: the bytes between its values, and what to do with each value.
///
/// Most streams repeat one shape line after line, so a line is first compared with the last shapes. The text between
/// values must be the same byte for byte, which proves keys, order, punctuation and white space at once; then only the
/// values are read. A line that differs anywhere, or has a value that needs care (an escape, a byte beyond ASCII,
/// nesting), goes to the full parser. Nothing is ever accepted here that the full parser would refuse. The creator must
/// call `deallocate`.
struct LineTemplate {
  enum Action: UInt8 {
    case skip, float64, int64, timestamp, symbol, type, date, bool, text, null
  }

  struct Segment {
    /// The text before the value, as an offset into `text`.
    package var offset: Int
    package var length: Int
    package var action: Action
    /// For actions that read a column, its index.
    package var column: Int
  }

  let segments: UnsafeMutablePointer<Segment>
  let segmentCount: Int
  /// All text between values; the last piece, up to and including the LF, begins at `suffix`.
  package let text: UnsafeMutablePointer<UInt8>
  package let suffix: Int
  let suffixLength: Int
  /// The closing brace, counted from the beginning of the suffix.
  package let brace: Int
  /// Optional columns that this shape has no value for.
  package let absent: UnsafeMutableBufferPointer<Int>
  /// This shape lacks fields that a bar must have: it fits records of other types only.
  let isOtherTypeOnly: Bool

  /// - Parameters:
  ///   - line: the whole line with its LF.
  ///   - values: for each value its range in the line, what to do, and the column.
  package init(
    line: UnsafePointer<UInt8>, lineLength: Int,
    values: [(start: Int, end: Int, action: Action, column: Int)],
    brace: Int, absent: [Int], isOtherTypeOnly: Bool
  ) {
    segmentCount = values.count
    segments = .allocate(capacity: max(values.count, 1))
    text = .allocate(capacity: lineLength + 16)
    var used = 0
    var at = 0
    for (i, value) in values.enumerated() {
      let length = value.start - at
      (text + used).update(from: line + at, count: length)
      segments[i] = Segment(offset: used, length: length, action: value.action, column: value.column)
      used += length
      at = value.end
    }
    suffix = used
    suffixLength = lineLength - at
    (text + used).update(from: line + at, count: suffixLength)
    self.brace = brace - at
    self.absent = .allocate(capacity: absent.count)
    _ = self.absent.initialize(from: absent)
    self.isOtherTypeOnly = isOtherTypeOnly
  }

  package func deallocate() {
    segments.deallocate()
    text.deallocate()
    absent.deallocate()
  }
}

/// Steps over plain values without interpreting them. Each function returns the byte after the value, or nil if the
/// full parser must decide.
enum PlainValue {
  /// A string from its opening quote: ASCII, no escapes.
  @inline(__always)
  package static func string(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    #if arch(x86_64)
      fs_string_end(start + 1).map { $0 + 1 }
    #else
      portableString(start)
    #endif
  }

  /// The same, eight bytes at a time.
  @inline(__always)
  static func portableString(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    var p = start + 1
    while true {
      let word = Bytes.word(p)
      let quote = word ^ Bytes.repeated(UInt8(ascii: "\""))
      let backslash = word ^ Bytes.repeated(UInt8(ascii: "\\"))
      let low = Bytes.repeated(0x01)
      // A byte of the sum has its top bit set where `word` holds a quote, a backslash, a control or a non-ASCII byte;
      // borrows can only mark bytes above the first such byte.
      let marks =
        (((quote &- low) & ~quote) | ((backslash &- low) & ~backslash) | (word &- Bytes.repeated(0x20)) | word)
        & Bytes.repeated(0x80)
      if marks == 0 {
        p += 8
        continue
      }
      p += marks.trailingZeroBitCount >> 3
      return p[0] == UInt8(ascii: "\"") ? p + 1 : nil
    }
  }

  /// A number from its first byte.
  @inline(__always)
  package static func number(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    #if arch(x86_64)
      fs_number_end(start) ?? portableNumber(start)
    #else
      portableNumber(start)
    #endif
  }

  /// The same, eight bytes at a time.
  static func portableNumber(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    var p = start
    if p[0] == UInt8(ascii: "-") { p += 1 }
    if p[0] == UInt8(ascii: "0") {
      p += 1
      if p[0] &- UInt8(ascii: "0") <= 9 { return nil }
    } else {
      let after = digits(p)
      if after == p { return nil }
      p = after
    }
    if p[0] == UInt8(ascii: ".") {
      let after = digits(p + 1)
      if after == p + 1 { return nil }
      p = after
    }
    if p[0] | 0x20 == UInt8(ascii: "e") { return nil }
    return p
  }

  /// The first byte at or after `start` that is not a digit.
  @inline(__always)
  private static func digits(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var p = start
    while true {
      let word = Bytes.word(p) ^ Bytes.repeated(UInt8(ascii: "0"))
      // The carry of 0x76 sets the top bit of bytes above 9 (a digit is 0...9 here); it cannot cross into the next byte
      // unless that byte's top bit was set, which marks the byte itself.
      let marks = ((word & Bytes.repeated(0x7F)) &+ Bytes.repeated(0x76) | word) & Bytes.repeated(0x80)
      if marks != 0 { return p + marks.trailingZeroBitCount >> 3 }
      p += 8
    }
  }

  /// A literal: true, false or null.
  @inline(__always)
  static func literal(_ p: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    let word = Bytes.word(p)
    if word & 0xFFFF_FFFF == 0x6C6C_756E || word & 0xFFFF_FFFF == 0x6575_7274 { return p + 4 }  // null, true
    if word & 0xFF_FFFF_FFFF == 0x65_736C_6166 { return p + 5 }  // false
    return nil
  }

  package static func isNull(_ p: UnsafePointer<UInt8>) -> Bool { Bytes.word(p) & 0xFFFF_FFFF == 0x6C6C_756E }
}
