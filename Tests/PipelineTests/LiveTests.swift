import FinstageSystem
import TestSupport
import Testing

/// Pipes that stay open, signals, and processes that are killed.
@Suite struct LiveTests {
  @Test func eachLineIsAnsweredAtOnceWhenLineBuffered() throws {
    let child = try Child(tool: "fs-indicators", ["--sma", "2", "--line-buffered"])
    child.write(#"{"symbol":"A","close":1}"# + "\n")
    #expect(child.line() == #"{"symbol":"A","close":1,"sma_2":null}"#)
    child.write(#"{"symbol":"A","clo"#)
    child.write(#"se":3}"# + "\n" + #"{"type":"quote"}"# + "\n")
    #expect(child.line() == #"{"symbol":"A","close":3,"sma_2":2}"#)
    #expect(child.line() == #"{"type":"quote"}"#)
    child.write(#"{"symbol":"A","close":5}"#)
    child.closeInput()
    #expect(child.line() == #"{"symbol":"A","close":5,"sma_2":4}"#)
    #expect(child.wait() == 0)
  }

  @Test(arguments: [SIGTERM, SIGINT]) func aSignalFlushesWhatIsCompleteAndKills(_ number: Int32) throws {
    let child = try Child(tool: "fs-indicators", ["--sma", "1", "--line-buffered"])
    child.write(#"{"symbol":"A","close":1}"# + "\n" + #"{"symbol":"A","clo"#)
    #expect(child.line() == #"{"symbol":"A","close":1,"sma_1":1}"#)
    child.signal(number)
    #expect(child.rest().isEmpty, "half a line is no line")
    #expect(child.wait() == 128 + number, "the caller sees the signal")
  }

  @Test func fetchAsksAgainAndAgain() throws {
    let child = try Child(tool: "fs-fetch", ["--provider", "sample", "--quote", "AAPL", "IBM", "--every", "1s"])
    let began = SystemClock.monotonic
    for _ in 0..<3 {
      let round = [child.line() ?? "", child.line() ?? ""]
      #expect(round[0].contains(#""symbol":"AAPL""#) && round[1].contains(#""symbol":"IBM""#), "\(round)")
    }
    let passed = SystemClock.monotonic - began
    #expect(passed > 1.5, "the third round is two seconds after the first, but began after \(passed) s")
    child.signal(SIGTERM)
    #expect(child.rest().isEmpty)
    #expect(child.wait() == 128 + SIGTERM)
  }

  @Test func killedInTheMiddleCompleteLinesRemain() throws {
    let folder = TemporaryFolder()
    var generator = BarGenerator(symbols: 10)
    let input = folder.file("bars.ndjson", generator.lines(200_000))
    // Reads for ever: the file again and again.
    let result = try Run.shell(
      """
      (while cat '\(input)' 2>/dev/null; do :; done) | fs-indicators --sma 20 > out 2>err &
      while [ ! -s out ]; do :; done; kill $!; wait $!; echo $?; tail -c 1 out | od -An -c
      grep -vc '"sma_20":[^}]*}$' out
      """, folder: folder.path)
    #expect(result.lines.map { $0.filter { $0 != " " } } == ["143", "\\n", "0"], "\(result.text)")
  }

  @Test func aSignalLeavesNoHalfFile() throws {
    let folder = TemporaryFolder()
    let child = try Child(tool: "fs-indicators", ["--sma", "1", "-o", "\(folder.path)/out", "--on-error", "pass"])
    child.write(#"{"symbol":"A","close":1}"# + "\n")
    child.signal(SIGTERM)
    #expect(child.wait() == 128 + SIGTERM)
    #expect(Files.names(in: folder.path).isEmpty)
  }

  @Test func aSecondSignalEndsAtOnce() throws {
    // Nobody reads the output: the first signal cannot flush it, the second must not wait.
    let folder = TemporaryFolder()
    var generator = BarGenerator(symbols: 10)
    let input = folder.file("bars.ndjson", generator.lines(50_000))
    let child = try Child(tool: "fs-indicators", ["--sma", "20", input])
    #expect(child.line() != nil, "it has begun, and the pipe is full or will be")
    child.signal(SIGTERM)
    #expect(child.signalUntilEnd(SIGINT) == 128 + SIGINT)
  }

  @Test func manyProcessesAppendWholeMetricRecords() throws {
    let folder = TemporaryFolder()
    let result = try Run.shell(
      "seq 40 | FS_METRICS=m xargs -P 8 -I{} fs-fetch --provider sample AAPL --range 5d -o {}.ndjson; "
        + "grep -c '^{\"type\":\"metric\",\"name\":\"fs_fetch_.*}}$' m; wc -l < m; cat *.ndjson | wc -l",
      folder: folder.path)
    #expect(result.lines.map { $0.filter(\.isNumber) } == ["560", "560", "200"], "\(result.text) \(result.errors)")
  }

  @Test func statisticsAreOneLineOfJSON() throws {
    let result = try Run.tool("fs-indicators", ["--sma", "2", "--stats"], input: #"{"symbol":"A","close":1}"#)
    #expect(
      result.errors.hasPrefix(
        #"{"tool":"fs-indicators","records":1,"bars":1,"series":1,"bytes_in":24,"bytes_out":38,"out_of_order":0,"revised":0,"seen_before":0,"recomputed_series":0,"bad_records":0,"seconds":"#
      ))
    #expect(result.errors.hasSuffix("}\n"))
  }

  @Test func memoryDoesNotGrowWithTheInput() throws {
    let folder = TemporaryFolder()
    var generator = BarGenerator()
    let input = folder.file("bars.ndjson", generator.lines(100_000))
    func peak(_ times: Int) throws -> Int {
      let files = [String](repeating: input, count: times)
      // The same bars again: out of order, but read, parsed and written all the same.
      let result = try Run.command(
        "\(Run.binaries)/fs-indicators", ["--sma", "20", "--stats"] + files, outputPath: "/dev/null")
      #expect(result.status == 0)
      let number = try #require(result.errors.split(separator: "\"peak_memory_bytes\":").last)
      return try #require(Int(number.prefix { $0.isNumber }))
    }
    let one = try peak(2)
    let many = try peak(20)
    #expect(Double(many) < Double(one) * 1.1, "\(one) \(many)")
    #expect(many < 24 << 20)
  }
}
