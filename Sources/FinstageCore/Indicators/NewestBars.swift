/// The newest bar of each series with its results, kept while a stream goes by and written when it has ended.
public final class NewestBars {
  private struct Bar {
    /// The line up to the closing brace.
    var head: [UInt8] = []
    var values: [Double] = []
    /// What follows the values.
    var tail: [UInt8] = []
  }

  /// By series number, which is the order of first appearance.
  private var newest: [Bar] = []
  /// The batch that each series was last taken from, to copy no line twice.
  private var takenFrom: [Int] = []
  private var batchNumber = 0

  public init() {}

  /// Takes the last bar of each series of a batch, after `set` has been applied to it.
  public func take(_ batch: Batch, _ set: IndicatorSet) {
    batchNumber += 1
    var i = batch.lineCount
    while i > 0 {
      i -= 1
      let line = batch.lines[i]
      guard line.bar >= 0, !set.order.excluded.contains(line.bar) else { continue }
      let series = set.series(of: line.bar, in: batch)
      while newest.count <= series {
        newest.append(Bar())
        takenFrom.append(0)
      }
      guard takenFrom[series] != batchNumber else { continue }
      takenFrom[series] = batchNumber
      newest[series].head.replaceSubrange(
        newest[series].head.indices,
        with: UnsafeBufferPointer(start: batch.bytes + line.start, count: line.brace - line.start))
      newest[series].values.removeAll(keepingCapacity: true)
      for column in batch.results.prefix(batch.visibleResults) {
        newest[series].values.append(column.doubles[line.bar])
      }
      newest[series].tail = Array(batch.appendedText(of: line.bar))
    }
  }

  public func write(to sink: ByteSink, _ writer: RecordWriter) throws(OutputError) {
    for bar in newest where !bar.head.isEmpty {
      writer.render(head: bar.head, values: bar.values, tail: bar.tail, into: sink.buffer)
      try sink.flushIfLarge()
    }
  }
}
