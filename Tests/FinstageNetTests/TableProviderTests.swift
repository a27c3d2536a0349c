import FinstageCore
import FinstageSystem
import TestSupport
import Testing
@testable import FinstageNet

/// Providers whose answers are tables: CSV, JSON, Stooq, files.
@Suite struct TableProviderTests {
  private let day = HistoryRequest(symbol: "A", interval: .oneDay, span: .period(from: 0, to: nil))

  private func answer(_ text: String, status: Int = 200) -> HTTPAnswer {
    var answer = HTTPAnswer()
    answer.status = status
    answer.body = Array(text.utf8)
    answer.address = "https://host/x"
    return answer
  }

  private func csv(_ text: String, map: [String: String] = [:], _ request: HistoryRequest? = nil) throws -> [Bar] {
    var options = ProviderOptions()
    options.urlTemplate = "https://host/{symbol}.csv"
    options.map = map
    return try CSVProvider(options).history(in: answer(text), of: request ?? day).bars
  }

  @Test func rowsOfCSVAreReadAsRFC4180Says() throws {
    func rows(_ text: String) throws -> [[String]] { try CSVText.rows(Array(text.utf8)) }
    #expect(try rows("a,b\r\n1,2\r\n") == [["a", "b"], ["1", "2"]])
    #expect(try rows("a,b\n\n1,\"x, \"\"y\"\"\nz\"") == [["a", "b"], ["1", "x, \"y\"\nz"]])
    #expect(try rows("\u{FEFF}a;b\n1,5;2") == [["a", "b"], ["1,5", "2"]])
    #expect(try rows("a\tb\n\"\"\t") == [["a", "b"], ["", ""]])
    #expect(try rows("") == [])
    #expect(throws: CSVText.Failure.self) { try rows("a\n\"b") }
  }

  @Test func theUsualHeadersAreUnderstood() throws {
    let bars = try csv(
      "Date,Open,High,Low,Close,Adj Close,Volume\n2024-01-03,2,4,1,3,2.5,100\n2024-01-02,1,2,1,2,1.5,50\n")
    #expect(bars.map(\.time.text) == ["2024-01-02", "2024-01-03"], "the newest first is put in order")
    #expect(bars[1].open == 2 && bars[1].high == 4 && bars[1].low == 1 && bars[1].close == 3)
    #expect(bars[1].volume == 100 && bars[1].adjustedClose == 2.5)
    let rate = try csv("DATE,DGS10\n2024-01-01,.\n2024-01-02,3.95\n")
    #expect(rate.count == 1 && rate[0].close == 3.95 && rate[0].open == nil, "a point is no value")
    let minutes = try csv(
      "Date,Time,Close\n2024-01-02,15:30:00,1\n2024-01-02,15:31:00,2\n",
      HistoryRequest(symbol: "A", interval: .oneMinute, span: .period(from: 0, to: nil)))
    #expect(minutes.map(\.time.text) == ["2024-01-02T15:30:00Z", "2024-01-02T15:31:00Z"])
    #expect(try csv("t;c\n1704153600;5\n")[0].time.text == "2024-01-02")
    #expect(try csv("when,what,close\n20240102,7,1\n", map: ["ts": "when", "close": "what"])[0].close == 7)
  }

  private func failure(_ body: () throws -> Void) -> String {
    do { try body() } catch { return (error as? FetchFailure)?.sentence ?? "\(error)" }
    return "no failure"
  }

