import FinstageCore
import FinstageExpressions
import FinstageSystem

/// Which records count: not those that are older than others of their series, nor those that come again.
extension AlertEvaluator {
  /// The rows that are not older than others of their series, and have not been taken by an earlier run.
  func rowsInOrder(_ batch: Batch) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    let prices = barColumns
    var ofBatch: [Int] = []
    let times = batch.columns[timeColumn].integers
    let hasTime = batch.columns[timeColumn].present
    let series = keyColumn.map { batch.columns[$0].integers }
    var most = 0
    if let series { for row in 0..<batch.bars { most = max(most, Int(series[row])) } }
    grow(&self.newest, most, .min)
    grow(&self.touched, most, false)
    if prices != nil {
      grow(&self.lastRows, most, -1)
      grow(&lastPrints, most, 0)
    }
    // Held here while the rows are walked through: each look at a property of the class would be checked.
    var (newest, touched, lastRows): ([Int64], [Bool], [Int32]) = ([], [], [])
    swap(&newest, &self.newest)
    swap(&touched, &self.touched)
    swap(&lastRows, &self.lastRows)
    let (hasBaselines, marks) = (!carried.isEmpty, restored)
    for row in 0..<batch.bars where hasTime[row] != 0 {
      let id = series.map { Int($0[row]) } ?? 0
      touched[id] = true
      let time = times[row]
      var isSeen = false
      if id < marks.count, let mark = marks[id] {
        isSeen = time < mark.time || time == mark.time && mark.has(fingerprint(row, batch))
      }
      if let prices {
        if !isSeen, time == newest[id], prices.contains(where: { batch.columns[$0].hasValue(row) }) {
          // Two quotes of one time may say the same, and both count; a bar that does comes again.
          let before = lastRows[id] >= 0 ? fingerprint(Int(lastRows[id]), batch) : lastPrints[id]
          isSeen = before == fingerprint(row, batch)
        }
        if lastRows[id] < 0 { ofBatch.append(id) }
        lastRows[id] = Int32(truncatingIfNeeded: row)
      }
      // What only comes to compare with takes part in nothing, and may be old.
      if hasBaselines, isBaseline(row, batch) {
        if row > start { ranges.append(start..<row) }
        start = row + 1
        continue
      }
      if time >= newest[id], !isSeen {
        if remembersRecords {
          if id >= newestRecords.count { grow(&newestRecords, id, RecentRecords()) }
          if time != newest[id] { newestRecords[id].clear() }
          newestRecords[id].add(fingerprint(row, batch))
        }
        newest[id] = time
        continue
      }
      if isSeen { seenBefore += 1 } else { outOfOrder += 1 }
      if row > start { ranges.append(start..<row) }
      start = row + 1
    }
    if start < batch.bars { ranges.append(start..<batch.bars) }
    for id in ofBatch {
      lastPrints[id] = fingerprint(Int(lastRows[id]), batch)
      lastRows[id] = -1
    }
    swap(&newest, &self.newest)
    swap(&touched, &self.touched)
    swap(&lastRows, &self.lastRows)
    return ranges
  }

  /// A number for what a record says of the fields that are looked at, the same in every process.
  func fingerprint(_ row: Int, _ batch: Batch) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for (i, column) in batch.columns.enumerated() where i != keyColumn && i != timeColumn && !carried.contains(i) {
      var bits: UInt64 = 1
      if column.hasValue(row) {
        switch column.field.kind {
        case .float64: bits = column.doubles[row].bitPattern
        case .symbol, .text, .json: bits = StableHash(symbols.name(Int(column.integers[row]))).value
        case .reserved: break
        default: bits = UInt64(bitPattern: column.integers[row])
        }
      }
      hash = (hash ^ bits) &* 0x100_0000_01B3
      hash ^= hash >> 29
    }
    return hash
  }
}
