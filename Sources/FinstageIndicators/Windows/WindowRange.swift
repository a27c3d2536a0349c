import FinstageCore

/// The highest high and the lowest low of the last n bars.
struct WindowRange {
  private var highest = WindowMaximum()
  private var lowest = WindowMaximum()

  package static func memory(_ n: Int) -> Int { 2 * n }

  /// Takes a bar. Both are NaN until there are n bars.
  @inline(__always)
  package mutating func push(
    high: Double, low: Double, _ memory: UnsafeMutablePointer<Double>, _ n: Int
  ) -> (highest: Double, lowest: Double) {
    (highest.push(high, memory, n), -lowest.push(-low, memory + n, n))
  }
}
