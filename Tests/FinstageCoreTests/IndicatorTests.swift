import Testing
import TestSupport

@testable import FinstageCore

/// Runs indicators over series held in memory, as the tool does over batches.
struct Series {
  var high: [Double]
  var low: [Double]
  var close: [Double]

  init(_ close: [Double]) {
    self.close = close
    high = close
    low = close
  }

  init(high: [Double], low: [Double], close: [Double]) {
    self.high = high
    self.low = low
    self.close = close
  }

  /// The columns of one indicator; NaN is "no value".
  func run(
    _ name: String, _ parameters: [Double], variations: [Double]? = nil, series: [Int64]? = nil, batch: Int = .max
  ) throws -> [[Double]] {
    let indicator = try #require(Indicator.all.first { $0.name == name })
    let step = indicator.driver(parameters, variations ?? indicator.variations.map(\.standard))
    let ids = series ?? [Int64](repeating: 0, count: close.count)
    // Columns that the indicator does not have repeat the first, as the tool does it.
    let own = indicator.outputs.map { _ in UnsafeMutablePointer<Double>.allocate(capacity: max(close.count, 1)) }
    defer { for pointer in own { pointer.deallocate() } }
    let results = (0..<3).map { own[min($0, own.count - 1)] }
    high.withUnsafeBufferPointer { high in
      low.withUnsafeBufferPointer { low in
        close.withUnsafeBufferPointer { close in
          ids.withUnsafeBufferPointer { ids in
            var at = 0
            while at < close.count {
              let count = min(batch, close.count - at)
              step(
                BarColumns(
                  field: close.baseAddress! + at, high: high.baseAddress! + at, low: low.baseAddress! + at,
                  close: close.baseAddress! + at),
                ids.baseAddress! + at, count,
                OutputColumns(a: results[0] + at, b: results[1] + at, c: results[2] + at))
              at += count
            }
          }
        }
      }
    }
    return own.map { Array(UnsafeBufferPointer(start: $0, count: close.count)) }
  }
}

/// Relative difference; 0 for two missing values, infinity where only one is missing.
func difference(_ a: Double, _ b: Double) -> Double {
  if a.isNaN && b.isNaN { return 0 }
  if a.isNaN || b.isNaN { return .infinity }
  if a == b { return 0 }
  return abs(a - b) / max(abs(a), abs(b))
}

@Suite struct IndicatorTests {
  private struct Case {
    var set: String
    var name: String
    var parameters: [Double]
    var outputs: [[Double]]
    var input: Series
  }

  /// TA-Lib's name, our name, and the outputs in our order.
  private static let talib: [(String, String, [String])] = [
    ("SMA", "sma", ["sma"]), ("EMA", "ema", ["ema"]), ("RSI", "rsi", ["rsi"]), ("ATR", "atr", ["atr"]),
    ("MACD", "macd", ["macd", "macd_signal", "macd_hist"]),
    ("BBANDS", "bbands", ["bb_upper", "bb_middle", "bb_lower"]),
  ]

  private static func cases() throws -> [Case] {
    let file = try #require(Files.read("\(Run.package)/Tests/Fixtures/talib.json"))
    let document = try JSONDocument.parse(file)
    func numbers(_ value: JSONDocument?) -> [Double] { (value?.array ?? []).map { $0.double ?? .nan } }
    var cases: [Case] = []
    for set in document["sets"]?.array ?? [] {
      let input = set["input"]
      let series = Series(
        high: numbers(input?["high"]), low: numbers(input?["low"]), close: numbers(input?["close"]))
      for (theirs, ours, outputs) in talib {
        let vector = try #require(set["indicators"]?[theirs])
        cases.append(
          Case(
            set: set["series"]?.string ?? "", name: ours,
            parameters: (vector["params"]?.members ?? []).compactMap { $0.value.double },
            outputs: outputs.map { numbers(vector["outputs"]?[$0]) }, input: series))
      }
    }
    return cases
  }

  @Test func theValuesAreTALibs() throws {
    let cases = try Self.cases()
    #expect(cases.count == 12)
    for vector in cases {
      let columns = try vector.input.run(vector.name, vector.parameters)
      for (column, expected) in zip(columns, vector.outputs) {
        #expect(column.count == expected.count)
        for i in column.indices {
          #expect(difference(column[i], expected[i]) <= 1e-9, "\(vector.set) \(vector.name) bar \(i)")
        }
      }
    }
  }

