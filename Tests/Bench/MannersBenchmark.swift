import Synchronization
import TestSupport

/// What becomes of whole runs when a service is slow, strict, broken or away: seconds beside the ideal, what arrived, and how often the
/// server had to say no. One server in this process for each case; fs-fetch with its default options.
struct MannersBenchmark {
  private static let body =
    #"{"chart":{"result":[{"meta":{"currency":"USD","symbol":"SYMBOL","dataGranularity":"1d","gmtoffset":0},"timestamp":[86400],"indicators":{"quote":[{"open":[1],"high":[1],"low":[1],"close":[1],"volume":[1]}]}}],"error":null}}"#

  private static func symbol(_ target: String) -> String {
    String(target.split(separator: "/").last?.prefix { $0 != "?" } ?? "")
  }

  private static func good(_ target: String) -> LoopbackServer.Answer {
    var answer = LoopbackServer.Answer(body.replacing("SYMBOL", with: symbol(target)))
    answer.delay = 0.02
    return answer
  }

  /// A server that answers so many requests a second, and 429 above.
  private final class Bucket: Sendable {
    private let state = Mutex((tokens: 20.0, at: Run.now()))
    let refused = Atomic(0)

    func takes() -> Bool {
      state.withLock { state in
        let now = Run.now()
        state.tokens = min(20, state.tokens + (now - state.at) * 20)
        state.at = now
        guard state.tokens >= 1 else {
          refused.add(1, ordering: .relaxed)
          return false
        }
        state.tokens -= 1
        return true
      }
    }
  }

  func run() throws {
    for header in [true, false] {
      let words = "429 \(header ? "with" : "without") Retry-After"
      var bucket = Bucket()
      func refused() -> String { "\(bucket.refused.load(ordering: .relaxed)) times 429" }
      try fetch(
        "200 symbols, a server of 20/s, \(words)", 200, ideal: 9, note: refused, MannersBenchmark.strict(bucket, header)
      )
      bucket = Bucket()
      try plain(200, note: refused, MannersBenchmark.strict(bucket, header))
    }
    try fetch("500 symbols, 5 % with half a body for ever", 500, ideal: 1, MannersBenchmark.halfBodies)
    try plain(500, MannersBenchmark.halfBodies)
    try fetch("500 symbols, 3 % answer 502 once", 500, ideal: 1, MannersBenchmark.failingOnce())
    try plain(500, MannersBenchmark.failingOnce())
    try fetch("1,500 symbols, 503 from the second to the eleventh second", 1500, ideal: 13, MannersBenchmark.away())
    try plain(1500, MannersBenchmark.away())
    try twoProcesses()
    let count = Atomic(0)
    try fetch(
      "20 symbols, a server that says 429 for ever", 20, ideal: 0,
      note: { "\(count.load(ordering: .relaxed)) requests" }
    ) { _ in
      count.add(1, ordering: .relaxed)
      return LoopbackServer.Answer("no", status: 429)
    }
  }

  private static func strict(
    _ bucket: Bucket, _ hasHeader: Bool
  ) -> @Sendable (String) -> LoopbackServer.Answer {
    { target in
      if bucket.takes() { return good(target) }
      var answer = LoopbackServer.Answer("Too Many Requests", status: 429)
      if hasHeader { answer.headers = ["Retry-After: 1"] }
      return answer
    }
  }

  @Sendable private static func halfBodies(_ target: String) -> LoopbackServer.Answer {
    var answer = good(target)
    if (Int(symbol(target).dropFirst()) ?? 0) % 20 == 7 { answer.body.removeLast(answer.body.count / 2) }
    return answer
  }

  private static func failingOnce() -> @Sendable (String) -> LoopbackServer.Answer {
    let failed = Once()
    return { target in
      let symbol = symbol(target)
      return failed.isFirst(symbol) && (Int(symbol.dropFirst()) ?? 0) % 33 == 5
        ? LoopbackServer.Answer("bad gateway", status: 502) : good(target)
    }
  }

  private static func away() -> @Sendable (String) -> LoopbackServer.Answer {
    let start = Run.now()
    return { target in
      let now = Run.now() - start
      return now > 1 && now < 11 ? LoopbackServer.Answer("away", status: 503) : good(target)
    }
  }

  /// What has been seen.
  private final class Once: Sendable {
    private let seen = Mutex<Set<String>>([])
    func isFirst(_ name: String) -> Bool { seen.withLock { $0.insert(name).inserted } }
  }

  /// A server that a case needs anew for each client: what it has seen is part of the case.
  private func fetch(
    _ name: String, _ count: Int, ideal: Double, note: () -> String = { "" },
    _ answer: @escaping @Sendable (String) -> LoopbackServer.Answer
  ) throws {
    let result = try run(count, answer) { url in "seq -f 'G%g' \(count) | fs-fetch - --base-url '\(url)' --range 1mo" }
    print(
      "\(name): \(result.lines.count) of \(count) in \(Contest.fixed(result.seconds, 1)) s (ideal \(Int(ideal)) s), "
        + "\(result.requests) requests \(note())")
  }

  private func run(
    _ count: Int, _ answer: @escaping @Sendable (String) -> LoopbackServer.Answer, _ line: (String) -> String
  ) throws -> (lines: [Substring], seconds: Double, requests: Int) {
    let server = try LoopbackServer(answer)
    defer { server.stop() }
    let home = TemporaryFolder()
    let result = try Run.shell(line(server.url), environment: ["FINSTAGE_HOME": home.path])
    return (result.lines, result.seconds, server.requests.count)
  }

  /// The same server for a plain client, as far as there is a Python.
  private func plain(
    _ count: Int, note: () -> String = { "" }, _ answer: @escaping @Sendable (String) -> LoopbackServer.Answer
  ) throws {
    let python = Benchmarks.python
    let result = try run(count, answer) {
      "\(python) '\(Run.package)/Tests/Bench/peers/plain_client.py' '\($0)' \(count)"
    }
    print(
      "  a plain client: \(result.lines.first ?? "none") of \(count) in \(Contest.fixed(result.seconds, 1)) s, "
        + "\(result.requests) requests \(note())")
  }

  private func twoProcesses() throws {
    let result = try run(200, MannersBenchmark.good) { url in
      """
      seq -f 'G%g' 100 | fs-fetch - --base-url '\(url)' --range 1mo --rate 20/s & seq -f 'G%g' 101 200 \
        | fs-fetch - --base-url '\(url)' --range 1mo --rate 20/s; wait
      """
    }
    print(
      "200 symbols, two processes with --rate 20/s: \(result.lines.count) of 200 in \(Contest.fixed(result.seconds, 1)) s "
        + "(ideal 10 s)")
  }
}
