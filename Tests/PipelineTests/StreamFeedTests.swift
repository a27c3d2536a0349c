import FinstageCore
import FinstageServe
import FinstageSystem
import TestSupport
import Testing

/// What fs-stream serves: files of any format, what fs-fetch asks for, what others publish.
@Suite struct StreamFeedTests {
  private let home = TemporaryFolder()
  private let bars = """
    symbol,ts,open,high,low,close,volume
    AAPL,2024-03-01T15:00:00Z,1,2,0.5,1.50,100
    AAPL,2024-03-01T15:01:00Z,1,2,0.5,1.60,100
    MSFT,2024-03-01T15:02:00Z,1,2,0.5,400.10,100

    """

  @Test(arguments: ["csv", "csv.gz", "parquet", "arrow", "arrows", "ndjson", "ndjson.gz"])
  func aFileOfAnyFormatIsADay(format: String) throws {
    let csv = home.file("bars.csv", bars)
    let file = "\(home.path)/day.\(format)"
    let made = try Run.tool("fs-frame", ["convert", csv, "-o", file], input: "")
    #expect(made.status == 0, "\(made.errors)")
    // Two minutes in a second.
    let service = try StreamService(["--replay", file, "--speed", "120x"], home: home.path)
    let client = try service.client()
    _ = try client.subscribe(#"{"action":"subscribe","type":"prices"}"#)
    var last: JSONValue?
    while last?["symbol"]?.string != "MSFT", let message = client.next() { last = message }
    #expect(brief(last) == "price_update MSFT 1 400.1" && last?["volume"]?.integer == 100)
    #expect(try service.ask("/ws/status").text.contains(#""events":3,"#))
  }

  @Test func aPipeOfAnotherFormat() throws {
    let service = try StreamService(home: home.path)
    let client = try service.client()
    _ = try client.subscribe(#"{"action":"subscribe","type":"prices"}"#)
    service.child.write("symbol,ts,close\nAAPL,2024-03-01,1.50\n")
    #expect(brief(client.next()) == "price_update AAPL 1 1.5")
    service.child.write("AAPL,2024-03-02,x\nAAPL,2024-03-03,1.75\n")
    #expect(brief(client.next()) == "price_update AAPL 2 1.75")
  }

  /// Vendors' files say what they mean in as many ways here as in the other tools.
  @Test func aVendorsFileIsReadAsTheOtherToolsReadIt() throws {
    let options = ["--null", "n/d", "--comment", "#", "--date-format", "%d.%m.%Y", "--types", "close=float64,lot=text"]
    let service = try StreamService(options, home: home.path)
    let client = try service.client()
    _ = try client.subscribe(#"{"action":"subscribe","type":"prices"}"#)
    service.child.write("# a vendor\nsymbol,ts,close,lot\nAAPL,02.01.2024,n/d,007\nAAPL,03.01.2024,5,008\n")
    var last: JSONValue?
    while last?["current_price"]?.double != 5, let message = client.next() { last = message }
    #expect(last?["lot"]?.string == "008" && last?["ts"]?.string == "2024-01-03", "\(last?.text ?? "")")
    let sent = try Run.tool(
      "fs-stream", ["publish", "ws://127.0.0.1:\(service.port)"] + options,
      input: "symbol,ts,close,lot\nB,04.01.2024,6,009\n",
      environment: ["FINSTAGE_HOME": home.path])
    #expect(sent.status == 0, "\(sent.errors)")
    while last?["current_price"]?.double != 6, let message = client.next() { last = message }
    #expect(last?["lot"]?.string == "009", "\(last?.text ?? "")")
  }

  @Test func whatCannotBeReadIsSaid() throws {
    let file = home.file("x.parquet", "PAR1 and then nothing that is one")
    let service = try Run.tool(
      "fs-stream", ["--port", "0", "--input", file], input: "", environment: ["FINSTAGE_HOME": home.path])
    #expect(service.status == 74 || service.status == 65, "\(service.status)")
    #expect(service.errors.contains("x.parquet"), "\(service.errors)")
  }

  @Test func quotesAreAskedForAndSymbolsCome() throws {
    let service = try StreamService(
      ["--fetch", "AAPL", "--every", "1s"], home: home.path, after: ["--", "--provider", "sample", "--quiet"])
    let client = try service.client()
    _ = try client.subscribe(#"{"action":"subscribe","type":"prices"}"#)
    #expect(client.next()?["symbol"]?.string == "AAPL")
    let admin = service.adminToken
    let bad = try service.ask("/ws/streaming/start", method: "POST", token: admin, body: #"{"symbols":["A B"]}"#)
    #expect(bad.status == 409 && bad.text.contains("is not a symbol"), "\(bad)")
    let added = try service.ask("/ws/streaming/start", method: "POST", token: admin, body: #"{"symbols":["IBM"]}"#)
    #expect(added.status == 200 && added.text.contains(#"["AAPL","IBM"]"#), "\(added)")
    while let message = client.next(), message["symbol"]?.string != "IBM" {}
    #expect(try service.ask("/ws/streaming/stop", method: "POST").status == 401)
    let stopped = try service.ask("/ws/streaming/stop", method: "POST", token: admin)
    #expect(stopped.status == 200 && stopped.text.contains(#""is_streaming":false"#), "\(stopped)")
    #expect(try service.ask("/readyz").status == 503)
    let again = try service.ask("/ws/streaming/start", method: "POST", token: admin)
    #expect(again.status == 200, "\(again)")
    #expect(client.next() != nil)
  }

  @Test func aPipeStopsAndGoesOn() throws {
    let service = try StreamService(home: home.path)
    let client = try service.client()
    _ = try client.subscribe(#"{"action":"subscribe","type":"prices"}"#)
    let admin = service.adminToken
    #expect(try service.ask("/ws/streaming/stop", method: "POST", token: admin).status == 200)
    service.quote("A", "1")
    #expect(try service.ask("/ws/status").text.contains(#""events":0,"#))
    #expect(try service.ask("/ws/streaming/start", method: "POST", token: admin).status == 200)
    #expect(brief(client.next()) == "price_update A 1 1")
  }

  @Test func recordsArePublished() throws {
    let service = try StreamService(["--input", "none"], home: home.path)
    let client = try service.client()
    _ = try client.subscribe(#"{"action":"subscribe","type":"all"}"#)
    #expect(try service.ask("/ws/publish", method: "POST", body: #"{"symbol":"A","price":1}"#).status == 401)
    let posted = try service.ask(
      "/ws/publish", method: "POST", token: service.adminToken, body: #"{"symbol":"A","price":1}"# + "\nbad\n")
    #expect(posted.text.contains(#""count":1,"bad":1,"first_bad":{"line":2,"#), "\(posted)")
    #expect(brief(client.next()) == "price_update A 1 1")
    let lines = (1...5000).map { #"{"symbol":"B","price":\#($0)}"# }.joined(separator: "\n")
    let run = try Run.tool(
      "fs-stream", ["publish", "ws://127.0.0.1:\(service.port)", "--stats"], input: lines + "\nno record\n",
      environment: ["FINSTAGE_HOME": home.path])
    #expect(
      run.status == 0 && run.errors.contains(#""records":5000,"bad":1"#) && run.errors.contains("left out"),
      "\(run.errors)")
    for i in 1...5000 { #expect(client.next()?["seq"]?.integer == Int64(i)) }
    let stranger = try Run.tool(
      "fs-stream", ["publish", "ws://127.0.0.1:\(service.port)"], input: "{}\n",
      environment: ["FINSTAGE_HOME": "\(home.path)/other"])
    #expect(stranger.status == 77, "\(stranger.errors)")
  }

  /// A producer that goes on while its server is away loses nothing.
  @Test func publishComesBack() throws {
    var service: StreamService? = try StreamService(["--input", "none"], home: home.path)
    let port = service!.port
    let publisher = try Child(
      tool: "fs-stream", ["publish", "ws://127.0.0.1:\(port)"], environment: ["FINSTAGE_HOME": home.path],
      mergesErrors: true)
    publisher.write(#"{"symbol":"A","price":1}"# + "\n")
    while try !service!.ask("/ws/status").text.contains(#""events":1,"#) {}
    // The token stays, as it does when a server is killed.
    let token = service!.adminToken
    service!.child.signal(SIGKILL)
    _ = service!.child.wait()
    service = nil
    publisher.write(#"{"symbol":"A","price":2}"# + "\n")
    #expect(publisher.line()?.contains("again in") == true)
    let next = try StreamService(["--input", "none"], home: home.path, port: port)
    #expect(next.adminToken != token)
    publisher.closeInput()
    let rest = String(decoding: publisher.rest(), as: UTF8.self)
    #expect(publisher.wait() == 77, "the new server has another token: \(rest)")
  }

  @Test func tradesAreNotLeftOut() throws {
    let service = try StreamService(["--queue-limit", "64KiB"], home: home.path)
    let client = try service.client()
    _ = try client.subscribe(#"{"action":"subscribe","type":"prices","symbols":["A"]}"#)
    let filler = String(repeating: "x", count: 4000)
    for i in 1...100 {
      service.child.write(#"{"type":"trade","symbol":"A","price":\#(i),"text":"\#(filler)"}"# + "\n")
    }
    for i in 1...100 {
      let message = client.next()
      #expect(message?["seq"]?.integer == Int64(i) && message?["stream"]?.string == "trades")
    }
    #expect(
      try client.ask(#"{"action":"get_current_prices","symbols":["A"]}"#, "price_update")["prices"]?["A"]?.integer
        == 100)
    // Nobody reads these: more than a queue holds ends the connection, and says why.
    for i in 1...4000 {
      service.child.write(#"{"type":"trade","symbol":"A","price":\#(i),"text":"\#(filler)"}"# + "\n")
    }
    while try !service.ask("/metrics").text.contains("finstage_stream_slow_closed_total 1\n") {}
    var last: Int64 = 100
    while let message = client.next(), let sequence = message["seq"]?.integer {
      #expect(sequence == last + 1)
      last = sequence
    }
    while client.next() != nil {}
    #expect(client.closed?.code == 1013)
  }

  @Test func eventsInOtherForms() throws {
    let service = try StreamService(home: home.path)
    let client = try service.client()
    let answer = try client.ask(
      #"{"action":"subscribe","type":"prices","batch":"100ms","fields":["current_price","venue"]}"#)
    #expect(answer["batch"]?.double == 0.1 && answer["fields"]?.array?.count == 2)
    #expect(client.next()?["action"]?.string == "snapshot_end")
    for i in 1...3 { service.quote("A", "\(i).50", #","venue":"X","more":1"#) }
    let list = client.next()?.array ?? []
    #expect(list.map(\.text).first == #"{"type":"price_update","symbol":"A","seq":1,"current_price":1.5,"venue":"X"}"#)
    #expect(list.count == 3 && list.allSatisfy { $0["more"] == nil })
    let whole = try client.ask(#"{"action":"subscribe","type":"prices","batch":0,"fields":null}"#)
    #expect(whole["batch"] == nil && whole["fields"] == nil, "\(whole.text)")
    service.quote("A", "9", #","more":1"#)
    var message: JSONValue?
    while message?["seq"]?.integer != 4, let next = client.next() { message = next }
    #expect(message?["more"]?.integer == 1)
  }

  @Test func eventsAsArrow() throws {
    let service = try StreamService(home: home.path)
    let client = try service.client()
    _ = try client.subscribe(#"{"action":"subscribe","type":"prices","format":"arrow"}"#)
    for i in 1...3 { service.quote("A", "\(i).50") }
    var table: [UInt8] = []
    while table.isEmpty {
      guard case .message(let bytes, let isText) = client.client.next(within: 10) else { break }
      if !isText { table = bytes }
    }
    let read = try Run.tool("fs-frame", ["convert", "--format", "ndjson"], input: table)
    let lines = read.text.split(separator: "\n")
    #expect(lines.count == 3 && lines.first?.contains(#""current_price":1.5"#) == true, "\(read.text)\(read.errors)")
  }

  /// The end of the input comes right behind the lines.
  @Test(arguments: ["block", "drop-oldest"]) func theLastLinesAreServed(policy: String) throws {
    let file = home.file("five", (1...5).map { #"{"type":"trade","symbol":"A","price":\#($0)}"# + "\n" }.joined())
    let run = try Run.shell(
      "timeout 20 fs-stream --port 0 --stats --on-full \(policy) < \(file)", environment: ["FINSTAGE_HOME": home.path])
    #expect(run.status == 0 && run.errors.contains(#""records":5,"bad":0,"dropped":0"#), "\(run.errors)")
  }

  /// Whatever a record calls itself, it is one; its own numbers keep their names.
  @Test func recordsOfAnyTypeGetThrough() throws {
    let service = try StreamService(["--input", "none"], home: home.path)
    let lines = [
      #"{"type":"error","symbol":"A","message":"disk full","ts":"2024-03-01T00:00:00Z"}"#,
      #"{"type":"heartbeat","symbol":"A","ts":"2024-03-01T00:00:00Z"}"#,
      #"{"type":"gap","symbol":"A","first":1,"ts":"2024-03-01T00:00:00Z"}"#,
      #"{"type":"quote","symbol":"A","price":1,"seq":77,"epoch":"e","stream":"s","snapshot":true,"ts":"2024-03-01T00:00:00Z"}"#,
    ]
    let tail = try Child(tool: "fs-stream", ["tail", "ws://127.0.0.1:\(service.port)", "--count", "4"])
    while try !service.ask("/ws/clients", token: service.adminToken).text.contains(#""subscription_types":["all"]"#) {}
    let posted = try service.ask(
      "/ws/publish", method: "POST", token: service.adminToken, body: lines.joined(separator: "\n"))
    #expect(posted.status == 200)
    for line in lines.dropLast() { #expect(tail.line() == line) }
    let last = (try? JSONValue.parse(Array((tail.line() ?? "").utf8))) ?? .null
    #expect(
      last["seq"]?.integer == 77 && last["epoch"]?.string == "e" && last["stream"]?.string == "s"
        && last["snapshot"] != nil,
      "\(last.text)")
  }

  @Test func publishersSendMuchAndLong() throws {
    let service = try StreamService(["--input", "none"], home: home.path)
    let long = #"{"type":"quote","symbol":"L","price":2,"x":"\#(String(repeating: "y", count: 70_000))"}"# + "\n"
    let tooLong = #"{"symbol":"T","price":2,"x":"\#(String(repeating: "y", count: 1_100_000))"}"# + "\n"
    let address = "ws://127.0.0.1:\(service.port)"
    let environment = ["FINSTAGE_HOME": home.path]
    let run = try Run.tool(
      "fs-stream", ["publish", address, "--stats"], input: long + tooLong + #"{"symbol":"M","price":3}"# + "\n",
      environment: environment)
    #expect(run.status == 0 && run.errors.contains(#""records":2,"bad":1"#), "\(run.errors)")
    let many = String(repeating: #"{"symbol":"M","price":3}"# + "\n", count: 10_000)
    #expect(
      try service.ask("/ws/publish", method: "POST", token: service.adminToken, body: many).text.contains(
        #""count":10000"#))
    #expect(try service.ask("/ws/publish", method: "POST", body: many).status == 413, "but not strangers")
    let csv = try Run.tool("fs-stream", ["publish", address, "--stats"], input: bars, environment: environment)
    #expect(csv.status == 0 && csv.errors.contains(#""records":3,"bad":0"#), "\(csv.errors)")
    #expect(
      try Run.tool("fs-stream", ["publish", address], input: "no\nrecord\n", environment: environment).status == 65)
  }

  @Test func linesThatComeTooFast() throws {
    let service = try StreamService(["--on-full", "drop-oldest"], home: home.path)
    let client = try service.client()
    _ = try client.subscribe(#"{"action":"subscribe","type":"alerts"}"#)
    for i in 1...1000 { service.child.write(#"{"type":"alert","symbol":"A","n":\#(i)}"# + "\n") }
    // What can be served is.
    for i in 1...1000 { #expect(client.next()?["n"]?.integer == Int64(i)) }
  }

  @Test func aProxyIsBelieved() throws {
    let service = try StreamService(["--trusted-proxy", "127.0.0.1", "--max-per-address", "2"], home: home.path)
    let forwarded = { (address: String) in [("X-Forwarded-For", address)] }
    let one = try service.client(forwarded("6.6.6.6, 192.0.2.1"))
    let two = try service.client(forwarded("192.0.2.1, 127.0.0.1"))
    #expect(throws: WebSocketClient.Failure.self) { try service.client(forwarded("192.0.2.1")) }
    let other = try service.client(forwarded("192.0.2.2"))
    let clients = try service.ask("/ws/clients", token: service.adminToken).text
    #expect(clients.contains(#""address":"192.0.2.1""#) && !clients.contains("6.6.6.6"), "\(clients)")
    withExtendedLifetime((one, two, other)) {}
  }

  @Test(.enabled(if: access("/usr/sbin/nginx", X_OK) == 0, "nginx is not installed"))
  func behindNginx() throws {
    let socket = "\(home.path)/stream.sock"
    let service = try StreamService(
      ["--listen", "unix:\(socket)", "--trusted-proxy", "unix", "--origin", "https://prices.example.org"],
      home: home.path)
    // The sample, with a port that is free and certificates made for it.
    let script = """
      cd '\(home.path)'
      openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -days 2 -subj /CN=localhost \\
        -addext subjectAltName=DNS:localhost > log 2>&1 || { cat log >&2; exit 99; }
      coproc openssl s_server -accept 127.0.0.1:0 -cert c.pem -key k.pem 2>&1
      line=
      while [[ $line != ACCEPT* ]]; do read -r line <&${COPROC[0]} || exit 98; done
      kill $COPROC_PID
      port=${line##*:}
      { [ "$(id -u)" = 0 ] && echo "user root;"
        echo "pid $PWD/pid; error_log $PWD/errors; events {} http { access_log off;"
        for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $PWD/temp;"; done
        sed -e "s|/run/finstage/stream.sock|\(socket)|; s|443|127.0.0.1:$port|; s|/etc/ssl/prices.pem|$PWD/c.pem|; s|/etc/ssl/prices.key|$PWD/k.pem|" \\
          '\(Run.package)/samples/proxy/nginx.conf'
        echo "}"
      } > nginx.conf
      /usr/sbin/nginx -p "$PWD" -c "$PWD/nginx.conf" || { cat errors >&2; exit 97; }
      SSL_CERT_FILE=c.pem '\(Run.binaries)/fs-stream' tail wss://localhost:$port --count 1 --patience 5s; echo "status $?"
      curl -s --cacert c.pem https://localhost:$port/ws/status | grep -o '"is_streaming":true'
      curl -s --cacert c.pem -H "Authorization: Bearer \(service.adminToken)" https://localhost:$port/ws/clients > clients
      kill $(cat pid)
      """
    service.quote("A", "1.50")
    while try !service.ask("/ws/status").text.contains(#""events":1,"#) {}
    let run = try Run.shell(script)
    #expect(
      run.text == """
        {"type":"quote","symbol":"A","ts":"2024-03-01T15:00:00Z","price":1.50}
        status 0
        "is_streaming":true

        """, "\(run.text)\(run.errors)")
  }

  @Test func tailOverTLS() throws {
    let file = home.file(
      "day.ndjson", #"{"type":"quote","symbol":"A","ts":"2024-03-01T15:00:00Z","price":1.50}"# + "\n")
    let service = try StreamService(["--input", file], home: home.path)
    // A terminator of TLS for one connection.
    let script = """
      command -v openssl >/dev/null || { echo 'this test needs openssl' >&2; exit 99; }
      cd '\(home.path)'
      openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -days 2 -subj /CN=localhost \\
        -addext subjectAltName=DNS:localhost > log 2>&1 || { cat log >&2; exit 99; }
      exec 7<> /dev/tcp/127.0.0.1/\(service.port)
      coproc openssl s_server -accept 127.0.0.1:0 -cert c.pem -key k.pem -naccept 1 2>&1
      line=
      while [[ $line != ACCEPT* ]]; do read -r line <&${COPROC[0]} || exit 98; done
      kill $COPROC_PID
      port=${line##*:}
      openssl s_server -accept 127.0.0.1:$port -cert c.pem -key k.pem -naccept 2 -quiet <&7 >&7 2> log &
      server=$!
      until grep -q ":$(printf %04X $port) 00000000:0000 0A" /proc/net/tcp; do :; done
      '\(Run.binaries)/fs-stream' tail wss://localhost:$port --count 1 --patience 1s; echo "untrusted $?"
      SSL_CERT_FILE=c.pem '\(Run.binaries)/fs-stream' tail wss://localhost:$port --count 1; echo "trusted $?"
      kill $server
      """
    let run = try Run.shell(script)
    #expect(
      run.text == """
        untrusted 77
        {"type":"quote","symbol":"A","ts":"2024-03-01T15:00:00Z","price":1.50}
        trusted 0

        """, "\(run.text)\(run.errors)")
  }
}
