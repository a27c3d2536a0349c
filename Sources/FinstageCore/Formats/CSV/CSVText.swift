/// Comma-separated values (RFC 4180) as rows of texts, for small tables such as a provider's response.
///
/// Fields may be quoted and then contain doubled quotes and line breaks. Lines end in LF or CRLF. A byte order mark and
/// empty lines are ignored. The separator is the first of comma, semicolon and tab that occurs in the first line.
package enum CSVText {
  package struct Failure: Error, Equatable {
    /// Counted from 1.
    package let line: Int
    package let message: String
  }

  package static func rows(_ bytes: [UInt8]) throws(Failure) -> [[String]] {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let separator = separator(bytes[start...])
    let quote = UInt8(ascii: "\"")
    var rows: [[String]] = []
    var row: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var wasQuoted = false
    var line = 1
    func endField() {
      row.append(String(decoding: field, as: UTF8.self))
      field.removeAll(keepingCapacity: true)
      wasQuoted = false
    }
    func endRow() {
      if row.isEmpty && field.isEmpty && !wasQuoted { return }
      endField()
      rows.append(row)
      row.removeAll(keepingCapacity: true)
    }
    var i = start
    while i < bytes.count {
      let byte = bytes[i]
      if byte == 0x0A { line += 1 }
      if isQuoted {
        if byte == quote {
          if i + 1 < bytes.count && bytes[i + 1] == quote {
            field.append(quote)
            i += 1
          } else {
            isQuoted = false
          }
        } else {
          field.append(byte)
        }
      } else if byte == quote && field.isEmpty && !wasQuoted {
        isQuoted = true
        wasQuoted = true
      } else if byte == separator {
        endField()
      } else if byte == 0x0A {
        if field.last == 0x0D { field.removeLast() }
        endRow()
      } else {
        field.append(byte)
      }
      i += 1
    }
    if isQuoted { throw Failure(line: line, message: "a quoted field is not closed") }
    if field.last == 0x0D { field.removeLast() }
    endRow()
    return rows
  }

  private static func separator(_ bytes: ArraySlice<UInt8>) -> UInt8 {
    let first = bytes.prefix { $0 != 0x0A }
    return [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09].first { first.contains($0) } ?? UInt8(ascii: ",")
  }
}
