/// The sum of the last n values, computed anew from at most n additions for every bar: it cannot drift, and a huge value
/// leaves no trace once it has left the window.
///
/// The stream is cut into blocks of n. When a block is full, its values in memory are replaced by their suffix sums; while
/// the next block fills, the window is a suffix of the old block and a prefix of the new one, so its sum is one stored
/// number plus one running number. (The trick of van Herk and of Gil and Werman for running maxima, used for sums.)
/// Amortised cost: two additions for each value; no subtraction, so no cancellation.
struct WindowSum {
  /// The sum of the values of the current block.
  var prefix = 0.0
  /// How many values the current block has: 0..<n.
  var position: Int32 = 0
  /// Whether a block has been filled before.
  var isWarm = false

  /// Takes a value. `memory` has n doubles. Returns the sum of the last n values, or NaN until there are n.
  @inline(__always)
  mutating func push(_ x: Double, _ memory: UnsafeMutablePointer<Double>, _ n: Int) -> Double {
    let i = Int(position)
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

  // Not a mutating method: the state must not need an address, or it leaves the registers.
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
