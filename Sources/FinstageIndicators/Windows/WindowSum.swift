import FinstageCore

/// The sum of the last n values, computed anew from at most n additions for every bar: it cannot drift, and a huge value
/// leaves no trace once it has left the window.
///
/// The stream is cut into blocks of n. When a block is full, its values in memory are replaced by their suffix sums; while
/// the next block fills, the window is a suffix of the old block and a prefix of the new one, so its sum is one stored
/// number plus one running number. (The trick of van Herk and of Gil and Werman for running maxima, used for sums.)
/// Amortised cost: two additions for each value; no subtraction, so no cancellation.
package struct WindowSum: BitwiseCopyable {
  /// The sum of the values of the current block.
  var prefix = 0.0
  /// The number of values in the current block: 0..<n.
  var position: Int32 = 0
  /// Whether a block has been filled before.
  var isWarm = false

  package init() {}

  /// Takes a value. `memory` has n doubles. Returns the sum of the last n values, or NaN until there are n.
  @inline(__always)
  package mutating func push(_ x: Double, _ memory: UnsafeMutablePointer<Double>, _ n: Int) -> Double {
    let i = WindowPlace.valid(position, n)
    let suffix = memory[i]  // the sum of the values i+1..<n of the old block
    memory[i] = x
    prefix += x
    if i &+ 1 < n {
      position = Int32(truncatingIfNeeded: i &+ 1)
      return isWarm ? suffix + prefix : .nan
    }
    let whole = prefix
    WindowSum.endBlock(memory, n)
    prefix = 0
    position = 0
    isWarm = true
    return whole
  }

  /// Takes values `value(0)` ... `value(count - 1)` and passes each sum to `emit`. The results are those of a `push`
  /// for each value, but computed a block at a time.
  @inline(__always)
  mutating func run(
    _ count: Int, _ memory: UnsafeMutablePointer<Double>, _ n: Int, _ value: (Int) -> Double,
    _ emit: (Int, Double) -> Void
  ) {
    var done = 0
    while done < count {
      let start = WindowPlace.valid(position, n)
      let room = min(n &- 1 &- start, count &- done)
      let block = memory + start
      var sum = prefix
      if isWarm {
        for k in 0..<room {
          let x = value(done &+ k)
          let suffix = block[k]
          block[k] = x
          sum += x
          emit(done &+ k, suffix + sum)
        }
      } else {
        for k in 0..<room {
          let x = value(done &+ k)
          block[k] = x
          sum += x
          emit(done &+ k, .nan)
        }
      }
      prefix = sum
      position = Int32(truncatingIfNeeded: start &+ room)
      done &+= room
      if done < count {
        emit(done, push(value(done), memory, n))
        done &+= 1
      }
    }
  }

  // Not a mutating method: a state that needs an address leaves the registers.
  @inline(never)
  private static func endBlock(_ memory: UnsafeMutablePointer<Double>, _ n: Int) {
    var sum = 0.0
    var i = n &- 1
    while i >= 0 {
      let value = memory[i]
      memory[i] = sum
      sum += value
      i &-= 1
    }
  }
}
