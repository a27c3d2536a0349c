import FinstageCore

/// Temporary columns of doubles, on the stack, for a kernel that takes many bars in several passes.
enum Scratch {
  /// The bars of one pass: few enough for the first-level cache.
  static let bars = 256
  /// Fewer bars than this are not worth a second pass.
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