  @Test func whatIsWrongWithATableIsSaid() {
    #expect(
      failure { _ = try csv("a,b,c\n1,2,3\n") }.contains(
        "cannot find a time or a close in the answer (it has: a, b, c;"))
    #expect(failure { _ = try csv("Date,Close\n2024-01-02,x\n") }.contains("row 1: \"x\" is not a number (close)"))
    #expect(failure { _ = try csv("Date,Close\nsoon,1\n") }.contains("row 1: \"soon\" is not a time"))
    #expect(failure { _ = try csv("Date,Close\n2024-01-02,1,9\n") }.contains("row 1 has 3 fields, the header 2"))
    #expect(failure { _ = try csv("Date,Close\n", map: ["close": "Last"]) }.contains("there is no \"Last\""))
    #expect(failure { _ = try csv("") }.contains("the answer is empty"))
    #expect(failure { _ = try csv("<html>log in</html>") }.contains("got HTML instead of data"))
    #expect(failure { _ = try csv("Date,Close\n2024-01-02,1e999\n") }.contains("is not a number"))
  }

  @Test func aSpanIsCutOut() throws {
    let request = HistoryRequest(
      symbol: "A", interval: .oneDay, span: .period(from: 1_704_153_600, to: 1_704_240_000))
    #expect(try csv("Date,Close\n2024-01-01,1\n2024-01-02,2\n2024-01-03,3\n", request).map(\.close) == [2])
  }

  /// Tomorrow's request has other dates, and is the same question.
  @Test func questionsDoNotDependOnTheDay() throws {
    let template = try TemplateURL("https://host/{symbol}?a={from}&b={to}", provider: "csv", Secrets())
    func names(_ span: HistoryRequest.Extent) -> [String] {
      [0, 86_400 * 400].map { now in
        template.request(HistoryRequest(symbol: "A", interval: .oneDay, span: span), now: now).name
      }
    }
    #expect(names(.range(.oneYear)) == ["https://host/A?a=1y&b=now", "https://host/A?a=1y&b=now"])
    #expect(
      names(.period(from: 0, to: nil)) == ["https://host/A?a=1970-01-01&b=now", "https://host/A?a=1970-01-01&b=now"])
    #expect(names(.period(from: 0, to: 86_400))[0] == "https://host/A?a=1970-01-01&b=1970-01-02")
    var options = ProviderOptions()
    options.baseURL = "https://host"
    func yahoo(_ interval: ChartInterval, _ span: HistoryRequest.Extent) throws -> [HTTPRequest] {
      try YahooProvider(options).requests(for: HistoryRequest(symbol: "A", interval: interval, span: span))
    }
    for span in [HistoryRequest.Extent.range(.max), .period(from: 0, to: nil)] {
      let asked = try yahoo(.oneDay, span)
      #expect(asked.count == 1 && asked[0].name.contains("&period2=now&") && !asked[0].url.contains("now"))
    }
    let minutes = try yahoo(.oneMinute, .range(.oneMonth))
    #expect(minutes.first?.name.contains("period1=1mo&") == true && minutes.last?.name.contains("period2=now&") == true)
    let stooq = try StooqProvider(options).requests(
      for: HistoryRequest(symbol: "A", interval: .oneDay, span: .range(.oneYear)))
    #expect(stooq[0].name == "https://host/q/d/l/?s=a.us&i=d&range=1y" && stooq[0].url.contains("&d1="))
  }

  @Test func addressesAreFilledAndSymbolsStayData() throws {
    var key = Secrets()
    key.set("key", "k")
    let template = try TemplateURL(
      "https://host/{symbol}?i={interval}&a={from}&b={to}&k={key}", provider: "csv", key)
    let request = HistoryRequest(
      symbol: "../../x?y=1", interval: .oneDay, span: .period(from: 1_704_153_600, to: 1_704_240_000))
    #expect(
      template.request(request, now: 0).url == "https://host/..%2F..%2Fx%3Fy%3D1?i=1d&a=2024-01-02&b=2024-01-03&k={key}"
    )
    for bad in ["ftp://host/{symbol}", "https://{symbol}/x", "https://host/x", "file:///{symbol}"] {
      #expect(throws: FetchFailure.self) { try TemplateURL(bad, provider: "csv", key) }
    }
  }

  private func json(_ text: String, rows: String? = nil, map: [String: String] = [:]) throws -> [Bar] {
    var options = ProviderOptions()
    options.urlTemplate = "https://host/{symbol}"
    options.rowsPath = rows
    options.map = map
    return try JSONProvider(options).history(in: answer(text), of: day).bars
  }

  @Test func bothObjectsAndArraysAreRowsOfJSON() throws {
    let tiingo = #"[{"date":"2024-01-02T00:00:00.000Z","open":1,"high":3,"low":1,"close":2,"volume":9}]"#
    #expect(try json(tiingo)[0].close == 2)
    let massive = #"{"results":[{"t":1704153600000,"o":1,"h":3,"l":1,"c":2.5,"v":9}]}"#
    #expect(try json(massive, rows: "results").map(\.time.text) == ["2024-01-02"])
    let klines = #"[[1704153600000,"1.5","3","1","2.25","9",0],[1704240000000,"2","3","1","2.5","9",0]]"#
    let map = ["ts": "0", "open": "1", "high": "2", "low": "3", "close": "4", "volume": "5"]
    #expect(try json(klines, map: map).map(\.close) == [2.25, 2.5])
    let vantage =
      #"{"Meta Data":{},"Time Series (Daily)":{"2024-01-03":{"1. open":"3","4. close":"4"},"2024-01-02":{"1. open":"1","4. close":"2"}}}"#
    #expect(try json(vantage, rows: "Time Series (Daily)").map(\.close) == [2, 4])
    #expect(try json(#"{"a":[{"b":[{"ts":1704153600,"close":1}]}]}"#, rows: "a.0.b").count == 1)
    #expect(try json("[]").isEmpty)
    #expect(failure { _ = try json("{}", rows: "a") }.contains("there is no \"a\" in the answer"))
    #expect(failure { _ = try json("{\"a\":1}") }.contains("are not an array"))
    #expect(failure { _ = try json("[1,2]") }.contains("cannot find a time or a close"))
    #expect(failure { _ = try json("nonsense") }.contains("not JSON at byte 1"))
  }

  @Test func stooqTellsItsErrorsInText() throws {
    let stooq = StooqProvider(ProviderOptions())
    #expect(
      try stooq.history(in: answer("Date,Open,High,Low,Close,Volume\r\n2024-01-02,1,2,1,2,5\r\n"), of: day).bars.count
        == 1)
    #expect(failure { _ = try stooq.history(in: answer("No data"), of: day) }.contains("stooq has no data for a.us"))
    #expect(
      failure { _ = try stooq.history(in: answer("Exceeded the daily hits limit"), of: day) }.contains("daily limit"))
    #expect(failure { _ = try stooq.history(in: answer("<script>work</script>"), of: day) }.contains("got HTML"))
    #expect(["AAPL", "^SPX", "BMW.DE"].map(StooqProvider.name) == ["aapl.us", "^spx", "bmw.de"])
    let requests = try stooq.requests(
      for: HistoryRequest(symbol: "AAPL", interval: .oneWeek, span: .period(from: 1_704_153_600, to: 1_704_240_000)))
    #expect(requests[0].url == "https://stooq.com/q/d/l/?s=aapl.us&i=w&d1=20240102&d2=20240102")
  }

  @Test func filesAreFoundByTheirSymbolAndNowhereElse() throws {
    let folder = TemporaryFolder()
    _ = folder.file("A.csv", "Date,Close\n2024-01-02,1\n")
    _ = folder.file("^GSPC.1d.csv", "Date,Close\n2024-01-02,2\n")
    _ = try Run.shell(
      "mkdir in; printf 'Date,Close\\n2024-01-02,3\\n' > secret.csv; gzip -c A.csv > Z.csv.gz", folder: folder.path)
    var options = ProviderOptions()
    options.folder = folder.path
    let files = try FileProvider(options)
    func close(_ symbol: String) throws -> Double? {
      var request = day
      request.symbol = symbol
      guard case .local(let history) = try files.source(of: request) else { return nil }
      return history.bars.first?.close
    }
    #expect(try close("A") == 1 && close("^GSPC") == 2 && close("Z") == 1)
    options.folder = "\(folder.path)/in"
    let inner = try FileProvider(options)
    var outside = day
    outside.symbol = "../secret"
    #expect(failure { _ = try inner.source(of: outside) }.contains("there is no ..%2Fsecret.csv in"))
  }
}
