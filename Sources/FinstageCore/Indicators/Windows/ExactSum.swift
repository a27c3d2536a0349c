/// A running sum without end, compensated (A. Neumaier, 1974): ten million volumes add up to their exact sum but for the
/// last rounding.
struct ExactSum {
  private var sum = 0.0
  private var rest = 0.0

  @inline(__always)
  mutating func add(_ x: Double) -> Double {
    let next = sum + x
    // D. Knuth's two-sum: the rounding error of `next`, without a branch.
    let back = next - sum
    rest += (sum - (next - back)) + (x - back)
    sum = next
    return sum + rest
  }

  var value: Double { sum + rest }
}
