import FinstageCore

/// Columns of doubles for the steps of a kernel that takes many bars in several passes: on the stack, used and forgotten.
enum Scratch {
  /// Bars of one pass: short enough for the first cache.
  static let bars = 256
  /// Fewer bars than these are not worth a second pass.
  static let worthwhile = 16

  /// Calls a closure with each piece of a range, and with `columns` columns of `bars` doubles to work in.
  @inline(__always)
  static func eachPiece(
    of range: Range<Int>, columns: Int, _ body: (Range<Int>, UnsafeMutablePointer<Double>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: columns * bars) { buffer in
      var start = range.lowerBound
      while start < range.upperBound {
        let end = min(range.upperBound, start &+ bars)
        body(start..<end, buffer.baseAddress!)
        start = end
      }
    }
  }
}
