import FinstageCore
import FinstageSystem
import TestSupport
import Testing
@testable import FinstageNet

/// A recorded answer: a body alone, or with the request that led to it.
func recorded(_ name: String) throws -> JSONValue {
  let bytes = try #require(Files.read("\(Run.package)/Tests/Fixtures/yahoo/\(name).json"))
  let document = try JSONValue.parse(bytes)
  return document["response"]?["bodyJson"] ?? document
}

func chart(
  _ document: JSONValue, _ interval: ChartInterval = .oneDay, span: HistoryRequest.Extent = .range(.oneYear),
  raw: Bool = false
) throws -> History {
  var parser = YahooChart(request: HistoryRequest(symbol: "X", interval: interval, span: span), keepsRawPrices: raw)
  return try parser.history(document)
}

/// A small answer made of the parts that matter.
func answer(
  stamps: [Int], close: [String], granularity: String = "1d", offset: Int = 0, events: String = "{}",
  adjusted: [String]? = nil, zone: String? = nil, currency: String = "USD"
) throws -> JSONValue {
  let list = close.joined(separator: ",")
  let adjclose = adjusted.map { ",\"adjclose\":[{\"adjclose\":[\($0.joined(separator: ","))]}]" } ?? ""
  let name = zone.map { ",\"exchangeTimezoneName\":\"\($0)\"" } ?? ""
  let text = """
    {"chart":{"result":[{"meta":{"currency":"\(currency)","gmtoffset":\(offset)\(name),"dataGranularity":"\(granularity)"},
    "timestamp":[\(stamps.map(String.init).joined(separator: ","))],"events":\(events),
    "indicators":{"quote":[{"open":[\(list)],"high":[\(list)],"low":[\(list)],"close":[\(list)],"volume":[\(list)]}]\(adjclose)}}],
    "error":null}}
    """
  return try JSONValue.parse(Array(text.utf8))
}

func failure(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "no failure"
  } catch {
    return error.sentence
  }
}

@Suite struct YahooTests {
  /// A dividend may be paid in another currency than the prices are in; pounds beside pence are a matter of a hundred.
  @Test func aDividendHasItsOwnCurrency() throws {
    func bar(_ currency: String) throws -> (bar: Bar, BarCheck.Finding?) {
      let history = try chart(
        answer(
          stamps: [1_704_153_600, 1_704_240_000], close: ["500", "505"],
          events: #"{"dividends":{"1704153600":{"amount":0.25,"date":1704153600,"currency":"\#(currency)"}}}"#,
          currency: "GBp"))
      return (history.bars[0], BarCheck.findings(history.bars, currency: history.currency)[0])
    }
    let pounds = try bar("GBP")
    #expect(pounds.bar.dividend == 0.25 && pounds.bar.dividendCurrency == "GBP")
    #expect(pounds.1?.reasons == [.dividendUnit] && pounds.1?.repaired?.dividend == 25)
    #expect(pounds.1?.repaired?.dividendCurrency == nil)
    let dollars = try bar("USD")
    #expect(dollars.bar.dividendCurrency == "USD" && dollars.1 == nil)
    #expect(try bar("GBp").bar.dividendCurrency == nil)
  }

  @Test func recordedDailyBarsWithASplitAndADividend() throws {
    let history = try chart(recorded("chart-AAPL-2020-08-31-to-2020-11-07"))
    #expect(history.bars.count == 49)
    #expect(history.currency == "USD")
    #expect(history.bars.first?.time.text == "2020-08-31")
    #expect(history.bars.first?.split == 4)
    // Recorded in winter time: bars of the summer still have their session's date.
    #expect(history.bars[44].time.text == "2020-11-02")
    let last = try #require(history.bars.last)
    #expect(last.time.text == "2020-11-06")
    #expect(last.dividend == 0.205)
    #expect(last.close == 118.69)
    #expect(last.volume == 114_457_900)
    #expect(last.adjustedClose == 115.93415)
  }

  @Test func rawPricesStayAsTheyCame() throws {
    let history = try chart(recorded("chart-AAPL-2020-08-31-to-2020-11-07"), raw: true)
    #expect(history.bars.last?.close == 118.69000244140625)
  }

  @Test func widenedPricesBecomeTheShortDecimalsThatTheyWere() {
    #expect(YahooChart.unwidened(75.0875015258789) == 75.0875)
    #expect(YahooChart.unwidened(0.1) == 0.1, "a double of its own stays")
    #expect(YahooChart.unwidened(100) == 100)
    for value in [0.0001, 3225.52, 1.1220826, 20802.08, 42699.99, 0.205] {
      #expect(YahooChart.unwidened(Double(Float(value))) == value)
    }
  }

