import FinstageCore
import FinstageServe
import FinstageSystem
import TestSupport
import Testing

/// fs-stream with real connections over loopback.
@Suite struct StreamTests {
  private let home = TemporaryFolder()

  @Test func everybodyGetsWhatHeAskedFor() throws {
    let service = try StreamService(home: home.path)
    let (prices, everything, pattern) = (try service.client(), try service.client(), try service.client())
    #expect(prices.next()?["type"]?.string == "system_status")
    #expect(try prices.subscribe(#"{"action":"subscribe","type":"prices","symbols":["AAPL"]}"#).isEmpty)
    #expect(try everything.subscribe(#"{"action":"subscribe","type":"all"}"#).isEmpty)
    #expect(try pattern.subscribe(#"{"action":"subscribe","type":"prices","symbols":["^*"]}"#).isEmpty)
    service.quote("AAPL", "101.250", #","volume":7,"x":{"y":[1]}"#)
    service.quote("^IXIC", "1")
    service.child.write(#"{"type":"alert","symbol":"AAPL","rule":"r","severity":"warning","message":"m"}"# + "\n")
    service.child.write("no record\n" + #"{"symbol":"AAPL","ts":"2024-03-01","close":101.35}"# + "\n")
    #expect(brief(prices.next()) == "price_update AAPL 1 101.25")
    let second = prices.next()
    #expect(brief(second) == "price_update AAPL 2 101.35")
    #expect(second?["previous_price"]?.double == 101.25 && second?["change_amount"]?.double == 0.1)
    #expect(second?["change_percent"]?.double == 0.0988)
    #expect(
      (0..<4).map { _ in brief(everything.next()) } == [
        "price_update AAPL 1 101.25", "price_update ^IXIC 1 1", "alert AAPL 1", "price_update AAPL 2 101.35",
      ])
    #expect(brief(pattern.next()) == "price_update ^IXIC 1 1")
    #expect(
      brief(try service.client().subscribe(#"{"action":"subscribe","type":"prices","symbols":["AAPL"]}"#).first)
        == "price_update AAPL 2 101.35 true")
    // What is left goes to nobody.
    _ = try prices.ask(#"{"action":"unsubscribe","type":"prices","symbols":["AAPL"]}"#)
    service.quote("AAPL", "3")
    #expect(brief(everything.next()) == "price_update AAPL 3 3")
    #expect(
      try prices.ask(#"{"action":"heartbeat"}"#, "heartbeat")["message"]?.string == "pong", "and no event before it")
  }

  @Test func digitsAndUnknownFieldsPass() throws {
    let service = try StreamService(home: home.path)
    let client = try WebSocketClient(WebSocketAddress("ws://127.0.0.1:\(service.port)", path: "/ws/realtime")!)
    try client.send(#"{"action":"subscribe","type":"all"}"#)
    service.quote("A", "101.2500000000000000001", #","size":12345678901234567890,"e":1E5"#)
    var text = ""
    while case .message(let bytes, _) = client.next(within: 10) {
      text = String(decoding: bytes, as: UTF8.self)
      if text.contains("price_update") { break }
    }
    #expect(
      text.contains(#""current_price":101.2500000000000000001"#)
        && text.contains(#""size":12345678901234567890,"e":1E5"#), "\(text)")
  }

  @Test func whoComesBackMissesNothing() throws {
    let service = try StreamService(["--keep", "3"], home: home.path)
    let client = try service.client()
    let epoch = try client.ask(#"{"action":"subscribe","type":"prices","symbols":["A"]}"#)["epoch"]?.string ?? ""
    func resumed(_ sequence: Int, _ epoch: String) throws -> [String] {
      try service.client().subscribe(
        #"{"action":"subscribe","type":"prices","symbols":["A"],"resume":{"epoch":"\#(epoch)","seqs":{"prices:A":\#(sequence)}}}"#
      ).map(brief)
    }
    #expect(try resumed(0, epoch).isEmpty, "nothing was missed before the first event")
    for price in 1...5 { service.quote("A", "\(price)") }
    while let message = client.next(), message["seq"]?.integer != 5 {}
    #expect(try resumed(5, epoch).isEmpty)
    #expect(try resumed(2, epoch) == ["price_update A 3 3", "price_update A 4 4", "price_update A 5 5"])
    #expect(try resumed(0, epoch) == ["gap A 1 2", "price_update A 3 3", "price_update A 4 4", "price_update A 5 5"])
    #expect(try resumed(4, "another") == ["gap A", "price_update A 5 5 true"])
    #expect(try resumed(9, epoch) == ["gap A", "price_update A 5 5 true"], "a number that there has not been")
  }

  @Test func mistakesAreNamedAndEndNothing() throws {
    let service = try StreamService(["--max-subscriptions", "3"], home: home.path)
    let client = try service.client()
    for (text, words) in [
      ("{", "not a JSON object"), ("[]", "not a JSON object"), ("{}", "no \"action\""),
      (#"{"action":"subscribe"}"#, "\"type\" is missing"),
      (#"{"action":"subscribe","type":"news"}"#, "must be one of prices"),
      (#"{"action":"subscrib","type":"all"}"#, "did you mean subscribe?"),
      (#"{"action":"subscribe","type":"all","symbols":"A"}"#, "list of texts"),
      (#"{"action":"subscribe","type":"all","conflate":"x"}"#, "a span"),
      (#"{"action":"subscribe","type":"all","resume":{"epoch":1}}"#, "\"resume\" is"),
      (#"{"action":"get_price_history"}"#, "\"symbol\" is missing"),
    ] {
      let answer = try client.ask(text, "error")
      #expect(answer["message"]?.string?.contains(words) == true, "\(text): \(answer.text)")
    }
    let answer = try client.ask(#"{"action":"subscribe","type":"prices","symbols":["A","B","","C","D","a b"]}"#)
    #expect(answer["symbols"]?.text == #"["A","B","C"]"#)
    #expect(answer["refused"]?.array?.compactMap { $0["symbol"]?.string } == ["", "D", "a b"], "\(answer.text)")
  }

  @Test func faultsOfTheWireHaveTheirCodes() throws {
    let service = try StreamService(home: home.path)
    for (bytes, code) in [
      ([0xC1, 0x80] as [UInt8], UInt16(1002)), ([0x81, 0x05], 1002), ([0x81, 0x81, 0, 0, 0, 0, 0xFF], 1007),
      ([0x82, 0xFF, 0, 0, 0, 1, 0, 0, 0, 0], 1009), ([0x82, 0x80, 0, 0, 0, 0], 1003),
    ] {
      let socket = try RawSocket(port: service.port)
      socket.send(
        WebSocketHandshake.request(host: "x", path: "/ws/realtime", key: [UInt8](repeating: 1, count: 16)) + bytes)
      let all = socket.readAll()
      let end = try #require(all.firstRange(of: [0x88]) == nil ? nil : all.lastIndex(of: 0x88))
      #expect(UInt16(all[end + 2]) << 8 | UInt16(all[end + 3]) == code, "\(bytes)")
    }
    let old = try RawSocket(port: service.port)
    old.send(
      Array(
        "GET /ws/realtime HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\n\r\n"
          .utf8))
    let answer = String(decoding: old.readAll(), as: UTF8.self)
    #expect(answer.hasPrefix("HTTP/1.1 426 ") && answer.contains("Sec-WebSocket-Version: 13\r\n"), "\(answer)")
  }

  /// RFC 9110, section 9.3.2: the same answer without its body. RFC 9112, section 9.3: a connection of HTTP/1.0 ends unless it is to be kept.
  @Test func headsAreAnsweredAndOldConnectionsEnd() throws {
    let service = try StreamService(home: home.path)
    let socket = try RawSocket(port: service.port)
    socket.send(Array("HEAD /healthz HTTP/1.0\r\n\r\n".utf8))
    let head = String(decoding: socket.readAll(), as: UTF8.self)
    #expect(
      head.hasPrefix("HTTP/1.1 200 OK\r\n") && head.contains("Content-Length: 3\r\n") && head.hasSuffix("\r\n\r\n"))
    let kept = try RawSocket(port: service.port)
    let first = "GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
    kept.send(Array((first + "GET /healthz HTTP/1.0\r\n\r\n").utf8))
    let both = String(decoding: kept.readAll(), as: UTF8.self)
    #expect(both.ranges(of: "HTTP/1.1 200 OK").count == 2 && both.hasSuffix("ok\n"), "\(both)")
    #expect(try service.ask("/healthz", method: "DELETE").status == 405)
  }

  @Test func aSlowClientIsToldAndHarmsNobody() throws {
    let service = try StreamService(["--queue-limit", "64KiB"], home: home.path)
    let (slow, fast) = (try service.client(), try service.client())
    _ = try slow.subscribe(#"{"action":"subscribe","type":"all"}"#)
    _ = try fast.subscribe(#"{"action":"subscribe","type":"all"}"#)
    // More than the kernel keeps for who does not read.
    let filler = #","text":"\#(String(repeating: "x", count: 4000))""#
    let count = 4000
    for i in 1...count {
      service.quote("A", "\(i)", filler)
      #expect(brief(fast.next()) == "price_update A \(i) \(i)")
    }
    var kinds: [String: Int] = [:]
    var skipped: Int64 = 0
    var last: Int64 = 0
    while last < Int64(count), let message = slow.next() {
      kinds[message["type"]?.string ?? "", default: 0] += 1
      if let sequence = message["seq"]?.integer {
        let hole = message["skipped"]?.integer ?? 0
        #expect(sequence == last + 1 + hole, "what was left out is said")
        skipped += hole
        last = sequence
      }
    }
    #expect(last == Int64(count) && skipped > 0 && kinds["lag"] == 1, "\(kinds), \(skipped) skipped")
    // Alerts are not left out: who does not read them is closed.
    for i in 1...count {
      service.child.write(#"{"type":"alert","symbol":"A","rule":"r","n":\#(i)\#(filler)}"# + "\n")
      #expect(fast.next()?["n"]?.integer == Int64(i))
    }
    while slow.next() != nil {}
    #expect(
      slow.closed?.code == 1013 && slow.closed?.reason.contains("slow") == true, "\(String(describing: slow.closed))")
  }

  @Test func conflationKeepsTheLast() throws {
    let service = try StreamService(home: home.path)
    let client = try service.client()
    _ = try client.subscribe(#"{"action":"subscribe","type":"prices","symbols":["A"],"conflate":"200ms"}"#)
    for i in 1...50 { service.quote("A", "\(i)") }
    var seen: [Int64] = []
    var total: Int64 = 0
    while total < 50, let message = client.next() {
      seen.append(message["seq"]?.integer ?? 0)
      total += 1 + (message["skipped"]?.integer ?? 0)
    }
    #expect(total == 50 && seen.last == 50 && seen.count < 10, "\(seen)")
  }

  @Test func rightsOverHTTP() throws {
    let token = home.file("tokens", "secret-1\nsecret-2\n")
    chmod(token, 0o600)
    let service = try StreamService(["--auth", token], home: home.path)
    #expect(try service.ask("/healthz").status == 200 && service.ask("/readyz").status == 200)
    #expect(try service.ask("/nothing").status == 404)
    #expect(try service.ask("/ws/clients").status == 401 && service.ask("/ws/clients", token: "secret-1").status == 401)
    let admin = service.adminToken
    #expect(try service.ask("/ws/clients", token: admin).text.hasPrefix(#"{"clients":"#))
    #expect(try service.ask("/ws/broadcast", method: "POST", token: admin, body: #"{"message":1}"#).status == 400)
    #expect(try service.ask("/events").status == 401)
    #expect(try service.ask("/metrics").text.contains("finstage_stream_clients 0\n"))
    #expect(try service.ask("/ws/demo").text.contains("<title>fs-stream</title>"))
    #expect(throws: WebSocketClient.Failure.self) { try service.client([("Authorization", "Bearer wrong")]) }
    #expect(throws: WebSocketClient.Failure.self) { try service.client([("Origin", "http://elsewhere.example")]) }
    let own = try service.client([("Origin", "http://127.0.0.1:\(service.port)"), ("Authorization", "Bearer secret-2")])
    #expect(try own.subscribe(#"{"action":"subscribe","type":"all"}"#).isEmpty)
    // A browser shows its token in the first message.
    let late = try service.client()
    #expect(
      try late.ask(#"{"action":"subscribe","type":"all"}"#, "error")["message"]?.string?.contains("token first") == true
    )
    _ = try late.client.send(#"{"action":"auth","token":"secret-1"}"#)
    #expect(try late.subscribe(#"{"action":"subscribe","type":"all"}"#).isEmpty)
    let wrong = try service.client()
    _ = try wrong.client.send(#"{"action":"auth","token":"x"}"#)
    while wrong.next() != nil {}
    #expect(wrong.closed?.code == 4501, "do not come back")
    let sent = try Run.tool(
      "fs-stream", ["broadcast", "hello", "--url", "http://127.0.0.1:\(service.port)"], input: "",
      environment: ["FINSTAGE_HOME": home.path])
    #expect(sent.status == 0 && own.next()?["message"]?.string == "hello", "\(sent.text)\(sent.errors)")
  }

  @Test func whoOnlyListensIsNotDropped() throws {
    let service = try StreamService(["--heartbeat", "1s"], home: home.path)
    let socket = try RawSocket(port: service.port)
    socket.send(Array("GET /events?type=prices HTTP/1.1\r\nHost: 127.0.0.1:\(service.port)\r\n\r\n".utf8))
    // Silence of three and a half heartbeats drops a WebSocket; nothing ever comes from a listener to events.
    var text = ""
    while text.split(separator: "\"heartbeat\"").count < 7, let piece = socket.read() { text += piece }
    #expect(text.split(separator: "\"heartbeat\"").count == 7, "\(text)")
    service.quote("A", "1")
    while !text.contains("price_update"), let piece = socket.read() { text += piece }
    service.child.write("{\"symbol\":\"B\\nevent: x\",\"close\":1,\"more\":{\r\"a\":1}}\n")
    while !text.contains("more"), let piece = socket.read() { text += piece }
    let odd = text.split(separator: "\n").filter { $0.contains("event: x") }
    #expect(
      odd.count == 2 && odd.first?.hasSuffix(":prices:Bevent: x:1") == true && odd.last?.contains("{ \"a\":1}") == true,
      "nothing of a record ends a line: \(text)")
    #expect(text.contains("id: ") && text.contains(":prices:A:1\ndata: {\"type\":\"price_update\""), "\(text)")
  }

  @Test func whoAsksAndDoesNotReadIsDropped() throws {
    let service = try StreamService(home: home.path)
    let before = try service.ask("/metrics")
    #expect(before.status == 200)
    for request in ["GET /ws/demo HTTP/1.1\r\nHost: x\r\n\r\n", "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"] {
      let socket = try RawSocket(port: service.port)
      let block = Array(String(repeating: request, count: 1000).utf8)
      // Ends when the server has closed: a write fails then.
      var count = 0
      while count < 200, socket.send(block) { count += 1 }
      #expect(count < 200, "the server goes on answering")
    }
    #expect(try service.ask("/healthz").status == 200)
  }

  @Test func aSignalSaysGoodbye() throws {
    let service = try StreamService(home: home.path)
    let client = try service.client()
    _ = try client.subscribe(#"{"action":"subscribe","type":"all"}"#)
    service.child.signal(SIGTERM)
    let last = client.next()
    #expect(last?["type"]?.string == "shutdown" && (last?["retry_after"]?.double ?? 0) >= 1)
    #expect(client.next() == nil && client.closed?.code == 1001)
    #expect(service.child.wait() == 128 + SIGTERM)
    #expect(!Folder.has("\(home.path)/state/stream-\(service.port).token"), "the token is gone with the server")
  }

  @Test func tailGivesRecordsBack() throws {
    let service = try StreamService(["--deflate"], home: home.path)
    let tail = try Child(
      tool: "fs-stream", ["tail", "ws://127.0.0.1:\(service.port)", "--subscribe", "all", "--count", "4"])
    while try !service.ask("/metrics").text.contains("finstage_stream_clients 1\n") {}
    // Wait until it has subscribed.
    let admin = service.adminToken
    while try !service.ask("/ws/clients", token: admin).text.contains(#""subscription_types":["all"]"#) {}
    let long = String(repeating: "x", count: 500)
    let lines = [
      #"{"type":"quote","symbol":"A","ts":"2024-03-01T15:00:00Z","price":1.50,"change_percent":0.5,"text":"\#(long)"}"#,
      #"{"symbol":"A","ts":"2024-03-01","close":2.50}"#,
      #"{"type":"alert","symbol":"A","ts":"2024-03-01T15:00:00Z","rule":"r"}"#,
      #"{"type":"metric","name":"m","ts":"2024-03-01T15:00:00Z","value":3}"#,
    ]
    service.child.write(lines[0] + "\n")
    #expect(tail.line() == lines[0])
    service.child.write(lines[1] + "\n")
    #expect(tail.line() == #"{"symbol":"A","change_percent":66.6667,"ts":"2024-03-01","close":2.50}"#)
    service.child.write(lines[2] + "\n" + lines[3] + "\n")
    #expect(tail.line() == lines[2])
    #expect(tail.line() == #"{"type":"metric","symbol":"m","name":"m","ts":"2024-03-01T15:00:00Z","value":3}"#)
    #expect(tail.wait() == 0)
    let refused = try Run.tool("fs-stream", ["tail", "ws://127.0.0.1:\(service.port)/nowhere"], input: "")
    #expect(refused.status == 77 && refused.errors.contains("404"), "\(refused.errors)")
    let nobody = try Run.tool("fs-stream", ["status", "--url", "http://127.0.0.1:1"], input: "")
    #expect(nobody.status == 69 && nobody.errors.contains("is fs-stream running there?"), "\(nobody.errors)")
  }

  @Test func aDayInItsRhythm() throws {
    let file = home.file(
      "day.ndjson",
      (0..<4).map { #"{"type":"quote","symbol":"A","ts":"2024-03-01T15:00:0\#($0)Z","price":\#($0)}"# + "\n" }.joined())
    let service = try StreamService(["--input", file, "--speed", "10x"], home: home.path)
    let client = try service.client()
    _ = try client.subscribe(#"{"action":"subscribe","type":"all"}"#)
    let began = SystemClock.monotonic
    while let message = client.next(), message["seq"]?.integer != 4 {}
    #expect(SystemClock.monotonic - began < 5)
    #expect(try service.ask("/readyz").status == 503, "the input has ended")
  }
}
