import FinstageCore

/// Average volume, and the ratio of this bar's volume to it.
///
///     volume_sma = sma(volume, n);  volume_ratio = volume / volume_sma
///
/// Warm-up: n - 1 bars. The ratio is 0 where the average is 0.
struct VolumeSMA: Kernel {
  let n: Int

  static var inputs: Inputs { .volume }
  static var outputs: Int { 2 }
  var start: WindowSum { WindowSum() }
  var memory: Int { n }

  @inline(__always)
  func step(
    _ state: inout WindowSum, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let (average, ratio) = push(&state, bars.volume[i], memory)
    out.a[i] = average
    out.b[i] = ratio
  }

  @inline(__always)
  func push(
    _ state: inout WindowSum, _ volume: Double, _ memory: UnsafeMutablePointer<Double>
  ) -> (average: Double, ratio: Double) {
    let average = state.push(volume, memory, n) / Double(n)
    return (average, average == 0 ? 0 : volume / average)
  }

  static let indicator = Indicator(
    "volume_sma", .volume, parameters: [.period(20)], inputs: inputs, outputs: ["volume_sma", "volume_ratio"],
    summary: "average volume, and the ratio of volume to it",
    formula: "sma(volume, n), and volume / sma(volume, n)",
    source: "the usual definition",
    undefined: "the ratio is 0 where the average is 0",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in VolumeSMA(n: Int(p[0])).driven() })
}
