import FinstageCore
import FinstageSystem
import TestSupport

struct Benchmark {
  let name: String
  let summary: String
  let run: () throws -> Void
}

enum Benchmarks {
  static var all: [Benchmark] {
    [
      Benchmark(name: "start", summary: "250 bars, start to end, sma_20", run: start),
      Benchmark(name: "sma", summary: "1,000,000 bars of 100 symbols, sma_20, NDJSON file to NDJSON file", run: sma),
      Benchmark(name: "six", summary: "the same with sma, ema, rsi, macd, bbands and atr (10 columns)", run: six),
      Benchmark(
        name: "all", summary: "the same with the 61 of TA-Lib (69 columns), and --all (115)",
        run: everything),
      Benchmark(
        name: "resume", summary: "--state: ten years of six indicators and their signals, one new bar", run: resume),
      Benchmark(
        name: "kernels", summary: "each kernel alone, one series in memory, nanoseconds a bar",
        run: { try KernelTable.run(python: python) }),
      Benchmark(
        name: "fetch", summary: "100 and 2,000 symbols from a server that takes 20 ms",
        run: { try FetchBenchmark().run() }),
      Benchmark(
        name: "manners", summary: "whole runs against services that are strict, broken or away",
        run: { try MannersBenchmark().run() }),
      Benchmark(
        name: "frame", summary: "Parquet and Arrow there and back, the frame in memory, the store",
        run: { try FrameBenchmark(python: python).run() }),
      Benchmark(
        name: "csv", summary: "1,000,000 bars from CSV and to CSV", run: { try TableBenchmark(python: python).csv() }),
      Benchmark(
        name: "frame-ops", summary: "sort, dedup, resample and join --asof of 1,000,000 bars; fill, tail --by",
        run: { try TableBenchmark(python: python).operations() }),
      Benchmark(
        name: "store", summary: "1,000,000 bars into a store; one symbol out of it",
        run: { try TableBenchmark(python: python).store() }),
      Benchmark(
        name: "expressions", summary: "100 conditions over 1,000,000 bars of 100 symbols; filter and compute",
        run: { try ExpressionsBenchmark().run() }),
      Benchmark(
        name: "alert", summary: "100 rules over 1,000,000 bars of 100 symbols; one rule beside --sma 20",
        run: { try AlertBenchmark(python: python).run() }),
      Benchmark(
        name: "stream", summary: "fs-stream: idle clients, one event to all, saturation, latency",
        run: { try StreamBenchmark(python: python).run() }),
      Benchmark(
        name: "metrics", summary: "fs-metrics: a million readings in and out, overheads, runs beside hyperfine",
        run: { try MetricsBenchmark(python: python).run() }),
      Benchmark(
        name: "queue", summary: "100,000 tasks added from a pipe, 20,000 no-op tasks worked off",
        run: { try QueueBenchmark().throughput() }),
      Benchmark(
        name: "cluster", summary: "fs-queue on PostgreSQL: no-op tasks, claims alone, depth, a held snapshot, notice",
        run: { try ClusterBenchmark.run() }),
      Benchmark(
        name: "depth", summary: "claims from a queue of 10,000 to 2,000,000 tasks",
        run: { try QueueBenchmark().depth() }),
      Benchmark(
        name: "notice", summary: "how soon a worker notices a new task, and the death of another",
        run: { try QueueBenchmark().notice() }),
      Benchmark(name: "grow", summary: "peak memory of sma_20 over 1 and 10 million bars", run: grow),
    ]
  }

  private static let sixOptions = "--sma 20 --ema 12 --rsi 14 --macd 12,26,9 --bbands 20,2 --atr 14"

  /// The Python whose packages are the peers: FINSTAGE_PYTHON, or python3.
  static var python: String { getenv("FINSTAGE_PYTHON").map { String(cString: $0) } ?? "python3" }

  private static func ours(_ options: String, _ input: String, _ output: String) -> Contest.Contender {
    Contest.Contender(
      name: "fs-indicators", command: "\(Run.binaries)/fs-indicators \(options) < '\(input)' > '\(output)'",
      output: output)
  }

  private static func peer(
    _ name: String, script: String, modules: [String], _ input: String, _ output: String
  ) throws -> Contest.Contender {
    let imports = modules.map { "import \($0)" }.joined(separator: ";")
    let isThere = try Run.shell("\(python) -c '\(imports)' 2>/dev/null").status == 0
    return Contest.Contender(
      name: name, command: "\(python) '\(Run.package)/Tests/Bench/peers/\(script).py' '\(input)' '\(output)'",
      output: output, missing: isThere ? nil : "not installed (pip install \(modules.joined(separator: " ")))")
  }

  private static func program(_ name: String, _ options: String, _ input: String, _ output: String) throws
    -> Contest.Contender
  {
    let isThere = try Run.shell("command -v \(name) >/dev/null").status == 0
    return Contest.Contender(
      name: name, command: "\(name) \(options) < '\(input)' > '\(output)'", output: output,
      missing: isThere ? nil : "not installed")
  }

