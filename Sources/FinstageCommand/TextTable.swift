import FinstageSystem

/// Formats rows of text as aligned columns for people.
package enum TextTable {
  /// The table that `aligned` returns, split into lines.
  package static func lines(_ rows: [[String]]) -> [String] { aligned(rows).split(separator: "\n").map(String.init) }

  /// Formats a table whose first row is the header; columns of numbers are right-aligned.
  ///
  /// Cells may hold what others wrote: control characters become question marks.
  package static func aligned(_ rows: [[String]]) -> String {
    let rows = rows.map { row in row.map { Terminal.plain($0) } }
    guard let header = rows.first else { return "" }
    let widths = header.indices.map { i in rows.map { i < $0.count ? $0[i].count : 0 }.max() ?? 0 }
    let isNumber = header.indices.map { i in
      rows.dropFirst().allSatisfy { i >= $0.count || $0[i].isEmpty || Double($0[i]) != nil }
    }
    var text = ""
    for row in rows {
      var line = ""
      for (i, cell) in row.enumerated() {
        let pad = String(repeating: " ", count: widths[i] - cell.count)
        line += (i > 0 ? "  " : "") + (isNumber[i] ? pad + cell : cell + pad)
      }
      while line.last == " " { line.removeLast() }
      text += line + "\n"
    }
    return text
  }
}
