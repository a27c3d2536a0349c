import TestSupport
import Testing
@testable import FinstageCore
@testable import FinstageIndicators

/// The registry, and how requests are written.
@Suite struct IndicatorDefinitionTests {
  @Test func namesAndColumnsAreUnique() {
    let names = Indicator.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.count == 79)
    let columns = Indicator.all.flatMap(\.standard.columns)
    #expect(Set(columns).count == columns.count)
    let options = Indicator.all.flatMap { indicator in
      [indicator.option] + indicator.variations.map { "\(indicator.option)-\($0.name)" }
    }
    #expect(Set(options).count == options.count)
  }

  @Test(arguments: Indicator.all.map(\.name)) func everyIndicatorIsDescribed(_ name: String) throws {
    let indicator = try #require(Indicator.named(name))
    #expect(!indicator.summary.isEmpty && !indicator.formula.isEmpty && !indicator.source.isEmpty)
    for parameter in indicator.parameters + indicator.variations {
      #expect(parameter.value(parameter.text(parameter.standard)) == parameter.standard, "the default is a value")
    }
    #expect(indicator.conflict(indicator.standard.parameters) == nil)
    let text = IndicatorListing.explanation(indicator)
    for part in ["formula ", "source ", "inputs ", "columns ", "warm-up ", "null rules "] {
      #expect(text.contains("\n" + part))
    }
    #expect(IndicatorListing.table().contains("\n\(name)"))
    // It can be named with dashes, too.
    #expect(Indicator.named(indicator.option)?.name == name)
  }

  /// One file an indicator, named like it.
  @Test func everyIndicatorHasItsFile() {
    let root = "\(Run.package)/Sources/FinstageIndicators"
    let folders = ["Averages", "Momentum", "Trend", "Volatility", "Volume", "Statistics", "Candles", "Summary"]
    let files = folders.flatMap { folder in
      Files.names(in: "\(root)/\(folder)").filter { folder != "Candles" || $0.hasPrefix("CDL") }
    }
    #expect(files.count == Indicator.all.count)
  }

  private func refusal(_ name: String, _ text: String) throws -> String? {
    let indicator = try #require(Indicator.named(name))
    do {
      _ = try IndicatorRequest.parse(text, for: indicator)
      return nil
    } catch {
      return error.sentence
    }
  }

  @Test func parametersAreCheckedBeforeAnyInput() throws {
    for text in ["0", "-1", "1.5", "", "x", "100001", "20,", "nan", "inf", "1e9", "0x14", "+5", " 5"] {
      #expect(try refusal("sma", text) != nil, "\(text)")
    }
    #expect(try refusal("sma", "20,50,100000") == nil)
    #expect(try refusal("macd", "26,12,9")?.contains("shorter") == true)
    #expect(try refusal("macd", "12,26,9,1")?.contains("fast,slow,signal") == true)
    for text in ["20,0", "1,2", "20,nan", "20,1e2", "20,infinity"] {
      #expect(try refusal("bbands", text) != nil, "\(text)")
    }
    for text in ["", "soon", "2024-13-01", "1969-01-01", "session,"] {
      #expect(try refusal("vwap", text) != nil, "\(text)")
    }
    for text in ["", "d", "0d", "5", "-1d", "9999999999d", "11y"] {
      #expect(try refusal("roct", text) != nil, "\(text)")
    }
    #expect(try refusal("obv", "3") == "--obv takes no parameters, not \"3\"")
  }

  @Test func columnsAreNamedAfterTheParametersAndDefaultsFillUp() throws {
    func columns(_ specification: String) throws -> [String] {
      try IndicatorRequest.parse(specification: specification).flatMap(\.columns)
    }
    #expect(try columns("sma:20,50") == ["sma_20", "sma_50"])
    #expect(try columns("macd:12") == ["macd_12_26_9", "macd_signal_12_26_9", "macd_hist_12_26_9"])
    #expect(try columns("bbands:20,2.5") == ["bb_upper_20_2.5", "bb_middle_20_2.5", "bb_lower_20_2.5"])
    #expect(try columns("atr") == ["atr_14"])
    #expect(try columns("plus-di:7") == ["plus_di_7"])
    #expect(try columns("vwap:2024-01-02") == ["vwap_2024-01-02"])
    #expect(try columns("roct:1w") == ["roct_7d"])
    #expect(try columns("roct:90m") == ["roct_90m"])
    #expect(try columns("sar:0.02") == ["sar_0.02_0.2"])
  }

  @Test func equalKeysMeanEqualRequests() {
    let keys = IndicatorData.requests.map(\.key)
    #expect(Set(keys).count == keys.count)
    #expect(Indicator.named("bbands")!.standard.key == "bbands:20,2;ddof=0")
  }
}
