import FinstageSystem
import TestSupport
import Testing
@testable import FinstageCore
@testable import FinstageIndicators

/// Indicators that TA-Lib does not have, against their formulas written out over whole windows.
@Suite struct OwnIndicatorTests {
  private let bars = IndicatorData.bars(500, seed: 30)

  private func check(_ actual: [Double], from first: Int, _ expected: (Int) -> Double) {
    for i in actual.indices {
      if i < first {
        #expect(actual[i].isNaN, "bar \(i)")
      } else {
        let value = expected(i)
        #expect(difference(actual[i], value) < 1e-9 || abs(actual[i] - value) < 1e-9, "bar \(i): \(actual[i]) \(value)")
      }
    }
  }

  private func sum(_ i: Int, _ n: Int, _ term: (Int) -> Double) -> Double {
    (i - n + 1...i).reduce(0) { $0 + term($1) }
  }
  private func highest(_ i: Int, _ n: Int) -> Double { bars.high[i - n + 1...i].max()! }
  private func lowest(_ i: Int, _ n: Int) -> Double { bars.low[i - n + 1...i].min()! }
  private func trueRange(_ i: Int) -> Double {
    max(bars.high[i], bars.close[i - 1]) - min(bars.low[i], bars.close[i - 1])
  }
  private func flow(_ i: Int) -> Double {
    ((bars.close[i] - bars.low[i]) - (bars.high[i] - bars.close[i])) / (bars.high[i] - bars.low[i]) * bars.volume[i]
  }

  @Test func donchianAndIchimoku() throws {
    let donchian = try IndicatorData.run("donchian:20", bars)
    check(donchian[0], from: 19) { highest($0, 20) }
    check(donchian[1], from: 19) { (highest($0, 20) + lowest($0, 20)) / 2 }
    check(donchian[2], from: 19) { lowest($0, 20) }
    func middle(_ i: Int, _ n: Int) -> Double { (highest(i, n) + lowest(i, n)) / 2 }
    let ichimoku = try IndicatorData.run("ichimoku:9,26,52", bars)
    check(ichimoku[0], from: 8) { middle($0, 9) }
    check(ichimoku[1], from: 25) { middle($0, 26) }
    check(ichimoku[2], from: 51) { (middle($0 - 26, 9) + middle($0 - 26, 26)) / 2 }
    check(ichimoku[3], from: 77) { middle($0 - 26, 52) }
  }

  @Test func keltnerIsAnEMAWithTrueRangesAroundIt() throws {
    let keltner = try IndicatorData.run("keltner:20,10,2", bars)
    let average = try IndicatorData.run("ema:20", bars)[0]
    let range = try IndicatorData.run("atr:10", bars)[0]
    check(keltner[0], from: 19) { average[$0] + 2 * range[$0] }
    check(keltner[1], from: 19) { average[$0] }
    check(keltner[2], from: 19) { average[$0] - 2 * range[$0] }
    #expect(try IndicatorData.run("keltner:2,10,2", bars)[1].firstIndex { !$0.isNaN } == 10)
  }

  @Test func hullIsAWeightedAverageOfWeightedAverages() throws {
    func wma(_ n: Int, _ x: (Int) -> Double, _ i: Int) -> Double {
      (0..<n).reduce(0) { $0 + Double(n - $1) * x(i - $1) } / (Double(n) * Double(n + 1) / 2)
    }
    let x = { (i: Int) in bars.close[i] }
    check(try IndicatorData.run("hma:16", bars)[0], from: 18) { i in
      wma(4, { 2 * wma(8, x, $0) - wma(16, x, $0) }, i)
    }
  }

  @Test func moneyFlowVortexAndChoppiness() throws {
    check(try IndicatorData.run("cmf:20", bars)[0], from: 19) { i in
      sum(i, 20, flow) / sum(i, 20) { bars.volume[$0] }
    }
    let vortex = try IndicatorData.run("vortex:14", bars)
    check(vortex[0], from: 14) { i in sum(i, 14) { abs(bars.high[$0] - bars.low[$0 - 1]) } / sum(i, 14, trueRange) }
    check(vortex[1], from: 14) { i in sum(i, 14) { abs(bars.low[$0] - bars.high[$0 - 1]) } / sum(i, 14, trueRange) }
    check(try IndicatorData.run("chop:14", bars)[0], from: 14) { i in
      100 * log10(sum(i, 14, trueRange) / (highest(i, 14) - lowest(i, 14))) / log10(14)
    }
  }

