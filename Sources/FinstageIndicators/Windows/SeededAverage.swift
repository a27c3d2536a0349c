import FinstageCore

/// A recursive average that starts as the mean of its first n values.
struct SeededAverage {
  /// The sum of the values so far, then the average.
  var value = 0.0
  /// Values taken, up to n.
  var count: Int32 = 0

  /// Takes a value. Returns the average, or NaN until there are n values.
  @inline(__always)
  package mutating func push(_ x: Double, _ n: Int, _ smoothing: Smoothing) -> Double {
    if Int(count) == n {
      value = smoothing.next(value, x)
      return value
    }
    count &+= 1
    value += x
    if Int(count) < n { return .nan }
    value /= Double(n)
    return value
  }
}
