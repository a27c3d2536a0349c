import FinstageCore
import FinstageSystem

/// What to request to bring a stored series up to date, and how to judge the answer.
package struct SeriesUpdate: Sendable, Equatable {
  /// The span to request.
  package let span: PriceStore.Stretch
  /// Whether the series is new or is requested from its beginning.
  package let isWhole: Bool

  /// - Parameters:
  ///   - covered: the span that the store has of the series; nil if it has none.
  ///   - first: the first second that is wanted.
  ///   - end: the end of the request.
  ///   - overlap: seconds of stored bars to request again, to see whether they are still the same; nil for all of them,
  ///     as for weekly bars, which a service would cut off at the start of the span.
  ///   - gap: where the first gap in the stored bars begins.
  ///   - oldest: the time before which the service has no bars.
  ///   - isRewritten: whether stored prices are known to have changed.
  package init(
    covered: PriceStore.Stretch?, first: Int64, end: Int64, overlap: Int64?, gap: Int64? = nil, oldest: Int64 = .min,
    isRewritten: Bool = false
  ) {
    let from: Int64
    if let covered, let overlap, !isRewritten, first >= covered.from {
      isWhole = false
      from = max(covered.from, min(covered.to - overlap, gap ?? .max))
    } else {
      // Adjusted prices of two requests do not mix: a request for older bars also fetches the stored ones again.
      isWhole = true
      from = min(first, covered?.from ?? first)
    }
    span = PriceStore.Stretch(from: max(from, min(oldest, end - 86_400)), to: end)
  }

  /// Whether stored prices differ from received ones: a split or a dividend has adjusted them, or the service has
  /// corrected them.
  /// - Parameter settled: bars from this second on were not complete when they were stored, and may differ.
  package static func isRewritten(held: [Bar], came: [Bar], settled: Int64) -> Bool {
    var new: [Int64: Bar] = [:]
    for bar in came { new[bar.time.second] = bar }
    func differs(_ a: Double?, _ b: Double?) -> Bool {
      guard let a, let b else { return false }
      // The service recomputes adjusted prices for each answer, in 32 bits.
      return abs(a - b) > 1e-5 * max(abs(a), abs(b))
    }
    return held.contains { bar in
      let second = bar.time.second
      guard second < settled, let other = new[second] else { return false }
      return differs(bar.close, other.close) || differs(bar.adjustedClose, other.adjustedClose)
    }
  }

  /// How many stored bars are missing from an answer that has bars before and after them.
  package static func missing(held: [Bar], came: [Bar]) -> Int {
    guard let first = came.first.map({ $0.time.second }), let last = came.last?.time else { return 0 }
    let new = Set(came.map { $0.time.second })
    return held.count { bar in
      let second = bar.time.second
      return second > first && second < last.second && !new.contains(second)
    }
  }
}
