import FinstageCore

/// The plain and the linearly weighted sum of the last n values: x(t) + x(t-1) + ... and n x(t) + (n-1) x(t-1) + ...
///
/// Blocks as in `WindowSum`. Both sums of each suffix of the old block are stored. The weights of old values fall by
/// one with each new value, so the stored weighted sums need no correction. Two running sums are kept for the new
/// block. Only values in the window are added, so there is no drift and no cancellation.
struct WindowWeightedSum {
  /// The sum of the current block, and the sum with weights 1, 2, 3, ...
  var prefix = 0.0
  var weighted = 0.0
  var position: Int32 = 0
  var isWarm = false

  /// Doubles of working memory for a window of n.
  package static func memory(_ n: Int) -> Int { 2 * n }

  /// Takes a value. Both sums are NaN until there are n values.
  @inline(__always)
  package mutating func push(
    _ x: Double, _ memory: UnsafeMutablePointer<Double>, _ n: Int
  ) -> (plain: Double, weighted: Double) {
    let i = WindowPlace.valid(position, n)
    let suffix = memory[i]
    let suffixWeighted = memory[n &+ i]
    memory[i] = x
    prefix += x
    weighted += Double(i &+ 1) * x
    if i &+ 1 < n {
      position = Int32(truncatingIfNeeded: i &+ 1)
      if !isWarm { return (.nan, .nan) }
      // Values of the new block come after n - 1 - i old ones.
      return (suffix + prefix, suffixWeighted + (Double(n &- 1 &- i) * prefix + weighted))
    }
    let whole = (prefix, weighted)
    WindowWeightedSum.endBlock(memory, n)
    prefix = 0
    weighted = 0
    position = 0
    isWarm = true
    return whole
  }

  /// Takes values and passes both sums of each to `emit`. The results are those of a `push` for each value, but
  /// computed a block at a time.
  @inline(__always)
  mutating func run(
    _ count: Int, _ memory: UnsafeMutablePointer<Double>, _ n: Int, _ values: UnsafePointer<Double>,
    _ emit: (Int, _ plain: Double, _ weighted: Double) -> Void
  ) {
    var done = 0
    while done < count {
      let start = WindowPlace.valid(position, n)
      let room = min(n &- 1 &- start, count &- done)
      let block = memory + start
      let blockWeighted = memory + n + start
      let x = values + done
      var sum = prefix
      var weightedSum = weighted
      // The position of the next value in the block, and the number of old values that remain.
      var number = Double(start &+ 1)
      var old = Double(n &- 1 &- start)
      for k in 0..<room {
        let suffix = block[k]
        block[k] = x[k]
        sum += x[k]
        weightedSum += number * x[k]
        emit(
          done &+ k, isWarm ? suffix + sum : .nan,
          isWarm ? blockWeighted[k] + (old * sum + weightedSum) : .nan)
        number += 1
        old -= 1
      }
      prefix = sum
      weighted = weightedSum
      position = Int32(truncatingIfNeeded: start &+ room)
      done &+= room
      if done < count {
        let whole = push(values[done], memory, n)
        emit(done, whole.plain, whole.weighted)
        done &+= 1
      }
    }
  }

  @inline(never)
  private static func endBlock(_ memory: UnsafeMutablePointer<Double>, _ n: Int) {
    var sum = 0.0
    var weighted = 0.0
    var i = n &- 1
    while i >= 0 {
      let value = memory[i]
      memory[i] = sum
      memory[n &+ i] = weighted
      sum += value
      weighted += sum
      i &-= 1
    }
  }
}
