/// A recursive average that starts as the mean of its first n values: EMA with weight 2/(n+1), Wilder's with 1/n.
struct SeededAverage {
  /// The sum of the values so far, then the average.
  var value = 0.0
  /// Values taken, up to n.
  var count: Int32 = 0

  /// Takes a value. Returns the average, or NaN until there are n values.
  @inline(__always)
  mutating func push(_ x: Double, _ n: Int, weight: Double) -> Double {
    if Int(count) == n {
      value += weight * (x - value)
      return value
    }
    count &+= 1
    value += x
    if Int(count) < n { return .nan }
    value /= Double(n)
    return value
  }

  /// The weight of an EMA.
  static func weight(_ n: Int) -> Double { 2 / (Double(n) + 1) }
}
