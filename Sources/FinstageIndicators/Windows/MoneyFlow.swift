import FinstageSystem
import FinstageCore

/// The part of a bar's volume that its close assigns to buyers, less the part it assigns to sellers (M. Chaikin).
///
///     ((close - low) - (high - close)) / (high - low) * volume, and 0 where high is not above low
enum MoneyFlow {
  @inline(__always)
  static func volume(_ bars: BarColumns, _ i: Int) -> Double {
    let high = bars.high[i]
    let low = bars.low[i]
    let close = bars.close[i]
    let span = high - low
    return span > 0 ? ((close - low) - (high - close)) / span * bars.volume[i] : 0
  }

  static var inputs: Inputs { Inputs(rawValue: Inputs.highLowClose.rawValue | Inputs.volume.rawValue) }
}
