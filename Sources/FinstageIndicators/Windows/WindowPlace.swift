/// The place of the next value in a window.
enum WindowPlace {
  /// A place that surely lies in a window of n, and is the given one if that does. A state comes from a file: whatever that says,
  /// nothing outside of a window is touched.
  @inline(__always)
  static func valid(_ position: Int32, _ n: Int) -> Int {
    let place = Int(UInt32(bitPattern: position))
    return place < n ? place : 0
  }
}