  @Test(arguments: [
    ("chart-BTC-USD-2020-01-01-to-2020-01-03", ["2020-01-01", "2020-01-02", "2020-01-03"]),
    ("chart-EURUSD=X-2020-01-01-to-2020-01-03", ["2020-01-01", "2020-01-02", "2020-01-03"]),
    ("chart-GS2C.DE-range-5d.body", ["2025-10-23", "2025-10-24", "2025-10-27", "2025-10-28", "2025-10-29"]),
  ])
  func datesAreTheSessions(_ name: String, _ dates: [String]) throws {
    #expect(try chart(recorded(name)).bars.map(\.time.text) == dates)
  }

  @Test func sessionsAreDatedByTheClockOfTheirExchange() throws {
    // Asked in winter (gmtoffset -18000): midnight in New York is at 04:00 UTC in summer, and at 05:00 in winter.
    let stamps = ["2024-07-01T04:00:00Z", "2024-07-02T03:59:00Z", "2024-12-02T05:00:00Z", "2024-12-03T02:30:00Z"].map {
      Int((Timestamp.parse($0) ?? 0) / Timestamp.nanosecondsPerSecond)
    }
    let document = try answer(
      stamps: stamps, close: ["1", "2", "3", "4"], offset: -18_000, zone: "America/New_York")
    // Late in the evening belongs to the next day, and the later row of a day counts.
    #expect(try chart(document).bars.map(\.time.text) == ["2024-07-01", "2024-07-02", "2024-12-02"])
    // Who asks for the end of a summer day gets no bar of the next.
    let end = Int64(stamps[1] + 60)
    let cut = try chart(document, .oneDay, span: .period(from: 0, to: end))
    #expect(cut.bars.map(\.time.text) == ["2024-07-01"])
    #expect(try chart(answer(stamps: [stamps[0]], close: ["1"], zone: "../../etc/passwd")).bars.count == 1)
  }

  /// All sessions of hourly bars of five years, asked for in summer and in winter.
  @Test(arguments: [-18_000, -14_400])
  func eventsFindTheirSessionAcrossClockChanges(_ offset: Int) throws {
    let text = String(decoding: try #require(Files.read("\(Run.package)/Tests/Fixtures/SPY.1h.csv")), as: UTF8.self)
    let stamps = text.split(separator: "\n").dropFirst().compactMap {
      Timestamp.parse(String($0.prefix { $0 != "," })).map { Int($0 / Timestamp.nanosecondsPerSecond) }
    }
    #expect(stamps.count > 500)
    // A dividend on the opening of each session: on its first bar.
    let zone = try #require(TimeZone.named("America/New_York"))
    var first: [Int64: Int] = [:]
    for stamp in stamps {
      first[zone.day(ofSecond: Int64(stamp))] = min(first[zone.day(ofSecond: Int64(stamp))] ?? .max, stamp)
    }
    let events = first.values.map { "\"\($0)\":{\"date\":\($0),\"amount\":1}" }.joined(separator: ",")
    let history = try chart(
      answer(
        stamps: stamps, close: stamps.map { _ in "1" }, granularity: "1h", offset: offset,
        events: "{\"dividends\":{\(events)}}", zone: "America/New_York"), .oneHour)
    #expect(history.notes.isEmpty)
    #expect(Set(history.bars.filter { $0.dividend == 1 }.map { Int($0.time.second) }) == Set(first.values))
  }

  @Test func theLiveBarIsTheLastOfTheYear() throws {
    let history = try chart(recorded("chart-AAPL-range-6mo.body"))
    #expect(history.bars.count == 127)
    #expect(history.bars.suffix(2).map(\.time.text) == ["2025-10-28", "2025-10-29"])
    #expect(history.bars.filter { $0.dividend == 0.26 }.map(\.time.text) == ["2025-05-12", "2025-08-11"])
  }

  @Test func aWindowWithoutSessionsHasNoBarsAndIsNoError() throws {
    let name = "chart-AAPL-2025-02-01-to-2025-02-02-includePrePost-false-interval-1m"
    #expect(try chart(recorded(name), .oneMinute).bars.isEmpty)
  }

  @Test func coarserBarsThanAskedForAreNamed() throws {
    let document = try recorded("chart-VFINX-range-max-interval-1d-answered-3mo.body")
    #expect(failure { _ = try chart(document) }.contains("got 3mo bars instead of 1d bars"))
    let history = try chart(document, .quarter)
    // The keys of events are the bars' stamps; the dates lie years before: the date counts.
    #expect(history.bars.filter { $0.time.text == "2025-07-01" }.map(\.dividend) == [1.588])
    #expect(history.bars.filter { $0.time.text == "2020-04-01" }.map(\.dividend) == [1.355])
    #expect(history.warnings.isEmpty == false, "dividends of before the first bar are told")
  }

  @Test func rowsWithoutACloseAreNoBarsAndCounted() throws {
    let history = try chart(answer(stamps: [86_400, 172_800, 259_200], close: ["1", "null", "3"]))
    #expect(history.bars.map(\.close) == [1, 3])
    #expect(history.emptyRows == 1)
  }

  @Test func ofTwoRowsOfOneDayTheLaterCounts() throws {
    let history = try chart(answer(stamps: [52_200, 138_600, 150_000], close: ["1", "2", "3"]))
    #expect(history.bars.map(\.close) == [1, 3])
  }

  @Test func theLiveRowOfAWeekOrMonthIsMergedIntoItsBar() throws {
    // 1970-01-05 was a Monday; the live row is of the Wednesday after.
    let days = [4, 11, 13].map { $0 * 86_400 }
    let weeks = try chart(answer(stamps: days, close: ["10", "20", "15"], granularity: "1wk"), .oneWeek)
    #expect(weeks.bars.map(\.time.text) == ["1970-01-05", "1970-01-12"])
    #expect(weeks.bars.last?.close == 15)
    #expect(weeks.bars.last?.high == 20)
    #expect(weeks.bars.last?.low == 15)
    #expect(weeks.bars.last?.open == 20)
    #expect(weeks.bars.last?.volume == 35)
    let alone = try chart(
      answer(stamps: [4 * 86_400, 13 * 86_400], close: ["10", "15"], granularity: "1wk"), .oneWeek)
    #expect(
      alone.bars.map(\.time.text) == ["1970-01-05", "1970-01-12"],
      "a week that has only its live row begins on its Monday")
  }

