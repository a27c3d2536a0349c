import FinstageCore

/// The newest bar of each series with its results, kept while a stream is read and written when the stream has ended.
package final class NewestRows {
  /// By series number, which is the order of first appearance.
  private var newest: [KeptRow?] = []
  /// The batch that each series was last taken from, to copy no row twice.
  private var takenFrom: [Int] = []
  private var batchNumber = 0

  package init() {}

  /// The rows that were kept, in the order in which their series appeared.
  package var rows: [KeptRow] { newest.compactMap(\.self) }

  /// Takes the last bar of each series of a batch, after `set` has been applied to it.
  package func take(_ batch: Batch, _ set: IndicatorSet) {
    batchNumber += 1
    if batch.frame != nil {
      for bar in stride(from: batch.bars - 1, through: 0, by: -1) { take(bar, nil, batch, set) }
      return
    }
    for i in stride(from: batch.lineCount - 1, through: 0, by: -1) where batch.lines[i].bar >= 0 {
      take(batch.lines[i].bar, batch.lines[i], batch, set)
    }
  }

  private func take(_ bar: Int, _ line: Batch.Line?, _ batch: Batch, _ set: IndicatorSet) {
    guard !set.order.excluded.contains(bar) else { return }
    let series = set.series(of: bar, in: batch)
    while newest.count <= series {
      newest.append(nil)
      takenFrom.append(0)
    }
    guard takenFrom[series] != batchNumber else { return }
    takenFrom[series] = batchNumber
    newest[series] = batch.kept(bar, line: line)
  }
}
