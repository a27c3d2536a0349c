import FinstageSystem
import TestSupport
import Testing
@testable import FinstageCore
@testable import FinstageIndicators

/// What holds for every indicator of the registry.
@Suite struct IndicatorPropertyTests {
  /// The state is all there is: batches of any size give the same bits as one.
  @Test(arguments: IndicatorData.requests) func batchesMakeNoDifference(_ request: IndicatorRequest) {
    let columns = IndicatorData.bars(900, seed: 1)
    let whole = SeriesRun(request).run(columns)
    var random = SeededRandom(seed: 2)
    for size in [1, 2, 19, 64, 257, 0] {
      let run = SeriesRun(request)
      var joined = whole.map { _ in [Double]() }
      var at = 0
      while at < columns.close.count {
        // 0: pieces of random sizes.
        let end = min(columns.close.count, at + (size > 0 ? size : 1 + Int(random.next() % 70)))
        for (i, values) in run.run(IndicatorData.slice(columns, at..<end)).enumerated() { joined[i] += values }
        at = end
      }
      #expect(IndicatorData.bits(joined) == IndicatorData.bits(whole), "pieces of \(size)")
    }
  }

  /// However the bars of several series are shuffled together, each has the results that it has alone.
  @Test(arguments: IndicatorData.requests) func interleavingMakesNoDifference(_ request: IndicatorRequest) {
    let sources = (0..<3).map { IndicatorData.bars(400, seed: UInt64(10 + $0)) }
    let alone = sources.map { IndicatorData.bits(SeriesRun(request).run($0)) }
    var random = SeededRandom(seed: 3)
    var next = [0, 0, 0]
    var mixed = SeriesRun.Columns()
    var ids: [Int64] = []
    while next.contains(where: { $0 < 400 }) {
      let pick = Int(random.next() % 3)
      // Runs of a few bars, so that both forms of the kernels meet.
      for _ in 0..<(1 + random.next() % 40) where next[pick] < 400 {
        let i = next[pick]
        mixed.open.append(sources[pick].open[i])
        mixed.high.append(sources[pick].high[i])
        mixed.low.append(sources[pick].low[i])
        mixed.close.append(sources[pick].close[i])
        mixed.field.append(sources[pick].field[i])
        mixed.volume.append(sources[pick].volume[i])
        mixed.time.append(sources[pick].time[i])
        ids.append(Int64(pick * 700))  // far apart: their states lie in different chunks
        next[pick] += 1
      }
    }
    let together = SeriesRun(request).run(mixed, series: ids)
    for pick in 0..<3 {
      let own = together.map { column in zip(column, ids).filter { $0.1 == Int64(pick * 700) }.map(\.0.bitPattern) }
      #expect(own == alone[pick])
    }
  }

  @Test(arguments: IndicatorData.requests) func theFirstValueComesAfterTheWarmUp(_ request: IndicatorRequest) {
    // A change over time warms up with time, and an anchor in the future with the calendar.
    guard request.indicator.name != "roct", request.key != "vwap:2024-01-03;utc-offset=0" else { return }
    let columns = SeriesRun(request).run(IndicatorData.bars(400, seed: 4))
    let first = columns.compactMap { column in column.firstIndex { !$0.isNaN } }.min()
    #expect(first == request.warmUp)
    for column in columns {
      let start = column.firstIndex { !$0.isNaN }!
      #expect(column[start...].allSatisfy { $0.isFinite }, "no gaps once it is warm")
    }
  }

