/// Mean and sum of squared deviations of the last n values, without drift and without cancellation.
///
/// Blocks as in `WindowSum`; sums of d = x - origin and of d^2, where the origin is the last value of the old block. As long
/// as the window reaches into the old block it holds that value, so the distance of origin and mean is at most sqrt(n)
/// deviations, and subtracting loses at most a factor of n + 1 of the precision: a price of 10^9 with a spread of a
/// cent keeps its digits. When a block is complete, its deviations are summed about its own mean.
struct WindowVariance {
  var origin = 0.0
  var first = 0.0
  var second = 0.0
  var position: Int32 = 0
  var isWarm = false

  /// Doubles of working memory for a window of n.
  static func memory(_ n: Int) -> Int { 2 * n }

  /// Takes a value; `inverse` is 1 / n. Both are NaN until there are n values.
  @inline(__always)
  mutating func push(
    _ x: Double, _ memory: UnsafeMutablePointer<Double>, _ n: Int, inverse: Double
  ) -> (mean: Double, squares: Double) {
    let i = Int(position)
    let suffixFirst = memory[i]
    let suffixSecond = memory[n &+ i]
    memory[i] = x
    let d = x - origin
    first += d
    second += d * d
    if i &+ 1 < n {
      position = Int32(truncatingIfNeeded: i &+ 1)
      if !isWarm { return (.nan, .nan) }
      let sum = suffixFirst + first
      let shift = sum * inverse
      let squares = (suffixSecond + second) - sum * shift
      return (origin + shift, squares > 0 ? squares : 0)
    }
    let whole = WindowVariance.endBlock(memory, n)
    origin = x
    first = 0
    second = 0
    position = 0
    isWarm = true
    return whole
  }

  @inline(never)
  private static func endBlock(_ memory: UnsafeMutablePointer<Double>, _ n: Int) -> (mean: Double, squares: Double) {
    let origin = memory[n &- 1]
    var sum = 0.0
    for i in 0..<n { sum += memory[i] - origin }
    let mean = sum / Double(n)
    var squares = 0.0
    var first = 0.0
    var second = 0.0
    var i = n &- 1
    while i >= 0 {
      let d = memory[i] - origin
      memory[i] = first
      memory[n &+ i] = second
      first += d
      second += d * d
      squares += (d - mean) * (d - mean)
      i &-= 1
    }
    return (origin + mean, squares)
  }
}
