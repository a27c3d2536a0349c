import FinstageCore
import FinstageSystem

/// A figure of a value, and of the mean and the squared deviations of the last n values.
protocol SpreadFigure {
  /// - Parameters:
  ///   - squares: the sum of the squared deviations from the mean.
  ///   - inverse: 1 / n.
  static func value(_ x: Double, mean: Double, squares: Double, inverse: Double) -> Double
}

/// A kernel whose result is a figure of a `WindowVariance` over the last n values. Warm-up: n - 1 bars.
struct SpreadKernel<Figure: SpreadFigure>: Kernel {
  let n: Int
  private let inverse: Double

  init(n: Int) {
    self.n = n
    inverse = 1 / Double(n)
  }

  static var inputs: Inputs { .field }
  var start: WindowVariance { WindowVariance() }
  var memory: Int { WindowVariance.memory(n) }

  @inline(__always)
  func step(
    _ state: inout WindowVariance, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int,
    _ out: OutputColumns
  ) {
    let x = bars.field[i]
    let (mean, squares) = state.push(x, memory, n, inverse: inverse)
    out.a[i] = Figure.value(x, mean: mean, squares: squares, inverse: inverse)
  }

  @inline(__always)
  func steps(
    _ state: inout WindowVariance, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ range: Range<Int>,
    _ out: OutputColumns
  ) {
    let x = bars.field + range.lowerBound
    let result = out.a + range.lowerBound
    state.run(range.count, memory, n, inverse: inverse, x) { i, mean, squares in
      result[i] = Figure.value(x[i], mean: mean, squares: squares, inverse: inverse)
    }
  }
}
