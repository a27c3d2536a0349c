import FinstageCore
import FinstageServe
import FinstageSystem
import TestSupport
import Testing

/// Tokens that allow some things and not others.
@Suite struct StreamAccessTests {
  private let home = TemporaryFolder()

  private func privateFile(_ name: String, _ text: String) -> String {
    let path = home.file(name, text)
    chmod(path, 0o600)
    return path
  }

  @Test func aTokenHasItsSymbols() throws {
    let tokens = privateFile("tokens", "all\nsome name=desk symbols=AAPL,^*\n")
    let service = try StreamService(["--auth", tokens], home: home.path)
    let (all, some) = (
      try service.client([("Authorization", "Bearer all")]), try service.client([("Authorization", "Bearer some")])
    )
    _ = try all.subscribe(#"{"action":"subscribe","type":"prices"}"#)
    let answer = try some.ask(#"{"action":"subscribe","type":"prices","symbols":["AAPL","MSFT","*"]}"#)
    #expect(answer["symbols"]?.text == #"["AAPL","*"]"#)
    #expect(answer["refused"]?.array?.first?["reason"]?.string?.contains("does not allow") == true)
    #expect(some.next()?["action"]?.string == "snapshot_end")
    for symbol in ["MSFT", "^GSPC", "AAPL"] { service.quote(symbol, "1") }
    #expect((0..<3).map { _ in all.next()?["symbol"]?.string } == ["MSFT", "^GSPC", "AAPL"])
    #expect((0..<2).map { _ in some.next()?["symbol"]?.string } == ["^GSPC", "AAPL"])
    let prices = try some.ask(#"{"action":"get_current_prices"}"#, "price_update")["prices"]
    #expect(prices?.members?.map(\.key) == ["AAPL", "^GSPC"])
    let refused = try some.ask(#"{"action":"get_price_history","symbol":"MSFT"}"#, "error")
    #expect(refused["message"]?.string?.contains("does not allow") == true)
    let events = try service.ask("/ws/publish", method: "POST", token: "some", body: "{}")
    #expect(events.status == 403, "nor may it publish")
  }

  @Test func whoMayPublishMayPublishItsSymbols() throws {
    let tokens = privateFile("tokens", "some publish symbols=AAPL\n")
    let service = try StreamService(["--auth", tokens], home: home.path)
    let lines = #"{"symbol":"AAPL","price":1}"# + "\n" + #"{"symbol":"MSFT","price":1}"# + "\n" + #"{"type":"alert"}"#
    let answer = try service.ask("/ws/publish", method: "POST", token: "some", body: lines).text
    #expect(answer.contains(#""count":1,"bad":2"#) && answer.contains("does not allow the symbol MSFT"), "\(answer)")
  }

  @Test func aPageSendsItsTokenAsASubprotocol() throws {
    let tokens = privateFile("tokens", "secret publish\n")
    let service = try StreamService(["--auth", tokens], home: home.path)
    let socket = try RawSocket(port: service.port)
    socket.send(
      WebSocketHandshake.request(
        host: "127.0.0.1:\(service.port)", path: "/ws/realtime", key: [UInt8](repeating: 1, count: 16),
        headers: [("Sec-WebSocket-Protocol", "finstage, bearer.secret")]))
    var text = ""
    while !text.contains("\r\n\r\n"), let piece = socket.read() { text += piece }
    #expect(text.contains("Sec-WebSocket-Protocol: finstage\r\n"), "\(text)")
    #expect(
      try service.ask("/ws/publish", method: "POST", token: "secret", body: #"{"symbol":"A","price":1}"#).status == 200)
  }

  @Test func aTokenEnds() throws {
    let now = SystemClock.wallSeconds
    let tokens = privateFile(
      "tokens", "short expires=\(Timestamp.string((now + 3) * 1_000_000_000))\nold expires=2020-01-01\nlong\n")
    let service = try StreamService(["--auth", tokens], home: home.path)
    #expect(throws: WebSocketClient.Failure.self) { try service.client([("Authorization", "Bearer old")]) }
    let (ends, goesOn) = (
      try service.client([("Authorization", "Bearer short")]), try service.client([("Authorization", "Bearer short")])
    )
    var warning: JSONValue?
    while warning?["expires_in"] == nil, let next = ends.next() { warning = next }
    #expect(warning?["message"]?.string?.contains("your token expires") == true)
    _ = try goesOn.client.send(#"{"action":"auth","token":"long"}"#)
    while ends.next() != nil {}
    #expect(ends.closed?.code == 4401, "come back with another")
    #expect(try goesOn.ask(#"{"action":"heartbeat"}"#, "heartbeat")["message"]?.string == "pong")
  }

  @Test func tokensAreReadAgain() throws {
    let tokens = privateFile("tokens", "one\ntwo\n")
    let service = try StreamService(["--auth", tokens], home: home.path)
    let (one, two) = (
      try service.client([("Authorization", "Bearer one")]), try service.client([("Authorization", "Bearer two")])
    )
    _ = privateFile("tokens", "two\nthree\n")
    service.child.signal(SIGHUP)
    while one.next() != nil {}
    #expect(one.closed?.code == 4501)
    #expect(try two.ask(#"{"action":"heartbeat"}"#, "heartbeat")["message"]?.string == "pong")
    _ = try service.client([("Authorization", "Bearer three")])
    _ = privateFile("tokens", "two nonsense\n")
    service.child.signal(SIGHUP)
    var line = service.child.line()
    while let text = line, !text.contains("the old tokens stay") { line = service.child.line() }
    #expect(line?.contains("line 1: \"nonsense\"") == true, "\(line ?? "")")
    _ = try service.client([("Authorization", "Bearer three")])
  }

  @Test func signedTokens() throws {
    let secret = String(repeating: "0123456789abcdef", count: 3)
    let key = privateFile("key", secret + "\n")
    let service = try StreamService(["--jwt-key", key, "--audience", "prices"], home: home.path)
    func text(_ json: String) -> String {
      Base64.text(Array(json.utf8)).filter { $0 != "=" }.replacing("+", with: "-").replacing("/", with: "_")
    }
    func token(_ claims: String, head: String = #"{"alg":"HS256"}"#, secret: String = secret) -> String {
      let signed = "\(text(head)).\(text(claims))"
      let code = SHA256.code(Array(signed.utf8), key: Array(secret.utf8))
      return signed + "."
        + Base64.text(code).filter { $0 != "=" }.replacing("+", with: "-").replacing("/", with: "_")
    }
    let later = SystemClock.wallSeconds + 3600
    let good = token(#"{"sub":"me","aud":["x","prices"],"exp":\#(later),"symbols":["A"]}"#)
    let client = try service.client([("Authorization", "Bearer \(good)")])
    let answer = try client.ask(#"{"action":"subscribe","type":"prices","symbols":["A","B"]}"#)
    #expect(answer["symbols"]?.text == #"["A"]"#)
    for (bad, reason) in [
      (token(#"{"aud":"prices","exp":\#(later)}"#, secret: "x" + secret), "not signed"),
      (token(#"{"aud":"prices","exp":\#(later)}"#, head: #"{"alg":"none"}"#), "not signed"),
      (token(#"{"aud":"prices","exp":\#(later)}"#, head: #"{"alg":"ES256"}"#), "not signed"),
      (token(#"{"aud":"prices"}"#), "no time of expiry"), (token(#"{"aud":"prices","exp":1}"#), "expired"),
      (token(#"{"aud":"other","exp":\#(later)}"#), "somebody else"), (token(#"{"exp":\#(later)}"#), "somebody else"),
      (token(#"{"aud":"prices","exp":\#(later),"nbf":\#(later)}"#), "not valid yet"),
      (token(#"{"aud":"prices","exp":\#(later)}"#, head: #"{"alg":"HS256","crit":["x"]}"#), "critical"),
      ("a.b.c", "no JSON web token"), ("x", "not one of ours"),
    ] {
      let refusal = try service.ask("/events", token: bad)
      #expect(refusal.status == 401 && refusal.text.contains(reason), "\(bad): \(refusal)")
    }
    let short = try Run.tool(
      "fs-stream", ["--port", "0", "--jwt-key", privateFile("short", "abc")], input: "",
      environment: ["FINSTAGE_HOME": home.path])
    #expect(short.status == 78 && short.errors.contains("at least 32 bytes"), "\(short.errors)")
  }
}
