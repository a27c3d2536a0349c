import FinstageSystem
import TestSupport
import Testing
@testable import FinstageCore
@testable import FinstageIndicators

/// Series for tests of indicators, seeded.
enum IndicatorData {
  static func walk(_ count: Int, seed: UInt64, start: Double = 100, step: Double = 0.01) -> [Double] {
    var random = SeededRandom(seed: seed)
    var price = start
    return (0..<count).map { _ in
      price *= 1 + step * random.normal()
      return (price * 10_000).rounded() / 10_000
    }
  }

  /// Bars of a minute, six and a half hours a day, with bodies, shadows and volume.
  static func bars(_ count: Int, seed: UInt64) -> SeriesRun.Columns {
    var random = SeededRandom(seed: seed)
    var columns = SeriesRun.Columns()
    columns.close = walk(count, seed: seed)
    for i in 0..<count {
      let open = i == 0 ? columns.close[0] : columns.close[i - 1] * (1 + 0.003 * random.normal())
      let top = max(open, columns.close[i])
      let bottom = min(open, columns.close[i])
      columns.open.append(open)
      columns.high.append(top * (1 + 0.005 * random.unit()))
      columns.low.append(bottom * (1 - 0.005 * random.unit()))
      columns.volume.append(Double(1000 + random.next() % 1_000_000))
      let day = Int64(i / 390)
      columns.time.append((1_704_205_800 + day * 86_400 + Int64(i % 390) * 60) * 1_000_000_000)
    }
    columns.field = columns.close
    return columns
  }

  static func slice(_ columns: SeriesRun.Columns, _ range: Range<Int>) -> SeriesRun.Columns {
    var result = SeriesRun.Columns()
    result.open = Array(columns.open[range])
    result.high = Array(columns.high[range])
    result.low = Array(columns.low[range])
    result.close = Array(columns.close[range])
    result.volume = Array(columns.volume[range])
    result.field = Array(columns.field[range])
    result.time = columns.time.isEmpty ? [] : Array(columns.time[range])
    return result
  }

  static func request(_ specification: String) throws -> IndicatorRequest {
    try #require(try IndicatorRequest.parse(specification: specification).first)
  }

  /// The values of `rsi:14` or the like.
  static func run(_ specification: String, _ columns: SeriesRun.Columns) throws -> [[Double]] {
    SeriesRun(try request(specification)).run(columns)
  }

  /// Each indicator with its usual parameters, and with short and odd ones.
  static var requests: [IndicatorRequest] {
    let others = [
      "sma:1", "sma:2", "ema:1", "wma:1", "wma:7", "trima:1", "trima:7", "rsi:1", "bbands:2,1.5", "atr:1", "natr:3",
      "macd:1,2,1", "max:1", "min:2", "var:1", "stddev:3", "mom:1", "roc:3", "kama:2", "aroon:1", "stoch:1,1,1",
      "stoch:5,1,2", "stochrsi:3,1,1", "cci:2", "ultosc:2,1,3", "adx:2", "adxr:2", "dx:2", "plus_di:1", "hma:2",
      "hma:5",
      "linearreg:2", "chop:2", "vortex:1", "roct:5m", "vwap:start", "vwap:2024-01-03", "ichimoku:2,3,5", "mfi:1",
      "keltner:2,5,1", "donchian:1", "volatility:2", "zscore:2", "supertrend:1,1", "cmf:1",
    ]
    return Indicator.all.map(\.standard) + others.compactMap { try? request($0) }
  }

  static func bits(_ columns: [[Double]]) -> [[UInt64]] { columns.map { $0.map(\.bitPattern) } }
}

/// Relative difference; 0 for two missing values, infinity where only one is missing.
func difference(_ a: Double, _ b: Double) -> Double {
  if a.isNaN && b.isNaN { return 0 }
  if a.isNaN || b.isNaN { return .infinity }
  if a == b { return 0 }
  return abs(a - b) / max(abs(a), abs(b))
}

/// Whether two columns agree to nine digits, or to twelve digits of the column's largest value: near zero, where terms cancel,
/// no more digits are there to compare.
func agree(_ a: [Double], _ b: [Double]) -> Int? {
  let scale = b.filter(\.isFinite).map(\.magnitude).max() ?? 0
  return a.indices.first { i in !(difference(a[i], b[i]) <= 1e-9 || abs(a[i] - b[i]) <= 1e-12 * scale) }
}

extension IndicatorRequest: CustomTestStringConvertible {
  public var testDescription: String { key }
}
