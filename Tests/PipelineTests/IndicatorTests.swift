import FinstageCore
import FinstageIndicators
import FinstageSystem
import TestSupport
import Testing

/// fs-indicators as a whole: what it lists, all indicators at once, live revisions, analyses, many symbols.
@Suite struct IndicatorTests {
  @Test func theListHasALineForEachIndicator() throws {
    let list = try Run.tool("fs-indicators", ["--list"])
    #expect(list.status == 0 && list.errors.isEmpty)
    for indicator in Indicator.all {
      #expect(list.lines.contains { $0.hasPrefix(indicator.name) }, "\(indicator.name)")
    }
  }

  @Test func anIndicatorIsExplained() throws {
    let text = try Run.tool("fs-indicators", ["--explain", "plus-di"]).text
    #expect(text.hasPrefix("plus_di: plus directional indicator\n"))
    #expect(text.contains("\nwarm-up     14 bars"))
    let unknown = try Run.tool("fs-indicators", ["--explain", "nothing"])
    #expect(unknown.status == 64)
    #expect(unknown.errors == "fs-indicators: --explain nothing: there is no such indicator (see --list)\n")
  }

  @Test func allIndicatorsAddAllColumns() throws {
    var generator = BarGenerator(symbols: 2)
    let result = try Run.tool("fs-indicators", ["--all"], input: generator.lines(400))
    #expect(result.status == 0 && result.errors.isEmpty)
    let last = try JSONValue.parse(Array(try #require(result.lines.last).utf8))
    let names = (last.members ?? []).map(\.key)
    #expect(Array(names.dropFirst(7)) == Indicator.all.flatMap(\.standard.columns))
    // Warm after 200 bars, but for a change over a day.
    for member in last.members ?? [] where member.key != "roct_1d" { #expect(!member.value.isNull, "\(member.key)") }
  }

  /// Options, -i with and without parameters, and --all agree.
  @Test func everyWayToNameAnIndicatorIsTheSame() throws {
    var generator = BarGenerator(symbols: 1)
    let input = generator.lines(80)
    for indicator in Indicator.all {
      let written = zip(indicator.parameters, indicator.standard.parameters).map { $0.text($1) }.joined(separator: ",")
      let option = try Run.tool(
        "fs-indicators", ["--\(indicator.option)"] + (written.isEmpty ? [] : [written]), input: input)
      let short = try Run.tool("fs-indicators", ["-i", indicator.name], input: input)
      #expect(option.status == 0 && option.lines.count == 80, "\(indicator.name): \(option.errors)")
      #expect(option.output == short.output)
    }
  }

  @Test func anOpenBarIsRevisedLive() throws {
    func bar(_ ts: Int, _ close: Double) -> String {
      "{\"symbol\":\"A\",\"ts\":\(1_700_000_000 + ts),\"close\":\(close)}\n"
    }
    let child = try Child(tool: "fs-indicators", ["--sma", "2", "--ema", "2", "--revise", "--line-buffered"])
    func answer(_ ts: Int, _ close: Double) -> String {
      child.write(bar(ts, close))
      return String(child.line()?.split(separator: "\"sma_2\":").last ?? "")
    }
    #expect(answer(0, 10) == "null,\"ema_2\":null}")
    #expect(answer(60, 20) == "15,\"ema_2\":15}")
    #expect(answer(60, 30) == "20,\"ema_2\":20}")
    #expect(answer(60, 40) == "25,\"ema_2\":25}")
    #expect(answer(120, 25) == "32.5,\"ema_2\":25}")
    // A bar out of order is no revision, and does not keep the last one from being revised.
    #expect(answer(60, 1) == "null,\"ema_2\":null}")
    #expect(answer(120, 55) == "47.5,\"ema_2\":45}")
    child.closeInput()
    #expect(child.wait() == 0)
  }

  @Test func revisionsLeadToTheValuesOfTheFinalBars() throws {
    var generator = BarGenerator(symbols: 3)
    let lines = (0..<600).map { _ in generator.line() }
    // Each bar comes twice with wrong prices before it comes right.
    var noisy = ""
    for line in lines {
      let wrong = line.replacing("\"close\":", with: "\"close\":1")
      noisy += wrong + wrong.replacing("\"high\":", with: "\"high\":9") + line
    }
    let options = ["--all", "--signals"]
    let expected = try Run.tool("fs-indicators", options, input: lines.joined())
    let revised = try Run.tool("fs-indicators", options + ["--revise"], input: noisy)
    let final = revised.lines.enumerated().filter { $0.offset % 3 == 2 }.map(\.element)
    #expect(final == expected.lines)
    #expect(revised.errors.isEmpty)
  }

  @Test func theAnalysisIsOneObjectASymbol() throws {
    let result = try Run.shell("zcat '\(Run.package)'/samples/bars/{AAPL,IBM}.1d.ndjson.gz | fs-indicators --analyze")
    #expect(result.lines.count == 2)
    let apple = try JSONValue.parse(Array(result.lines[0].utf8))
    #expect(apple["symbol"]?.string == "AAPL" && apple["ts"]?.string == "2013-03-01")
    #expect(apple["indicators"]?["sma"]?["200"]?.double != nil)
    #expect(apple["signals"]?["macd"]?.array?.compactMap(\.string) == ["macd_bearish_cross"])
    #expect(apple["sentiment"]?["score"]?.integer == -1)
    // The same values as on the bar itself.
    let last = try Run.shell(
      "zcat '\(Run.package)/samples/bars/AAPL.1d.ndjson.gz' | fs-indicators --last --sma 20 --rsi 14 -i sentiment -i stoch"
    )
    let bar = try JSONValue.parse(Array(last.lines[0].utf8))
    #expect(apple["indicators"]?["sma"]?["20"]?.double == bar["sma_20"]?.double)
    #expect(apple["indicators"]?["rsi"]?["current"]?.double == bar["rsi_14"]?.double)
    #expect(apple["indicators"]?["stochastic"]?["k_percent"]?.double == bar["stoch_k_14_3_3"]?.double)
    #expect(apple["sentiment"]?["ratio"]?.double == bar["sentiment_ratio"]?.double)
  }

  @Test func windowsThatAreTooShortAreNullInAnAnalysis() throws {
    var generator = BarGenerator(symbols: 2)
    let result = try Run.tool("fs-indicators", ["--analyze", "--batch"], input: generator.lines(50))
    #expect(result.lines.count == 1)
    let batch = try JSONValue.parse(Array(result.lines[0].utf8))
    #expect(batch["analyzed_symbols"]?.integer == 2)
    let first = batch["results"]?["AX"]
    #expect(first?["bars"]?.integer == 25)
    #expect(first?["indicators"]?["sma"]?["20"]?.double != nil)
    #expect(first?["indicators"]?["sma"]?["50"]?.isNull == true)
    #expect(first?["indicators"]?["macd"]?["signal"]?.isNull == true)
    #expect(first?["sentiment"]?.isNull == true)
    #expect(try Run.tool("fs-indicators", ["--analyze"], input: "").text.isEmpty)
  }

  /// 20,000 symbols with six indicators stay under a kilobyte for each of both, windows included.
  @Test func manySymbolsNeedLittleMemory() throws {
    let folder = TemporaryFolder()
    var many = BarGenerator(symbols: 20_000)
    var few = BarGenerator(symbols: 10)
    let options = [
      "--sma", "20", "--ema", "12", "--rsi", "14", "--macd", "12,26,9", "--bbands", "20,2", "--atr", "14", "--stats",
    ]
    func peak(_ file: String) throws -> Int {
      let result = try Run.command("\(Run.binaries)/fs-indicators", options + [file], outputPath: "/dev/null")
      let number = try #require(result.errors.split(separator: "\"peak_memory_bytes\":").last)
      return try #require(Int(number.prefix { $0.isNumber }))
    }
    let base = try peak(folder.file("few", few.lines(60_000)))
    let full = try peak(folder.file("many", many.lines(60_000)))
    #expect(full - base < 20_000 * 6 * 1024, "\(full) \(base)")
  }
}
