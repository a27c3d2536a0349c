import FinstageSystem

/// Places where the level of a series changes, found by halving (binary segmentation) with the tests of E-divisive's followers: always
/// the same for the same series.
package struct ChangePoint: Sendable {
  /// The first point of the new level.
  package let place: Int
  package let before: Double
  package let after: Double
  package let p: Double

  /// The change in shares of the level before; nil if that was zero.
  package var magnitude: Double? { before == 0 ? nil : (after - before) / abs(before) }

  /// The fewest points of a level.
  private static let shortest = 10
  private static let significance = 0.001
  /// How often a point of one side exceeds one of the other, at least.
  private static let superiority = 0.85
  /// Smaller changes do not matter.
  private static let smallest = 0.05

  package static func find(in values: [Double]) -> [ChangePoint] {
    var found: [Int] = []
    split(values, 0..<values.count, &found)
    found.sort()
    let bounds = [0] + found + [values.count]
    return zip(bounds, bounds.dropFirst()).enumerated().dropFirst().map { i, part in
      let before = Sample(Array(values[bounds[i - 1]..<part.0]))
      let after = Sample(Array(values[part.0..<part.1]))
      return ChangePoint(
        place: part.0, before: before.median ?? 0, after: after.median ?? 0, p: FixedTests.welch(before, after)?.p ?? 0)
    }
  }

  private static func split(_ values: [Double], _ range: Range<Int>, _ found: inout [Int]) {
    guard range.count >= 2 * shortest else { return }
    // Sums from the left give the between-group sum of squares of each split at once.
    let mean = values[range].reduce(0, +) / Double(range.count)
    var best = (gain: -1.0, place: 0)
    var sum = 0.0
    for i in range.dropLast(shortest) {
      sum += values[i] - mean
      let left = Double(i - range.lowerBound + 1)
      guard left >= Double(shortest) else { continue }
      let gain = sum * sum * Double(range.count) / (left * (Double(range.count) - left))
      if gain > best.gain { best = (gain, i + 1) }
    }
    guard best.gain > 0 else { return }
    let (left, right) = (
      Sample(Array(values[range.lowerBound..<best.place])), Sample(Array(values[best.place..<range.upperBound]))
    )
    // The best of n places is looked at: p is taken times n.
    let p = (FixedTests.welch(left, right)?.p ?? (left.mean == right.mean ? 1 : 0)) * Double(range.count)
    let chance = FixedTests.mannWhitney(left, right)?.superiority ?? 0.5
    let size = left.mean == 0 ? Double.infinity : abs(right.mean - left.mean) / abs(left.mean)
    guard p <= significance, max(chance, 1 - chance) >= superiority, size >= smallest else { return }
    found.append(best.place)
    split(values, range.lowerBound..<best.place, &found)
    split(values, best.place..<range.upperBound, &found)
  }
}
