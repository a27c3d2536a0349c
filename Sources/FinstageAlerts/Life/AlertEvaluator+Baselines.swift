import FinstageCore
import FinstageExpressions
import FinstageSystem

/// What snapshots and all-time highs say, for the records that follow them.
extension AlertEvaluator {
  /// The values of fields before the next record: previous closes and highs out of a store.
  func setBaseline(_ series: Int, _ values: [String: Double]) {
    for (i, column) in carried.enumerated() {
      guard let value = values[fields[column].name] else { continue }
      grow(&carriedValues[i], series, .nan)
      carriedValues[i][series] = value
    }
  }

  /// Whether a record says nothing but what later ones of its series are compared with: a snapshot, an all-time high.
  func isBaseline(_ row: Int, _ batch: Batch) -> Bool {
    !carried.isEmpty && isBaselineRow.count > row && isBaselineRow[row]
  }

  func findBaselines(_ batch: Batch) {
    isBaselineRow = [Bool](repeating: false, count: batch.bars)
    // Rules that look at nothing else look at them.
    let others = conditionColumns.filter { !carried.contains($0) }
    if others.isEmpty { return }
    for row in 0..<batch.bars where carried.contains(where: { batch.columns[$0].hasValue(row) }) {
      isBaselineRow[row] = !others.contains { batch.columns[$0].hasValue(row) }
    }
  }

  /// Asks for the baselines of a series when its first record of a day comes.
  func lookUp(_ series: Int, _ time: Int64) {
    guard let baselines else { return }
    let day = Timestamp.floor(time, 86_400 * Timestamp.nanosecondsPerSecond) / (86_400 * Timestamp.nanosecondsPerSecond)
    grow(&baselineDays, series, .min)
    guard baselineDays[series] != day else { return }
    baselineDays[series] = day
    setBaseline(series, baselines(symbol(of: series), day))
  }

  /// Completes rows with what earlier records of their series have said.
  func carry(_ batch: Batch) {
    guard !carried.isEmpty else { return }
    findBaselines(batch)
    let series = keyColumn.map { batch.columns[$0].integers }
    let (times, hasTime) = (batch.columns[timeColumn].integers, batch.columns[timeColumn].present)
    for row in 0..<batch.bars {
      let id = series.map { Int($0[row]) } ?? 0
      if baselines != nil, hasTime[row] != 0 { lookUp(id, times[row]) }
      for (i, column) in carried.enumerated() {
        let values = batch.columns[column].doubles
        let present = batch.columns[column].present
        grow(&carriedValues[i], id, .nan)
        if present[row] != 0 {
          carriedValues[i][id] = values[row]
        } else if !carriedValues[i][id].isNaN {
          values[row] = carriedValues[i][id]
          present[row] = 1
        }
      }
    }
  }
}
