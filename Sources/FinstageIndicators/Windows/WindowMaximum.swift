import FinstageCore

/// The largest of the last n values; of negated values, the smallest.
///
/// Blocks as in `WindowSum`, with maxima for sums (M. van Herk, 1992; J. Gil and M. Werman, 1993). Unlike a queue of
/// candidates, this takes constant work for each value, and no branch depends on the data.
package struct WindowMaximum: BitwiseCopyable {
  var prefix = -Double.infinity
  var position: Int32 = 0
  var isWarm = false

  package init() {}

  /// Takes a value. `memory` has n doubles. Returns NaN until there are n values.
  @inline(__always)
  package mutating func push(_ x: Double, _ memory: UnsafeMutablePointer<Double>, _ n: Int) -> Double {
    let i = WindowPlace.valid(position, n)
    let suffix = memory[i]
    memory[i] = x
    prefix = WindowMaximum.larger(x, prefix)
    if i &+ 1 < n {
      position = Int32(truncatingIfNeeded: i &+ 1)
      return isWarm ? WindowMaximum.larger(suffix, prefix) : .nan
    }
    let whole = prefix
    WindowMaximum.endBlock(memory, n)
    prefix = -.infinity
    position = 0
    isWarm = true
    return whole
  }

  /// Takes values `value(0)` ... `value(count - 1)` and passes each maximum to `emit`. The results are those of a
  /// `push` for each value, but computed a block at a time.
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
      var largest = prefix
      for k in 0..<room {
        let x = value(done &+ k)
        let suffix = block[k]
        block[k] = x
        largest = WindowMaximum.larger(x, largest)
        emit(done &+ k, isWarm ? WindowMaximum.larger(suffix, largest) : .nan)
      }
      prefix = largest
      position = Int32(truncatingIfNeeded: start &+ room)
      done &+= room
      if done < count {
        emit(done, push(value(done), memory, n))
        done &+= 1
      }
    }
  }

  /// One instruction; the library's `max` also handles NaN.
  @inline(__always)
  private static func larger(_ a: Double, _ b: Double) -> Double { a > b ? a : b }

  @inline(never)
  private static func endBlock(_ memory: UnsafeMutablePointer<Double>, _ n: Int) {
    var largest = -Double.infinity
    var i = n &- 1
    while i >= 0 {
      let value = memory[i]
      memory[i] = largest
      largest = larger(value, largest)
      i &-= 1
    }
  }
}
