import TestSupport

/// Formats, the frame in memory, and the store, against what people use instead.
struct FrameBenchmark {
  let python: String

  private func script(_ name: String, _ modules: [String], _ arguments: String, output: String) throws
    -> Contest.Contender
  {
    let imports = modules.map { "import \($0)" }.joined(separator: ";")
    let isThere = try Run.shell("\(python) -c '\(imports)' 2>/dev/null").status == 0
    return Contest.Contender(
      name: modules.joined(separator: ", "),
      command: "\(python) '\(Run.package)/Tests/Bench/peers/\(name).py' \(arguments)", output: output,
      missing: isThere ? nil : "not installed (pip install \(modules.joined(separator: " ")))")
  }

  private func ours(_ name: String, _ command: String, _ output: String) -> Contest.Contender {
    Contest.Contender(name: name, command: "\(Run.binaries)/\(command)", output: output)
  }

  private func perBar(_ path: String, _ bars: Int) -> String {
    Contest.fixed(Double(Files.read(path)?.count ?? 0) / Double(bars), 2)
  }

  func run() throws {
    let bars = 1_000_000
    let input = try BarData.file(bars)
    let folder = TemporaryFolder()
    let (out, json) = ("\(folder.path)/out.parquet", "\(folder.path)/out.ndjson")
    let kept = ["ours", "cluster", "polars", "sorted", "duckdb"].reduce(into: [:]) {
      $0[$1] = "\(folder.path)/\($1).parquet"
    }

    print("NDJSON to Parquet:")
    try Contest(contenders: [
      ours("fs-frame convert", "fs-frame convert '\(input)' -o '\(out)'", out),
      ours("fs-frame convert --cluster symbol", "fs-frame convert '\(input)' --cluster symbol -o '\(out)'", out),
      script("duckdb_convert", ["duckdb"], "'\(input)' '\(out)'", output: out),
      script("polars_convert", ["polars"], "'\(input)' '\(out)'", output: out),
    ]).run()
    _ = try Run.shell(
      "fs-frame convert '\(input)' -o '\(kept["ours"]!)'; fs-frame convert '\(input)' --cluster symbol -o '\(kept["cluster"]!)'"
    )
    let peers = "\(Run.package)/Tests/Bench/peers"
    _ = try Run.shell(
      "\(python) '\(peers)/polars_convert.py' '\(input)' '\(kept["polars"]!)'; \(python) '\(peers)/polars_convert.py' '\(input)' '\(kept["sorted"]!)' sorted"
    )
    _ = try Run.shell("\(python) '\(peers)/duckdb_convert.py' '\(input)' '\(kept["duckdb"]!)'")
    print(
      "bytes a bar: \(perBar(kept["ours"]!, bars)), clustered \(perBar(kept["cluster"]!, bars)); Polars with zstd "
        + "\(perBar(kept["polars"]!, bars)), sorted \(perBar(kept["sorted"]!, bars)); DuckDB with zstd \(perBar(kept["duckdb"]!, bars))"
    )

    print("Parquet to NDJSON, each its own file:")
    try Contest(contenders: [
      ours("fs-frame convert", "fs-frame convert '\(kept["ours"]!)' -o '\(json)'", json),
      script("duckdb_convert", ["duckdb"], "'\(kept["duckdb"]!)' '\(json)'", output: json),
      script("polars_convert", ["polars"], "'\(kept["polars"]!)' '\(json)'", output: json),
    ]).run()

    print("Arrow in, sma_20, Arrow out:")
    let arrow = "\(folder.path)/in.arrows"
    _ = try Run.shell("fs-frame convert '\(input)' -o '\(arrow)'")
    try Contest(
      contenders: [
        ours(
          "fs-indicators --sma 20", "fs-indicators --sma 20 --format arrow '\(arrow)' > '\(folder.path)/o'",
          "\(folder.path)/o"),
        Contest.Contender(name: "cat", command: "cat '\(arrow)' > '\(folder.path)/o'", output: "\(folder.path)/o"),
      ], rounds: 9, isShort: true
    ).run()
    let seconds = try Run.shell(
      "fs-indicators --sma 20 --format arrow --stats '\(arrow)' 2>&1 > /dev/null | grep -o '\"cpu_seconds\":[0-9.]*' | cut -d: -f2"
    )
    let cpu = Double(seconds.text.filter { $0 != "\n" }) ?? 1
    print("\(Contest.fixed(Double(bars) / cpu / 1e6, 1)) million bars for each second of processor time")

    print("In memory, bytes a bar:")
    let info = try Run.shell("fs-frame info '\(input)' | grep -o 'narrowed, without loss.*'")
    print("fs-frame: \(info.text.filter { $0 != "\n" })")
    print(try Run.shell("\(python) '\(peers)/frame_bytes.py' '\(input)'").text, terminator: "")

    print("Bars into the store, rows a second:")
    let saved = try Run.shell(
      "fs-frame save --db '\(folder.path)/ours.db' '\(kept["ours"]!)' --stats 2>&1 >/dev/null | grep -o '\"seconds\":[0-9.]*' | cut -d: -f2"
    )
    let spent = Double(saved.text.filter { $0 != "\n" }) ?? 1
    let peer = try Run.shell("\(python) '\(peers)/sqlite_save.py' '\(input)' '\(folder.path)/peer.db'")
    print(
      "fs-frame save, from Parquet, synchronous=FULL: \(Int(Double(bars) / spent)); Python's executemany: \(peer.text)",
      terminator: "")
  }
}
