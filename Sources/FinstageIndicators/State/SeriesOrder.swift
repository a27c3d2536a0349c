import FinstageCore

/// Whether the bars of each series come in the order of time, and what to do with those that do not.
///
/// A bar after the last one of its series is new. One that is not counts as out of order: its inputs are taken away, so it has
/// no values and changes none. With `revises`, a bar with the very time of the last one is that bar again.
///
/// With `keepsHistory` each series also remembers what it has taken (see `SeriesHistory`); bars of a resumed series up to its
/// last one are compared with that memory and dropped from the output.
package final class SeriesOrder {
  /// Bars that came with a time not after the last one of their series, and were not used.
  package private(set) var outOfOrder = 0
  /// Among them, those with the very time of the last bar.
  package private(set) var duplicates = 0
  /// The series and the time of the first such bar.
  package private(set) var firstOutOfOrder: (series: Int, nanoseconds: Int64)?
  /// Bars that took the place of the last one.
  package private(set) var revised = 0
  /// Bars that an earlier run has taken.
  package private(set) var seenBefore = 0
  /// Bars without a time where one is needed.
  package private(set) var untimed = 0

  /// The bars of the last batch that were left out.
  private(set) var excluded: Set<Int> = []
  /// The bars of the last batch that take the place of the one before.
  private(set) var revisions: Set<Int> = []

  /// What happened to a resumed series whose bars are not those of the earlier run.
  package struct Edit: Sendable {
    package let series: Int
    /// Where the first difference is; nil if it cannot be told.
    package let nanoseconds: Int64?
    package let reason: String
  }

  /// The series that must be computed anew, in the order in which that was found.
  package private(set) var edits: [Edit] = []
  /// Called for each bar of a resumed series that is left out of the output, before its values are touched.
  var onDrop: ((_ bar: Int, _ batch: Batch) -> Void)?
  /// Take the bars of these series only, and drop all others.
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

  /// Deals with a bar of a resumed series; false if it is to be taken as any other.
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
      // The bar was open when the earlier run ended; what came before it must be right all the same.
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

  /// The input has ended: series that stopped short of their last bar are compared with what was seen of them.
  package func finishResuming() {
    for (series, resumption) in resumptions.sorted(by: { $0.key < $1.key }) where !resumption.isEdited {
      if let edit = resumption.verdict(history(series).pointee) { markEdited(series, edit) }
    }
  }

  /// The series has been restored from an earlier run.
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
