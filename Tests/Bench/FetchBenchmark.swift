import FinstageSystem
import TestSupport

/// fs-fetch against `curl -Z` for the same addresses of a server in this process, which takes 20 ms for each answer.
struct FetchBenchmark {
  private static let latency = 0.02
  private static let bars = 252

  private let server: LoopbackServer
  private let folder = TemporaryFolder()

  init() throws {
    server = try LoopbackServer(keepsAlive: true) { target in
      var answer = FetchBenchmark.chart(String(target.split(separator: "/").last?.prefix { $0 != "?" } ?? ""))
      answer.delay = FetchBenchmark.latency
      return answer
    }
  }

  func run() throws {
    defer { server.stop() }
    print("100 symbols, 10 at once:")
    try Contest(
      contenders: [
        fetch("--no-cache", "fs-fetch --no-cache", 100),
        fetch("", "the same, filling a cache", 100, isCold: true),
        try curl(100, "10"),
      ], rounds: 9, isShort: true
    ).run()
    print("100 symbols, 50 at once:")
    try Contest(
      contenders: [fetch("--no-cache --concurrency 50", "fs-fetch --no-cache", 100), try curl(100, "50")], rounds: 9,
      isShort: true
    ).run()
    print("100 symbols, one after another:")
    try Contest(
      contenders: [
        fetch("--no-cache", "10 at once", 100), fetch("--no-cache --concurrency 1", "one after another", 100),
      ], rounds: 2, isShort: true
    ).run()
    print("Again within the hour, from the cache:")
    let warm = fetch("", "100 symbols from the cache", 100)
    _ = try Run.shell(warm.command)
    let before = server.requests.count
    try Contest(
      contenders: [
        warm, fetch("", "1 symbol from the cache", 1),
        .init(name: "true (floor: a process)", command: "/bin/true", output: "\(folder.path)/out"),
      ], rounds: 25, isShort: true
    ).run()
    print("requests meanwhile: \(server.requests.count - before)")
    print("2,000 symbols, 10 at once:")
    try Contest(
      contenders: [fetch("--no-cache", "fs-fetch --no-cache", 2000), try curl(2000, "10")], rounds: 2
    ).run()
  }

  private func fetch(_ options: String, _ name: String, _ count: Int, isCold: Bool = false) -> Contest.Contender {
    let home = "\(folder.path)/\(isCold ? "cold" : "warm")"
    let symbols = folder.file("symbols\(count)", (0..<count).map { "S\($0)\n" }.joined())
    let command =
      "FINSTAGE_HOME='\(home)' exec '\(Run.binaries)/fs-fetch' --base-url \(server.url) \(options) - < '\(symbols)' > '\(folder.path)/out'"
    return Contest.Contender(
      name: name, command: "bash -c \"\(isCold ? "rm -rf '\(home)'; " : "")\(command)\"", output: "\(folder.path)/out")
  }

  /// The same addresses as fs-fetch asks for, in a file of options.
  private func curl(_ count: Int, _ parallel: String) throws -> Contest.Contender {
    let query = "interval=1d&range=1y&includePrePost=false&events=div%7Csplit%7CcapitalGain"
    let addresses = (0..<count).map { "url = \"\(server.url)/v8/finance/chart/S\($0)?\(query)\"\n" }.joined()
    let file = folder.file("addresses\(count)", addresses)
    return Contest.Contender(
      name: "curl -Z",
      command:
        "bash -c \"exec curl -sS -Z --parallel-immediate --parallel-max \(parallel) -K '\(file)' > '\(folder.path)/out'\"",
      output: "\(folder.path)/out",
      missing: try Run.shell("command -v curl >/dev/null").status == 0 ? nil : "not installed")
  }

  /// A year of daily bars as Yahoo Finance sends them, prices widened from 32 bits.
  private static func chart(_ symbol: String) -> LoopbackServer.Answer {
    func list(_ value: (Int) -> String) -> String { (0..<bars).map(value).joined(separator: ",") }
    func price(_ cents: Int) -> String {
      list { String(Double(Float(100 + Double($0 * 37 % 400 + cents) / 100))) }
    }
    let body =
      #"{"chart":{"result":[{"meta":{"currency":"USD","symbol":"\#(symbol)","dataGranularity":"1d","gmtoffset":-18000},"#
      + #""timestamp":[\#(list { String(1_700_058_600 + $0 * 86_400) })],"indicators":{"quote":[{"open":[\#(price(0))],"#
      + #""high":[\#(price(100))],"low":[\#(price(-130))],"close":[\#(price(50))],"#
      + #""volume":[\#(list { String(1_000_000 + $0) })]}],"adjclose":[{"adjclose":[\#(price(50))]}]}}],"error":null}}"#
    return LoopbackServer.Answer(body)
  }
}
