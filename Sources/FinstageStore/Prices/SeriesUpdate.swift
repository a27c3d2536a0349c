import FinstageCore
import FinstageSystem

/// What to ask for so that a stored series is up to date, and what to make of the answer.
package struct SeriesUpdate: Sendable, Equatable {
  /// The span to ask for.
  package let span: PriceStore.Span
  /// The series is new, or is asked for from its beginning.
  package let isWhole: Bool

  /// - Parameters:
  ///   - covered: what the store has of the series; nil for nothing.
  ///   - first: the first second that is wanted.
  ///   - end: the end of the request.
  ///   - overlap: seconds of bars that are asked for although they are held, to see whether they are still the same; nil for all
  ///     of them, as for bars of weeks, which a service would cut at the beginning of the span.
  ///   - gap: where the first gap begins among the bars that are held.
  ///   - oldest: the service has no earlier bars.
  ///   - isRewritten: prices that are held are known to have changed.
  package init(
    covered: PriceStore.Span?, first: Int64, end: Int64, overlap: Int64?, gap: Int64? = nil, oldest: Int64 = .min,
    isRewritten: Bool = false
  ) {
    let from: Int64
    if let covered, let overlap, !isRewritten, first >= covered.from {
      isWhole = false
      from = max(covered.from, min(covered.to - overlap, gap ?? .max))
    } else {
      // Adjusted prices of two requests do not mix: older bars than are held bring the others with them.
      isWhole = true
      from = min(first, covered?.from ?? first)
    }
    span = PriceStore.Span(from: max(from, min(oldest, end - 86_400)), to: end)
  }

  /// Whether prices that are held differ from those that came: a split or a dividend has adjusted them, or the service has
  /// corrected them.
  /// - Parameter settled: later bars were not over when they came, and may differ.
  package static func isRewritten(held: [Bar], came: [Bar], settled: Int64) -> Bool {
    var new: [Int64: Bar] = [:]
    for bar in came { new[bar.time.second] = bar }
    func differs(_ a: Double?, _ b: Double?) -> Bool {
      guard let a, let b else { return false }
      // Adjusted prices are computed anew for each answer, in 32 bits.
      return abs(a - b) > 1e-5 * max(abs(a), abs(b))
    }
    return held.contains { bar in
      let second = bar.time.second
      guard second < settled, let other = new[second] else { return false }
      return differs(bar.close, other.close) || differs(bar.adjustedClose, other.adjustedClose)
    }
  }

  /// How many of the bars that are held did not come again, though bars before and after them did.
  package static func missing(held: [Bar], came: [Bar]) -> Int {
    guard let first = came.first.map({ $0.time.second }), let last = came.last?.time else { return 0 }
    let new = Set(came.map { $0.time.second })
    return held.count { bar in
      let second = bar.time.second
      return second > first && second < last.second && !new.contains(second)
    }
  }
}
