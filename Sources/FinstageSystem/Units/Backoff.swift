/// How long to wait before doing again what has failed: a random time below a bound that doubles with each failure, so that many
/// who failed together do not come back together ("full jitter").
package struct Backoff: Sendable, Equatable {
  /// The bound before the first repetition, and the greatest one, in seconds.
  package var base: Double
  package var longest: Double
  /// The least wait, as a share of `base`.
  package var least: Double
  package var isDoubling: Bool

  package init(base: Double, longest: Double, least: Double = 0, isDoubling: Bool = true) {
    self.base = base
    self.longest = longest
    self.least = least
    self.isDoubling = isDoubling
  }

  /// Seconds before the next repetition.
  /// - Parameters:
  ///   - failures: how many there were before the one that is repeated now; 0 for the first repetition.
  ///   - chance: uniform between 0 and 1.
  package func wait(failures: Int, chance: Double) -> Double {
    let factor = isDoubling ? Double(sign: .plus, exponent: min(max(failures, 0), 40), significand: 1) : 1
    let bound = min(longest, base * factor)
    let shortest = min(base * least, bound)
    return shortest + (bound - shortest) * chance
  }
}