  private static func walk(_ count: Int, seed: UInt64, start: Double = 100, step: Double = 0.01) -> [Double] {
    var random = SeededRandom(seed: seed)
    var price = start
    return (0..<count).map { _ in
      price *= 1 + step * random.normal()
      return (price * 10_000).rounded() / 10_000
    }
  }

  private static func bars(_ count: Int, seed: UInt64) -> Series {
    let close = walk(count, seed: seed)
    return Series(high: close.map { $0 * 1.01 }, low: close.map { $0 * 0.98 }, close: close)
  }

  private static let standards: [(String, [Double])] = [
    ("sma", [20]), ("ema", [12]), ("rsi", [14]), ("macd", [12, 26, 9]), ("bbands", [20, 2]), ("atr", [14]),
    ("sma", [1]), ("ema", [1]), ("rsi", [1]), ("bbands", [2, 1.5]), ("atr", [1]), ("macd", [1, 2, 1]),
  ]

  /// The state is all there is: batches of any size, and series interleaved in any way, give the same bits.
  @Test func batchesAndInterleavingMakeNoDifference() throws {
    let one = Self.bars(500, seed: 1)
    let other = Self.bars(500, seed: 2)
    var mixed = Series(high: [], low: [], close: [])
    var ids: [Int64] = []
    var next = [0, 0]
    var random = SeededRandom(seed: 3)
    while next[0] < 500 || next[1] < 500 {
      let pick = next[0] == 500 ? 1 : next[1] == 500 ? 0 : Int(random.next() % 2)
      let source = pick == 0 ? one : other
      mixed.high.append(source.high[next[pick]])
      mixed.low.append(source.low[next[pick]])
      mixed.close.append(source.close[next[pick]])
      ids.append(Int64(pick * 700))  // far apart: states lie in different chunks
      next[pick] += 1
    }
    for (name, parameters) in Self.standards {
      let alone = try (one.run(name, parameters), other.run(name, parameters))
      for batch in [1, 3, 64] {
        let pieces = try one.run(name, parameters, batch: batch)
        #expect(pieces.map { $0.map(\.bitPattern) } == alone.0.map { $0.map(\.bitPattern) }, "\(name)")
      }
      let together = try mixed.run(name, parameters, series: ids, batch: 100)
      for column in together.indices {
        let first = zip(together[column], ids).filter { $0.1 == 0 }.map(\.0.bitPattern)
        let second = zip(together[column], ids).filter { $0.1 != 0 }.map(\.0.bitPattern)
        #expect(first == alone.0[column].map(\.bitPattern))
        #expect(second == alone.1[column].map(\.bitPattern))
      }
    }
  }

  @Test func aConstantSeriesHasConstantAveragesAndNoSpread() throws {
    for price in [0.1, 1.0, 187.15, 1e9 + 0.01, 1e-9] {
      let series = Series([Double](repeating: price, count: 200))
      #expect(difference(try series.run("ema", [12])[0].last!, price) < 1e-15)
      #expect(difference(try series.run("sma", [20])[0].last!, price) < 1e-15)
      #expect(try series.run("rsi", [14])[0].last == 50)
      #expect(try series.run("atr", [14])[0].last == 0)
      let bands = try series.run("bbands", [20, 2])
      #expect(bands[0].last == bands[1].last && bands[2].last == bands[1].last)
      #expect(abs(try series.run("macd", [12, 26, 9])[2].last!) < 1e-12 * price)
    }
  }

