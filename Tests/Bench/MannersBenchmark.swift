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
      let bucket = Bucket()
      try fetch(
        "200 symbols, a server of 20/s, 429 \(header ? "with" : "without") Retry-After", 200, ideal: 9,
        note: { "\(bucket.refused.load(ordering: .relaxed)) times 429" }
      ) { target in
        if bucket.takes() { return MannersBenchmark.good(target) }
        var answer = LoopbackServer.Answer("Too Many Requests", status: 429)
        if header { answer.headers = ["Retry-After: 1"] }
        return answer
      }
    }
    try fetch("500 symbols, 5 % with half a body for ever", 500, ideal: 1) { target in
      var answer = MannersBenchmark.good(target)
      if MannersBenchmark.symbol(target).hasSuffix("7"),
        (Int(MannersBenchmark.symbol(target).dropFirst()) ?? 0) % 20 == 7
      {
        answer.body.removeLast(answer.body.count / 2)
      }
      return answer
    }
    let failed = Mutex<Set<String>>([])
    try fetch("500 symbols, 3 % answer 502 once", 500, ideal: 1) { target in
      let symbol = MannersBenchmark.symbol(target)
      let isFirst = failed.withLock { $0.insert(symbol).inserted }
      return isFirst && (Int(symbol.dropFirst()) ?? 0) % 33 == 5
        ? LoopbackServer.Answer("bad gateway", status: 502) : MannersBenchmark.good(target)
    }
    let start = Run.now()
    try fetch("1,500 symbols, 503 from the second to the eleventh second", 1500, ideal: 13) { target in
      let now = Run.now() - start
      return now > 1 && now < 11 ? LoopbackServer.Answer("away", status: 503) : MannersBenchmark.good(target)
    }
    let count = Atomic(0)
    try fetch(
      "20 symbols, a server that says 429 for ever", 20, ideal: 0,
      note: { "\(count.load(ordering: .relaxed)) requests" }
    ) {
      _ in
      count.add(1, ordering: .relaxed)
      return LoopbackServer.Answer("no", status: 429)
    }
  }

  private func fetch(
    _ name: String, _ count: Int, ideal: Double, note: () -> String = { "" },
    _ answer: @escaping @Sendable (String) -> LoopbackServer.Answer
  ) throws {
    let server = try LoopbackServer(answer)
    defer { server.stop() }
    let home = TemporaryFolder()
    let result = try Run.shell(
      "seq -f 'G%g' \(count) | fs-fetch - --base-url '\(server.url)' --range 1mo",
      environment: ["FINSTAGE_HOME": home.path])
    let arrived = result.lines.count
    print(
      "\(name): \(arrived) of \(count) in \(Contest.fixed(result.seconds, 1)) s (ideal \(Int(ideal)) s), "
        + "\(server.requests.count) requests \(note())")
  }
}
