import FinstageCore

/// How many bars ago the largest of the last n values was; the newest of equal ones counts. Of negated values, the
/// smallest.
///
/// Blocks as in `WindowMaximum`, with the place stored beside each maximum.
struct WindowPeak {
  var prefix = -Double.infinity
  var prefixAt: Int32 = 0
  var position: Int32 = 0
  var isWarm = false

  /// Doubles of working memory for a window of n.
  package static func memory(_ n: Int) -> Int { 2 * n }

  /// Takes a value. Returns NaN until there are n values.
  @inline(__always)
  package mutating func push(_ x: Double, _ memory: UnsafeMutablePointer<Double>, _ n: Int) -> Double {
    let i = WindowPlace.valid(position, n)
    let suffix = memory[i]
    let suffixAge = memory[n &+ i]
    memory[i] = x
    if x >= prefix {
      prefix = x
      prefixAt = position
    }
    let prefixAge = Double(position &- prefixAt)
    if i &+ 1 < n {
      position = Int32(truncatingIfNeeded: i &+ 1)
      if !isWarm { return .nan }
      return prefix >= suffix ? prefixAge : suffixAge
    }
    WindowPeak.endBlock(memory, n)
    prefix = -.infinity
    position = 0
    isWarm = true
    return prefixAge
  }

  @inline(never)
  private static func endBlock(_ memory: UnsafeMutablePointer<Double>, _ n: Int) {
    var largest = -Double.infinity
    var at = n
    var i = n &- 1
    while i >= 0 {
      let value = memory[i]
      memory[i] = largest
      // The maximum's age when place i of the next block is filled.
      memory[n &+ i] = Double(i &+ n &- at)
      if value > largest {
        largest = value
        at = i
      }
      i &-= 1
    }
  }
}