  /// A bar without a value, or with an absurd one, has no results, and the bars after it are as if it had not been.
  @Test(arguments: IndicatorData.requests) func aNullOrAbsurdBarDoesNoHarm(_ request: IndicatorRequest) {
    let clean = IndicatorData.bars(300, seed: 5)
    let expected = IndicatorData.bits(SeriesRun(request).run(clean))
    for absurd in [Double.nan, 1e101, -1e300, .infinity] {
      var dirty = clean
      for at in [250, 150, 50, 10, 0] {
        dirty.open.insert(absurd, at: at)
        dirty.high.insert(absurd, at: at)
        dirty.low.insert(absurd, at: at)
        dirty.close.insert(absurd, at: at)
        dirty.field.insert(absurd, at: at)
        dirty.volume.insert(absurd, at: at)
        dirty.time.insert(dirty.time[at], at: at)
      }
      var results = SeriesRun(request).run(dirty)
      for column in results.indices {
        for at in [0, 11, 52, 153, 254] { #expect(results[column][at].isNaN) }
        for at in [254, 153, 52, 11, 0] { results[column].remove(at: at) }
      }
      #expect(IndicatorData.bits(results) == expected)
    }
  }

  /// Flat bars without volume: nothing is divided by zero.
  @Test(arguments: IndicatorData.requests) func flatBarsGiveNumbers(_ request: IndicatorRequest) {
    var columns = SeriesRun.Columns([Double](repeating: 187.15, count: 300))
    columns.volume = [Double](repeating: 0, count: 300)
    columns.time = (0..<300).map { Int64($0) * 86_400_000_000_000 }
    let results = SeriesRun(request).run(columns)
    if request.indicator.name == "vwap" {
      #expect(results[0].allSatisfy { $0.isNaN }, "no volume, no average")
      return
    }
    for column in results { #expect(column.last!.isFinite) }
  }

  private static let documented: [(String, [Double])] = [
    ("rsi", [50]), ("cmo", [0]), ("stoch", [50, 50]), ("stochf", [50, 50]), ("stochrsi", [50, 50]), ("willr", [-50]),
    ("cci", [0]), ("mfi", [50]), ("cmf", [0]), ("chop", [100]), ("vortex", [0, 0]), ("ultosc", [0]), ("bop", [0]),
    ("zscore", [0]), ("stddev", [0]), ("var", [0]), ("atr", [0]), ("natr", [0]), ("adx", [0]), ("dx", [0]),
    ("plus_di", [0]), ("minus_di", [0]), ("volatility", [0]), ("parkinson", [0]), ("garman_klass", [0]),
    ("change_percent", [0]), ("roc", [0]), ("mom", [0]), ("drawdown", [0]), ("volume_sma", [0, 0]),
    ("linearreg_slope", [0]), ("trix", [0]),
  ]

  @Test(arguments: documented) func undefinedValuesAreTheDocumentedOnes(_ name: String, _ expected: [Double]) throws {
    var columns = SeriesRun.Columns([Double](repeating: 64, count: 300))
    columns.volume = [Double](repeating: 0, count: 300)
    let results = try IndicatorData.run(name, columns)
    #expect(results.map { $0.last! } == expected)
  }

  @Test func aConstantSeriesIsItsOwnAverage() throws {
    for price in [0.1, 1.0, 187.15, 1e9 + 0.01, 1e-9] {
      let series = SeriesRun.Columns([Double](repeating: price, count: 2000))
      for name in [
        "sma", "ema:12", "wma", "trima", "dema", "tema", "kama", "hma", "ht_trendline", "linearreg", "tsf", "ema:900",
      ] {
        let last = try IndicatorData.run(name, series)[0].last!
        #expect(difference(last, price) < 1e-13, "\(name) of \(price): \(last)")
      }
      let bands = try IndicatorData.run("bbands:20,2", series)
      #expect(bands[0].last == bands[1].last && bands[2].last == bands[1].last)
      let histogram = try IndicatorData.run("macd", series)[2].last!
      #expect(abs(histogram) < 1e-12 * price)
    }
  }

  /// Prices eight times as high: what is a price is eight times as high, what is a ratio is the same.
  @Test(arguments: Indicator.all.map(\.standard)) func scalingPrices(_ request: IndicatorRequest) {
    let columns = IndicatorData.bars(400, seed: 6)
    var scaled = columns
    scaled.open = columns.open.map { $0 * 8 }
    scaled.high = columns.high.map { $0 * 8 }
    scaled.low = columns.low.map { $0 * 8 }
    scaled.close = columns.close.map { $0 * 8 }
    scaled.field = scaled.close
    let name = request.indicator.name
    let prices: Set = [
      "sma", "ema", "wma", "trima", "dema", "tema", "kama", "hma", "ht_trendline", "macd", "mom", "apo", "sar",
      "ichimoku",
      "bbands", "atr", "trange", "keltner", "donchian", "vwap", "linearreg", "linearreg_slope", "tsf", "stddev", "max",
      "min",
    ]
    for (k, pair) in zip(SeriesRun(request).run(columns), SeriesRun(request).run(scaled)).enumerated() {
      let factor: Double =
        name == "var" ? 64 : prices.contains(name) || (name == "supertrend" && k == 0) ? 8 : 1
      let expected = pair.0.map { $0 * factor }
      // Eight is a power of two: every rounding is the same.
      #expect(IndicatorData.bits([pair.1]) == IndicatorData.bits([expected]), "\(name)")
    }
  }

  /// A huge price that counts leaves no trace in windows that no longer hold it.
  @Test(arguments: [
    "sma:20", "wma:20", "trima:20", "bbands:20,2", "stddev:20", "linearreg:20", "max:20", "zscore:20", "mfi:14",
  ])
  func aHugePriceLeavesNoTraceOnceItHasLeftTheWindow(_ specification: String) throws {
    let clean = IndicatorData.bars(300, seed: 9)
    var dirty = clean
    for path in [\SeriesRun.Columns.close, \.field, \.high] { dirty[keyPath: path][100] = 1e18 }
    let pairs = zip(try IndicatorData.run(specification, clean), try IndicatorData.run(specification, dirty))
    for (x, y) in pairs {
      for i in 125..<300 { #expect(x[i].bitPattern == y[i].bitPattern, "bar \(i)") }
    }
  }

  /// After ten million bars the windows are what a run over the last thousand says.
  @Test func tenMillionBarsDoNotDrift() throws {
    var random = SeededRandom(seed: 10)
    var price = 100.0
    let count = 10_000_000
    let closes = (0..<count).map { _ in
      price = max(0.5, price * (1 + 0.002 * random.normal()))
      return (price * 100).rounded() / 100
    }
    var all = SeriesRun.Columns()
    all.field = closes
    var tail = SeriesRun.Columns()
    tail.field = Array(closes.suffix(1000))
    for specification in ["sma:20", "bbands:20,2", "wma:20", "stddev:20", "linearreg:14"] {
      let whole = try IndicatorData.run(specification, all)
      for (a, b) in zip(whole, try IndicatorData.run(specification, tail)) {
        // Where the blocks of a window begin depends on where the run does: the last bits do, too, and where the values are
        // nearly equal, more of those of their deviation.
        let bound = specification.hasPrefix("stddev") ? 1e-10 : 1e-12
        for i in 20..<1000 { #expect(difference(a[count - 1000 + i], b[i]) <= bound, "\(specification)") }
      }
    }
  }

  @Test func theMiddleBandIsTheAverage() throws {
    let series = IndicatorData.bars(300, seed: 5)
    let middle = try IndicatorData.run("bbands:20,2", series)[1]
    let average = try IndicatorData.run("sma:20", series)[0]
    #expect(middle.dropFirst(19) == average.dropFirst(19))
  }

  @Test func theSampleDeviationIsWiderBySqrtOfNOverNMinusOne() throws {
    let series = IndicatorData.bars(300, seed: 6)
    let indicator = try #require(Indicator.named("bbands"))
    func bands(_ ddof: Double) -> [[Double]] {
      SeriesRun(IndicatorRequest(indicator: indicator, parameters: [20, 2], variations: [ddof])).run(series)
    }
    let (population, sample) = (bands(0), bands(1))
    for i in 19..<300 {
      let ratio = (sample[0][i] - sample[1][i]) / (population[0][i] - population[1][i])
      #expect(abs(ratio - (20.0 / 19).squareRoot()) < 1e-9)
    }
  }

  /// A price of a billion with a spread of a cent: squares about zero would have lost every digit.
  @Test func bandsKeepTheirDigitsFarFromZero() throws {
    let near = IndicatorData.walk(400, seed: 7, start: 1, step: 0.01).map { ($0 * 1024).rounded() / 1024 }
    let far = near.map { $0 + 1_073_741_824 }
    let a = try IndicatorData.run("bbands:20,2", SeriesRun.Columns(near))
    let b = try IndicatorData.run("bbands:20,2", SeriesRun.Columns(far))
    for i in 19..<400 { #expect(abs((a[0][i] - a[1][i]) - (b[0][i] - b[1][i])) < 1e-6) }
  }

  /// Beyond its windows, the state of a symbol is small.
  @Test func theStateOfASymbolIsSmall() throws {
    for specification in ["sma:20", "ema:12", "rsi:14", "macd:12,26,9", "bbands:20,2", "atr:14"] {
      #expect(SeriesRun(try IndicatorData.request(specification)).stateSize <= 1024, "\(specification)")
    }
    for indicator in Indicator.all {
      // What grows with the parameters is window: the rest must be under a kilobyte.
      let large = SeriesRun(indicator.standard).stateSize
      let periods = zip(indicator.parameters, indicator.standard.parameters).reduce(0.0) { sum, pair in
        if case .integer = pair.0.kind { return sum + pair.1 }
        return sum
      }
      let fixed = indicator.name == "roct" ? 16 * 1500 : indicator.name == "ht_trendline" ? 128 * 8 : 0
      #expect(
        Double(large - fixed) - 6 * 8 * periods <= 1024 || indicator.name == "sentiment", "\(indicator.name) \(large)")
    }
  }
}
