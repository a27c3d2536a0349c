import FinstageCore

/// The least-squares line through the last n values, at x = 0 (the oldest) ... n - 1 (the newest).
///
///     slope     = (12 S1 - 6 (n+1) S0) / (n (n^2 - 1)), where S0 is the plain sum and S1 the one with weights 1 ... n
///     intercept = S0 / n - slope (n - 1) / 2
struct WindowLine {
  private let n: Int
  private let scale: Double
  private let half: Double
  private let center: Double

  package init(n: Int) {
    self.n = n
    let size = Double(n)
    scale = 12 / (size * (size * size - 1))
    half = (size + 1) / 2
    center = (size - 1) / 2
  }

  package var memory: Int { WindowWeightedSum.memory(n) }

  /// Takes a value. Both are NaN until there are n values.
  @inline(__always)
  package func push(
    _ state: inout WindowWeightedSum, _ x: Double, _ memory: UnsafeMutablePointer<Double>
  ) -> (slope: Double, mean: Double) {
    let (plain, weighted) = state.push(x, memory, n)
    return fit(plain, weighted)
  }

  /// The line of a window's sums.
  @inline(__always)
  func fit(_ plain: Double, _ weighted: Double) -> (slope: Double, mean: Double) {
    (scale * (weighted - half * plain), plain / Double(n))
  }

  /// The value of the line `x` bars after the oldest one.
  @inline(__always)
  func value(at x: Double, slope: Double, mean: Double) -> Double { mean + slope * (x - center) }
}

/// The value of the line through the last n values, `x` bars after the oldest one.
struct LineValue: Kernel {
  private let n: Int
  private let line: WindowLine
  private let x: Double

  package init(n: Int, at x: Int) {
    self.n = n
    self.x = Double(x)
    line = WindowLine(n: n)
  }

  static var inputs: Inputs { .field }
  var start: WindowWeightedSum { WindowWeightedSum() }
  package var memory: Int { line.memory }

  @inline(__always)
  func step(
    _ state: inout WindowWeightedSum, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int,
    _ out: OutputColumns
  ) {
    let (slope, mean) = line.push(&state, bars.field[i], memory)
    out.a[i] = line.value(at: x, slope: slope, mean: mean)
  }

  @inline(__always)
  func steps(
    _ state: inout WindowWeightedSum, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ range: Range<Int>,
    _ out: OutputColumns
  ) {
    let result = out.a + range.lowerBound
    state.run(range.count, memory, n, bars.field + range.lowerBound) { i, plain, weighted in
      let (slope, mean) = line.fit(plain, weighted)
      result[i] = line.value(at: x, slope: slope, mean: mean)
    }
  }
}
