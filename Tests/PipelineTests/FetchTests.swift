import FinstageSystem
import TestSupport
import Testing

/// fs-fetch against a server on this machine that answers with what Yahoo was recorded to send.
@Suite struct FetchTests {
  private static func server() throws -> LoopbackServer {
    let file = try #require(Files.text("\(Run.package)/Tests/Fixtures/yahoo/chart-GS2C.DE-range-5d.body.json"))
    return try LoopbackServer { target in
      if target.contains("/GONE?") {
        return .init(
          #"{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, symbol may be delisted"}}}"#,
          status: 404)
      }
      if target.contains("/BUSY?") { return .init("Too Many Requests\r\n", status: 429) }
      if target.contains("/SLOW?") {
        var answer = LoopbackServer.Answer()
        answer.isSilent = true
        return answer
      }
      return .init(body(file, for: target))
    }
  }

  /// The recorded answer, as if it were about the symbol that was asked for.
  private static func body(_ file: String, for target: String) -> String {
    let name = target.split(separator: "/").last?.prefix { $0 != "?" } ?? ""
    return file.replacing("GS2C.DE", with: name.replacing("%5E", with: "^"))
  }

  @Test func barsArriveInOrderAndOneFailureDoesNotStopTheOthers() throws {
    let server = try Self.server()
    defer { server.stop() }
    let result = try Run.tool(
      "fs-fetch", ["--base-url", server.url, "GS2C.DE", "GONE", "^GSPC", "--range", "5d", "--progress"])
    #expect(result.status == 1)
    #expect(result.lines.count == 10)
    #expect(
      result.lines.first
        == #"{"symbol":"GS2C.DE","ts":"2025-10-23","open":19.58,"high":19.8,"low":19.3,"close":19.738,"volume":4549,"adj_close":19.738,"interval":"1d","currency":"EUR"}"#
    )
    #expect(result.lines.last?.hasPrefix(#"{"symbol":"^GSPC","ts":"2025-10-29""#) == true)
    #expect(
      result.errors == """
        fs-fetch: 1/3 GS2C.DE: 5 bars
        fs-fetch: GONE: HTTP 404: unknown symbol (check it): No data found, symbol may be delisted
        fs-fetch: 2/3 GONE: failed
        fs-fetch: 3/3 ^GSPC: 5 bars

        """)
    #expect(
      server.requests.contains {
        $0.hasPrefix("GET /v8/finance/chart/%5EGSPC?interval=1d&range=5d&includePrePost=false&")
      })
  }

  @Test func theStatusTellsWhatWasWrongWhenNothingCame() throws {
    let server = try Self.server()
    defer { server.stop() }
    #expect(try Run.tool("fs-fetch", ["--base-url", server.url, "GONE"]).status == 1)
    let absent = try Run.tool("fs-fetch", ["--base-url", server.url, "GONE", "AAPL", "--allow-absent"])
    #expect(absent.status == 0 && absent.errors.contains("GONE: HTTP 404") && !absent.text.isEmpty)
    #expect(try Run.tool("fs-fetch", ["--base-url", server.url, "GONE", "AAPL", "--tolerate", "50%"]).status == 0)
    #expect(try Run.tool("fs-fetch", ["--base-url", server.url, "GONE", "AAPL", "--tolerate", "49%"]).status == 1)
    #expect(try Run.tool("fs-fetch", ["A", "--tolerate", "101%"]).status == 64)
    #expect(try Run.tool("fs-fetch", ["--base-url", server.url, "BUSY", "--patience", "2s"]).status == 75)
    #expect(try Run.tool("fs-fetch", ["--base-url", server.url, "SLOW", "--timeout", "200ms"]).status == 69)
    #expect(try Run.tool("fs-fetch", ["--base-url", server.url, "BUSY", "AAPL", "--patience", "2s"]).status == 1)
  }

  @Test func rawPricesAreKeptOnDemand() throws {
    let server = try Self.server()
    defer { server.stop() }
    let result = try Run.tool("fs-fetch", ["--base-url", server.url, "A", "--raw-prices"])
    #expect(result.text.contains(#""close":19.738000869750977"#))
  }

  @Test func aSignalDuringARequestEndsIt() throws {
    let server = try Self.server()
    defer { server.stop() }
    let child = try Child(tool: "fs-fetch", ["--base-url", server.url, "SLOW", "--timeout", "1h"])
    server.wait(forRequests: 1)
    child.signal(SIGTERM)
    #expect(child.wait() == 128 + SIGTERM)
  }

  @Test func theWholePathFromServerToIndicator() throws {
    let server = try Self.server()
    defer { server.stop() }
    let result = try Run.shell("fs-fetch --base-url \(server.url) GS2C.DE | fs-indicators --sma 5 --last")
    #expect(
      result.text.contains(
        #""close":19.948,"volume":9179,"adj_close":19.948,"interval":"1d","currency":"EUR","sma_5":20.067200000000003}"#
      ))
  }
}
