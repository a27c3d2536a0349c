import FinstageSystem
import FinstageCore

/// Mean and sum of squared deviations of the last n values, without drift and without cancellation.
///
/// Blocks as in `WindowSum`, with sums of d = x - origin and of d^2, where the origin is the last value of the old
/// block. The window holds that value as long as it reaches into the old block. The distance between origin and mean is
/// therefore at most sqrt(n) deviations, and subtracting loses at most a factor of n + 1 of the precision: a price of
/// 10^9 with a spread of a cent keeps its digits.
package struct WindowVariance: BitwiseCopyable {
  var origin = 0.0
  var first = 0.0
  var second = 0.0
  var position: Int32 = 0
  var isWarm = false

  package init() {}

  /// Doubles of working memory for a window of n.
  package static func memory(_ n: Int) -> Int { 2 * n }

  /// Takes a value; `inverse` is 1 / n. Both are NaN until there are n values.
  @inline(__always)
  package mutating func push(
    _ x: Double, _ memory: UnsafeMutablePointer<Double>, _ n: Int, inverse: Double
  ) -> (mean: Double, squares: Double) {
    let i = WindowPlace.valid(position, n)
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

  /// Takes values and passes the mean and squares of each to `emit`. The results are those of a `push` for each value,
  /// but computed a block at a time.
  @inline(__always)
  mutating func run(
    _ count: Int, _ memory: UnsafeMutablePointer<Double>, _ n: Int, inverse: Double, _ values: UnsafePointer<Double>,
    _ emit: (Int, _ mean: Double, _ squares: Double) -> Void
  ) {
    var done = 0
    while done < count {
      let start = WindowPlace.valid(position, n)
      let room = min(n &- 1 &- start, count &- done)
      let block = memory + start
      let blockSecond = memory + n + start
      let x = values + done
      let origin = self.origin
      var one = first
      var two = second
      for k in 0..<room {
        let suffixFirst = block[k]
        block[k] = x[k]
        let d = x[k] - origin
        one += d
        two += d * d
        let sum = suffixFirst + one
        let shift = sum * inverse
        let squares = (blockSecond[k] + two) - sum * shift
        emit(done &+ k, isWarm ? origin + shift : .nan, isWarm ? (squares > 0 ? squares : 0) : .nan)
      }
      first = one
      second = two
      position = Int32(truncatingIfNeeded: start &+ room)
      done &+= room
      if done < count {
        let whole = push(values[done], memory, n, inverse: inverse)
        emit(done, whole.mean, whole.squares)
        done &+= 1
      }
    }
  }

  /// Replaces each value of a block with the sums of the values after it, measured from the last value; returns the
  /// mean and squares of the block.
  @inline(never)
  private static func endBlock(_ memory: UnsafeMutablePointer<Double>, _ n: Int) -> (mean: Double, squares: Double) {
    let origin = memory[n &- 1]
    var first = 0.0
    var second = 0.0
    var i = n &- 1
    while i >= 0 {
      let d = memory[i] - origin
      memory[i] = first
      memory[n &+ i] = second
      first += d
      second += d * d
      i &-= 1
    }
    let shift = first / Double(n)
    let squares = second - first * shift
    return (origin + shift, squares > 0 ? squares : 0)
  }
}
