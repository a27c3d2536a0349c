import FinstageCore
import FinstageSystem
import TestSupport
import Testing

/// Rules of fs-metrics: what they write, who reads it, and how they are taken back.
@Suite struct MetricsRulesTests {
  private let home = TemporaryFolder()

  private func metrics(_ arguments: [String], input: String = "") throws -> Run.Result {
    try Run.tool("fs-metrics", arguments, input: input, environment: ["FINSTAGE_HOME": home.path])
  }

  private var settings: String { FileContent.text("\(home.path)/config/settings") ?? "" }

  private func readings(_ metric: String, _ value: Double, count: Int = 20) throws {
    let lines = (0..<count).map { i in
      let time = Timestamp.string(SystemClock.wallNanoseconds)
      return #"{"type":"metric","name":"\#(metric)","ts":"\#(time)","value":\#(value + Double(i % 3) / 1000)}"# + "\n"
    }
    #expect(try metrics(["ingest"], input: lines.joined()).status == 0)
  }

  @Test func aRuleSwitchesSomething() throws {
    _ = Folder.make("\(home.path)/config")
    _ = home.file("config/settings", "# mine\nother = 1\nfetch.batch_size = 64\n")
    chmod("\(home.path)/config/settings", 0o600)
    #expect(
      try metrics(["rules", "enable", "caching_price_data"]).errors.contains("needs memory_optimization_basic first"))
    let enabled = try metrics(["rules", "enable", "memory_optimization_basic"])
    #expect(enabled.status == 0 && enabled.text == "fetch.batch_size = 32\n", "\(enabled.errors)")
    #expect(settings == "# mine\nother = 1\nfetch.batch_size = 32\n", "what is not known stays: \(settings)")
    #expect(try metrics(["rules", "enable", "memory_optimization_basic"]).status == 1)
    #expect(try metrics(["rules", "enable", "caching_price_data"]).status == 0)
    let refused = try metrics(["rules", "disable", "memory_optimization_basic"])
    #expect(refused.status == 1 && refused.errors.contains("caching_price_data need"), "\(refused.errors)")
    let gone = try metrics(["rules", "disable", "memory_optimization_basic", "--cascade", "--reason", "a test"])
    #expect(gone.text == "caching_price_data is off\nmemory_optimization_basic is off\n")
    #expect(
      settings == "# mine\nother = 1\nfetch.batch_size = 64\ncache.quotes = off\n",
      "what the user had set comes back: \(settings)")
    #expect(try metrics(["rules", "enable", "nonsense"]).status == 66)
    #expect(try metrics(["rules"]).text.split(separator: "\n").count == 6)
    let history = try metrics(["rules", "history"]).text
    #expect(history.split(separator: "\n").count == 4 && history.contains("a test"), "\(history)")
  }

  /// An option wins over the environment, that over the file.
  @Test func toolsReadTheSettings() throws {
    let server = try LoopbackServer { _ in .init("Date,Close\n2024-03-01,1\n") }
    func fetch(_ more: [String] = [], _ environment: [String: String] = [:]) throws -> Run.Result {
      try Run.tool(
        "fs-fetch", ["--provider", "stooq", "--base-url", server.url, "AAPL", "--stats"] + more,
        environment: ["FINSTAGE_HOME": home.path].merging(environment) { $1 })
    }
    _ = Folder.make("\(home.path)/config")
    func set(_ text: String) {
      _ = home.file("config/settings", text)
      chmod("\(home.path)/config/settings", 0o600)
    }
    set("cache.history = off\n")
    _ = try fetch()
    #expect(try fetch().errors.contains(#""cache_hits":0"#), "the cache is off")
    #expect(try fetch([], ["FS_CACHE_HISTORY": "on"]).status == 0)
    #expect(try fetch([], ["FS_CACHE_HISTORY": "on"]).errors.contains(#""cache_hits":1"#))
    set("fetch.concurrency = x\n")
    let wrong = try fetch()
    #expect(
      wrong.status == 78 && wrong.errors.contains("the setting fetch.concurrency is x: it must be 1 to 100"),
      "\(wrong.errors)")
    #expect(try fetch(["--concurrency", "3"]).status == 0)
    chmod("\(home.path)/config/settings", 0o666)
    #expect(try fetch().status == 78, "others may write it")
  }

  @Test func harmIsTakenBack() throws {
    try readings("run_seconds", 1)
    #expect(try metrics(["rules", "enable", "memory_optimization_basic"]).status == 0)
    #expect(try metrics(["rules", "enable", "caching_price_data"]).status == 0)
    let guardian = try Child(
      tool: "fs-metrics", ["guard", "--every", "1s", "--grace", "0"], environment: ["FINSTAGE_HOME": home.path])
    var told: JSONValue?
    // Readings come all the time.
    for _ in 0..<20 where told == nil {
      try readings("run_seconds", 1.4)
      if let line = guardian.line(within: 0.5) { told = try? JSONValue.parse(Array(line.utf8)) }
    }
    #expect(
      told?["type"]?.string == "alert" && told?["message"]?.string?.contains("above what it was") == true,
      "\(told?.text ?? "nothing")")
    guardian.signal(SIGTERM)
    _ = guardian.wait()
    let list = try metrics(["rules", "list", "--json"]).text.split(separator: "\n").compactMap {
      try? JSONValue.parse(Array($0.utf8))
    }
    #expect(list[0]["status"]?.string == "rollback" || list[2]["status"]?.string == "rollback", "\(list.map(\.text))")
    let history = try metrics(["rules", "history"]).text
    #expect(history.contains(#""action":"rollback""#) && history.contains(#""baseline":1.0"#), "\(history)")
    let id = list[0]["status"]?.string == "rollback" ? "memory_optimization_basic" : "caching_price_data"
    let again = try metrics(["rules", "enable", id, "--force"])
    #expect(
      again.status == 75 && again.errors.contains("rolled back"),
      "a forced change obeys the cooldown too: \(again.errors)")
  }

  @Test func onlyOneGuards() throws {
    let one = try Child(
      tool: "fs-metrics", ["guard", "--every", "1h"], environment: ["FINSTAGE_HOME": home.path], mergesErrors: true)
    while !FileLock.isHeld("\(home.path)/data/metrics.db.guard") {}
    let two = try metrics(["guard", "--count", "1"])
    #expect(two.status == 75 && two.errors.contains("another guard"), "\(two.errors)")
    one.signal(SIGTERM)
    #expect(one.wait() == 128 + SIGTERM)
  }

  @Test func tuningIsShownFirst() throws {
    #expect(try metrics(["tune", "--dry-run"]).text == "nothing to change\n")
    try readings("run_seconds", 2)
    try readings("cpu_percent", 20)
    let dry = try metrics(["tune", "--dry-run"])
    #expect(
      dry.text.hasPrefix("+ fetch.concurrency = 15\n# fetch.concurrency: a run takes"), "\(dry.text)\(dry.errors)")
    #expect(settings.isEmpty)
    #expect(try metrics(["tune"]).text == dry.text && settings == "fetch.concurrency = 15\n")
    #expect(try metrics(["tune"]).text == "nothing to change\n", "it is left alone for a while")
  }

  @Test func switchingLeavesTheRuleAsItWas() throws {
    let off = try metrics(["guard", "--switchback", "memory_optimization_basic"])
    #expect(off.status == 1 && off.errors.contains("is off"), "\(off.errors)")
    #expect(try metrics(["rules", "enable", "memory_optimization_basic"]).status == 0)
    let child = try Child(
      tool: "fs-metrics", ["guard", "--switchback", "memory_optimization_basic", "--every", "1s"],
      environment: ["FINSTAGE_HOME": home.path])
    // Until a coin has switched it off.
    while !settings.isEmpty {}
    child.signal(SIGTERM)
    #expect(child.wait() == 128 + SIGTERM && settings == "fetch.batch_size = 32\n", "\(settings)")
  }
}
