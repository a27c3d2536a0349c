import FinstageCore
import FinstageExpressions
import FinstageSystem
import TestSupport

/// A hundred conditions over a million bars of a hundred symbols, as an alert tool would ask them; and the commands of fs-frame that
/// are made of expressions.
struct ExpressionsBenchmark {
  private static let rounds = 5

  /// 40 comparisons, 20 crosses, 20 changes within a window, 10 averages, 10 new highs.
  private static let groups: [(name: String, conditions: [String])] = [
    (
      "comparisons",
      (0..<40).map { i in
        switch i % 4 {
        case 0: "close > \(50 + i)"
        case 1: "volume >= \(100_000 + 10_000 * i) and close < open"
        case 2: "close / open - 1 > \(Double(i) / 10_000)"
        default: "high - low > \(Double(i) / 100) or close > \(100 + i)"
        }
      }
    ),
    ("crosses", (0..<20).map { "close crosses \($0 % 2 == 0 ? "above" : "below") \(20 + 10 * $0)" }),
    ("changes within a window", (0..<20).map { "change(close) within \(5 + $0)m > \(Double($0 + 1) / 10)" }),
    ("averages", (0..<10).map { "close > avg(close, \(10 + 5 * $0))" }),
    ("new highs", (0..<10).map { "close >= max(close, \(20 + 20 * $0))" }),
  ]

  private static let fields = [
    Field("symbol", .symbol, .optional), Field("ts", .timestamp), Field("open", .float64), Field("high", .float64),
    Field("low", .float64), Field("close", .float64), Field("volume", .float64),
  ]

  func run() throws {
    let input = try BarData.file(1_000_000)
    print("conditions in this process, million evaluations for each second of processor time (reading apart):")
    for (name, conditions) in ExpressionsBenchmark.groups { try measure(name, conditions, input) }
    try measure("all 100 together", ExpressionsBenchmark.groups.flatMap(\.conditions), input)
    try commands(input)
  }

  private func measure(_ name: String, _ conditions: [String], _ input: String) throws {
    var rates: [Double] = []
    var hits = 0
    for _ in 0..<ExpressionsBenchmark.rounds {
      let symbols = SymbolTable()
      let reader = NDJSONReader(
        source: try DescriptorSource(path: input), fields: ExpressionsBenchmark.fields, symbols: symbols)
      let programs = try BatchExpressions(
        try conditions.map { try Expression($0) }, fields: ExpressionsBenchmark.fields, symbols: symbols, by: "symbol")
      let batch = reader.makeBatch()
      var (spent, rows) = (0.0, 0)
      hits = 0
      while try reader.next(into: batch) {
        let start = ProcessUsage().cpuSeconds
        programs.run(batch) { _, _ in hits += 1 }
        spent += ProcessUsage().cpuSeconds - start
        rows += batch.bars
      }
      rates.append(Double(rows * conditions.count) / spent / 1e6)
    }
    print(
      "  \(name) (\(conditions.count)): \(Contest.fixed(Contest.median(rates), 1)) million, true \(hits) times in a million bars"
    )
  }

  private func commands(_ input: String) throws {
    let folder = TemporaryFolder()
    let parquet = "\(folder.path)/bars.parquet"
    let out = "\(folder.path)/out"
    _ = try Run.shell("\(Run.binaries)/fs-frame convert '\(input)' -o '\(parquet)'")
    let hasMiller = try Run.shell("command -v mlr >/dev/null").status == 0
    func ours(_ command: String, _ expression: String) -> Contest.Contender {
      Contest.Contender(
        name: "fs-frame \(command)",
        command: "\(Run.binaries)/fs-frame \(command) '\(expression)' '\(parquet)' --format arrow > '\(out)'",
        output: out)
    }
    func floor() -> Contest.Contender {
      Contest.Contender(
        name: "fs-frame convert (floor)",
        command: "\(Run.binaries)/fs-frame convert '\(parquet)' --format arrow > '\(out)'", output: out)
    }
    for (command, expression) in [
      ("filter", "close / open - 1 > 0.5% and volume > 1M"), ("filter", "close crosses above avg(close, 20)"),
      ("compute", "r = close / open - 1; m = (high + low) / 2"),
      ("compute", "r = close / prev(close) - 1; z = (close - avg(close, 20)) / stddev(close, 20)"),
    ] {
      print("\(command) '\(expression)', Parquet to Arrow:")
      try Contest(contenders: [ours(command, expression), floor()]).run()
    }
    print("filter, NDJSON to NDJSON:")
    try Contest(
      contenders: [
        .init(
          name: "fs-frame filter",
          command:
            "\(Run.binaries)/fs-frame filter 'close / open - 1 > 0.5% and volume > 1000000' '\(input)' > '\(out)'",
          output: out),
        .init(
          name: "mlr filter",
          command:
            "mlr --ijsonl --ojsonl filter '$close / $open - 1 > 0.005 && $volume > 1000000' '\(input)' > '\(out)'",
          output: out, missing: hasMiller ? nil : "not installed"),
      ], rounds: 2
    ).run()
  }
}
