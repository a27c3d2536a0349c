/// Bollinger bands.
///
///     middle = sma(n);  upper = middle + k s;  lower = middle - k s
///     s      = sqrt(sum of (x - middle)^2 / (n - ddof))
///
/// `ddof` 0 is the population's deviation, as TA-Lib and J. Bollinger have it; 1 the sample's. Warm-up: n - 1 bars.
///
/// The squares are taken about means near the window, never about zero, so a price of 10^9 with a spread of one cent keeps
/// its digits. As `WindowSum`, the window is a suffix of the last block and a prefix of this one; their squared deviations
/// are joined by the formula of T. Chan, G. Golub and R. LeVeque (1979). Nothing is ever subtracted out again.
struct BollingerBands: Kernel {
  let n: Int
  let width: Double
  let ddof: Int
  /// 1 / (n - ddof)
  private let divisor: Double

  init(n: Int, width: Double, ddof: Int) {
    self.n = n
    self.width = width
    self.ddof = ddof
    divisor = 1 / Double(n - ddof)
  }

  struct State {
    var sum = WindowSum()
    /// The first value of the current block, and the sums of (x - origin) and of (x - origin)^2 over it.
    var origin = 0.0
    var first = 0.0
    var second = 0.0
  }

  static let inputs = Inputs.field
  static let outputs = 3
  var start: State { State() }
  /// The window sum's n doubles, the raw values of the block, and mean and squared deviation of each suffix.
  var memory: Int { 4 * n }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let x = bars.field[i]
    let at = Int(state.sum.position)
    let suffixMeans = memory + n
    let suffixSquares = suffixMeans + n
    let values = suffixSquares + n
    values[at] = x
    if at == 0 {
      state.origin = x
      state.first = 0
      state.second = 0
    }
    let d = x - state.origin
    state.first += d
    state.second += d * d

    let newCount = Double(at &+ 1)
    let oldCount = Double(n &- 1 &- at)
    let newMean = state.first / newCount
    var squares = state.second - state.first * newMean
    if squares < 0 { squares = 0 }
    let apart = state.origin + newMean - suffixMeans[at]
    squares += suffixSquares[at] + apart * apart * (newCount * oldCount / Double(n))

    let middle = state.sum.push(x, memory, n) / Double(n)
    if at == n &- 1 { endBlock(values, suffixMeans, suffixSquares) }
    // NaN until warm: the middle is NaN then.
    let reach = width * (squares * divisor).squareRoot()
    out.a[i] = middle + reach
    out.b[i] = middle
    out.c[i] = middle - reach
  }

  /// Mean and squared deviation of the values i+1..<n for every i, by B. Welford's update from the back.
  @inline(never)
  private func endBlock(
    _ values: UnsafeMutablePointer<Double>, _ means: UnsafeMutablePointer<Double>,
    _ squares: UnsafeMutablePointer<Double>
  ) {
    var mean = 0.0
    var square = 0.0
    var count = 0.0
    var i = n &- 1
    while i >= 0 {
      means[i] = mean
      squares[i] = square
      count += 1
      let d = values[i] - mean
      mean += d / count
      square += d * (values[i] - mean)
      i &-= 1
    }
  }

  static let indicator = Indicator(
    name: "bbands", parameters: [.period(20, from: 2), .real("width", 2, 0.001...100)],
    variations: [.choice("ddof", 0, 0...1)],
    inputs: .field, outputs: ["bb_upper", "bb_middle", "bb_lower"],
    summary: "Bollinger bands: upper, middle, lower",
    formula: """
      sma(n) and `width` standard deviations of the last n values above and below it; the population's deviation, or the \
      sample's with --bbands-ddof 1. No value on the first n - 1 bars. As TA-Lib's BBANDS.
      """,
    driver: { p, v in BollingerBands(n: Int(p[0]), width: p[1], ddof: Int(v[0])).driven() })
}
