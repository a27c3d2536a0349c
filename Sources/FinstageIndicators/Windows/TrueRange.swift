import FinstageSystem
import FinstageCore

/// The true range: the largest of high - low, |high - previous close| and |low - previous close|.
struct TrueRange {
  var previousClose = Double.nan

  /// Takes a bar. Returns NaN for the first.
  @inline(__always)
  package mutating func push(high: Double, low: Double, close: Double) -> Double {
    let previous = previousClose
    previousClose = close
    return TrueRange.of(high, low, previous)
  }

  /// NaN if there is no previous close.
  @inline(__always)
  static func of(_ high: Double, _ low: Double, _ previous: Double) -> Double {
    let up = (high - previous).magnitude
    let down = (low - previous).magnitude
    let span = high - low
    let outer = up > down ? up : down
    // `outer` is NaN where `previous` is, and no comparison with NaN is true.
    return span > outer ? span : outer
  }
}
