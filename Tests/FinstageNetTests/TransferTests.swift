import FinstageCore
import FinstageSystem
import Synchronization
import TestSupport
import Testing
@testable import FinstageNet

/// Single answers, good and bad, through the whole engine without retries and without cache.
@Suite struct TransferTests {
  static let good =
    #"{"chart":{"result":[{"meta":{"currency":"USD","dataGranularity":"1d","gmtoffset":0},"timestamp":[86400],"indicators":{"quote":[{"open":[1],"high":[1],"low":[1],"close":[1],"volume":[1]}]}}],"error":null}}"#

  /// What comes of one symbol.
  static func fetch(
    _ url: String, retries: Int = 0, timeout: Double = 10, retryBase: Double = 0.01
  ) -> Result<History, FetchFailure> {
    var options = FetchOptions()
    options.cacheUse = .none
    options.retry.retries = retries
    options.retry.base = retryBase
    options.firstPause = 0.01
    options.timeouts.total = timeout
    var provider = ProviderOptions()
    provider.baseURL = url
    let yahoo = YahooProvider(provider)
    let request = HistoryRequest(symbol: "A", interval: .oneDay, span: .range(.oneYear))
    let engine = FetchEngine<History>(options) { _ in }
    var outcome: Result<History, FetchFailure> = .failure(FetchFailure(.symbol, "nothing was delivered"))
    try? engine.run(count: 1) { (_) throws(FetchFailure) in
      try request.item(from: yahoo, lifetime: 60)
    } deliver: { _, result in
      outcome = result.map { History(joining: $0.parts) }
    }
    return outcome
  }

