import FinstageCore
import FinstageExpressions
import FinstageSystem

/// What tells series apart: a key, and for metrics their names and labels.
extension AlertEvaluator {
  /// Rows without a key are a series of their own, and so is each metric of a key.
  func nameSeries(_ batch: Batch) {
    guard let keyColumn else { return }
    let column = batch.columns[keyColumn]
    if !column.isComplete(0, batch.bars) {
      let nameless = Int64(number(of: ""))
      for row in 0..<batch.bars where !column.hasValue(row) { column.integers[row] = nameless }
    }
    guard let metricColumn, let labelsColumn else { return }
    let (metrics, labels) = (batch.columns[metricColumn], batch.columns[labelsColumn])
    for row in 0..<batch.bars where metrics.hasValue(row) {
      let series = MetricSeries(
        key: column.integers[row], metric: metrics.integers[row],
        labels: labels.hasValue(row) ? labels.integers[row] : -1)
      if let known = metricSeries[series] {
        column.integers[row] = known
      } else {
        var name = symbols.name(Int(series.metric)) + AlertEvaluator.mark + symbols.name(Int(series.key))
        if series.labels >= 0 { name += AlertEvaluator.mark + symbols.name(Int(series.labels)) }
        let made = Int64(number(of: name))
        metricSeries[series] = made
        column.integers[row] = made
      }
    }
  }

  /// The series of a metric: those of the same labels.
  struct MetricSeries: Hashable {
    var key: Int64
    var metric: Int64
    /// The JSON of its labels; -1 for none.
    var labels: Int64
  }

  /// Between the name of a metric, that of a key, and the labels.
  static let mark = "\u{1}"

  /// The key of a series, for people.
  func symbol(of series: Int) -> String {
    let name = name(of: series)
    guard metricColumn != nil else { return name }
    let parts = name.split(separator: Character(AlertEvaluator.mark), omittingEmptySubsequences: false)
    guard parts.count > 1 else { return name }
    guard parts[1].isEmpty, parts.count > 2 else { return String(parts[1]) }
    // Without a symbol, the labels say whose metric it is: host=a,core=1.
    let labels = (try? JSONValue.parse(Array(parts[2].utf8)))?.members ?? []
    return labels.map { "\($0.key)=\($0.value.string ?? $0.value.text)" }.joined(separator: ",")
  }
}
