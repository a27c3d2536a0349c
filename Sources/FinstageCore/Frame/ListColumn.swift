/// A field that only some rows of a batch have, with several values each: the names of signals, say. Each writer renders it in its
/// own way.
package final class ListColumn: @unchecked Sendable {
  // Handed from thread to thread together with its batch.
  package let name: String
  /// Texts that values number; nil if the values are numbers.
  package let texts: [String]?
  /// Each row that has values, in order, and where its values end.
  private(set) var rows: [(row: Int, end: Int)] = []
  private(set) var values: [Double] = []
  /// The texts as JSON.
  private let quoted: [[UInt8]]

  package init(_ name: String, texts: [String]?) {
    self.name = name
    self.texts = texts
    quoted = (texts ?? []).map { JSONText.quoted($0) }
  }

  package func clear() {
    rows.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  /// Adds the next row; rows come in order.
  /// - Parameter row: values: numbers, or positions in `texts`.
  package func append(row: Int, _ values: some Sequence<Double>) {
    self.values.append(contentsOf: values)
    rows.append((row, self.values.count))
  }

  /// The values of the i-th row that has some, as JSON: `["a","b"]`, `[1,2.5]`.
  func json(_ i: Int) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "[")]
    for (k, value) in values[(i == 0 ? 0 : rows[i - 1].end)..<rows[i].end].enumerated() {
      if k > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += texts == nil ? Array(NumberText.string(value).utf8) : quoted[Int(value)]
    }
    bytes.append(UInt8(ascii: "]"))
    return bytes
  }

  /// The place of a row among those that have values; nil if it has none.
  func place(of row: Int) -> Int? {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].row < row { low = middle + 1 } else { high = middle }
    }
    return low < rows.count && rows[low].row == row ? low : nil
  }

  /// As a column of a frame: JSON, null where a row has no values.
  func vector(rows count: Int) -> Vector {
    let pool = TextPool()
    var codes = [Int64](repeating: 0, count: count)
    var mask = Validity(repeating: false, count: count)
    for (i, row) in rows.enumerated() {
      codes[row.row] = Int64(pool.intern(String(decoding: json(i), as: UTF8.self)))
      mask[row.row] = true
    }
    return Vector(.json, .int64(codes), validity: mask, texts: pool)
  }
}
