/// The value of n bars ago.
struct Lag {
  var position: Int32 = 0
  var isWarm = false

  /// Takes a value and returns the one that came n before it, or NaN if there was none. `memory` has n doubles.
  @inline(__always)
  mutating func push(_ x: Double, _ memory: UnsafeMutablePointer<Double>, _ n: Int) -> Double {
    let i = Int(position)
    let old = isWarm ? memory[i] : .nan
    memory[i] = x
    if i &+ 1 < n {
      position = Int32(truncatingIfNeeded: i &+ 1)
    } else {
      position = 0
      isWarm = true
    }
    return old
  }
}
