/// Simple moving average.
///
///     sma(t) = (x(t) + x(t-1) + ... + x(t-n+1)) / n
///
/// Warm-up: the first n - 1 bars have no value. As TA-Lib's SMA.
struct SMA: Kernel {
  let n: Int

  typealias State = WindowSum
  static let inputs = Inputs.field
  static let outputs = 1
  var start: WindowSum { WindowSum() }
  var memory: Int { n }

  @inline(__always)
  func step(
    _ state: inout WindowSum, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    out.a[i] = state.push(bars.field[i], memory, n) / Double(n)
  }

  static let indicator = Indicator(
    name: "sma", parameters: [.period(20)], inputs: .field, outputs: ["sma"],
    summary: "simple moving average",
    formula: "The mean of the last n values. No value on the first n - 1 bars. As TA-Lib's SMA.",
    driver: { parameters, _ in SMA(n: Int(parameters[0])).driven() })
}
