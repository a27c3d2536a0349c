import FinstageCommand
import FinstageCore
import FinstageIndicators

/// What a run of fs-indicators says about its input, and the counts of `--stats`.
struct IndicatorReport {
  let stream: RecordStream
  let set: IndicatorSet
  let policy: BadRecordPolicy

  func warn(_ diagnostics: Diagnostics) {
    let order = set.order
    if let first = order.firstOutOfOrder {
      let symbol = stream.symbols.count > 0 ? "\(stream.symbols.name(first.series)) at " : ""
      diagnostics.warning(
        "bars that are not later than the last bar of their symbol were not used: \(order.outOfOrder), "
          + "\(order.duplicates) of them at the same time, the first: \(symbol)\(Timestamp.string(first.nanoseconds)) "
          + "(sort by time?)")
    }
    if order.untimed > 0 { diagnostics.warning("bars without a time were not used: \(order.untimed)") }
    if let first = stream.counts.firstBad {
      let fate = policy == .skip ? "left out" : "passed through"
      diagnostics.warning("bad records \(fate): \(stream.counts.bad), the first: \(first.sentence)")
    }
  }

  func count(into statistics: inout RunStatistics, bytesOut: Int) {
    let (counts, order) = (stream.counts, set.order)
    statistics.count("records", counts.records)
    statistics.count("bars", counts.rows)
    statistics.count("series", max(stream.symbols.count, counts.rows > 0 ? 1 : 0))
    statistics.count("bytes_in", counts.bytesIn, unit: "By")
    statistics.count("bytes_out", bytesOut, unit: "By")
    statistics.count("out_of_order", order.outOfOrder)
    statistics.count("revised", order.revised)
    statistics.count("seen_before", order.seenBefore)
    statistics.count("recomputed_series", order.edits.count)
    statistics.count("bad_records", counts.bad)
  }
}
