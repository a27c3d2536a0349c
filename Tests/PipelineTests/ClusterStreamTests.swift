import FinstageCore
import FinstageRedis
import FinstageSystem
import TestSupport
import Testing

/// Nodes of fs-stream on a bus.
@Suite(.enabled(if: Environment["FINSTAGE_TEST_REDIS"] != nil)) struct ClusterStreamTests {
  private let folder = TemporaryFolder()
  private let bus = [
    "--bus", Environment["FINSTAGE_TEST_REDIS"] ?? "", "--bus-name", "b\(UInt64.random(in: .min ... .max))",
  ]

  private func node(_ options: [String], _ name: String, port: Int = 0) throws -> StreamService {
    try StreamService(bus + options, home: "\(folder.path)/\(name)", port: port)
  }

  /// The numbers of the events of a symbol.
  private func numbers(_ peer: Peer, _ count: Int) -> [Int64] {
    var found: [Int64] = []
    while found.count < count, let message = peer.next() {
      if message["type"]?.string == "gap" { found.append(-1) }
      if message["type"]?.string == "price_update", message["snapshot"] == nil {
        found.append(message["seq"]?.integer ?? -2)
      }
    }
    return found
  }

  @Test func oneReadsAndTheOthersServeTheSameNumbers() throws {
    let writer = try node([], "w")
    writer.quote("AAPL", "1")
    let follower = try node(["--follow"], "f")
    let peers = try [writer, follower].map { try $0.client() }
    for peer in peers { _ = try peer.subscribe(#"{"action":"subscribe","type":"prices","symbols":["AAPL"]}"#) }
    for i in 2...400 { writer.quote("AAPL", "\(i)") }
    for peer in peers {
      // A follower may have been asked before it had heard of the first: that comes as an event then.
      let first = numbers(peer, 1)
      let rest = first == [1] ? [] : first
      #expect(rest + numbers(peer, 399 - rest.count) == (2...400).map { Int64($0) })
    }
    // Who came later has the same past.
    let late = try node(["--follow"], "g")
    let peer = try late.client()
    let epoch = try #require(
      try peer.ask(
        #"{"action":"subscribe","type":"prices","symbols":["AAPL"],"resume":{"epoch":"none","seqs":{"AAPL":1}}}"#)[
          "epoch"]?.string)
    let other = try late.client()
    _ = try other.ask(
      #"{"action":"subscribe","type":"prices","symbols":["AAPL"],"resume":{"epoch":"\#(epoch)","seqs":{"AAPL":350}}}"#)
    #expect(numbers(other, 50) == (351...400).map { Int64($0) })
    // Whoever only serves takes nothing from clients.
    #expect(try follower.ask("/ws/publish", method: "POST", token: follower.adminToken, body: "{}").status == 409)
  }

  @Test func aSecondWriterIsRefused() throws {
    let writer = try node([], "w")
    writer.quote("AAPL", "1")
    let second = try Child(
      tool: "fs-stream", bus + ["--port", "0"], environment: ["FINSTAGE_HOME": "\(folder.path)/s"], mergesErrors: true)
    #expect(second.line(within: 10)?.contains("another node writes") == true && second.wait() == 75)
    let peer = try writer.client()
    _ = try peer.subscribe(#"{"action":"subscribe","type":"prices","symbols":["AAPL"]}"#)
    writer.quote("AAPL", "2")
    #expect(numbers(peer, 1) == [2])
  }

  @Test func aNodeThatIsKilledLosesNothingForWhoComesBack() throws {
    let writer = try node([], "w")
    writer.quote("AAPL", "1")
    var follower: StreamService? = try node(["--follow"], "f")
    let port = follower!.port
    let tail = try Child(
      tool: "fs-stream", ["tail", "ws://127.0.0.1:\(port)", "--subscribe", "prices:AAPL"],
      environment: ["FINSTAGE_HOME": "\(folder.path)/t"])
    #expect(tail.line()?.contains("\"price\":1") == true)
    var next = 2
    func send(_ count: Int) {
      for _ in 0..<count {
        writer.quote("AAPL", "\(next)")
        next += 1
      }
    }
    send(50)
    for i in 2...51 { #expect(tail.line()?.contains("\"price\":\(i)}") == true) }
    follower!.child.signal(SIGKILL)
    _ = follower!.child.wait()
    follower = nil
    send(50)
    follower = try node(["--follow"], "g", port: port)
    send(50)
    for i in 52...151 { #expect(tail.line(within: 20)?.contains("\"price\":\(i)}") == true, "\(i)") }
    // The writer, too: the next one goes on with its numbers.
    writer.child.closeInput()
    writer.child.signal(SIGTERM)
    _ = writer.child.wait()
    let again = try node([], "v")
    for i in 152...160 { again.quote("AAPL", "\(i)") }
    for i in 152...160 { #expect(tail.line(within: 20)?.contains("\"price\":\(i)}") == true, "\(i)") }
  }

  /// Two nodes behind a balancer, each restarted in turn: who comes back through it misses nothing and gets nothing twice.
  @Test func aRollingRestartBehindABalancerLosesNothing() throws {
    let writer = try node([], "w")
    var nodes = [try node(["--follow"], "a"), try node(["--follow"], "b")]
    let balancer = try Child(
      path: "/usr/bin/env",
      [
        "python3", "\(Run.package)/Tests/Cluster/proxy.py", "0",
        nodes.map { "127.0.0.1:\($0.port)" }.joined(separator: ","), "0",
      ])
    let port = try #require(balancer.line().flatMap { Int($0) })
    let tails = try (0..<4).map { number in
      try Child(
        tool: "fs-stream", ["tail", "ws://127.0.0.1:\(port)", "--subscribe", "prices:AAPL"],
        environment: ["FINSTAGE_HOME": "\(folder.path)/t\(number)"])
    }
    var next = 1
    func send(_ count: Int) {
      for _ in 0..<count {
        writer.quote("AAPL", "\(next)")
        next += 1
      }
    }
    send(1)
    for tail in tails { #expect(tail.line(within: 20)?.contains("\"price\":1}") == true) }
    for round in 0..<4 {
      let (place, port) = (round % 2, nodes[round % 2].port)
      send(20)
      nodes[place].child.signal(round < 2 ? SIGTERM : SIGKILL)
      send(20)
      _ = nodes[place].child.wait()
      nodes[place] = try node(["--follow"], "\(round)", port: port)
      send(20)
    }
    for (number, tail) in tails.enumerated() {
      for i in 2..<next { #expect(tail.line(within: 30)?.contains("\"price\":\(i)}") == true, "\(number): \(i)") }
      tail.signal(SIGTERM)
    }
    balancer.signal(SIGKILL)
  }

  @Test func aBusThatBeginsAnewIsTold() throws {
    let writer = try node([], "w")
    writer.quote("AAPL", "1")
    let follower = try node(["--follow"], "f")
    let peer = try follower.client()
    _ = try peer.subscribe(#"{"action":"subscribe","type":"prices","symbols":["AAPL"]}"#)
    writer.child.signal(SIGKILL)
    _ = writer.child.wait()
    let stale = peer.next(within: 10)
    #expect(stale?["type"]?.string == "stale", "\(brief(stale))")
    let connection = try RedisConnection(RedisAddress(bus[1]))
    for key in ["fs:{\(bus[3])}", "fs:{\(bus[3])}:epoch", "fs:{\(bus[3])}:last"] {
      try connection.run("DEL", key, within: 1)
    }
    let again = try node([], "v")
    again.quote("AAPL", "5")
    var types: [String] = []
    while let message = peer.next(), types.last != "price_update" { types.append(message["type"]?.string ?? "") }
    #expect(types.contains("gap") && types.last == "price_update", "\(types)")
  }

  @Test func offsetsOfALogAreKept() throws {
    let file = "\(folder.path)/offsets"
    func run(_ lines: String) throws -> Run.Result {
      try Run.tool(
        "fs-stream", ["--port", "0", "--offsets", file, "--stats"], input: lines,
        environment: ["FINSTAGE_HOME": "\(folder.path)/o"])
    }
    func line(_ partition: Int, _ offset: Int) -> String {
      "\(partition) \(offset) {\"type\":\"quote\",\"symbol\":\"A\",\"price\":1}\n"
    }
    #expect(try run(line(0, 7) + line(1, 3) + line(0, 8)).errors.contains("\"records\":3"))
    #expect(FileContent.text(file, limit: 100) == "0 9\n1 4\n")
    let again = try run(line(0, 8) + line(0, 9) + line(1, 2) + line(2, 0) + "x {}\n")
    #expect(again.errors.contains("\"records\":2") && again.errors.contains("\"bad\":1"), "\(again.errors)")
    #expect(FileContent.text(file, limit: 100) == "0 10\n1 4\n2 1\n")
    #expect(FileContent.replace(file, with: Array("nonsense\n".utf8)))
    #expect(try run("").status == 65)
  }
}
