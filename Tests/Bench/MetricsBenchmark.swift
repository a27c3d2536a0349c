import FinstageSystem
import TestSupport

/// fs-metrics: a million readings in and out, beside DuckDB where it is there; the cost of FS_METRICS, of collecting, and of a run of ab run
/// beside hyperfine.
struct MetricsBenchmark {
  let python: String

  func run() throws {
    let folder = TemporaryFolder()
    try ingest(folder)
    try overhead(folder)
    try collecting(folder)
    try pairs(folder)
  }

  private func seconds(_ run: Run.Result) -> String { String(Int(run.seconds * 1000)) + " ms" }

  private func ingest(_ folder: TemporaryFolder) throws {
    let now = SystemClock.wallSeconds
    var random = SeededRandom(seed: 1)
    var text = ""
    text.reserveCapacity(110 << 20)
    for i in 0..<1_000_000 {
      let second = now - 86_000 + Int64(i) * 86_000 / 1_000_000
      text +=
        #"{"type":"metric","name":"m_\#(i % 5)","ts":\#(second),"value":\#(Double(Int(random.unit() * 1e6)) / 1e6),"unit":"s","labels":{"run":"r\#(i % 20)"}}"#
        + "\n"
    }
    let file = folder.file("million.ndjson", text)
    let environment = ["FINSTAGE_HOME": folder.path]
    let taken = try Run.tool("fs-metrics", ["ingest", file], environment: environment)
    print(
      "1,000,000 readings ingested: \(seconds(taken)), \(Int(1e6 / taken.seconds / 1000)) thousand a second (asked 300)"
    )
    let report = try Run.tool("fs-metrics", ["report", "--last", "24h", "--json"], environment: environment)
    print("report over them: \(seconds(report)) (asked 200 ms), \(report.lines.count) series")
    let query =
      "import duckdb; duckdb.sql(\"select name, labels, count(*), avg(value), quantile_cont(value, [0.5, 0.9, 0.95, 0.99]) from read_json('\(file)', format='newline_delimited') group by all\").fetchall()"
    if try Run.shell("\(python) -c 'import duckdb' 2>/dev/null").status == 0 {
      let peer = try Run.shell("\(python) -c \"\(query.replacing("\"", with: "\\\""))\"")
      print(
        "the same out of the file by DuckDB: \(seconds(peer)); ours in and out \(ratio(peer.seconds, taken.seconds + report.seconds)) as fast"
      )
    }
  }

  private func ratio(_ peer: Double, _ ours: Double) -> String { "\(Double(Int(peer / ours * 100)) / 100)x" }

  /// Runs of a filter with and without FS_METRICS, one after the other.
  private func overhead(_ folder: TemporaryFolder) throws {
    let line = #"{"symbol":"A","ts":"2024-03-01","close":1}"# + "\n"
    var (with, without): ([Double], [Double]) = ([], [])
    for _ in 0..<100 {
      without.append(try Run.tool("fs-indicators", ["--sma", "1"], input: line).seconds)
      with.append(
        try Run.tool("fs-indicators", ["--sma", "1"], input: line, environment: ["FS_METRICS": "\(folder.path)/log"])
          .seconds)
    }
    with.sort()
    without.sort()
    print(
      "FS_METRICS costs \(Double(Int((with[50] - without[50]) * 1e6)) / 1000) ms a run (asked 0.5), of \(Double(Int(without[50] * 1e5)) / 100) ms"
    )
  }

  private func collecting(_ folder: TemporaryFolder) throws {
    let sleepers = try (0..<100).map { _ in try Child(path: "/bin/sleep", ["60"]) }
    defer { for sleeper in sleepers { sleeper.signal(SIGKILL) } }
    let pids = sleepers.flatMap { ["--pid", "\($0.process)"] }
    let run = try Run.tool(
      "fs-metrics", ["collect", "--every", "1s", "--count", "10"] + pids, environment: ["FINSTAGE_HOME": folder.path])
    let share = run.cpuSeconds / run.seconds * 100
    print("100 processes every second: \(Double(Int(share * 100)) / 100) % of a core (asked 1)")
  }

  private func pairs(_ folder: TemporaryFolder) throws {
    let environment = ["FINSTAGE_HOME": folder.path]
    let ours = try Run.tool(
      "fs-metrics", ["ab", "run", "--a", "true", "--b", "true", "--max-runs", "200", "--warmup", "0", "--quiet"],
      environment: environment)
    print("ab run: \(Double(Int(ours.seconds / 400 * 1e6)) / 1000) ms for each run of `true`")
    if try Run.shell("command -v hyperfine").status == 0 {
      let peer = try Run.shell("hyperfine -N --warmup 0 --runs 400 true > /dev/null 2>&1")
      let shell = try Run.shell("hyperfine --warmup 0 --runs 400 true > /dev/null 2>&1")
      print(
        "hyperfine: \(Double(Int(peer.seconds / 400 * 1e6)) / 1000) ms without a shell, \(Double(Int(shell.seconds / 400 * 1e6)) / 1000) ms with one"
      )
    }
  }
}
