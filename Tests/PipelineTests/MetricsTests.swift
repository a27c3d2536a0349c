import FinstageCore
import FinstageServe
import FinstageSystem
import TestSupport
import Testing

/// fs-metrics as a program.
@Suite struct MetricsTests {
  private let home = TemporaryFolder()

  private func metrics(_ arguments: [String], input: String = "") throws -> Run.Result {
    try Run.tool("fs-metrics", arguments, input: input, environment: ["FINSTAGE_HOME": home.path])
  }

  private func json(_ text: String) -> JSONValue { (try? JSONValue.parse(Array(text.utf8))) ?? .null }

  @Test func stagesHaveTheirCosts() throws {
    let out = "\(home.path)/costs.json"
    let burn = "sh -c 'i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done; cat'"
    let run = try metrics(["run", "-o", out, "sleep 0.1; echo"])
    #expect(run.status == 64 && run.errors.contains("one pipeline is expected"), "\(run.errors)")
    let burned = try metrics(["run", "-o", out, "(sleep 0.1; echo 1) | \(burn) | cat"])
    #expect(burned.status == 0 && burned.text == "1\n", "\(burned.errors)")
    let costs = json(FileContent.text(out) ?? "")
    let stages = costs["stages"]?.array ?? []
    #expect(costs["bottleneck"]?.integer == 2 && stages.count == 3, "\(costs.text)")
    #expect((stages[0]["waits_otherwise_seconds"]?.double ?? 0) > 0.05, "a stage that sleeps: \(stages[0].text)")
    #expect((stages[1]["cpu_seconds"] ?? stages[1]["user_seconds"])?.double ?? 0 > 0.05)
    #expect(
      (stages[2]["waits_for_input_seconds"]?.double ?? 0) > (stages[2]["own_seconds"]?.double ?? 9), "\(stages[2].text)"
    )
    let sleeping = try metrics(["run", "-o", out, "echo | (sleep 0.3; cat) | cat"])
    #expect(sleeping.status == 0 && json(FileContent.text(out) ?? "")["bottleneck"]?.integer == 2)
    let blocked = try metrics(["run", "-o", out, "seq 1 200000 | (sleep 0.3; cat) > /dev/null"])
    let writer = json(FileContent.text(out) ?? "")["stages"]?.array?.first
    #expect(blocked.status == 0 && (writer?["waits_for_output_seconds"]?.double ?? 0) > 0.15, "\(writer?.text ?? "")")
  }

  @Test func allStatusesAreKept() throws {
    let out = "\(home.path)/costs.json"
    let last = try metrics(["run", "-o", out, "sh -c 'exit 3' | sh -c 'kill -9 $$' | true"])
    #expect(last.status == 0 && json(FileContent.text(out) ?? "")["statuses"]?.text == "[3,137,0]")
    #expect(try metrics(["run", "--pipefail", "sh -c 'exit 3' | true"]).status == 3)
    #expect(try metrics(["run", "sh -c 'exit 7'"]).status == 7)
    #expect(try metrics(["run", "nonsense-command"]).status == 127)
  }

  /// Linux gives a program the peak of who has started it; a small stage of a large parent is small all the same.
  @Test func peaksAreTheStagesOwn() throws {
    let script = """
      x = bytearray(300 * 1024 * 1024)
      for i in range(0, len(x), 4096): x[i] = 1
      import subprocess
      subprocess.run(["fs-metrics", "run", "-o", "costs.json", "/bin/true | sleep 0.05"], check=True)
      """
    _ = home.file("fat.py", script)
    let fat = try Run.shell("python3 fat.py", folder: home.path, environment: ["FINSTAGE_HOME": home.path])
    #expect(fat.status == 0, "\(fat.errors)")
    for stage in json(FileContent.text("\(home.path)/costs.json") ?? "")["stages"]?.array ?? [] {
      let most = stage["peak_memory_at_most_bytes"]?.integer ?? .max
      #expect(most < 60 << 20, "\(stage.text)")
      if let peak = stage["peak_memory_bytes"]?.integer { #expect(peak < 8 << 20, "\(stage.text)") }
    }
  }

  @Test func twoCommandsInPairs() throws {
    let raw = "\(home.path)/raw.ndjson"
    let run = try metrics([
      "ab", "run", "--a", "sleep 0.01", "--b", "sleep 0.02", "--max-runs", "60", "--seed", "7", "--raw", raw,
      "--warmup", "1",
    ])
    let report = json(run.text)
    #expect(
      run.status == 1 && report["result"]?.string == "slower" && (report["ratio"]?.double ?? 0) > 1.3, "\(run.text)")
    let runs = (FileContent.text(raw) ?? "").split(separator: "\n").map { json(String($0)) }
    #expect(runs.count == 2 * (1 + Int(report["pairs"]?.integer ?? 0)) && runs[0]["warmup"] != nil)
    let first = runs.filter { $0["order"]?.integer == 1 }.compactMap { $0["variant"]?.string }
    #expect(Set(first) == ["a", "b"], "the order is drawn")
    // The same runs, analysed as somebody else's.
    let again = try metrics(["ab", "analyze", "--follow"], input: FileContent.text(raw) ?? "")
    let lines = again.text.split(separator: "\n").map { json(String($0)) }
    #expect(again.status == 1 && lines.count == Int(report["pairs"]?.integer ?? 0) + 1)
    // The file has times to a nanosecond.
    let (p, q) = (lines.last?["p_always_valid"]?.double ?? -1, report["p_always_valid"]?.double ?? -2)
    #expect(abs(p - q) < 1e-5, "\(lines.last?.text ?? "")")
    let differs = try metrics(["ab", "run", "--a", "echo 1", "--b", "echo 2"])
    #expect(
      differs.status == 1 && json(differs.text)["result"]?.string == "differs", "a faster wrong answer does not win")
    let fails = try metrics(["ab", "run", "--a", "true", "--b", "false", "--max-runs", "30"])
    #expect(fails.status == 1 && json(fails.text)["result"]?.string == "fails", "\(fails.text)")
    let undecided = try metrics(["ab", "run", "--a", "true", "--b", "true", "--max-runs", "5"])
    #expect(undecided.status == 75 && json(undecided.text)["result"]?.string == "undecided", "\(undecided.text)")
  }

  @Test func timesOfOthers() throws {
    let a = home.file("a", (1...50).map { "\(100 + $0 % 7)\n" }.joined())
    let b = home.file("b", (1...50).map { "\(80 + $0 % 7)\n" }.joined())
    let faster = try metrics(["ab", "analyze", "--a", a, "--b", b])
    #expect(faster.status == 0 && json(faster.text)["result"]?.string == "faster", "\(faster.text)")
    let pairs = home.file("p", (1...50).map { "\(100 + $0 % 7), \(100 + ($0 + 3) % 7)\n" }.joined())
    let same = try metrics(["ab", "analyze", "--pairs", pairs, "--margin", "20%"])
    #expect(same.status == 0 && json(same.text)["result"]?.string == "same", "\(same.text)")
    let short = home.file("short", "1\n2\n")
    #expect(try metrics(["ab", "analyze", "--a", a, "--b", short]).status == 65)
    let bad = try metrics(["ab", "analyze", "--pairs", "-"], input: "1 2\n3 x\n")
    #expect(bad.status == 65 && bad.errors.contains("-:2: \"x\""), "\(bad.errors)")
  }

  @Test func whatToolsSayIsKept() throws {
    let log = "\(home.path)/metrics.ndjson"
    let bars = try Run.shell(
      "for i in 1 2 3; do echo '{\"symbol\":\"A\",\"ts\":\"2024-03-01\",\"close\":1}' | fs-indicators --sma 1 > /dev/null; done",
      environment: ["FINSTAGE_HOME": home.path, "FS_METRICS": log])
    #expect(bars.status == 0)
    _ = FileContent.append("no record\n", to: log)
    let taken = try metrics(["ingest", log, "--stats"])
    #expect(
      taken.status == 0 && taken.errors.contains("bad records left out: 1") && taken.errors.contains(#""bad":1"#),
      "\(taken.errors)")
    let report = try metrics(["report", "fs_indicators_seconds"])
    let summary = json(report.text)
    #expect(
      summary["count"]?.integer == 3 && summary["unit"]?.string == "s" && (summary["p95"]?.double ?? 0) > 0,
      "\(report.text)")
    let empty = try metrics(["report", "nothing*"])
    #expect(empty.status == 66 && empty.text.isEmpty && empty.errors.contains("there is no metric"))
    let exported = try metrics(["export", "fs_indicators_*", "-o", "\(home.path)/m.parquet"])
    #expect(exported.status == 0, "\(exported.errors)")
    let rows = try Run.tool("fs-frame", ["info", "\(home.path)/m.parquet"])
    #expect(rows.text.contains("value") && rows.text.contains("unit"), "\(rows.text)")
    let prometheus = try metrics(["export", "--prometheus"])
    #expect(prometheus.text.contains("# TYPE finstage_fs_indicators_seconds gauge\n"), "\(prometheus.text)")
  }

  /// The rules that come with fs-alert know the records of fs-metrics.
  @Test func whatIsCollectedIsWatched() throws {
    let run = try Run.shell(
      """
      fs-alert rules --print metrics | sed 's/memory_percent.*95/memory_percent\\x27 and value > 0/' > m.conf
      fs-metrics collect --every 200ms --count 2 --print | fs-alert test --rules m.conf
      """, folder: home.path, environment: ["FINSTAGE_HOME": home.path])
    #expect(
      run.status == 0 && run.text.contains("critical_memory_usage") && run.text.contains("memory at "),
      "\(run.text)\(run.errors)")
  }

  /// A file that grows is read on where it was left; what was rolled up is there for baselines, trends and exports.
  @Test func nothingCountsTwiceOrGoesAway() throws {
    func line(_ hoursAgo: Int, _ value: Double) -> String {
      let time = Timestamp.string((SystemClock.wallSeconds - Int64(hoursAgo) * 3600) * 1_000_000_000)
      return #"{"type":"metric","name":"x","ts":"\#(time)","value":\#(value)}"# + "\n"
    }
    let file = home.file("log", (0..<168).reversed().map { line($0, $0 >= 84 ? 1 : 10) }.joined())
    for _ in 0..<2 { #expect(try metrics(["ingest", file]).status == 0) }
    _ = FileContent.append(line(0, 10), to: file)
    #expect(try metrics(["ingest", file, "--stats"]).errors.contains(#""records":1,"#))
    #expect(json(try metrics(["report", "x", "--last", "8d"]).text)["count"]?.integer == 169)
    let trend = json(try metrics(["trend", "x", "--last", "7d"]).text)
    // A step is a change, and no trend.
    #expect(
      trend["changes"]?.array?.count == 1 && trend["changes"]?.array?.first?["magnitude"]?.double == 9, "\(trend.text)")
    #expect(try metrics(["baseline", "save", "b", "--last", "8d"]).status == 0)
    let readings = json(try metrics(["baseline", "list"]).text)["readings"]?.integer ?? 0
    #expect(readings >= 168, "\(readings)")
    #expect(try metrics(["export", "x", "--last", "8d"]).text.split(separator: "\n").count >= 168)
    #expect(try metrics(["export", "y"]).status == 66 && metrics(["compare", "b", "y"]).status == 66)
    #expect(try metrics(["ingest", file, "--again", "--stats"]).errors.contains(#""records":169,"#))
  }

  @Test func whatWasMeasuredIsToldAfterASignal() throws {
    let raw = "\(home.path)/raw"
    let run = try Run.shell(
      """
      fs-metrics ab run --a 'sleep 0.02' --b 'sleep 0.02' --raw \(raw) --max-runs 100000 --quiet > out.json &
      until [ -s \(raw) ] && [ $(wc -l < \(raw)) -gt 8 ]; do :; done
      kill -TERM $!; wait $!; echo $?
      """, folder: home.path, environment: ["FINSTAGE_HOME": home.path])
    #expect(run.text == "143\n", "\(run.text)\(run.errors)")
    #expect(json(FileContent.text("\(home.path)/out.json") ?? "")["type"]?.string == "ab")
    let prepared = try metrics(["ab", "run", "--a", "true", "--b", "true", "--prepare", "exit 7"])
    #expect(prepared.status == 69 && prepared.errors.contains("status 7"), "\(prepared.errors)")
    let mends = try metrics(["ab", "run", "--a", "false", "--b", "true", "--max-runs", "40"])
    #expect(mends.status == 0 && json(mends.text)["result"]?.string == "mends", "\(mends.text)")
  }

  @Test func betterOrWorse() throws {
    func lines(_ value: Double, _ ago: Int64) -> String {
      (0..<40).map { i in
        let time = Timestamp.string((SystemClock.wallSeconds - ago + Int64(i)) * 1_000_000_000)
        return #"{"type":"metric","name":"run_seconds","ts":"\#(time)","value":\#(value + Double(i % 5) / 100)}"# + "\n"
      }.joined()
    }
    #expect(try metrics(["ingest"], input: lines(1, 300)).status == 0)
    #expect(try metrics(["baseline", "save", "n"]).text == "n: 1 series\n")
    let nothing = try metrics(["compare", "n"])
    #expect(nothing.status == 0 && json(nothing.text)["verdict"]?.string == "no verdict", "\(nothing.text)")
    // Later than the baseline.
    #expect(try metrics(["ingest"], input: lines(1.5, -5)).status == 0)
    var worse = try metrics(["compare", "n"])
    while json(worse.text)["count"]?.integer ?? 0 < 5 { worse = try metrics(["compare", "n"]) }
    #expect(worse.status == 1 && json(worse.text)["verdict"]?.string == "worse", "\(worse.text)")
    #expect(try metrics(["compare", "n", "--fail-over", "100%"]).status == 0)
    #expect(try metrics(["compare", "other"]).status == 66)
    #expect(try metrics(["baseline", "list"]).text.contains(#""name":"n""#))
    #expect(try metrics(["baseline", "delete", "n"]).status == 0 && metrics(["baseline", "delete", "n"]).status == 66)
    let trend = json(try metrics(["trend", "run_seconds"]).text)
    #expect(trend["count"]?.integer ?? 0 > 40)
  }

  @Test func readingsAreCollected() throws {
    let run = try metrics(["collect", "--every", "200ms", "--count", "3", "--pid", "\(getpid())", "--print"])
    #expect(run.status == 0, "\(run.errors)")
    let names = Set(run.text.split(separator: "\n").compactMap { json(String($0))["name"]?.string })
    #expect(
      names.isSuperset(of: ["cpu_percent", "memory_percent", "load1", "process_memory_bytes", "process_threads"]),
      "\(names)")
    let score = json(try metrics(["score"]).text)
    #expect((score["score"]?.double ?? -1) >= 0 && score["status"] != nil)
    #expect(try metrics(["recommend"]).status == 0 && metrics(["watch", "--count", "1"]).text.contains("cpu_percent"))
    #expect(try metrics(["collect", "--pid", "2147483646", "--count", "1"]).status == 66)
    #expect(try Run.tool("fs-metrics", ["score"], environment: ["FINSTAGE_HOME": "\(home.path)/new"]).status == 66)
  }

  @Test func thePageAndWhatItIsMadeOf() throws {
    let time = Timestamp.string(SystemClock.wallSeconds * 1_000_000_000)
    #expect(
      try metrics(
        ["ingest"],
        input: #"{"type":"metric","name":"cpu_percent","ts":"\#(time)","value":12.5,"unit":"%"}"# + "\n"
          + #"{"type":"metric","name":"x","ts":"\#(time)","value":1,"labels":{"l":"<b>&\"\\"}}"# + "\n"
      ).status == 0)
    let server = try Child(
      tool: "fs-metrics", ["serve", "--port", "0"], environment: ["FINSTAGE_HOME": home.path], mergesErrors: true)
    let line = server.line() ?? ""
    let port = Int(line.filter(\.isNumber).dropFirst("127001".count)) ?? 0
    func ask(_ path: String, method: String = "GET", host: String = "127.0.0.1") throws -> (status: Int, text: String) {
      let answer = try ServerRequest.send(WebSocketAddress("http://\(host):\(port)\(path)", path: "/")!, method: method)
      return (answer.status, String(decoding: answer.body, as: UTF8.self))
    }
    #expect(
      try ask("/").text.contains("<title>fs-metrics</title>") && ask("/healthz").status == 200
        && ask("/readyz").status == 200)
    #expect(try ask("/", method: "POST").status == 405 && ask("/nothing").status == 404)
    let head = try RawSocket(port: port)
    head.send(Array("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8))
    let answer = String(decoding: head.readAll(), as: UTF8.self)
    #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.hasSuffix("\r\n\r\n"))
    let socket = try RawSocket(port: port)
    socket.send(Array("GET /api/series HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".utf8))
    #expect(
      String(decoding: socket.readAll(), as: UTF8.self).hasPrefix("HTTP/1.1 421 "), "a page of elsewhere reads nothing")
    let current = json(try ask("/api/metrics/current").text)
    #expect(current["status"]?.string == "excellent" && current["series"]?.array?.count == 2)
    let history = json(try ask("/api/metrics/history?name=cpu_percent&hours=1").text)
    #expect(history["points"]?.array?.last?.array?[1].double == 12.5)
    #expect(
      try ask("/api/metrics/history?name=cpu_percent&hours=x").status == 400
        && ask("/api/metrics/history?name=no").status == 404)
    #expect(try ask("/metrics").text.contains(#"finstage_x{l="<b>&\"\\"} 1"#))
    let open = try RawSocket(port: port)
    open.send(
      Array(
        "GET /metrics HTTP/1.1\r\nHost: localhost\r\nAccept: application/openmetrics-text\r\nConnection: close\r\n\r\n"
          .utf8))
    #expect(String(decoding: open.readAll(), as: UTF8.self).hasSuffix("\n# EOF\n"))
    if Browser.path != nil {
      // Charts are drawn when they have come.
      var page = ""
      for _ in 0..<5 where !page.contains("<polyline") && !page.contains("class=\"l\"") {
        page = try Browser.document("http://127.0.0.1:\(port)/", seconds: 5, home: home.path)
      }
      #expect(page.contains("<b>12.50</b>") && page.contains(">cpu_percent</span>"), "\(page.prefix(2000))")
      #expect(page.contains("x l=&lt;b&gt;") && page.contains("class=\"l\""))
    }
    server.signal(SIGTERM)
    #expect(server.wait() == 128 + SIGTERM)
  }

  @Test func aTestOfVariants() throws {
    #expect(try metrics(["ab", "create", "t", "--variant", "old=50", "--variant", "new=50%"]).status == 0)
    #expect(try metrics(["ab", "create", "x", "--variant", "old=50", "--variant", "new=40"]).status == 64)
    let early = try metrics(["ab", "assign", "t", "u1"])
    #expect(early.status == 1 && early.text == "old\n", "the control while it does not run")
    #expect(try metrics(["ab", "record", "t", "--unit", "u1", "--value", "1"]).status == 1)
    #expect(try metrics(["ab", "start", "t"]).status == 0 && metrics(["ab", "start", "t"]).status == 1)
    let units = (0..<400).map { "u\($0)" }
    let assigned = try metrics(["ab", "assign", "t", "-"], input: units.joined(separator: "\n")).text.split(
      separator: "\n"
    ).map(String.init)
    #expect(assigned.count == 400 && Set(assigned) == ["old", "new"])
    #expect(try metrics(["ab", "assign", "t", "u7"]).text == assigned[7] + "\n")
    let lines = zip(units, assigned).enumerated().map { i, pair in
      #"{"unit":"\#(pair.0)","value":\#((pair.1 == "new" ? 70 : 100) + i % 13)}"#
    }
    #expect(try metrics(["ab", "record", "t"], input: lines.joined(separator: "\n")).status == 0)
    let bad = try metrics(["ab", "record", "t"], input: #"{"unit":"u","value":1}"# + "\n" + #"{"value":1}"#)
    #expect(bad.status == 65 && bad.errors.contains("<stdin>:2: a unit"), "\(bad.errors)")
    let analysis = try metrics(["ab", "analyze", "t"])
    let report = json(analysis.text)
    #expect(
      analysis.status == 0 && report["best"]?.string == "new" && report["results"]?.integer == 400, "\(analysis.text)")
    #expect(try metrics(["ab", "pause", "t"]).status == 0 && metrics(["ab", "assign", "t", "u1"]).status == 1)
    #expect(try metrics(["ab", "start", "t"]).status == 0 && metrics(["ab", "stop", "t"]).status == 0)
    #expect(
      try metrics(["ab", "start", "t"]).status == 1 && metrics(["ab", "list"]).text.contains(#""state":"stopped""#))
    #expect(try metrics(["ab", "analyze", "no"]).status == 66)
  }

  @Test func memoryIsWatched() throws {
    let status = json(try metrics(["memory"]).text)
    #expect((status["system_memory"]?["percent"]?.double ?? 0) > 0 && status["memory_health"] != nil, "\(status.text)")
    #expect(json(try metrics(["memory", "health"]).text)["status"] != nil)
    #expect(json(try metrics(["memory", "diagnostics"]).text)["trend"]?["status"]?.string == "insufficient_data")
    let grow = "x = bytearray(60 << 20); import time; time.sleep(0.5)"
    let watched = try metrics([
      "memory", "watch", "--threshold", "20MiB", "--every", "100ms", "--", "python3", "-c", grow,
    ])
    #expect(watched.status == 0 && watched.errors.contains("more than 20MiB"), "\(watched.errors)")
    let quiet = try metrics(["memory", "watch", "--", "sh", "-c", "exit 4"])
    #expect(quiet.status == 4 && !quiet.errors.contains("more than"), "\(quiet.errors)")
    let cache = try metrics(["cache"])
    #expect(cache.status == 0 && cache.errors.contains("no cache yet"), "\(cache.errors)")
    _ = try Run.tool("fs-fetch", ["--provider", "sample", "AAPL"], environment: ["FINSTAGE_HOME": home.path])
  }

  /// Other tools' pages and outputs are taken in.
  @Test func othersArePutInAsWell() throws {
    let service = try StreamService(home: home.path)
    service.quote("A", "1")
    while try !service.ask("/metrics").text.contains("finstage_stream_events_total 1\n") {}
    _ = try Run.tool("fs-fetch", ["--provider", "sample", "AAPL"], environment: ["FINSTAGE_HOME": home.path])
    let run = try metrics([
      "collect", "--every", "200ms", "--count", "1", "--scrape", "http://127.0.0.1:\(service.port)/metrics", "--scrape",
      "http://127.0.0.1:1/metrics", "--command", "echo x 3", "--print",
    ])
    #expect(run.status == 0 && run.errors.contains("127.0.0.1:1"), "\(run.errors)")
    let points = run.text.split(separator: "\n").map { json(String($0)) }
    func value(_ name: String) -> Double? { points.first { $0["name"]?.string == name }?["value"]?.double }
    #expect(value("finstage_stream_events_total") == 1 && value("x") == 3, "\(run.text)")
    #expect(points.filter { $0["name"]?.string == "up" }.compactMap { $0["value"]?.double } == [1, 0])
    let early = try metrics(["forecast", "x"])
    #expect(early.status == 75 && early.errors.contains("two seasons are 48"), "\(early.errors)")
  }
}
