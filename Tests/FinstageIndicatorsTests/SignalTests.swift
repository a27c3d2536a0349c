import FinstageSystem
import TestSupport
import Testing
@testable import FinstageCore
@testable import FinstageIndicators

/// Signals on series that are made to have them.
@Suite struct SignalTests {
  /// The signals of each bar of a series: their names, and their strengths.
  private func signals(
    _ closes: [Double], _ specifications: [String], form: SignalForm = .strict, volumes: [Double]? = nil
  ) throws -> [[(name: String, strength: Double)]] {
    var text = ""
    for (i, close) in closes.enumerated() {
      text +=
        "{\"symbol\":\"A\",\"ts\":\(i * 86_400 + 1_000_000_000),\"open\":\(close),\"high\":\(close),\"low\":\(close),"
      text += "\"close\":\(close),\"volume\":\(volumes?[i] ?? 100)}\n"
    }
    var options = IndicatorSetOptions()
    options.signals = form
    let set = IndicatorSet(try specifications.flatMap { try IndicatorRequest.parse(specification: $0) }, options)
    let reader = NDJSONReader(source: MemorySource(Array(text.utf8)), fields: set.fields)
    let batch = reader.makeBatch()
    var found: [[(name: String, strength: Double)]] = []
    while try reader.next(into: batch) {
      set.apply(to: batch)
      let writer = RecordWriter(names: set.names)
      writer.render(batch)
      let lines = String(decoding: UnsafeBufferPointer(start: batch.text.base, count: batch.text.count), as: UTF8.self)
      for line in lines.split(separator: "\n") {
        let record = try JSONValue.parse(Array(line.utf8))
        let names = (record["signals"]?.array ?? []).compactMap(\.string)
        let strengths = (record["signal_strengths"]?.array ?? []).compactMap(\.double)
        #expect(names.count == strengths.count)
        #expect(record["signals"] == nil || !names.isEmpty, "no empty list")
        found.append(Array(zip(names, strengths)).map { (name: $0, strength: $1) })
      }
    }
    #expect(found.count == closes.count)
    return found
  }

  private func names(
    _ closes: [Double], _ specifications: [String], form: SignalForm = .strict, volumes: [Double]? = nil
  ) throws -> [[String]] {
    try signals(closes, specifications, form: form, volumes: volumes).map { $0.map(\.name) }
  }

  @Test func averagesCrossOnceWhereTheyDo() throws {
    let closes: [Double] = [10, 10, 10, 10, 12, 14, 16, 14, 8, 4, 2]
    let found = try names(closes, ["sma:2,4"]).map { $0.filter { $0.hasSuffix("cross") } }
    #expect(found == [[], [], [], [], ["golden_cross"], [], [], [], ["dead_cross"], [], []])
    let strength = try signals(closes, ["sma:2,4"])[4].first { $0.name == "golden_cross" }?.strength
    #expect(abs(strength! - 100 * (11 - 10.5) / 10.5) < 1e-9)
  }

