import FinstageCore

/// The value of n bars ago.
struct Lag {
  var position: Int32 = 0
  var isWarm = false

  /// Takes a value and returns the one that came n before it, or NaN if there was none. `memory` has n doubles.
  @inline(__always)
  package mutating func push(_ x: Double, _ memory: UnsafeMutablePointer<Double>, _ n: Int) -> Double {
    let i = WindowPlace.valid(position, n)
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

  /// Takes values and passes each to `emit`, with the value that came n before it. The results are those of a `push`
  /// for each value, but old values that are in the run itself are read from there.
  @inline(__always)
  mutating func run(
    _ count: Int, _ memory: UnsafeMutablePointer<Double>, _ n: Int, _ values: UnsafePointer<Double>,
    _ emit: (Int, _ x: Double, _ old: Double) -> Void
  ) {
    var i = 0
    while i < count && (i < n || count < 2 &* n) {
      emit(i, values[i], push(values[i], memory, n))
      i &+= 1
    }
    if i == count { return }
    let rest = values + i
    let old = rest - n
    for k in 0..<count &- i { emit(i &+ k, rest[k], old[k]) }
    // Store the last n values where single steps would have put them.
    var at = (WindowPlace.valid(position, n) &+ (count &- i)) % n
    position = Int32(truncatingIfNeeded: at)
    for k in count &- n..<count {
      memory[at] = values[k]
      at = at &+ 1 == n ? 0 : at &+ 1
    }
  }
}
