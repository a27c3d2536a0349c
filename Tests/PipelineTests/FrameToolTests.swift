import FinstageSystem
import TestSupport
import Testing

/// fs-frame as a whole: formats there and back, files of others, big and broken input.
@Suite struct FrameToolTests {
  private static let fixtures = "\(Run.package)/Tests/Fixtures/frames"
  private let folder = TemporaryFolder()

  private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  private func frame(_ arguments: String...) throws -> Run.Result {
    try Run.tool("fs-frame", arguments, environment: ["FINSTAGE_HOME": folder.path, "TMPDIR": folder.path])
  }

  /// Bars of several symbols in turn, with holes.
  private func bars(_ rows: Int, seed: UInt64 = 1) -> String {
    var random = SeededRandom(seed: seed)
    var text = ""
    for i in 0..<rows {
      let price = Double(10_000 + Int(random.next() % 500)) / 100
      let volume = random.next() % 9 == 0 ? "null" : String(random.next() % 1_000_000)
      let minute = i / 5
      let time = "2024-01-\(pad(minute / 1440 + 1))T\(pad(minute / 60 % 24)):\(pad(minute % 60)):00Z"
      text +=
        "{\"symbol\":\"S\(i % 5)\",\"ts\":\"\(time)\",\"open\":\(price),\"high\":\(price + 1),\"low\":\(price - 1),\"close\":\(price),\"volume\":\(volume)}\n"
    }
    return text
  }

