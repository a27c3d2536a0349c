import FinstageSystem
import FinstageCore

/// Commodity channel index (D. Lambert, 1980).
///
///     tp = (high + low + close) / 3;  cci = (tp - sma(tp, n)) / (0.015 mean |tp - sma|)
///
/// Warm-up: n - 1 bars. 0 where the deviation is 0. As TA-Lib's CCI. The work for each bar grows with n, because the
/// mean absolute deviation is taken from a moving mean.
struct CCI: Kernel {
  let n: Int

  struct State {
    var sum = WindowSum()
    var position: Int32 = 0
  }

  static var inputs: Inputs { .highLowClose }
  var start: State { State() }
  var memory: Int { 2 * n }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let price = (bars.high[i] + bars.low[i] + bars.close[i]) / 3
    let prices = memory + n
    let place = WindowPlace.valid(state.position, n)
    prices[place] = price
    state.position = place &+ 1 == n ? 0 : Int32(truncatingIfNeeded: place &+ 1)
    let mean = state.sum.push(price, memory, n) / Double(n)
    if mean.isNaN {
      out.a[i] = .nan
      return
    }
    let deviation = CCI.deviation(prices, n, from: mean) / Double(n)
    let distance = price - mean
    out.a[i] = distance == 0 || deviation == 0 ? 0 : distance / (0.015 * deviation)
  }

  /// The sum of |x - mean|, in four independent sums.
  @inline(__always)
  private static func deviation(_ x: UnsafeMutablePointer<Double>, _ n: Int, from mean: Double) -> Double {
    var sums = SIMD4<Double>.zero
    let raw = UnsafeRawPointer(x)
    var k = 0
    while k &+ 4 <= n {
      let distance = raw.loadUnaligned(fromByteOffset: k &* 8, as: SIMD4<Double>.self) - mean
      sums += distance.replacing(with: -distance, where: distance .< 0)
      k &+= 4
    }
    var sum = (sums[0] + sums[1]) + (sums[2] + sums[3])
    while k < n {
      sum += (x[k] - mean).magnitude
      k &+= 1
    }
    return sum
  }

  static let indicator = Indicator(
    "cci", .momentum, parameters: [.period(14, from: 2)], inputs: inputs,
    summary: "commodity channel index",
    formula:
      "(tp - sma(tp, n)) / (0.015 d), where tp = (high + low + close) / 3 and d is the mean of |tp - sma| over n bars",
    source: "D. Lambert, 1980; as TA-Lib's CCI",
    undefined: "0 where the deviation is 0",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in CCI(n: Int(p[0])).driven() })
}
