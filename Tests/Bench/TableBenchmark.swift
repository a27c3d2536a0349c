import FinstageSystem
import TestSupport

/// CSV, operations on whole tables, and the store, against what people use instead. Each contender is a whole process, and writes a file.
struct TableBenchmark {
  let python: String
  private let bars = 1_000_000

  private func peer(_ engine: String, _ operation: String, _ input: String, _ output: String) throws
    -> Contest.Contender
  {
    let isThere = try Run.shell("\(python) -c 'import \(engine)' 2>/dev/null").status == 0
    return Contest.Contender(
      name: engine,
      command:
        "\(python) '\(Run.package)/Tests/Bench/peers/frame_ops.py' \(engine) \(operation) '\(input)' '\(output)'",
      output: output, missing: isThere ? nil : "not installed (pip install \(engine))")
  }

  private func ours(_ arguments: String, _ output: String) -> Contest.Contender {
    Contest.Contender(name: "fs-frame", command: "\(Run.binaries)/fs-frame \(arguments) -o '\(output)'", output: output)
  }

  private func contest(_ operation: String, _ arguments: String, _ input: String, _ output: String) throws {
    print("\(operation):")
    var contenders = [ours(arguments, output)]
    if output.hasSuffix(".parquet") {
      var plain = ours("\(arguments) --codec none", output)
      plain.name = "fs-frame --codec none"
      contenders.append(plain)
    }
    for engine in ["duckdb", "polars"] { contenders.append(try peer(engine, operation, input, output)) }
    try Contest(contenders: contenders, rounds: 5).run()
  }

  func csv() throws {
    let input = try BarData.file(bars)
    let folder = TemporaryFolder()
    let (csv, parquet) = ("\(folder.path)/bars.csv", "\(folder.path)/bars.parquet")
    _ = try Run.shell("fs-frame convert '\(input)' -o '\(csv)'; fs-frame convert '\(input)' -o '\(parquet)'")
    try contest("csv-to-parquet", "convert '\(csv)'", csv, "\(folder.path)/out.parquet")
    try contest("parquet-to-csv", "convert '\(parquet)'", parquet, "\(folder.path)/out.csv")
    print("reading only, the same bars:")
    let out = "\(folder.path)/last"
    try Contest(
      contenders: [csv, input].map { file in
        Contest.Contender(
          name: "fs-frame tail -n 1, \(file.hasSuffix("csv") ? "CSV" : "NDJSON")",
          command: "\(Run.binaries)/fs-frame tail -n 1 '\(file)' > '\(out)'", output: out)
      }
    ).run()
  }

  func operations() throws {
    let input = try BarData.file(bars)
    let folder = TemporaryFolder()
    let (parquet, out) = ("\(folder.path)/bars.parquet", "\(folder.path)/out.parquet")
    _ = try Run.shell("fs-frame convert '\(input)' -o '\(parquet)'")
    for (name, arguments) in [
      ("sort", "sort close"), ("sort-symbol", "sort symbol,ts"), ("dedup", "dedup"), ("resample", "resample 5m"),
      ("asof", "join --asof '\(parquet)'"),
    ] { try contest(name, "\(arguments) '\(parquet)'", parquet, out) }
    print("fill and tail --by, milliseconds for 200,000 bars of 100, 1,000 and 10,000 symbols:")
    for command in ["fill", "tail -n 1 --by symbol"] {
      var times: [String] = []
      for symbols in [100, 1000, 10_000] {
        let file = "\(folder.path)/symbols.ndjson"
        _ = try Run.shell(
          "awk 'BEGIN { for (i = 0; i < 200000; i++) printf \"{\\\"symbol\\\":\\\"S%d\\\",\\\"ts\\\":%d,\\\"close\\\":%d}\\n\", i % \(symbols), 1700000000 + int(i / \(symbols)) * 60, i % 97 }' > '\(file)'"
        )
        let seconds = try (0..<5).map { _ in
          try Run.command("/bin/bash", ["-c", "\(Run.binaries)/fs-frame \(command) '\(file)' > /dev/null"]).seconds
        }
        times.append(Contest.fixed(Contest.median(seconds) * 1000, 1))
      }
      print("\(command): \(times.joined(separator: ", "))")
    }
  }

  func store() throws {
    let input = try BarData.file(bars)
    let folder = TemporaryFolder()
    let (parquet, database) = ("\(folder.path)/bars.parquet", "\(folder.path)/bars.db")
    _ = try Run.shell("fs-frame convert '\(input)' -o '\(parquet)'")
    print("save, a million bars with a key:")
    let save = Contest.Contender(
      name: "fs-frame save",
      command: "\(Run.binaries)/fs-frame save --db '\(database)' --interval 1m '\(parquet)' > /dev/null",
      output: database)
    try Contest(contenders: [save, peer("duckdb", "save", parquet, "\(folder.path)/duck.db")], rounds: 3).run()
    _ = try Run.shell("fs-frame save --db '\(database)' --interval 1m '\(parquet)'")
    print("load, one symbol of a hundred:")
    let (one, other) = ("\(folder.path)/one", "\(folder.path)/other")
    let hasTool = try Run.shell("command -v sqlite3").status == 0
    try Contest(
      contenders: [
        Contest.Contender(
          name: "fs-frame load", command: "\(Run.binaries)/fs-frame load --db '\(database)' AX > '\(one)'", output: one),
        Contest.Contender(
          name: "sqlite3",
          command:
            "sqlite3 '\(database)' \"SELECT * FROM bars WHERE series = (SELECT id FROM series WHERE symbol = 'AX')\""
            + " > '\(other)'", output: other, missing: hasTool ? nil : "not installed (apt-get install sqlite3)"),
      ], rounds: 15, isShort: true
    ).run()
  }
}