  /// The message for one answer, or "no failure".
  private func message(_ answer: LoopbackServer.Answer, timeout: Double = 10) throws -> String {
    let server = try LoopbackServer { _ in answer }
    defer { server.stop() }
    switch Self.fetch(server.url, timeout: timeout) {
    case .success: return "no failure"
    case .failure(let failure): return failure.sentence
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
    #expect(try message(.init("")) == "the answer is empty")
    #expect(try message(.init("{\"chart\":")).contains("the answer is not JSON at byte 10"))
    var page = LoopbackServer.Answer("<!DOCTYPE html><html>Will be right back</html>")
    page.contentType = "text/html"
    #expect(try message(page).hasPrefix("got HTML instead of JSON"))
    let other = Self.good.replacing("{\"currency\"", with: "{\"symbol\":\"B\",\"currency\"")
    #expect(try message(.init(other)) == "the answer is about another symbol: B")
  }

  /// Whatever is wrong with an answer, it ends in time, nothing of it is believed, and the message says what it was.
  @Test func hostileAnswersEndInTime() throws {
    func raw(_ text: String) -> LoopbackServer.Answer {
      var answer = LoopbackServer.Answer()
      answer.raw = Array(text.utf8)
      return answer
    }
    func faulty(_ change: (inout LoopbackServer.Answer) -> Void) -> LoopbackServer.Answer {
      var answer = LoopbackServer.Answer(Self.good)
      change(&answer)
      return answer
    }
    let deep = String(repeating: "[", count: 100_000)
    let cases: [(String, LoopbackServer.Answer)] = [
      ("cut", faulty { $0.cutAfter = 20 }),
      ("reset in the body", faulty { ($0.cutAfter, $0.isReset) = (20, true) }),
      ("silence", faulty { $0.isSilent = true }),
      ("length too long", raw("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{}")),
      ("length too short", raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + Self.good)),
      ("broken chunks", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n")),
      ("no HTTP", raw("hello\r\n\r\n")),
      ("gzip that is none", faulty { $0.headers = ["Content-Encoding: gzip"] }),
      ("deep nesting", .init(deep)),
      ("bad UTF-8", .init(bytes: Array(Self.good.utf8.prefix(60)) + [0xFF, 0xFE] + Array(Self.good.utf8.suffix(10)))),
      ("NaN", .init(Self.good.replacing("\"close\":[1]", with: "\"close\":[NaN]"))),
      ("unequal arrays", .init(Self.good.replacing("\"close\":[1]", with: "\"close\":[1,2]"))),
      ("not an object", .init("[1,2,3]")),
      ("a number", .init("1e400")),
    ]
    for (name, answer) in cases {
      let start = Run.now()
      let text = try message(answer, timeout: 0.5)
      #expect(text != "no failure", "\(name)")
      #expect(!text.isEmpty && Run.now() - start < 3, "\(name): \(text)")
    }
    #expect(try message(.init(Self.good.replacing("\"close\":[1]", with: "\"close\":[1e400]"))) == "no failure")
  }

  @Test func hugeHeadsAndEndlessBodiesAreRefused() throws {
    var heads = LoopbackServer.Answer(Self.good)
    heads.headers = (0..<2000).map { "X-\($0): \(String(repeating: "x", count: 200))" }
    #expect(try message(heads).contains("larger than"))
    var endless = LoopbackServer.Answer()
    endless.raw = Array("HTTP/1.1 200 OK\r\n\r\n".utf8)
    endless.endless = [UInt8](repeating: 0x20, count: 1 << 20)
    #expect(try message(endless).contains("larger than 16 MiB"))
  }

  @Test func aBombOfGzipIsRefused() throws {
    let folder = TemporaryFolder()
    _ = try Run.shell("head -c 200000000 /dev/zero | gzip -9 > bomb", folder: folder.path)
    var bomb = LoopbackServer.Answer(bytes: try #require(Files.read("\(folder.path)/bomb")))
    bomb.headers = ["Content-Encoding: gzip"]
    #expect(try message(bomb).contains("larger than 16 MiB"))
  }

  @Test func gzipIsAskedForAndUnderstoodAndWeSayWhoWeAre() throws {
    let folder = TemporaryFolder()
    _ = folder.file("a", Self.good)
    _ = try Run.shell("gzip a", folder: folder.path)
    let packed = try #require(Files.read("\(folder.path)/a.gz"))
    let server = try LoopbackServer { target in
      var answer = LoopbackServer.Answer(bytes: packed)
      answer.headers = ["Content-Encoding: gzip"]
      return answer
    }
    defer { server.stop() }
    #expect(try Self.fetch(server.url).get().bars.count == 1)
    let request = try #require(server.requests.first)
    #expect(request.contains("Accept-Encoding: gzip"))
    #expect(request.contains("User-Agent: finstage/"))
  }

  @Test func halfAGzipIsNoAnswer() throws {
    let folder = TemporaryFolder()
    _ = folder.file("a", Self.good)
    _ = try Run.shell("gzip a", folder: folder.path)
    let packed = try #require(Files.read("\(folder.path)/a.gz"))
    var half = LoopbackServer.Answer(bytes: Array(packed.prefix(packed.count / 2)))
    half.headers = ["Content-Encoding: gzip"]
    #expect(try message(half) != "no failure")
  }

  @Test func redirectsToOtherSchemesAndEndlessOnesAreRefused() throws {
    for place in ["file:///etc/passwd", "gopher://127.0.0.1:1/x"] {
      var elsewhere = LoopbackServer.Answer("", status: 302)
      elsewhere.headers = ["Location: \(place)"]
      #expect(try message(elsewhere).contains("not http or https: refused"))
    }
    var toItself = LoopbackServer.Answer("", status: 302)
    toItself.headers = ["Location: /again"]
    #expect(try message(toItself).contains("redirects more than 5 times"))
  }

  @Test func onlyWhatMayHelpIsAskedAgain() throws {
    func requests(_ statuses: [Int], retries: Int = 3) throws -> (count: Int, isGood: Bool) {
      let left = Counter(statuses)
      let server = try LoopbackServer { _ in
        guard let status = left.next() else { return .init(Self.good) }
        return .init("no", status: status)
      }
      defer { server.stop() }
      let result = Self.fetch(server.url, retries: retries)
      return (server.requests.count, (try? result.get()) != nil)
    }
    for status in [500, 502, 503, 504, 408, 425] {
      let (count, isGood) = try requests([status, status])
      #expect(count == 3 && isGood, "\(status)")
    }
    for status in [400, 401, 403, 404, 410, 422] {
      let (count, isGood) = try requests([status, status])
      #expect(count == 1 && !isGood, "\(status)")
    }
    #expect(try requests([500, 500, 500, 500]).count == 4, "three retries, no more")
    // A pause uses up no retries; a host that says nothing else is left alone.
    #expect(try requests([429, 429, 429], retries: 1) == (4, true))
    #expect(try requests([Int](repeating: 429, count: 50)) == (4, false))
  }

  /// What a webhook needs: a method, a body, headers, a deadline of its own; nothing that is sent twice by itself.
  @Test func requestsHaveAMethodABodyHeadersAndADeadline() throws {
    let server = try LoopbackServer { target in
      var answer = LoopbackServer.Answer("ok", status: target == "/busy" ? 500 : 200)
      answer.isSilent = target == "/silent"
      return answer
    }
    defer { server.stop() }
    var options = FetchOptions()
    options.retry.base = 0.001
    let engine = FetchEngine<String>(options) { Issue.record("\($0)") }
    let body = Array("{\"text\":\"AAPL\"}".utf8)
    let requests = [
      HTTPRequest(.post, url: "\(server.url)/hook", headers: [("Content-Type", "application/json")], body: body),
      HTTPRequest(.put, url: "\(server.url)/put", body: body), HTTPRequest(.delete, url: "\(server.url)/delete"),
      HTTPRequest(.head, url: "\(server.url)/head"), HTTPRequest(.post, url: "\(server.url)/busy", body: body),
      HTTPRequest(.post, url: "\(server.url)/silent", deadline: 0.05),
    ]
    var results: [Int: Result<FetchResult<String>, FetchFailure>] = [:]
    try engine.run(count: requests.count) { (index) throws(FetchFailure) in
      FetchItem(name: "\(index)", requests: [requests[index]], lifetime: 60) { (answer, _) throws(FetchFailure) in
        try AnswerCheck.status(answer)
        return String(decoding: answer.body, as: UTF8.self)
      }
    } deliver: {
      results[$0] = $1
    }
    func sent(_ target: String) -> [String] { server.requests.filter { $0.split(separator: " ")[1] == target } }
    #expect(sent("/hook").count == 1)
    let hook = try #require(sent("/hook").first)
    #expect(hook.hasPrefix("POST ") && hook.contains("Content-Type: application/json\r\n"))
    #expect(hook.hasSuffix("\r\n\r\n{\"text\":\"AAPL\"}"))
    #expect(sent("/put").first?.hasPrefix("PUT ") == true && sent("/delete").first?.hasPrefix("DELETE ") == true)
    #expect(sent("/head").first?.hasPrefix("HEAD ") == true)
    for i in 0..<4 { #expect((try? results[i]?.get())?.parts == [i == 3 ? "" : "ok"], "\(i)") }
    #expect(sent("/busy").count == 1 && sent("/silent").count == 1, "nobody knows whether a POST has arrived")
    #expect(throws: FetchFailure.self) { try results[4]?.get() }
    #expect(throws: FetchFailure.self) { try results[5]?.get() }
  }

  @Test func aDeadHostIsLeftAlone() throws {
    let server = try LoopbackServer { _ in .init("no", status: 500) }
    defer { server.stop() }
    var options = FetchOptions()
    options.cacheUse = .none
    options.retry.retries = 0
    options.concurrency = 1
    options.patience = 0
    let engine = FetchEngine<Int>(options) { _ in }
    var messages: [String] = []
    try engine.run(count: 20) { (index) throws(FetchFailure) in
      FetchItem(name: "\(index)", requests: [HTTPRequest(url: "\(server.url)/\(index)")], lifetime: 60) {
        (answer, _) throws(FetchFailure) in
        throw FetchFailure(.unavailable, "HTTP \(answer.status)", remedy: .again, cause: .host)
      }
    } deliver: { _, result in
      if case .failure(let failure) = result { messages.append(failure.sentence) }
    }
    #expect(server.requests.count == 6, "the first one, and five that were sent when it was known")
    #expect(messages.count == 20)
    #expect(messages.last?.hasPrefix("HTTP 500 (for 0 s; --patience") == true, "\(messages.last ?? "")")
  }
}

/// Numbers that are taken one after the other, by any thread.
final class Counter: Sendable {
  private let left: Mutex<[Int]>

  init(_ values: [Int]) { left = Mutex(values) }

  func next() -> Int? { left.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}
