import FinstageCore
import FinstageSystem

/// Which extreme of a window is meant.
protocol ExtremeSide {
  /// 1 for the highest value, -1 for the lowest.
  static var sign: Double { get }
}

/// The highest or lowest of the last n values; see `WindowMaximum`. Warm-up: n - 1 bars.
struct ExtremeKernel<Side: ExtremeSide>: Kernel {
  let n: Int

  static var inputs: Inputs { .field }
  var start: WindowMaximum { WindowMaximum() }
  var memory: Int { n }

  @inline(__always)
  func step(
    _ state: inout WindowMaximum, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int,
    _ out: OutputColumns
  ) {
    out.a[i] = Side.sign * state.push(Side.sign * bars.field[i], memory, n)
  }

  @inline(__always)
  func steps(
    _ state: inout WindowMaximum, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ range: Range<Int>,
    _ out: OutputColumns
  ) {
    let x = bars.field + range.lowerBound
    let result = out.a + range.lowerBound
    state.run(range.count, memory, n, { Side.sign * x[$0] }, { result[$0] = Side.sign * $1 })
  }
}
