import FinstageCore

/// Wilder's smoothed sum: the plain sum of the first n - 1 values, then sum - sum / n + x. Like TA-Lib's directional
/// movement functions, the sum starts one value short of n.
struct WilderSum {
  var value = 0.0
  var count: Int32 = 0

  /// Takes a value. Returns the sum, or NaN for the first n - 1 values.
  @inline(__always)
  package mutating func push(_ x: Double, _ n: Int, _ smoothing: Smoothing) -> Double {
    if Int(count) >= n &- 1 {
      value = smoothing.decay * value + x
      return value
    }
    count &+= 1
    value += x
    return .nan
  }
}