  @Test func rowsBeyondTheEndAreDropped() throws {
    let document = try answer(stamps: [0, 60, 120], close: ["1", "2", "3"], granularity: "1m")
    #expect(try chart(document, .oneMinute, span: .period(from: 0, to: 120)).bars.count == 2)
  }

  @Test func stampsLateInTheEveningBelongToTheNextDay() throws {
    // Midnight of a zone whose clock has changed since: 23:00, and 22:00 as seen in Brazil.
    let history = try chart(answer(stamps: [86_400 - 3600, 2 * 86_400 - 7200], close: ["1", "2"]))
    #expect(history.bars.map(\.time.text) == ["1970-01-02", "1970-01-03"])
  }

  @Test func unequalArraysAreAnErrorAndNoZip() throws {
    #expect(
      failure { _ = try chart(answer(stamps: [1, 2, 3], close: ["1", "2"])) }
        .contains("\"open\" has 2 values for 3 timestamps"))
    #expect(
      failure { _ = try chart(answer(stamps: [1, 2], close: ["1", "2"], adjusted: ["1"])) }
        .contains("\"adjclose\" has 1 values for 2 timestamps"))
  }

  @Test(arguments: [
    (#"{}"#, "there is no \"chart\""),
    (#"{"chart":{"result":[],"error":null}}"#, "an empty result"),
    (#"{"chart":{"result":null,"error":null}}"#, "an empty result"),
    (#"{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found"}}}"#, "No data found"),
    (#"{"chart":{"result":[{}],"error":null}}"#, "there is no \"meta\""),
    (#"{"chart":{"result":[{"meta":{},"timestamp":[1],"indicators":{"quote":[{}]}}]}}"#, "there is no \"open\""),
    (#"{"chart":{"result":[{"meta":{},"timestamp":[1]}]}}"#, "there are no quotes"),
    (
      #"{"chart":{"result":[{"meta":{},"timestamp":["x"],"indicators":{"quote":[{"open":[1],"high":[1],"low":[1],"close":[1],"volume":[1]}]}}]}}"#,
      "timestamp 1 is not an integer"
    ),
    (
      #"{"chart":{"result":[{"meta":{},"timestamp":[9223372036854775807],"indicators":{"quote":[{"open":[1],"high":[1],"low":[1],"close":[1],"volume":[1]}]}}]}}"#,
      "timestamp 1 is out of range"
    ),
  ])
  func malformedAnswersSayWhatIsMissing(_ text: String, _ message: String) throws {
    let document = try JSONValue.parse(Array(text.utf8))
    #expect(failure { _ = try chart(document) }.contains(message))
  }

  @Test func addressesAreEncodedAndNeverMixRangeAndPeriod() {
    var options = ProviderOptions()
    options.baseURL = "http://h/"
    let yahoo = YahooProvider(options)
    func url(_ symbol: String, _ span: HistoryRequest.Extent, _ interval: ChartInterval = .oneDay) -> String {
      yahoo.url(for: HistoryRequest(symbol: symbol, interval: interval, span: span, includesPrePost: true))
    }
    #expect(
      url("^GSPC", .range(.oneYear))
        == "http://h/v8/finance/chart/%5EGSPC?interval=1d&range=1y&includePrePost=true&events=div%7Csplit%7CcapitalGain"
    )
    #expect(
      url("EURUSD=X/../a?b", .range(.oneDay)).hasPrefix("http://h/v8/finance/chart/EURUSD%3DX%2F..%2Fa%3Fb?interval"))
    let period = url("A", .period(from: -5, to: 7), .oneHour)
    #expect(period.contains("interval=1h&period1=-5&period2=7&"))
    #expect(!period.contains("range="))
    #expect(url("A", .range(.max)).contains("&period1=-5364662400&period2="), "range=max is answered with coarse bars")
    #expect(url("A", .range(.max), .oneHour).contains("range=max"))
  }
}