  @Test func scalingPricesScalesAveragesAndLeavesRSI() throws {
    let series = Self.bars(300, seed: 4)
    let scaled = Series(
      high: series.high.map { $0 * 8 }, low: series.low.map { $0 * 8 }, close: series.close.map { $0 * 8 })
    for (name, parameters) in Self.standards {
      let a = try series.run(name, parameters)
      let b = try scaled.run(name, parameters)
      for (x, y) in zip(a, b) {
        for i in x.indices { #expect(difference(name == "rsi" ? x[i] : x[i] * 8, y[i]) < 1e-13) }
      }
    }
  }

  @Test func theMiddleBandIsTheAverage() throws {
    let series = Self.bars(300, seed: 5)
    #expect(try series.run("bbands", [20, 2])[1].dropFirst(19) == series.run("sma", [20])[0].dropFirst(19))
  }

  @Test func theSampleDeviationIsWiderBySqrtOfNOverNMinusOne() throws {
    let series = Self.bars(300, seed: 6)
    let population = try series.run("bbands", [20, 2], variations: [0])
    let sample = try series.run("bbands", [20, 2], variations: [1])
    for i in 19..<300 {
      let ratio = (sample[0][i] - sample[1][i]) / (population[0][i] - population[1][i])
      #expect(abs(ratio - (20.0 / 19).squareRoot()) < 1e-9)
    }
  }

  /// A price of a billion with a spread of a cent: squares about zero would have lost every digit.
  @Test func bandsKeepTheirDigitsFarFromZero() throws {
    let near = Self.walk(400, seed: 7, start: 1, step: 0.01).map { ($0 * 1024).rounded() / 1024 }
    let far = near.map { $0 + 1_073_741_824 }
    let a = try Series(near).run("bbands", [20, 2])
    let b = try Series(far).run("bbands", [20, 2])
    for i in 19..<400 { #expect(abs((a[0][i] - a[1][i]) - (b[0][i] - b[1][i])) < 1e-6) }
  }

  /// A bar without a value, or with an absurd one, has no results, and the bars after it are as if it had not been.
  @Test(arguments: [Double.nan, 1e101, -1e300, .infinity]) func aNullOrAbsurdBarDoesNoHarm(_ absurd: Double) throws {
    let clean = Self.bars(200, seed: 8)
    var dirty = clean
    for at in [150, 100, 50, 10, 0] {
      dirty.close.insert(absurd, at: at)
      dirty.high.insert(absurd, at: at)
      dirty.low.insert(absurd, at: at)
    }
    for (name, parameters) in Self.standards {
      let expected = try clean.run(name, parameters)
      var results = try dirty.run(name, parameters)
      for column in results.indices {
        for at in [0, 11, 52, 103, 154] { #expect(results[column][at].isNaN) }
        for at in [154, 103, 52, 11, 0] { results[column].remove(at: at) }
        #expect(results[column].map(\.bitPattern) == expected[column].map(\.bitPattern), "\(name)")
      }
    }
  }

  /// A huge price that counts leaves no trace in windows that no longer hold it.
  @Test func aHugePriceLeavesNoTraceOnceItHasLeftTheWindow() throws {
    let clean = Self.walk(300, seed: 9)
    var dirty = clean
    dirty[100] = 1e18
    for name in ["sma", "bbands"] {
      let parameters = name == "sma" ? [20.0] : [20, 2]
      let a = try Series(clean).run(name, parameters)
      let b = try Series(dirty).run(name, parameters)
      for (x, y) in zip(a, b) {
        for i in 120..<300 { #expect(x[i].bitPattern == y[i].bitPattern) }
      }
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
    for (name, parameters) in [("sma", [20.0]), ("bbands", [20, 2])] {
      let whole = try Series(closes).run(name, parameters)
      let tail = try Series(Array(closes.suffix(1000))).run(name, parameters)
      for (a, b) in zip(whole, tail) {
        for i in 19..<1000 { #expect(difference(a[count - 1000 + i], b[i]) <= 1e-12, "\(name)") }
      }
    }
  }

  @Test func parametersAreCheckedBeforeAnyInput() throws {
    func refusal(_ name: String, _ text: String) throws -> String? {
      let indicator = try #require(Indicator.all.first { $0.name == name })
      do throws(IndicatorRequest.Refusal) {
        _ = try IndicatorRequest.parse(text, for: indicator)
        return nil
      } catch {
        return error.message
      }
    }
    for text in ["0", "-1", "1.5", "", "x", "100001", "20,", "nan", "inf", "1e9"] {
      #expect(try refusal("sma", text) != nil)
    }
    #expect(try refusal("sma", "20,50,100000") == nil)
    #expect(try refusal("macd", "26,12,9")?.contains("shorter") == true)
    #expect(try refusal("macd", "12,26,9,1")?.contains("fast,slow,signal") == true)
    #expect(try refusal("bbands", "20,0") != nil)
    #expect(try refusal("bbands", "1,2") != nil)
  }

  @Test func columnsAreNamedAfterTheParametersAndDefaultsFillUp() throws {
    func columns(_ name: String, _ text: String) throws -> [String] {
      let indicator = try #require(Indicator.all.first { $0.name == name })
      return try IndicatorRequest.parse(text, for: indicator).flatMap(\.columns)
    }
    #expect(try columns("sma", "20,50") == ["sma_20", "sma_50"])
    #expect(try columns("macd", "12") == ["macd_12_26_9", "macd_signal_12_26_9", "macd_hist_12_26_9"])
    #expect(try columns("bbands", "20,2.5") == ["bb_upper_20_2.5", "bb_middle_20_2.5", "bb_lower_20_2.5"])
    #expect(try columns("atr", "14") == ["atr_14"])
  }
}
