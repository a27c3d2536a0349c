import FinstageSystem
import TestSupport

/// A hundred rules over a million bars of a hundred symbols, as fs-alert runs them; what of it DuckDB can say; and one rule beside one
/// indicator.
struct AlertBenchmark {
  let python: String?

  /// 40 levels, 20 crosses, 20 rises, 10 averages, 10 new highs, some with a hold, a cooldown, a reset: rules that tell of what is rare, as
  /// rules do, and those of the same kinds that tell of everything.
  private static func rules(rare: Bool) -> String {
    var text = ""
    func rule(_ i: Int, _ when: String, _ more: String = "") { text += "rule r\(i)\n  when \(when)\n\(more)" }
    for i in 0..<40 {
      switch i % 4 {
      case 0: rule(i, "close > \(rare ? 100_000 : 50 + i)", "  cooldown 1h\n")
      case 1: rule(i, "volume >= \(rare ? 1_000_000_000 : 100_000 + 10_000 * i) and close < open", "  for 2m\n")
      case 2: rule(i, "close / open - 1 > \(rare ? 0.05 : Double(i) / 10_000)", "  cooldown 30m growth 2\n")
      default:
        rule(
          i, "high - low > \(rare ? 100 : i / 100) or close > \(rare ? 100_000 : 100 + i)",
          "  reset close < \(90 + i)\n")
      }
    }
    for i in 40..<60 { rule(i, "close crosses \(i % 2 == 0 ? "above" : "below") \(20 + 10 * (i - 40))") }
    for i in 60..<80 { rule(i, "close rises by \(rare ? i : i - 58)% within \(5 + i - 60)m", "  cooldown 15m\n") }
    for i in 80..<90 { rule(i, "close > avg(close, \(10 + 5 * (i - 80))) * \(rare ? 1.2 : 1.01)", "  cooldown 10m\n") }
    for i in 90..<100 { rule(i, "close new high of \((rare ? 1000 : 20) + 20 * (i - 90))") }
    return text
  }

  func run() throws {
    let input = try BarData.file(1_000_000)
    let folder = TemporaryFolder()
    let rules = folder.file("rules.conf", AlertBenchmark.rules(rare: true))
    let many = folder.file("many.conf", AlertBenchmark.rules(rare: false))
    let out = "\(folder.path)/out"
    print("100 rules over a million bars of 100 symbols (promised: 10 s on one core, 64 MB):")
    let script = """
      import duckdb, sys
      c = duckdb.connect()
      c.execute("PRAGMA threads=1")
      q = "SELECT symbol, ts, " + ", ".join(
        [f"close > {50 + i} AS a{i}" for i in range(40)] +
        [f"close > {20 + 10 * i} AND lag(close) OVER w <= {20 + 10 * i} AS b{i}" for i in range(20)] +
        [f"close > 1.01 * avg(close) OVER (PARTITION BY symbol ORDER BY ts ROWS {9 + 5 * i} PRECEDING) AS c{i}" for i in range(10)]
      ) + f" FROM read_json('{sys.argv[1]}', format='newline_delimited') WINDOW w AS (PARTITION BY symbol ORDER BY ts)"
      n = c.execute("SELECT count(*) FROM (" + q + ") WHERE a0 OR b0 OR c0").fetchone()
      """
    let file = folder.file("conditions.py", script)
    try Contest(
      contenders: [
        .init(
          name: "fs-alert test", command: "\(Run.binaries)/fs-alert test --rules '\(rules)' '\(input)' > '\(out)'",
          output: out),
        .init(
          name: "fs-alert test, two million alerts",
          command: "\(Run.binaries)/fs-alert test --rules '\(many)' '\(input)' > '\(out)'", output: out),
        .init(
          name: "DuckDB (70 of the conditions, no state)",
          command: "\(python ?? "python3") '\(file)' '\(input)' > '\(out)'",
          output: out, missing: python == nil ? "no Python" : nil),
      ], rounds: 3
    ).run()
    print("one rule beside one indicator (promised: 1.3 times):")
    try Contest(
      contenders: [
        .init(
          name: "fs-alert --when", command: "\(Run.binaries)/fs-alert --when 'close > 1000' '\(input)' > '\(out)'",
          output: out),
        .init(
          name: "fs-indicators --sma 20", command: "\(Run.binaries)/fs-indicators --sma 20 '\(input)' > '\(out)'",
          output: out),
      ], rounds: 5
    ).run()
  }
}
