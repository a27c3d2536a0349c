import FinstageCore
import Testing
import TestSupport

@testable import FinstageNet

@Suite(.serialized) struct TransferTests {
  private static let good =
    #"{"chart":{"result":[{"meta":{"currency":"USD","dataGranularity":"1d","gmtoffset":0},"timestamp":[86400],"indicators":{"quote":[{"open":[1],"high":[1],"low":[1],"close":[1],"volume":[1]}]}}],"error":null}}"#

  /// The message for one answer, or "no failure".
  private func message(_ answer: LoopbackServer.Answer, timeout: Double = 10) throws -> String {
    let server = try LoopbackServer { _ in answer }
    defer { server.stop() }
    var options = ProviderOptions()
    options.baseURL = server.url
    options.timeouts.total = timeout
    let yahoo = YahooProvider(options)
    return failure {
      _ = try yahoo.history(HistoryRequest(symbol: "A", interval: .oneDay, span: .range(.oneYear)))
    }
  }

  @Test func eachFaultHasItsOwnMessage() throws {
    #expect(try message(.init(Self.good)) == "no failure")
    let notFound =
      #"{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, symbol may be delisted"}}}"#
    #expect(try message(.init(notFound, status: 404)).hasPrefix("HTTP 404: unknown symbol (check it): No data found"))
    let range = #"{"chart":{"result":null,"error":{"code":"x","description":"1m data not available for startTime=1"}}}"#
    #expect(try message(.init(range, status: 422)) == "HTTP 422: 1m data not available for startTime=1")
    #expect(try message(.init("Too Many Requests\r\n", status: 429)).hasPrefix("HTTP 429: too many requests"))
    #expect(try message(.init("no", status: 403)).hasPrefix("HTTP 403: refused"))
    #expect(try message(.init("oops", status: 500)).hasPrefix("HTTP 500 (the service may be down"))
    #expect(try message(.init("")) == "an empty answer came")
    #expect(try message(.init("{\"chart\":")).contains("the answer is not JSON at byte 10"))
    var page = LoopbackServer.Answer("<!DOCTYPE html><html>Will be right back</html>")
    page.contentType = "text/html"
    #expect(try message(page).hasPrefix("HTML came instead of JSON"))
  }

  @Test func aCutBodyAndASilentServerAreNamed() throws {
    var cut = LoopbackServer.Answer(Self.good)
    cut.cutAfter = 20
    #expect(try message(cut).contains("127.0.0.1"))
    var silent = LoopbackServer.Answer(Self.good)
    silent.isSilent = true
    #expect(try message(silent, timeout: 0.3).contains("no answer from 127.0.0.1"))
  }

  @Test func gzipIsAskedForAndUnderstoodAndWeSayWhoWeAre() throws {
    let folder = TemporaryFolder()
    _ = folder.file("a", Self.good)
    _ = try Run.shell("gzip a", folder: folder.path)
    let packed = try #require(Files.read("\(folder.path)/a.gz"))
    let server = try LoopbackServer { _ in
      var answer = LoopbackServer.Answer(bytes: packed)
      answer.headers = ["Content-Encoding: gzip"]
      return answer
    }
    defer { server.stop() }
    var options = ProviderOptions()
    options.baseURL = server.url
    let history = try YahooProvider(options).history(
      HistoryRequest(symbol: "A", interval: .oneDay, span: .range(.oneYear)))
    #expect(history.bars.count == 1)
    let request = try #require(server.requests.first)
    #expect(request.contains("Accept-Encoding: gzip"))
    #expect(request.contains("User-Agent: finstage/"))
  }

  @Test func redirectsToOtherSchemesAndEndlessOnesAreRefused() throws {
    var toFile = LoopbackServer.Answer("", status: 302)
    toFile.headers = ["Location: file:///etc/passwd"]
    #expect(try message(toFile).contains("127.0.0.1") || message(toFile).contains("file"))
    var toItself = LoopbackServer.Answer("", status: 302)
    toItself.headers = ["Location: /again"]
    #expect(try message(toItself).contains("redirects more than 5 times"))
  }
}
