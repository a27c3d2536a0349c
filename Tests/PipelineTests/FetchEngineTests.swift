import FinstageSystem
import Synchronization
import TestSupport
import Testing

/// fs-fetch with many symbols and many processes: the cache, the manners, what is left after a crash.
@Suite struct FetchEngineTests {
  /// A server that has a few bars of any symbol, the number of which says how often it was asked for.
  private static func server(
    _ special: @escaping @Sendable (_ symbol: String, _ target: String) -> LoopbackServer.Answer? = { _, _ in nil }
  ) throws -> LoopbackServer {
    try LoopbackServer { target in
      let symbol = String(target.split(separator: "/").last?.prefix { $0 != "?" } ?? "")
      return special(symbol, target) ?? good(symbol)
    }
  }

  private static func good(_ symbol: String, close: Int = 7) -> LoopbackServer.Answer {
    .init(
      #"{"chart":{"result":[{"meta":{"symbol":"\#(symbol)","currency":"USD","dataGranularity":"1d","gmtoffset":0},"#
        + #""timestamp":[86400,172800],"indicators":{"quote":[{"open":[1,2],"high":[1,\#(close)],"low":[1,2],"close":[1,\#(close)],"#
        + #""volume":[1,2]}]}}],"error":null}}"#)
  }

  private let home = TemporaryFolder()

  private func fetch(_ server: LoopbackServer, _ arguments: String...) throws -> Run.Result {
    try Run.tool("fs-fetch", ["--base-url", server.url] + arguments, environment: ["FINSTAGE_HOME": home.path])
  }

  private func symbols(_ count: Int) -> [String] { (0..<count).map { "S\($0)" } }

  @Test func manySymbolsComeInTheOrderAskedFor() throws {
    // Those with an even number take longer.
    let server = try Self.server { symbol, _ in
      var answer = Self.good(symbol)
      answer.delay = (Int(symbol.dropFirst()) ?? 1) % 2 == 0 ? 0.03 : 0
      return answer
    }
    defer { server.stop() }
    let names = symbols(60)
    let result = try Run.tool(
      "fs-fetch", ["--base-url", server.url] + names, environment: ["FINSTAGE_HOME": home.path])
    #expect(result.status == 0)
    // Two bars of each; the fourth piece between quotes is the symbol.
    let came = result.lines.enumerated().filter { $0.offset % 2 == 0 }.map {
      String($0.element.split(separator: "\"")[3])
    }
    #expect(came == names)
    let unordered = try Run.tool(
      "fs-fetch", ["--base-url", server.url, "--unordered", "--no-cache"] + names,
      environment: ["FINSTAGE_HOME": home.path])
    #expect(Set(unordered.lines) == Set(result.lines))
    #expect(unordered.lines != result.lines)
  }

  @Test func theSecondTimeNobodyIsAsked() throws {
    let server = try Self.server()
    defer { server.stop() }
    let first = try fetch(server, "A", "B")
    let second = try fetch(server, "B", "A", "--stats")
    #expect(server.requests.count == 2)
    #expect(Set(second.lines) == Set(first.lines))
    #expect(second.errors.contains("\"cache_hits\":2"))
    #expect(try fetch(server, "A", "--offline").lines == first.lines.filter { $0.contains("\"A\"") })
    #expect(try fetch(server, "A", "--max-age", "1h").status == 0)
    #expect(server.requests.count == 2)
    #expect(try fetch(server, "A", "--refresh").status == 0)
    #expect(try fetch(server, "A", "--no-cache").status == 0)
    #expect(try fetch(server, "A", "--max-age", "1ms").status == 0)
    #expect(server.requests.count == 5)
    let unknown = try fetch(server, "NEW", "--offline")
    #expect(unknown.status == 1 && unknown.errors.contains("not in the cache"))
    #expect(server.requests.count == 5)
  }

  @Test func headlinesComeOnceForAll() throws {
    let server = try LoopbackServer { target in
      guard target.contains("s=A&") else { return .init("gone", status: 404) }
      var answer = LoopbackServer.Answer(
        "<rss><channel><item><title>Up</title><guid>1</guid><pubDate>Tue, 14 Nov 2023 22:13:20 GMT</pubDate></item>"
          + "</channel></rss>")
      answer.contentType = "application/rss+xml"
      return answer
    }
    defer { server.stop() }
    let line =
      #"{"type":"news","symbol":"A","ts":"2023-11-14T22:13:20Z","title":"Up","link":null,"source":null,"guid":"1"}"#
    let first = try fetch(server, "A", "B", "--news")
    #expect(first.status == 1 && first.text == line + "\n", "\(first.errors)")
    #expect(first.errors == "fs-fetch: B: HTTP 404: unknown symbol (check it)\n")
    #expect(try fetch(server, "A", "--news", "--url-template", server.url + "/?s={symbol}&x").lines == first.lines)
    #expect(try fetch(server, "A", "--news").lines == first.lines)
    #expect(server.requests.count == 3)
    #expect(try fetch(server, "A", "--news", "--range", "1y").status == 64)
    #expect(try fetch(server, "A", "--news", "--provider", "stooq").status == 64)
  }

  @Test func aWarmCacheAsksNobody() throws {
    let server = try Self.server { symbol, _ in
      symbol == "DEAD"
        ? .init(#"{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found"}}}"#, status: 404)
        : nil
    }
    defer { server.stop() }
    let list = home.file("symbols.txt", "A\n# not this\nB # nor this\n\nDEAD\n")
    let warm = try Run.tool(
      "fs-fetch", ["cache", "warm", list, "--base-url", server.url], environment: ["FINSTAGE_HOME": home.path])
    #expect(warm.status == 1 && warm.text == "{\"warm\":2,\"failed\":1,\"requests\":3}\n", "\(warm.errors)")
    #expect(try fetch(server, "A", "B", "--stats").errors.contains("\"cache_hits\":2"))
    #expect(server.requests.count == 3)
    let none = try Run.tool("fs-fetch", ["cache", "warm", list + "x"], environment: ["FINSTAGE_HOME": home.path])
    #expect(none.status == 66)
  }

  @Test func whatIsOldIsAskedForConditionally() throws {
    let server = try LoopbackServer { _ in
      var answer = Self.good("A")
      answer.headers = ["ETag: \"one\"", "Last-Modified: Tue, 14 Nov 2023 22:13:20 GMT"]
      return answer
    }
    let first = try fetch(server, "A")
    server.stop()
    // The same address again, from a server that only confirms.
    let port = server.port
    let second = try LoopbackServer(port: port) { _ in .init("", status: 304) }
    defer { second.stop() }
    let again = try fetch(second, "A", "--refresh", "--stats")
    #expect(again.lines == first.lines, "\(again.errors)")
    #expect(again.errors.contains("\"revalidated\":1"))
    let request = try #require(second.requests.first)
    #expect(
      request.contains("If-None-Match: \"one\"") && request.contains("If-Modified-Since: Tue, 14 Nov 2023 22:13:20 GMT")
    )
    #expect(try fetch(second, "A", "--stats").errors.contains("\"cache_hits\":1"), "fresh again")
  }

  @Test func deadSymbolsAreRemembered() throws {
    let server = try Self.server { symbol, _ in
      symbol == "DEAD"
        ? .init(#"{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found"}}}"#, status: 404)
        : nil
    }
    defer { server.stop() }
    #expect(try fetch(server, "DEAD", "A").status == 1)
    let again = try fetch(server, "DEAD", "A")
    #expect(again.status == 1 && again.lines.count == 2)
    #expect(again.errors.contains("from the cache; ask again with --refresh"))
    #expect(server.requests.count == 2)
    #expect(try fetch(server, "DEAD", "--refresh").status == 1)
    #expect(server.requests.count == 3)
  }

  @Test func anOldAnswerHelpsOutWhenTheServiceFails() throws {
    let server = try Self.server()
    let first = try fetch(server, "A")
    server.stop()
    let port = server.port
    let broken = try LoopbackServer(port: port) { _ in .init("no", status: 503) }
    defer { broken.stop() }
    let stale = try fetch(broken, "A", "--max-age", "1ms", "--retries", "0")
    #expect(stale.status == 0 && stale.lines == first.lines)
    #expect(stale.errors.contains("HTTP 503") && stale.errors.contains("is used"))
    let refresh = try fetch(broken, "A", "--refresh", "--retries", "0")
    #expect(refresh.status == 69 && refresh.lines.isEmpty, "who insists on a new one gets no old one")
  }

  @Test func manyProcessesAskOnce() throws {
    let server = try Self.server { symbol, _ in
      var answer = Self.good(symbol)
      answer.delay = 0.2
      return answer
    }
    defer { server.stop() }
    let result = try Run.shell(
      "seq 30 | xargs -P 30 -I{} sh -c 'fs-fetch --base-url \(server.url) COLD > out{}'; cat out* | wc -l; cat out* | sort -u | wc -l",
      folder: home.path, environment: ["FINSTAGE_HOME": home.path + "/home"])
    #expect(result.lines.map { $0.filter(\.isNumber) } == ["60", "2"], "\(result.errors)")
    #expect(server.requests.count == 1)
  }

  @Test func aRateHoldsForAllProcessesTogether() throws {
    let server = try Self.server()
    defer { server.stop() }
    let result = try Run.shell(
      "for i in 1 2 3; do fs-fetch --base-url \(server.url) --no-cache --rate 40/s $(seq -f \"P$i-%g\" 20) > out$i & done; wait; cat out* | wc -l",
      folder: home.path, environment: ["FINSTAGE_HOME": home.path + "/home"])
    #expect(result.text.filter(\.isNumber) == "120")
    let times = server.times.sorted()
    #expect(times.count == 60)
    // 41 requests after each one take a second at least, less what a request may be late by on a busy machine.
    for (first, last) in zip(times, times.dropFirst(41)) { #expect(last - first >= 0.975) }
    #expect(times[59] - times[0] > 1.3)
  }

  @Test func nobodyAsksBeforeTheTimeThatTheServiceNamed() throws {
    let server = try Self.server { symbol, _ in nil }
    server.stop()
    let gate = Gate()
    let busy = try LoopbackServer { target in
      let symbol = String(target.split(separator: "/").last?.prefix { $0 != "?" } ?? "")
      guard gate.isFirst else { return Self.good(symbol) }
      var answer = LoopbackServer.Answer("slow down", status: 429)
      answer.headers = ["Retry-After: 1"]
      return answer
    }
    defer { busy.stop() }
    let environment = ["FINSTAGE_HOME": home.path + "/home"]
    let first = try Run.tool("fs-fetch", ["--base-url", busy.url, "A", "--retries", "0"], environment: environment)
    #expect(first.status == 75)
    let told = try #require(busy.times.first)
    let result = try Run.shell(
      "seq 8 | xargs -P 8 -I{} fs-fetch --base-url \(busy.url) B{} -o out{}; cat out* | wc -l", folder: home.path,
      environment: environment)
    #expect(result.text.filter(\.isNumber) == "16", "\(result.errors)")
    for time in busy.times.dropFirst() { #expect(time - told >= 1) }
  }

  @Test func anAbsurdPauseIsNotWaitedFor() throws {
    let server = try LoopbackServer { _ in
      var answer = LoopbackServer.Answer("slow down", status: 429)
      answer.headers = ["Retry-After: 86400"]
      return answer
    }
    defer { server.stop() }
    let result = try fetch(server, "A", "B")
    #expect(result.status == 75)
    let later = try fetch(server, "C")
    #expect(later.errors.contains("asks for a pause of"))
    #expect(later.status == 75)
  }

  @Test func theDeadlineEndsEverything() throws {
    let server = try Self.server { symbol, _ in
      var answer = Self.good(symbol)
      answer.isSilent = symbol != "S0"
      return answer
    }
    defer { server.stop() }
    let result = try Run.tool(
      "fs-fetch", ["--base-url", server.url, "--deadline", "500ms"] + symbols(30),
      environment: ["FINSTAGE_HOME": home.path])
    #expect(result.status == 1 && result.lines.count == 2)
    #expect(result.errors.contains("the deadline has passed"))
  }

  @Test func killedInTheMiddleWhatCameIsKept() throws {
    let server = try Self.server()
    defer { server.stop() }
    let environment = ["FINSTAGE_HOME": home.path]
    let child = try Child(
      tool: "fs-fetch", ["--base-url", server.url, "--rate", "50/s"] + symbols(200), environment: environment)
    server.wait(forRequests: 40)
    child.signal(SIGKILL)
    #expect(child.wait() == 128 + SIGKILL)
    let before = server.requests.count
    let result = try Run.tool(
      "fs-fetch", ["--base-url", server.url, "--stats"] + symbols(200), environment: environment)
    #expect(result.status == 0 && result.lines.count == 400)
    #expect(server.requests.count - before < 200 - 25, "most of what had come is not asked for again")
    let check = try Run.shell("fs-fetch cache stats", environment: environment)
    #expect(check.status == 0 && check.errors.isEmpty)
  }

  @Test func aDamagedCacheIsSetAsideWithAWarning() throws {
    let server = try Self.server()
    defer { server.stop() }
    #expect(try fetch(server, "A").status == 0)
    Files.write([UInt8](repeating: 0x41, count: 20_000), to: "\(home.path)/cache/cache.db")
    _ = try Run.shell("rm '\(home.path)'/cache/cache.db-*")  // whose pages would mend it
    let result = try fetch(server, "A")
    #expect(result.status == 0 && result.lines.count == 2)
    #expect(result.errors.contains("the cache was damaged: moved it to"))
    #expect(try fetch(server, "A").errors.isEmpty)
    #expect(server.requests.count == 2)
  }

  @Test func aCacheThatCannotBeWrittenIsNoReasonToFail() throws {
    let server = try Self.server()
    defer { server.stop() }
    let result = try Run.tool(
      "fs-fetch", ["--base-url", server.url, "A"], environment: ["FINSTAGE_HOME": "/dev/null/x"])
    #expect(result.status == 0 && result.lines.count == 2)
    #expect(result.errors.contains("the cache cannot be used"))
  }

  /// A disk that gets full: no file may grow beyond so many kibibytes.
  @Test(arguments: [1, 24, 64, 160]) func aCacheThatCannotGrowIsNoReasonToFail(_ limit: Int) throws {
    let server = try Self.server()
    defer { server.stop() }
    let names = symbols(300).joined(separator: " ")
    let full = try Run.shell(
      "(ulimit -f \(limit); exec fs-fetch --base-url \(server.url) \(names)) | cat",
      environment: ["FINSTAGE_HOME": home.path])
    #expect(full.status == 0 && full.lines.count == 600, "\(full.errors)")
    #expect(limit > 100 || full.errors.contains("cache"))
    // With room again, what the cache has is whole.
    let after = try Run.shell(
      "fs-fetch --base-url \(server.url) \(names)", environment: ["FINSTAGE_HOME": home.path])
    #expect(after.status == 0 && after.text == full.text, "\(after.errors)")
  }

  @Test func answersAreRecordedAndReplayed() throws {
    let server = try Self.server { symbol, _ in symbol == "GONE" ? .init("{}", status: 404) : nil }
    let record = "\(home.path)/recorded"
    let first = try fetch(server, "A", "GONE", "B", "--record", record)
    #expect(first.status == 1)
    server.stop()
    let again = try fetch(server, "A", "GONE", "B", "--replay", record)
    #expect(again.status == 1 && again.lines == first.lines)
    #expect(again.errors == first.errors)
    let missing = try fetch(server, "C", "--replay", record)
    #expect(missing.errors.contains("no recorded answer for"))
  }

  @Test func aKeyIsSentAndNowhereToBeSeen() throws {
    let server = try LoopbackServer { target in
      target.hasSuffix("k=s3cr3t") ? .init("Date,Close\n2024-01-02,7\n") : .init("no", status: 403)
    }
    defer { server.stop() }
    var environment = ["FINSTAGE_HOME": home.path, "FINSTAGE_CSV_KEY": "s3cr3t"]
    let template = "\(server.url)/{symbol}?k={key}"
    let arguments = ["--provider", "csv", "--url-template", template, "--from", "2024-01-01", "X"]
    let good = try Run.tool("fs-fetch", arguments + ["--record", "\(home.path)/recorded"], environment: environment)
    #expect(good.status == 0 && good.text.contains("\"close\":7"), "\(good.errors)")
    environment["FINSTAGE_CSV_KEY"] = "wr0ng"
    let bad = try Run.tool("fs-fetch", arguments + ["--refresh"], environment: environment)
    #expect(bad.errors.contains("HTTP 403: refused") && !bad.errors.contains("wr0ng"))
    let list = try Run.shell("fs-fetch cache list", environment: environment)
    #expect(list.text.contains("{key}") && list.lines.count == 1)
    let seen = try Run.shell("grep -rl 's3cr3t\\|wr0ng' '\(home.path)'")
    #expect(seen.text.isEmpty, "\(seen.text)")
    // A key in a file that others may read is refused.
    _ = try Run.shell(
      "mkdir -p '\(home.path)/config'; echo s3cr3t > '\(home.path)/config/csv.key'; chmod 644 '\(home.path)/config/csv.key'"
    )
    environment["FINSTAGE_CSV_KEY"] = nil
    let open = try Run.tool("fs-fetch", arguments, environment: environment)
    #expect(open.status == 78 && open.errors.contains("other users may read its secrets"))
    _ = try Run.shell("chmod 600 '\(home.path)/config/csv.key'")
    #expect(try Run.tool("fs-fetch", arguments + ["--refresh"], environment: environment).status == 0)
  }

  @Test func theCacheCanBeLookedAtAndEmptied() throws {
    let server = try Self.server()
    defer { server.stop() }
    _ = try fetch(server, "A", "B")
    _ = try fetch(server, "A")
    func cache(_ arguments: String...) throws -> Run.Result {
      try Run.tool("fs-fetch", ["cache"] + arguments, environment: ["FINSTAGE_HOME": home.path])
    }
    #expect(try cache("stats").text.contains("\"cache\":\"answers\",\"cache_size\":2"))
    #expect(try cache("stats").text.contains("\"hits\":1,\"stale_hits\":0,\"misses\":2"))
    #expect(try cache("list").lines.count == 2)
    #expect(try cache("top", "--limit", "1").lines.count == 1)
    #expect(try cache("health").text.contains("\"overall_health\":\"critical\""))
    #expect(try cache("purge").status == 64)
    #expect(try cache("purge", "--expired").text == "{\"purged\":0}\n")
    #expect(try cache("clear").text == "{\"cleared\":2}\n")
    #expect(try cache("list").text.isEmpty)
    #expect(try cache("list", "--help").text.contains("fs-fetch cache list"))
  }

  @Test func memoryIsBoundedHoweverManySymbols() throws {
    let server = try Self.server()
    defer { server.stop() }
    let result = try Run.tool(
      "fs-fetch", ["--base-url", server.url, "--stats"] + symbols(1500), environment: ["FINSTAGE_HOME": home.path])
    #expect(result.lines.count == 3000)
    let number = try #require(result.errors.split(separator: "\"peak_memory_bytes\":").last)
    #expect(try #require(Int(number.prefix { $0.isNumber })) < 60 << 20)
  }
}

/// True for the first who asks.
private final class Gate: Sendable {
  private let asked = Atomic(false)

  var isFirst: Bool { !asked.exchange(true, ordering: .relaxed) }
}
