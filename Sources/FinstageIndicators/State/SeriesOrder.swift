import FinstageCore

/// Whether the bars of each series come in the order of time, and what to do with those that do not.
///
/// A bar later than the last one of its series is new. Any other bar is out of order: its inputs are removed, so it
/// gets no values and changes none. With `revises`, a bar with the same time as the last one replaces that bar.
///
/// With `keepsHistory`, each series also remembers the bars that it has taken (see `SeriesHistory`). Bars of a resumed
/// series up to its last one are compared with that memory and dropped from the output.
package final class SeriesOrder {
  /// The number of bars that were not used because they were not later than the last bar of their series.
  package private(set) var outOfOrder = 0
  /// The number of those that had the same time as the last bar.
  package private(set) var duplicates = 0
  /// The series and the time of the first such bar.
  package private(set) var firstOutOfOrder: (series: Int, nanoseconds: Int64)?
  /// The number of bars that replaced the last one.
  package private(set) var revised = 0
  /// The number of bars that an earlier run had taken.
  package private(set) var seenBefore = 0
  /// The number of bars without a time where a time is needed.
  package private(set) var untimed = 0

  /// The bars of the last batch that were left out.
  private(set) var excluded: Set<Int> = []
  /// The bars of the last batch that replace the bar before.
  private(set) var revisions: Set<Int> = []

  /// How the bars of a resumed series differ from those of the earlier run.
  package struct Edit: Sendable {
    package let series: Int
    /// The time of the first difference; nil if it is unknown.
    package let nanoseconds: Int64?
    package let reason: String
  }

  /// The series that must be recomputed, in the order in which they were found.
  package private(set) var edits: [Edit] = []
  /// Called for each bar of a resumed series that is left out of the output, before its values are touched.
  var onDrop: ((_ bar: Int, _ batch: Batch) -> Void)?
  /// The only series whose bars to take, dropping all others; nil for all series.
  var only: Set<Int>?

  private let revises: Bool
  private let keepsHistory: Bool
  private let values: [Int]
  private let lastStamps = Cells<Int64>(.min)
  private let histories: SeriesStore?
  private var resumptions: [Int: Resumption] = [:]

  /// - Parameter values: the columns that the results depend on.
  package init(revises: Bool, keepsHistory: Bool, values: [Int]) {
    self.revises = revises
    self.keepsHistory = keepsHistory
    self.values = values
    histories = keepsHistory ? SeriesStore(start: SeriesHistory(), memory: 0) : nil
  }

  func check(_ batch: Batch, _ series: UnsafePointer<Int64>, stamps column: Column, needsTime: Bool) {
    if !excluded.isEmpty { excluded.removeAll(keepingCapacity: true) }
    if !revisions.isEmpty { revisions.removeAll(keepingCapacity: true) }
    let stamps = column.integers
    let present = column.present
    var last = lastStamps.base
    for i in 0..<batch.bars {
      let id = Int(series[i])
      if id >= lastStamps.capacity {
        lastStamps.reserve(id + 1)
        last = lastStamps.base
      }
      if let only, !only.contains(id) {
        batch.drop(i)
        exclude(i, of: batch)
        continue
      }
      if present[i] == 0 {
        if needsTime {
          untimed += 1
          exclude(i, of: batch)
        }
        continue
      }
      let stamp = stamps[i]
      if keepsHistory {
        take(i, stamp, id, batch, last)
      } else if stamp > last[id] {
        last[id] = stamp
      } else if revises && stamp == last[id] {
        revised += 1
        revisions.insert(i)
      } else {
        note(i, stamp, id, isDuplicate: stamp == last[id])
        exclude(i, of: batch)
      }
    }
  }

  private func note(_ bar: Int, _ stamp: Int64, _ series: Int, isDuplicate: Bool) {
    outOfOrder += 1
    if isDuplicate { duplicates += 1 }
    if firstOutOfOrder == nil { firstOutOfOrder = (series, stamp) }
  }

  private func exclude(_ bar: Int, of batch: Batch) {
    excluded.insert(bar)
    for column in values { batch.columns[column].doubles[bar] = .nan }
  }

  // MARK: - With history

  private func history(_ series: Int) -> UnsafeMutablePointer<SeriesHistory> {
    histories!.record(series).assumingMemoryBound(to: SeriesHistory.self)
  }

  private func take(
    _ bar: Int, _ stamp: Int64, _ id: Int, _ batch: Batch, _ last: UnsafeMutablePointer<Int64>
  ) {
    let digest = SeriesHistory.digest(stamp, values, batch, bar)
    if !resumptions.isEmpty, resumptions[id] != nil {
      if resume(bar, stamp, id, digest, batch, last) { return }
    }
    let history = history(id)
    if stamp > last[id] {
      last[id] = stamp
      history.pointee.append(stamp, digest)
    } else if revises && stamp == last[id] {
      revised += 1
      revisions.insert(bar)
      history.pointee.revise(digest)
    } else {
      note(bar, stamp, id, isDuplicate: stamp == last[id])
      exclude(bar, of: batch)
    }
  }

  /// Handles a bar of a resumed series; false if the bar is to be taken like any other.
  private func resume(
    _ bar: Int, _ stamp: Int64, _ id: Int, _ digest: UInt64, _ batch: Batch, _ last: UnsafeMutablePointer<Int64>
  ) -> Bool {
    if resumptions[id]!.isEdited {
      drop(bar, batch)
      return true
    }
    let history = history(id)
    if stamp > last[id] {
      if let edit = resumptions[id]!.verdict(history.pointee) {
        markEdited(id, edit)
        drop(bar, batch)
        return true
      }
      resumptions[id] = nil
      return false
    }
    if revises && stamp == last[id] && digest != history.pointee.lastDigest {
      // The bar was open when the earlier run ended; the bars before it must still be right.
      resumptions[id]!.sawLast(history.pointee)
      if let edit = resumptions[id]!.verdict(history.pointee) {
        markEdited(id, edit)
        drop(bar, batch)
        return true
      }
      resumptions[id] = nil
      return false
    }
    if let edit = resumptions[id]!.compare(stamp, digest, history.pointee) { markEdited(id, edit) }
    if !resumptions[id]!.isEdited { seenBefore += 1 }
    drop(bar, batch)
    return true
  }

  private func drop(_ bar: Int, _ batch: Batch) {
    onDrop?(bar, batch)
    batch.drop(bar)
    exclude(bar, of: batch)
  }

  private func markEdited(_ series: Int, _ difference: Resumption.Difference) {
    resumptions[series]!.isEdited = true
    edits.append(Edit(series: series, nanoseconds: difference.nanoseconds, reason: difference.reason))
  }

  /// Ends the comparison at the end of the input, for series that stopped short of their last bar.
  package func finishResuming() {
    for (series, resumption) in resumptions.sorted(by: { $0.key < $1.key }) where !resumption.isEdited {
      if let edit = resumption.verdict(history(series).pointee) { markEdited(series, edit) }
    }
  }

  /// Whether the history of a series can be one.
  func isSane(_ series: Int) -> Bool { !keepsHistory || history(series).pointee.isSane }

  /// Notes that a series has been restored from an earlier run.
  func resume(_ series: Int) {
    lastStamps.reserve(series + 1)
    lastStamps.base[series] = history(series).pointee.last
    resumptions[series] = Resumption()
  }

  /// Forgets a series, and that it was resumed.
  func reset(_ series: Int) {
    lastStamps.reserve(series + 1)
    lastStamps.base[series] = .min
    histories?.reset(series)
    resumptions[series] = nil
  }

  var stateSize: Int { histories?.recordSize ?? 0 }

  func eachRecord(of series: Int, _ body: (UnsafeMutableRawPointer, Int) -> Void) {
    if let histories { body(histories.record(series), histories.recordSize) }
  }

  /// Whether a series has taken any bar.
  func hasBars(_ series: Int) -> Bool { history(series).pointee.count > 0 }
}