  @Test func volatilities() throws {
    func change(_ i: Int) -> Double { log(bars.close[i] / bars.close[i - 1]) }
    check(try IndicatorData.run("volatility:20", bars)[0], from: 20) { i in
      let mean = sum(i, 20, change) / 20
      return (252 * sum(i, 20) { (change($0) - mean) * (change($0) - mean) } / 19).squareRoot()
    }
    check(try IndicatorData.run("parkinson:20", bars)[0], from: 19) { i in
      (252 / (4 * log(2)) * sum(i, 20) { pow(log(bars.high[$0] / bars.low[$0]), 2) } / 20).squareRoot()
    }
    check(try IndicatorData.run("garman_klass:20", bars)[0], from: 19) { i in
      let v: Double = sum(i, 20) { (k: Int) -> Double in
        let (span, body) = (log(bars.high[k] / bars.low[k]), log(bars.close[k] / bars.open[k]))
        return 0.5 * span * span - (2 * log(2) - 1) * body * body
      }
      return (252 * v / 20).squareRoot()
    }
  }

  @Test func simpleOnes() throws {
    check(try IndicatorData.run("change_percent", bars)[0], from: 1) {
      (bars.close[$0] - bars.close[$0 - 1]) / bars.close[$0 - 1] * 100
    }
    check(try IndicatorData.run("drawdown", bars)[0], from: 0) { i in
      (bars.close[i] / bars.close[0...i].max()! - 1) * 100
    }
    let volume = try IndicatorData.run("volume_sma:20", bars)
    check(volume[0], from: 19) { i in sum(i, 20) { bars.volume[$0] } / 20 }
    check(volume[1], from: 19) { i in bars.volume[i] * 20 / sum(i, 20) { bars.volume[$0] } }
    check(try IndicatorData.run("zscore:20", bars)[0], from: 19) { i in
      let mean = sum(i, 20) { bars.close[$0] } / 20
      let squares: Double = sum(i, 20) { (k: Int) -> Double in (bars.close[k] - mean) * (bars.close[k] - mean) }
      return (bars.close[i] - mean) / (squares / 20).squareRoot()
    }
  }

  @Test func superTrendFollowsItsBands() throws {
    let trend = try IndicatorData.run("supertrend:10,3", bars)
    let range = try IndicatorData.run("atr:10", bars)[0]
    var lower = 0.0
    var upper = 0.0
    var isUp = false
    for i in bars.close.indices {
      guard i >= 10 else {
        #expect(trend[0][i].isNaN && trend[1][i].isNaN)
        continue
      }
      let middle = (bars.high[i] + bars.low[i]) / 2
      let (low, high) = (middle - 3 * range[i], middle + 3 * range[i])
      if i == 10 {
        (lower, upper, isUp) = (low, high, bars.close[i] > middle)
      } else {
        lower = bars.close[i - 1] < lower ? low : max(low, lower)
        upper = bars.close[i - 1] > upper ? high : min(high, upper)
        if isUp && bars.close[i] < lower { isUp = false } else if !isUp && bars.close[i] > upper { isUp = true }
      }
      #expect(trend[0][i] == (isUp ? lower : upper))
      #expect(trend[1][i] == (isUp ? 1 : -1))
    }
    #expect(Set(trend[1].filter(\.isFinite)).count == 2, "it turns")
  }

  private func vwap(from first: Int, to i: Int) -> Double {
    var money = 0.0
    for k in first...i {
      let price = (bars.high[k] + bars.low[k] + bars.close[k]) / 3
      money += price * bars.volume[k]
    }
    return money / bars.volume[first...i].reduce(0, +)
  }