  @Test func theCrossIsThatOfTheTwoLongest() throws {
    let closes: [Double] = [10, 10, 10, 10, 12, 14, 16]
    #expect(
      try names(closes, ["sma:1,2,4"]).map { $0.contains("golden_cross") }
        == names(closes, ["sma:2,4"]).map { $0.contains("golden_cross") })
    #expect(try names(closes, ["sma:4"]).allSatisfy { !$0.contains("golden_cross") })
  }

  @Test func pricesBreakThroughAnAverage() throws {
    let closes: [Double] = [10, 10, 10, 12, 13, 9, 8]
    #expect(try names(closes, ["sma:3"]) == [[], [], [], ["ma3_breakout_up"], [], ["ma3_breakout_down"], []])
    // Half a percent above is too near for the tolerant form, and a second bar above is no second signal.
    let tolerant = try names([100, 100, 100, 100.5, 101.5, 102, 102], ["sma:3"], form: .tolerant)
    #expect(tolerant == [[], [], [], [], ["ma3_breakout_up"], [], []])
  }

  @Test func theRSICrossesItsLevels() throws {
    let closes: [Double] = [100, 101, 100, 101, 104, 108, 112, 108, 100, 92, 84, 80]
    let rsi = try IndicatorData.run("rsi:3", SeriesRun.Columns(closes))[0]
    let found = try signals(closes, ["rsi:3"])
    for i in closes.indices {
      let (before, now) = (i > 0 ? rsi[i - 1] : .nan, rsi[i])
      var expected: [String] = []
      if before < 70 && now >= 70 { expected.append("rsi_overbought") }
      if before > 30 && now <= 30 { expected.append("rsi_oversold") }
      if before < 50 && now >= 50 { expected.append("rsi_bullish") }
      if before > 50 && now <= 50 { expected.append("rsi_bearish") }
      #expect(found[i].map(\.name) == expected)
      for signal in found[i] { #expect(signal.strength == abs(now - 50)) }
    }
    #expect(Set(found.flatMap { $0.map(\.name) }) == ["rsi_overbought", "rsi_oversold", "rsi_bearish"])
  }

  @Test func signalsOfSeveralRequestsAreToldApart() throws {
    let closes = IndicatorData.walk(200, seed: 41)
    let found = Set(try names(closes, ["rsi:7,14", "bbands:20,2"]).flatMap { $0 })
    #expect(found.contains("rsi_7_bullish") && found.contains("rsi_14_bullish"))
    #expect(found.contains("bb_touch_upper") && !found.contains("rsi_bullish"))
  }

  @Test func theTolerantRSITakesNearMisses() throws {
    // 69 after 60: not 70, but as good as.
    let closes = IndicatorData.walk(400, seed: 40)
    let rsi = try IndicatorData.run("rsi:14", SeriesRun.Columns(closes))[0]
    let strict = try names(closes, ["rsi:14"])
    let tolerant = try names(closes, ["rsi:14"], form: .tolerant)
    var more = 0
    for i in 15..<400 {
      let (before, now) = (rsi[i - 1], rsi[i])
      if tolerant[i].contains("rsi_overbought") {
        #expect(before <= 72 && now > 68 && now - before >= 2)
        if !strict[i].contains("rsi_overbought") { more += 1 }
      }
      if tolerant[i].contains("rsi_overbought") {
        #expect(!tolerant[i - 1].contains("rsi_overbought"), "reported once")
      }
    }
    #expect(more > 0)
  }

  @Test func theBandsAreBrokenAndTouched() throws {
    var closes = (0..<30).map { 100 + 0.1 * Double($0 % 2) }
    closes += [104, 104.5, 96, 95]
    let found = try names(closes, ["bbands:20,2"])
    #expect(found[30].contains("bb_break_upper"))
    #expect(!found[31].contains("bb_break_upper"), "once")
    #expect(found[32].contains("bb_break_lower"))
    // The bands are within a percent of these prices all the time: touched on the first bar that has bands, not again.
    #expect(found[19].contains("bb_touch_upper"))
    #expect(found[20...29].allSatisfy { !$0.contains("bb_touch_upper") })
  }

  @Test func theMACDCrossesItsSignalFirstThenZero() throws {
    // Down for sixty bars, then up twice as fast.
    var closes: [Double] = []
    for i in 0..<60 { closes.append(100 - Double(i) / 3) }
    for i in 0..<60 { closes.append(80 + Double(i) / 1.5) }
    let macd = try IndicatorData.run("macd:5,10,4", SeriesRun.Columns(closes))
    let found = try names(closes, ["macd:5,10,4"])
    for i in 1..<120 {
      let (m0, m1, s0, s1) = (macd[0][i - 1], macd[0][i], macd[1][i - 1], macd[1][i])
      var expected: [String] = []
      if m0 <= s0 && m1 > s1 {
        expected = ["macd_bullish_cross"]
      } else if m0 >= s0 && m1 < s1 {
        expected = ["macd_bearish_cross"]
      } else if m0 <= 0 && m1 > 0 {
        expected = ["macd_zero_cross_up"]
      } else if m0 >= 0 && m1 < 0 {
        expected = ["macd_zero_cross_down"]
      }
      #expect(found[i] == expected, "bar \(i)")
    }
    #expect(found.contains(["macd_bullish_cross"]) && found.contains(["macd_zero_cross_up"]))
  }

  @Test func theStochasticIsReportedWhereItBegins() throws {
    let closes: [Double] = (0..<60).map { i in 100 + Double(i < 30 ? i : 60 - i) }
    let found = try names(closes, ["stoch:5,3,3"])
    #expect(found.filter { $0.contains("stoch_overbought") }.count == 1)
    #expect(found.filter { $0.contains("stoch_oversold") }.count == 1)
    #expect(found.contains { $0.contains("stoch_bearish_cross") })
  }

  @Test func volumeBreaksOut() throws {
    var closes = [Double](repeating: 100, count: 30)
    var volumes = [Double](repeating: 1000, count: 30)
    (closes[22], volumes[22]) = (102, 5000)
    (closes[25], volumes[25]) = (100, 5000)
    (closes[24], volumes[24]) = (102, 1000)
    (closes[23], volumes[23]) = (102, 1000)
    (volumes[27], volumes[28]) = (100, 100)
    let found = try names(closes, ["volume_sma:20"], volumes: volumes)
    #expect(found[22] == ["volume_breakout_up"])
    #expect(found[25] == ["volume_breakout_down"])
    #expect(found[27] == ["low_volume"] && found[28] == [], "where it begins")
  }

  /// Without indicators the usual ones are looked at, and no field of theirs is added.
  @Test func signalsAloneLookAtTheUsualIndicators() throws {
    var options = IndicatorSetOptions()
    options.signals = .strict
    let set = IndicatorSet([], options)
    #expect(set.names.isEmpty)
    #expect(
      set.fields.map(\.name) == ["symbol", "ts", "close", "high", "low", "volume", "signals", "signal_strengths"])
    #expect(set.key.contains("sma:200"))
  }
}