  private func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// Recorded files of pyarrow, Polars and DuckDB, and what they hold.
  @Test(
    arguments: Files.names(in: fixtures).filter { name in
      !name.hasSuffix(".ndjson") && !name.contains("nested")
    })
  func filesOfOthers(_ name: String) throws {
    let result = try frame("convert", "\(Self.fixtures)/\(name)")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.text == Files.text("\(Self.fixtures)/\(name).ndjson"))
    // From a pipe, where nothing can be looked up beforehand.
    let bytes = try #require(Files.read("\(Self.fixtures)/\(name)"))
    #expect(try Run.tool("fs-frame", ["convert"], input: bytes).output == result.output)
  }

  @Test(arguments: ["nested.parquet", "pyarrow-nested.arrows"]) func nestedColumnsAreNamedAndCanBePassedOver(
    _ name: String
  ) throws {
    let refused = try frame("convert", "\(Self.fixtures)/\(name)")
    #expect(
      refused.status == 65 && refused.errors.contains("select the other columns with --columns"), "\(refused.errors)")
    let rest = try frame("convert", "--columns", "a,z", "\(Self.fixtures)/\(name)")
    #expect(rest.text == "{\"a\":1,\"z\":\"p\"}\n{\"a\":2,\"z\":\"q\"}\n", "\(rest.errors)")
  }

  @Test(arguments: ["parquet", "arrow", "arrows", "csv", "ndjson"]) func thereAndBack(_ ending: String) throws {
    Files.write(Array(bars(40_000).utf8), to: path("bars.ndjson"))
    let original = try frame("convert", path("bars.ndjson"))
    let written = try frame("convert", path("bars.ndjson"), "-o", path("copy.\(ending)"))
    #expect(written.status == 0, "\(written.errors)")
    #expect(try frame("convert", path("copy.\(ending)")).output == original.output)
    let packed = try Run.shell("gzip -k '\(path("copy.\(ending)"))' && fs-frame convert '\(path("copy.\(ending)")).gz'")
    #expect(packed.output == original.output, "\(packed.errors)")
  }

  @Test(arguments: [["--doubles"], ["--codec", "gzip"], ["--codec", "none"], ["--row-group", "1024"], []])
  func parquetInAllItsForms(_ options: [String]) throws {
    Files.write(Array(bars(20_000).utf8), to: path("bars.ndjson"))
    let result = try Run.tool("fs-frame", ["convert", path("bars.ndjson"), "-o", path("a.parquet")] + options)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try frame("convert", path("a.parquet")).output == frame("convert", path("bars.ndjson")).output)
  }

  @Test func clusteredFilesHaveTheSameRows() throws {
    Files.write(Array(bars(20_000).utf8), to: path("bars.ndjson"))
    #expect(try frame("convert", path("bars.ndjson"), "--cluster", "symbol", "-o", path("c.parquet")).status == 0)
    let sorted = try frame("sort", "symbol,ts", path("bars.ndjson"))
    #expect(try frame("convert", path("c.parquet")).output == sorted.output)
    let info = try frame("info", path("c.parquet"))
    #expect(info.text.contains("finstage.clustered_by = symbol,ts"), "\(info.text)")
    #expect(try frame("convert", path("bars.ndjson"), "--cluster", "nope", "-o", path("d.parquet")).status == 65)
    #expect(!Files.names(in: folder.path).contains { $0.hasPrefix("d.parquet") })
  }

  /// Prices that turn out to be no decimals after half a million rows.
  @Test func aFileIsWrittenAnewWhenLateValuesDoNotFit() throws {
    var text = ""
    for i in 0..<300_000 { text += "{\"ts\":\(1_700_000_000 + i),\"close\":\(i < 200_000 ? "1.5" : "0.\(i)777777")}\n" }
    Files.write(Array(text.utf8), to: path("late.ndjson"))
    let result = try frame("convert", path("late.ndjson"), "-o", path("late.parquet"))
    #expect(result.status == 0, "\(result.errors)")
    #expect(try frame("convert", path("late.parquet")).output == frame("convert", path("late.ndjson")).output)
    #expect(Files.names(in: folder.path).filter { $0.hasPrefix("late") }.sorted() == ["late.ndjson", "late.parquet"])
    let piped = try frame("convert", path("late.ndjson"), "--format", "parquet")
    #expect(piped.status == 65 && piped.errors.contains("use -o FILE"), "\(piped.errors)")
  }

  @Test func onlyWhatIsNeededIsRead() throws {
    Files.write(Array(bars(50_000).utf8), to: path("bars.ndjson"))
    #expect(try frame("convert", path("bars.ndjson"), "--row-group", "5000", "-o", path("a.parquet")).status == 0)
    // Damage a column that is not asked for: nobody notices.
    let whole = try frame("select", "ts,volume", path("bars.ndjson"))
    var bytes = try #require(Files.read(path("a.parquet")))
    for i in 4..<40 { bytes[i] = 0xFF }  // the dictionary of the symbols
    Files.write(bytes, to: path("b.parquet"))
    #expect(try frame("convert", path("b.parquet")).status == 65)
    #expect(try frame("select", "ts,volume", path("b.parquet")).output == whole.output)
    // Row groups that cannot have the rows are not even looked at: the first one is the damaged one.
    let late = try frame("filter", "ts >= 2024-01-05T00:00:00Z", path("b.parquet"))
    let expected = try frame("filter", "ts >= 2024-01-05T00:00:00Z", path("bars.ndjson"))
    #expect(late.status == 0 && late.output == expected.output)
  }

  @Test func whatDoesNotFitIntoMemoryIsSortedInPieces() throws {
    Files.write(Array(bars(60_000).utf8), to: path("bars.ndjson"))
    let expected = try frame("sort", "symbol,-volume", path("bars.ndjson"))
    let pieces = try frame("sort", "symbol,-volume", "--memory", "1MiB", path("bars.ndjson"))
    #expect(pieces.status == 0 && pieces.output == expected.output, "\(pieces.errors)")
    #expect(Files.names(in: folder.path) == ["bars.ndjson"], "nothing is left")
    #expect(expected.lines.count == 60_000)
  }

  @Test func mergedFilesAreInOrder() throws {
    let lines = bars(9000).split(separator: "\n")
    for part in 0..<3 {
      let some = lines.enumerated().filter { $0.offset % 3 == part }.map { $0.element + "\n" }.joined()
      Files.write(Array(some.utf8), to: path("part\(part)"))
    }
    let merged = try frame("merge", "--by", "ts,symbol", path("part0"), path("part1"), path("part2"))
    Files.write(Array(bars(9000).utf8), to: path("all"))
    #expect(merged.status == 0, "\(merged.errors)")
    let sorted = try frame("sort", "ts,symbol", path("all"))
    #expect(merged.output == sorted.output)
    Files.write(Array(lines.reversed().joined(separator: "\n").utf8), to: path("wrong"))
    let refused = try frame("merge", path("wrong"), path("part0"))
    #expect(refused.status == 65 && refused.errors.contains("is not sorted by ts"), "\(refused.errors)")
  }

  @Test func aStoreGivesBackWhatItWasGiven() throws {
    Files.write(Array(bars(20_000).utf8), to: path("bars.ndjson"))
    let saved = try frame("save", "--db", path("p.db"), path("bars.ndjson"))
    #expect(saved.text == "{\"added\":20000,\"updated\":0}\n", "\(saved.errors)")
    #expect(try frame("save", "--db", path("p.db"), path("bars.ndjson")).text == "{\"added\":0,\"updated\":0}\n")
    let sorted = try frame("sort", "symbol,ts", path("bars.ndjson"))
    let loaded = try Run.shell("fs-frame load --db '\(path("p.db"))' | fs-frame drop interval")
    #expect(loaded.output == sorted.output)
    let some = try frame(
      "load", "--db", path("p.db"), "S1", "S3", "--from", "2024-01-02", "--to", "2024-01-02T00:05:00Z")
    #expect(some.lines.count == 10 && some.text.contains("\"interval\":\"1m\""), "\(some.text)")
    #expect(try frame("load", "--db", path("p.db"), "X").status == 1)
    #expect(try frame("db", "check", path("p.db")).text == "ok\n")
    #expect(try frame("db", "stats", path("p.db")).lines.count == 6)
    #expect(try frame("db", "backup", path("p.db"), path("q.db")).status == 0)
    #expect(try frame("db", "backup", path("p.db"), path("q.db")).status == 73, "never over a file")
    let dry = try frame("db", "gc", "--older", "30d", "--dry-run", path("p.db"))
    #expect(dry.text.hasSuffix("{\"would_remove_in_all\":20000}\n"))
    #expect(try frame("db", "gc", "--older", "30d", path("p.db")).text.hasSuffix("{\"removed_in_all\":20000}\n"))
    #expect(try frame("load", "--db", path("p.db")).output.isEmpty)
    #expect(try frame("load", "--db", path("q.db")).lines.count == 20_000, "the copy has them still")
    let advice = try frame("db", "advise", path("q.db"), "--sql", "SELECT * FROM bars WHERE volume > 5 AND close = 3")
    #expect(advice.text.contains("CREATE INDEX bars_close_volume ON bars (close, volume)"), "\(advice.text)")
    Files.write(Array("no database at all, though long enough for one".utf8), to: path("x.db"))
    #expect(try frame("load", "--db", path("x.db")).status == 65)
  }

  @Test func slowStatementsAreKept() throws {
    Files.write(Array(bars(2000).utf8), to: path("bars.ndjson"))
    let saved = try Run.tool(
      "fs-frame", ["save", "--db", path("p.db"), path("bars.ndjson")], environment: ["FINSTAGE_SLOW": "0"])
    #expect(saved.status == 0)
    let slow = try frame("db", "slow", path("p.db"))
    #expect(slow.lines.count > 3 && slow.text.contains("INSERT INTO bars"), "\(slow.text) \(slow.errors)")
  }

  @Test func chartsAreDrawn() throws {
    Files.write(Array(bars(500).utf8), to: path("bars.ndjson"))
    let svg = try frame(
      "plot", "S2", path("bars.ndjson"), "--indicator", "sma_20", "--indicator", "rsi:14", "--last", "60")
    #expect(svg.status == 0, "\(svg.errors)")
    #expect(svg.text.hasPrefix("<svg ") && svg.text.hasSuffix("</svg>\n"))
    #expect(
      svg.text.contains(">sma_20 ") && svg.text.contains(">rsi_14 ") && svg.text.contains("<title>S2</title>"))
    let bodies = svg.text.split(separator: "\n").filter { $0.contains(" n\" d=") }
    #expect(bodies.reduce(0) { $0 + String($1).components("z") } == 60, "a candlestick a bar: \(bodies)")
    #expect(!svg.text.contains("nan"))
    let term = try frame("plot", "S2", path("bars.ndjson"), "--term", "--width", "70", "--height", "20")
    #expect(term.lines.count <= 20 && term.lines.allSatisfy { $0.count <= 70 }, "\(term.text)")
    #expect(try frame("plot", "NONE", path("bars.ndjson")).status == 65)
    #expect(try frame("plot", path("bars.ndjson"), "--indicator", "nope_3").status == 64)
  }

  @Test func aFullDiskLeavesNothing() throws {
    Files.write(Array(bars(60_000).utf8), to: path("bars.ndjson"))
    for ending in ["parquet", "arrow", "csv"] {
      let result = try Run.shell(
        "ulimit -f 64; fs-frame convert '\(path("bars.ndjson"))' -o '\(path("out.\(ending)"))'")
      #expect(result.status == 74 && result.errors.contains("writing failed"), "\(ending): \(result.errors)")
    }
    #expect(Files.names(in: folder.path) == ["bars.ndjson"])
  }

  @Test func aClosedPipeEndsSilently() throws {
    Files.write(Array(bars(60_000).utf8), to: path("bars.ndjson"))
    for format in ["ndjson", "csv", "arrow", "parquet"] {
      let result = try Run.shell(
        "fs-frame convert --format \(format) '\(path("bars.ndjson"))' | head -c 10 > /dev/null; echo ${PIPESTATUS[0]}")
      #expect(result.errors.isEmpty && result.text == "0\n", "\(format): \(result.errors) \(result.text)")
    }
  }

  /// Rows that come one by one go out one by one.
  @Test func rowsGoOutAsTheyCome() throws {
    // The second row is sent once the first has come out at the other end.
    let result = try Run.shell(
      """
      mkfifo in out; fs-frame filter 'n > 0' --line-buffered < in > out & exec 3> in 4< out
      echo '{"n":1}' >&3; read -t 20 first <&4; echo "$first"
      echo '{"n":2}' >&3; read -t 20 second <&4; echo "$second"
      exec 3>&-; wait
      """, folder: folder.path)
    #expect(result.text == "{\"n\":1}\n{\"n\":2}\n", "\(result.errors)")
  }

  @Test func memoryDoesNotGrowWithTheInput() throws {
    func peak(_ rows: Int) throws -> Int {
      Files.write(Array(bars(rows).utf8), to: path("bars.ndjson"))
      // From a shell: what the tests themselves hold is not to be counted.
      let result = try Run.shell(
        "fs-frame filter 'close > 102' '\(path("bars.ndjson"))' --format arrow --stats 2>&1 > /dev/null | grep -o '[0-9]*}' | tr -d '}'"
      )
      return try #require(Int(result.text.filter(\.isNumber)), "\(result.text) \(result.errors)")
    }
    let (small, large) = (try peak(50_000), try peak(200_000))
    #expect(Double(large) < Double(small) * 1.35, "\(small) and \(large)")
  }

  /// Times at both ends of what nanoseconds can tell, and numbers beyond any price.
  @Test(arguments: [
    "resample 1h", "resample 1mo --zone America/New_York", "validate", "describe", "convert", "info",
    "join - bars --asof --tolerance 99999d",
    "plot --term", "plot", "optimize --format ndjson", "sort ts", "dedup", "convert --format parquet",
    "filter 'year(ts) > 2000'",
    "compute 'x = year(close) + weekday(close)'",
  ])
  func extremesAreNoReasonToCrash(_ command: String) throws {
    Files.write(Array(bars(50).utf8), to: path("bars"))
    let extremes = [
      #"{"symbol":"S1","ts":-9223372036854775808,"close":5,"high":1e308,"low":-1e308}"#,
      #"{"symbol":"S1","ts":"2024-01-02T00:00:00Z","close":1e308,"high":null,"low":-1e308}"#,
      #"{"symbol":"S1","ts":9223372036854775807,"close":-1e308,"high":5,"low":0}"#,
    ]
    Files.write(Array((extremes.joined(separator: "\n") + "\n").utf8), to: path("extremes"))
    let result = try Run.shell("fs-frame \(command) < extremes", folder: folder.path)
    #expect([0, 1, 65].contains(result.status), "\(result.status) \(result.errors)")
  }

  /// Files with bytes changed, cut out or added: an answer or a message, in time, and never a crash.
  @Test(arguments: [
    "pyarrow-plain.arrows", "pyarrow-lz4.arrow", "polars.arrow", "pyarrow-dictionary-delta.arrows",
    "pyarrow-gzip-v2.parquet",
    "pyarrow-snappy-v1.parquet", "pyarrow-fixed.parquet", "duckdb.parquet", "pyarrow-delta_byte_array.parquet",
  ])
  func damagedFilesAreRefused(_ name: String) throws {
    let whole = try #require(Files.read("\(Self.fixtures)/\(name)"))
    var random = SeededRandom(seed: UInt64(whole.count))
    var refused = 0
    for round in 0..<40 {
      var bytes = whole
      for _ in 0..<1 + Int(random.next() % 3) {
        let place = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 4 {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: for i in place..<min(place + 4, bytes.count) { bytes[i] = 0xFF }
        case 2: bytes.removeSubrange(place..<min(place + 5, bytes.count))
        default: bytes.removeSubrange(max(place, 20)..<max(bytes.count, place))
        }
        if bytes.count < 30 { break }
      }
      Files.write(bytes, to: path("damaged"))
      // A file of a few kilobytes is no reason to take much memory.
      let result = try Run.shell("ulimit -v 1000000; fs-frame convert '\(path("damaged"))'")
      #expect(result.status == 0 || result.status == 65, "\(name) round \(round): \(result.status) \(result.errors)")
      if result.status == 65 {
        refused += 1
        #expect(result.errors.hasPrefix("fs-frame: "))
      }
    }
    #expect(refused > 5)
  }
}

extension String {
  /// How often a text is in this one.
  fileprivate func components(_ part: String) -> Int {
    split(separator: part, omittingEmptySubsequences: false).count - 1
  }
}