  /// The bars are those of 2024-01-02, 390 of them, and the beginning of the next day.
  @Test func averagesByVolumeBeginAtTheirAnchor() throws {
    check(try IndicatorData.run("vwap:start", bars)[0], from: 0) { vwap(from: 0, to: $0) }
    check(try IndicatorData.run("vwap", bars)[0], from: 0) { vwap(from: $0 < 390 ? 0 : 390, to: $0) }
    check(try IndicatorData.run("vwap:2024-01-03", bars)[0], from: 390) { vwap(from: 390, to: $0) }
    check(try IndicatorData.run("vwap:2024-01-02T15:00:00Z", bars)[0], from: 30) { vwap(from: 30, to: $0) }
    // Sessions of ten hours from 14:30 UTC on: with the day's beginning moved to 20:00, bar 330 begins another.
    let indicator = try #require(Indicator.named("vwap"))
    let moved = SeriesRun(IndicatorRequest(indicator: indicator, parameters: [0], variations: [4])).run(bars)
    check(moved[0], from: 0) { vwap(from: $0 < 330 ? 0 : 330, to: $0) }
  }

  @Test func changesOverTimeCompareWithABarOldEnough() throws {
    check(try IndicatorData.run("roct:5m", bars)[0], from: 5) { i in
      // Five minutes before the first bars of a day are the last bars of the day before.
      let reference = i >= 390 && i < 395 ? 389 : i - 5
      return 100 * (bars.close[i] / bars.close[reference] - 1)
    }
    check(try IndicatorData.run("roct:1d", bars)[0], from: 390) { 100 * (bars.close[$0] / bars.close[$0 - 390] - 1) }
    // A span of which only three bars can be kept has no value where it holds more.
    let indicator = try #require(Indicator.named("roct"))
    let short = SeriesRun(IndicatorRequest(indicator: indicator, parameters: [300], variations: [3])).run(bars)
    #expect(short[0][5..<390].allSatisfy { $0.isNaN })
    #expect(short[0][390] == 100 * (bars.close[390] / bars.close[389] - 1))
  }

  @Test func theSentimentReachesBothEnds() {
    func scores(_ rsi: Double, _ macd: Double, _ k: Double, _ x: Double, _ ratio: Double) -> Sentiment.Scores {
      Sentiment.Scores(
        x: x, rsi: rsi, macd: macd, signal: 0, k: k, d: k, sma20: 100, sma50: x > 100 ? 90 : 110, volumeRatio: ratio)
    }
    let best = scores(25, 1, 15, 120, 2)
    #expect(best.total == 9 && best.ratio == 1 && best.words == "very bullish")
    let worst = scores(75, -1, 85, 80, 0.5)
    #expect(worst.total == -9 && worst.ratio == 0 && worst.words == "very bearish")
    let none = scores(50, 0, 50, 100, 1)
    #expect(none.total == 0 && none.ratio == 0.5 && none.words == "neutral")
    #expect(scores(35, 0, 50, 100, 1).words == "slightly bullish")
    #expect(scores(50, -1, 50, 100, 1).words == "bearish")
  }

  @Test func theSentimentIsThatOfItsIndicators() throws {
    let score = try IndicatorData.run("sentiment", bars)
    let rsi = try IndicatorData.run("rsi:14", bars)[0]
    let macd = try IndicatorData.run("macd", bars)
    let stochastic = try IndicatorData.run("stoch", bars)
    let short = try IndicatorData.run("sma:20", bars)[0]
    let long = try IndicatorData.run("sma:50", bars)[0]
    let volume = try IndicatorData.run("volume_sma:20", bars)[1]
    for i in 49..<500 {
      let expected = Sentiment.Scores(
        x: bars.close[i], rsi: rsi[i], macd: macd[0][i], signal: macd[1][i], k: stochastic[0][i], d: stochastic[1][i],
        sma20: short[i], sma50: long[i], volumeRatio: volume[i])
      #expect(score[0][i] == Double(expected.total) && score[1][i] == expected.ratio)
    }
    #expect(Set(score[0].filter(\.isFinite)).count > 5)
  }
}
