import FinstageCore
import FinstageSystem

/// The bars that are complete: a bar of a live feed comes again and again until the next one begins.
///
/// Keeps the newest bar of each series and hands it on when a later one comes. Records without a time are handed on at once.
final class ClosedBars {
  /// The bars that the last batch has closed.
  let batch: Batch
  /// For each of them the row of the record that closed it.
  private(set) var closedBy: [Int] = []

  /// A bar that may come again.
  struct OpenBar: Equatable {
    var time: Int64
    /// One value for each column, as its eight bytes; nil if the bar has none.
    var values: [Int64?]
  }

  private(set) var open: [Int: OpenBar] = [:]
  private let timeColumn: Int
  private let keyColumn: Int?

  init(fields: [Field], timeColumn: Int, keyColumn: Int?) {
    batch = Batch(fields: fields, byteCapacity: 64)
    self.timeColumn = timeColumn
    self.keyColumn = keyColumn
  }

  /// Takes rows that are in order for each series.
  func take(_ ranges: [Range<Int>], of source: Batch) {
    batch.clear()
    closedBy.removeAll(keepingCapacity: true)
    let times = source.columns[timeColumn]
    for row in ranges.joined() {
      // A record without a key has the number of its series all the same.
      let bar = OpenBar(
        time: times.integers[row],
        values: source.columns.indices.map { i in
          i == keyColumn || source.columns[i].hasValue(row) ? source.columns[i].integers[row] : nil
        })
      guard times.hasValue(row) else {
        append(bar, row)
        continue
      }
      let series = keyColumn.map { Int(source.columns[$0].integers[row]) } ?? 0
      if let last = open[series], last.time < bar.time { append(last, row) }
      open[series] = bar
    }
  }

  private func append(_ bar: OpenBar, _ row: Int) {
    let place = batch.appendRow()
    for (column, value) in zip(batch.columns, bar.values) {
      if let value {
        column.integers[place] = value
        column.present[place] = 1
      } else {
        column.doubles[place] = .nan
        column.present[place] = 0
      }
    }
    closedBy.append(row)
  }

  func restore(_ series: Int, _ bar: OpenBar) { open[series] = bar }
}