  private static func miller(_ input: String, _ output: String) throws -> Contest.Contender {
    try program("mlr", "--ijsonl --ojsonl step -a slwin_19_0 -f close -g symbol", input, output)
  }

  private static func start() throws {
    let input = try BarData.file(250)
    let folder = TemporaryFolder()
    let out = "\(folder.path)/out"
    try Contest(
      contenders: [
        .init(
          name: "fs-indicators", command: "\(Run.binaries)/fs-indicators", arguments: ["--sma", "20", input],
          output: out),
        .init(name: "true (floor: a process)", command: "/bin/true", arguments: ["-"], output: out),
        program("jq", "-c .", input, out), miller(input, out),
        peer("polars", script: "polars_sma", modules: ["polars"], input, out),
        peer("duckdb", script: "duckdb_sma", modules: ["duckdb"], input, out),
      ], rounds: 25, isShort: true
    ).run()
  }

  private static func sma() throws {
    let input = try BarData.file(1_000_000)
    let folder = TemporaryFolder()
    let out = "\(folder.path)/out"
    try Contest(contenders: [
      ours("--sma 20", input, out), program("cat", "", input, out),
      peer("polars", script: "polars_sma", modules: ["polars"], input, out),
      peer("duckdb", script: "duckdb_sma", modules: ["duckdb"], input, out),
    ]).run()
    try Contest(
      contenders: [ours("--sma 20", input, out), program("jq", "-c .", input, out), miller(input, out)], rounds: 2
    ).run()
  }

  private static func six() throws {
    let input = try BarData.file(1_000_000)
    let folder = TemporaryFolder()
    let out = "\(folder.path)/out"
    try Contest(contenders: [
      ours(sixOptions, input, out), program("cat", "", input, out),
      peer("polars with TA-Lib", script: "polars_six", modules: ["polars", "talib"], input, out),
    ]).run()
  }

  private static func everything() throws {
    let input = try BarData.file(1_000_000)
    let folder = TemporaryFolder()
    let out = "\(folder.path)/out"
    // The set that the peer computes: what has a vector of TA-Lib's.
    let vectors = try JSONValue.parse(Files.read("\(Run.package)/Tests/Fixtures/talib.json") ?? [UInt8]())
    let names = (vectors["sets"]?.array?.first?["indicators"]?.members ?? []).map { "-i " + $0.key.lowercased() }
    var same = ours(names.joined(separator: " "), input, out)
    same.name = "fs-indicators, the same"
    var all = ours("--all", input, out)
    all.name = "fs-indicators --all"
    try Contest(
      contenders: [
        all, same, program("cat", "", input, out),
        peer("polars with TA-Lib", script: "polars_all", modules: ["polars", "talib"], input, out),
      ], rounds: 3
    ).run()
  }

  private static func resume() throws {
    let folder = TemporaryFolder()
    var generator = BarGenerator(symbols: 1)
    let old = folder.file("old", generator.lines(2520))
    let new = folder.file("new", generator.line())
    let tool = "\(Run.binaries)/fs-indicators \(sixOptions) --signals"
    let result = try Run.shell("\(tool) --state '\(folder.path)/saved' '\(old)' > /dev/null")
    guard result.status == 0 else { throw Run.Failure(message: result.errors) }
    // Each run copies the saved state first: a few hundred bytes.
    let copy = "cp '\(folder.path)/saved' '\(folder.path)/s'"
    let out = "\(folder.path)/out"
    try Contest(
      contenders: [
        .init(
          name: "resume with a bar",
          command: "bash -c \"\(copy); exec \(tool) --state '\(folder.path)/s' '\(new)' > '\(out)'\"", output: out),
        .init(name: "floor: bash and cp", command: "bash -c \"\(copy); exec true\"", output: out),
        .init(
          name: "all ten years again", command: "bash -c \"\(copy); exec \(tool) '\(old)' '\(new)' > '\(out)'\"",
          output: out),
      ], rounds: 25, isShort: true
    ).run()
  }

  private static func grow() throws {
    func peak(_ count: Int) throws -> Double {
      let own = CommandLine.arguments[0]
      let result = try Run.shell("'\(own)' generate \(count) | fs-indicators --sma 20 --stats > /dev/null")
      let text = result.errors.split(separator: "\"peak_memory_bytes\":").last ?? ""
      return (Double(text.prefix { $0.isNumber }) ?? .nan) / 1_048_576
    }
    let small = try peak(1_000_000)
    let large = try peak(10_000_000)
    print(" 1,000,000 bars: \(Contest.fixed(small, 2)) MiB")
    print("10,000,000 bars: \(Contest.fixed(large, 2)) MiB, ratio \(Contest.fixed(large / small, 3))")
  }
}
