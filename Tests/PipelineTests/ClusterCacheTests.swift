import FinstageRedis
import FinstageSystem
import Synchronization
import TestSupport
import Testing

/// What machines share through a Redis: answers, who fetches, rates, pauses, events. A FINSTAGE_HOME of its own stands for a machine.
@Suite(.enabled(if: Environment["FINSTAGE_TEST_REDIS"] != nil)) struct ClusterCacheTests {
  private let folder = TemporaryFolder()
  /// On a machine that does much else an answer may take longer than 150 ms.
  private let redis = (Environment["FINSTAGE_TEST_REDIS"] ?? "") + "?timeout=10s"

  private static func bars(_ symbol: String) -> LoopbackServer.Answer {
    .init(
      #"{"chart":{"result":[{"meta":{"symbol":"\#(symbol)","currency":"USD","dataGranularity":"1d","gmtoffset":0},"#
        + #""timestamp":[86400,172800],"indicators":{"quote":[{"open":[1,2],"high":[1,7],"low":[1,2],"close":[1,7],"#
        + #""volume":[1,2]}]}}],"error":null}}"#)
  }

  private static func symbol(_ target: String) -> String {
    String(target.split(separator: "/").last?.prefix { $0 != "?" } ?? "")
  }

  private func shell(_ line: String, _ server: LoopbackServer, redis address: String? = nil) throws -> Run.Result {
    try Run.shell(
      line, folder: folder.path,
      environment: ["FS_CACHE": address ?? redis, "URL": server.url, "FINSTAGE_HOME": "\(folder.path)/none"])
  }

  @Test func fiftyProcessesOnFourMachinesMakeOneRequest() throws {
    let server = try LoopbackServer { target in
      var answer = Self.bars(Self.symbol(target))
      answer.delay = 1
      return answer
    }
    defer { server.stop() }
    let name = "ONE\(UInt32.random(in: .min ... .max))"
    let result = try shell(
      """
      for i in $(seq 50); do FINSTAGE_HOME=$PWD/m$((i % 4)) fs-fetch --base-url $URL \(name) > out.$i 2> err.$i & done; wait
      cat out.* | sort | uniq -c | sort -rn | awk '{print $1}'; cat err.*
      """, server)
    #expect(result.lines == ["50", "50"], "\(result.text)")
    #expect(server.requests.count == 1, "\(server.requests.count)")
    // A machine that comes later asks nobody.
    let later = try shell("FINSTAGE_HOME=$PWD/m9 fs-fetch --base-url $URL \(name) | wc -l", server)
    #expect(later.lines.first?.filter(\.isNumber) == "2" && server.requests.count == 1)
  }

  @Test func aRateHoldsForAllTogether() throws {
    let server = try LoopbackServer(keepsAlive: true) { Self.bars(Self.symbol($0)) }
    defer { server.stop() }
    let result = try shell(
      """
      for m in 1 2 3 4; do for i in $(seq 15); do echo S$m.$i; done > list.$m
        FINSTAGE_HOME=$PWD/m$m fs-fetch --base-url $URL --rate 20/s - < list.$m > out.$m & done; wait; cat out.* | wc -l
      """, server)
    #expect(result.lines.first?.filter(\.isNumber) == "120", "\(result.text) \(result.errors)")
    let times = server.times.sorted()
    try #require(times.count == 60)
    let seconds = times.last! - times.first!
    #expect(seconds > 59 / 20.0 * 0.9, "60 requests at 20 a second take three seconds: \(seconds)")
    for (i, time) in times.enumerated() {
      let within = times[i...].prefix { $0 < time + 1 }.count
      // Delays on the way bunch some; four rates side by side would be eighty.
      #expect(within <= 30, "\(within) requests within a second")
    }
  }

  @Test func aPauseIsForAllMachines() throws {
    let server = try LoopbackServer { target in
      guard Self.symbol(target) == "HOT" else { return Self.bars(Self.symbol(target)) }
      var answer = LoopbackServer.Answer("slow down", status: 429)
      answer.headers = ["Retry-After: 3"]
      return answer
    }
    defer { server.stop() }
    _ = try shell("FINSTAGE_HOME=$PWD/m1 fs-fetch --base-url $URL --retries 0 HOT", server)
    let begin = Run.now()
    let other = try shell("FINSTAGE_HOME=$PWD/m2 fs-fetch --base-url $URL COLD", server)
    #expect(other.status == 0 && other.lines.count == 2)
    #expect(Run.now() - begin > 1.5, "the other machine has heard of the pause")
  }

  @Test func withoutTheRedisNothingFails() throws {
    let server = try LoopbackServer(keepsAlive: true) { target in
      var answer = Self.bars(Self.symbol(target))
      answer.delay = 0.02
      return answer
    }
    defer { server.stop() }
    // A Redis of its own, which is killed, or stopped, in the middle.
    for signal in ["KILL", "STOP"] {
      let own = try Child(
        path: "/usr/bin/env",
        [
          Environment["FINSTAGE_TEST_REDIS_SERVER"] ?? "redis-server", "--port", "0", "--unixsocket",
          "\(folder.path)/\(signal).sock",
          "--save", "", "--port", "\(server.port &- 1)",
        ], mergesErrors: true)
      let address = "redis://127.0.0.1:\(server.port &- 1)"
      try waitUntilItServes(own)
      let result = try shell(
        """
        (sleep 0.5; kill -\(signal) \(own.process)) & for i in $(seq 200); do echo \(signal)$i; done > list
        FINSTAGE_HOME=$PWD/\(signal) fs-fetch --base-url $URL --concurrency 4 - < list | wc -l
        """, server, redis: address)
      #expect(result.status == 0 && result.lines.first?.filter(\.isNumber) == "400", "\(result.text) \(result.errors)")
      #expect(
        result.errors.split(separator: "\n").count == 1 && result.errors.contains("continuing"),
        "said once: \(result.errors)")
      own.signal(SIGKILL)
    }
    // It is no address at all.
    let wrong = try shell("FINSTAGE_HOME=$PWD/x fs-fetch --base-url $URL A", server, redis: "memcached://x")
    #expect(wrong.status == 78 && wrong.errors.contains("FS_CACHE"))
  }

  /// A service that is down is found out once: the other machines do not knock, each by itself, with all they have.
  @Test func anOutageIsForAllMachines() throws {
    let isUp = Mutex(false)
    let asked = Mutex<[String: Int]>([:])
    let server = try LoopbackServer { target in
      let symbol = Self.symbol(target)
      asked.withLock { $0[String(symbol.prefix(1)), default: 0] += 1 }
      return isUp.withLock { $0 } ? Self.bars(symbol) : LoopbackServer.Answer("down", status: 503)
    }
    defer { server.stop() }
    let begin = Run.now()
    let first = WorkerThread { [self] in
      let result = try? shell(
        "for i in $(seq 20); do echo A$i; done > a; FINSTAGE_HOME=$PWD/m1 fs-fetch --base-url $URL --concurrency 4 - < a | wc -l",
        server)
      #expect(
        result?.lines.first?.filter(\.isNumber) == "40", "all go on when it is there again: \(result?.errors ?? "")")
    }
    // Five failures make an outage, and the first probe has failed, too.
    while Run.now() - begin < 20, asked.withLock({ $0["A"] ?? 0 }) < 10 { usleep(10_000) }
    let second = WorkerThread { [self] in
      let result = try? shell(
        "for i in $(seq 20); do echo B$i; done > b; FINSTAGE_HOME=$PWD/m2 fs-fetch --base-url $URL --concurrency 4 - < b | wc -l",
        server)
      #expect(result?.lines.first?.filter(\.isNumber) == "40", "\(result?.errors ?? "")")
    }
    let end = Run.now() + 4
    while Run.now() < end { usleep(50_000) }
    let probes = asked.withLock { $0["B"] ?? 0 }
    #expect(probes <= 4, "one machine at a time asks if it works again: \(probes)")
    isUp.withLock { $0 = true }
    first?.join()
    second?.join()
  }

  /// A Redis says so once it takes connections.
  private func waitUntilItServes(_ server: Child) throws {
    while let line = server.line() { if line.contains("Ready to accept") { return } }
    throw Run.Failure(message: "the Redis has not begun")
  }

  /// Over TLS with a password, as managed servers want it; and a certificate that nobody vouches for.
  @Test func managedServersAreSpokenToAsTheyWant() throws {
    let server = Environment["FINSTAGE_TEST_REDIS_SERVER"] ?? "redis-server"
    let place = try LoopbackServer { _ in .init() }
    let port = place.port
    place.stop()
    let made = try Run.shell(
      """
      openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost,IP:127.0.0.1
      """, folder: folder.path)
    try #require(made.status == 0, "\(made.errors)")
    let (certificate, key) = ("\(folder.path)/cert.pem", "\(folder.path)/key.pem")
    let running = try Child(
      path: "/usr/bin/env",
      [
        server, "--port", "0", "--tls-port", "\(port)", "--tls-cert-file", certificate, "--tls-key-file", key,
        "--tls-ca-cert-file",
        certificate, "--tls-auth-clients", "no", "--requirepass", "s p@ss", "--maxmemory", "64mb", "--maxmemory-policy",
        "allkeys-lfu",
        "--save", "",
      ], mergesErrors: true)
    try waitUntilItServes(running)
    func remote(_ address: String, trusts: Bool = true) throws -> Run.Result {
      var environment = ["FS_CACHE": address]
      if trusts { environment["SSL_CERT_FILE"] = "\(folder.path)/cert.pem" }
      return try Run.tool("fs-fetch", ["cache", "remote"], environment: environment)
    }
    let good = try remote("rediss://:s%20p%40ss@localhost:\(port)/2")
    #expect(good.status == 0 && good.text.contains("all is well"), "\(good.text) \(good.errors)")
    #expect(!good.text.contains("p@ss"))
    // What is asked for goes where it is asked to go, and all goes when it is to go.
    let own = "rediss://:s%20p%40ss@localhost:\(port)/2?timeout=5s"
    let file = try Run.tool(
      "fs-fetch", ["cache", "remote", "-o", "\(folder.path)/facts"],
      environment: ["FS_CACHE": own, "SSL_CERT_FILE": certificate])
    #expect(
      file.output.isEmpty && FileContent.text("\(folder.path)/facts", limit: 9999)?.contains("all is well") == true)
    let unknown = try Run.tool(
      "fs-fetch", ["cache", "remote", "--cache", "bogus"], environment: ["FS_CACHE": own, "SSL_CERT_FILE": certificate])
    #expect(unknown.status == 64 && unknown.errors.contains("answers, negative"), "\(unknown.errors)")
    let stranger = try remote("rediss://:s%20p%40ss@localhost:\(port)/2", trusts: false)
    #expect(stranger.status == 75 && stranger.errors.contains("certificate"), "\(stranger.errors)")
    let wrong = try remote("rediss://:wrong@localhost:\(port)/2")
    #expect(wrong.status == 75 && wrong.errors.contains("AUTH"), "\(wrong.errors)")
    #expect(try remote("redis://localhost:\(port)").status == 75, "no TLS where TLS is wanted")
    running.signal(SIGKILL)
  }
}
