import FinstageSystem
import TestSupport
import Testing

/// fs-indicators --state: runs that go on where the last one stopped.
@Suite struct StateTests {
  private static let indicators = "--sma 20 --ema 12 --rsi 14 --macd 12,26,9 --bbands 20,2 --atr 14 --signals"

  /// Bars of five symbols, and the folder with them.
  private func bars(_ count: Int) -> (folder: TemporaryFolder, lines: [String]) {
    let folder = TemporaryFolder()
    var generator = BarGenerator(symbols: 5)
    let lines = (0..<count).map { _ in generator.line() }
    _ = folder.file("bars.ndjson", lines.joined())
    return (folder, lines)
  }

  @Test func piecesGiveTheBytesOfOneRun() throws {
    let (folder, lines) = bars(1000)
    for (i, range) in [0..<1, 1..<7, 7..<400, 400..<401, 401..<1000].enumerated() {
      _ = folder.file("piece\(i)", lines[range].joined())
    }
    let result = try Run.shell(
      """
      for i in 0 1 2 3 4; do fs-indicators \(Self.indicators) --state s < piece$i; done > pieces
      fs-indicators \(Self.indicators) < bars.ndjson | cmp - pieces && stat -c %a s; ls
      """, folder: folder.path)
    #expect(result.text == "600\nbars.ndjson\npiece0\npiece1\npiece2\npiece3\npiece4\npieces\ns\n", "\(result.errors)")
    #expect(result.errors.isEmpty)
  }

  @Test func everyIndicatorGoesOn() throws {
    let (folder, lines) = bars(1200)
    _ = folder.file("a", lines[..<600].joined())
    _ = folder.file("b", lines[600...].joined())
    let result = try Run.shell(
      """
      (fs-indicators --all --signals --state s < a; fs-indicators --all --signals --state s < b) > pieces
      fs-indicators --all --signals < bars.ndjson | cmp - pieces
      """, folder: folder.path)
    #expect(result.status == 0, "\(result.text) \(result.errors)")
  }

  /// A file that has grown is read from where the last run stopped; a pipe is read anew, and what is known left out.
  @Test func onlyNewBarsAreRead() throws {
    let (folder, lines) = bars(1000)
    _ = folder.file("log", lines[..<995].joined())
    let result = try Run.shell(
      """
      fs-indicators --rsi 14 --state s log > out
      tail -5 bars.ndjson >> log
      fs-indicators --rsi 14 --state s --stats log 2> stats >> out
      fs-indicators --rsi 14 bars.ndjson | cmp - out
      cat bars.ndjson | fs-indicators --rsi 14 --state s --stats 2>> stats | wc -c
      grep -o '"records":[0-9]*' stats; grep -o '"seen_before":[0-9]*' stats
      """, folder: folder.path)
    let words = result.lines.map { $0.filter { $0 != " " } }
    #expect(
      words == ["0", "\"records\":5", "\"records\":1000", "\"seen_before\":0", "\"seen_before\":1000"],
      "\(result.errors)")
  }

  @Test func aFileWithoutALastLineFeedIsNotPassedOver() throws {
    let (folder, lines) = bars(10)
    _ = folder.file("log", lines[..<9].joined() + lines[9].dropLast(10))
    let result = try Run.shell(
      """
      fs-indicators --sma 1 --state s --on-error skip -q log > out
      cp bars.ndjson new; cat new > log
      fs-indicators --sma 1 --state s log >> out
      fs-indicators --sma 1 bars.ndjson | cmp - out
      """, folder: folder.path)
    #expect(result.status == 0, "\(result.text) \(result.errors)")
  }

  @Test func editedHistoryIsComputedAnewAndSaid() throws {
    let (folder, _) = bars(1000)
    let result = try Run.shell(
      """
      head -900 bars.ndjson | fs-indicators --rsi 14 --state s > /dev/null
      sed '3s/"close":[0-9.]*/"close":1/' bars.ndjson > edited
      fs-indicators --rsi 14 --state s < edited > out
      symbol=$(sed -n 3p edited | cut -d'"' -f4)
      fs-indicators --rsi 14 edited | grep "\\"$symbol\\"" | cmp - <(grep "\\"$symbol\\"" out); wc -l < out
      fs-indicators --rsi 14 --state s < edited | wc -l
      """, folder: folder.path)
    // All 200 bars of the edited symbol, and the 20 new ones of each of the four others.
    #expect(result.lines.map { $0.filter { $0 != " " } } == ["280", "0"], "\(result.text)")
    #expect(
      result.errors
        == "fs-indicators: CX: history differs from the state: earlier bars have changed; the series is recomputed\n"
    )
  }

  /// Many skipped lines go to a file without a name and come back from there.
  @Test func manySkippedLinesAreKeptAside() throws {
    let folder = TemporaryFolder()
    var generator = BarGenerator(symbols: 100)
    _ = folder.file("bars", generator.lines(100_000))
    let result = try Run.shell(
      """
      export TMPDIR=$PWD
      fs-indicators --sma 20 --state s < bars > /dev/null
      sed '1s/"close":[0-9.]*/"close":1/' bars > edited
      cat edited | fs-indicators --sma 20 --state s -q > out
      symbol=$(head -1 edited | cut -d'"' -f4)
      fs-indicators --sma 20 edited | grep "\\"$symbol\\"" | cmp - out && ls
      """, folder: folder.path)
    #expect(result.text == "bars\nedited\nout\ns\n", "\(result.errors)")
  }

  @Test func otherParametersAreAnotherState() throws {
    let (folder, _) = bars(100)
    let result = try Run.shell(
      "fs-indicators --rsi 14 --state s < bars.ndjson > /dev/null; fs-indicators --rsi 15 --state s < bars.ndjson | wc -l",
      folder: folder.path)
    #expect(result.text.contains("100"))
    #expect(
      result.errors
        == "fs-indicators: s: the state belongs to other indicators, parameters or options; everything is recomputed\n"
    )
  }

  @Test func damagedAndForeignFilesAreRefused() throws {
    let (folder, _) = bars(100)
    let result = try Run.shell(
      """
      fs-indicators --rsi 14 --state s < bars.ndjson > /dev/null; size=$(stat -c %s s)
      for at in 0 7 9 20 30 100 $((size - 1)); do
        cp s t; printf '\\377' | dd of=t bs=1 seek=$at conv=notrunc 2> /dev/null
        fs-indicators --rsi 14 --state t < bars.ndjson > out 2>> errors; echo -n "$? "; wc -c < out
      done
      for length in 1 8 24 60 $((size - 1)); do
        head -c $length s > t; fs-indicators --rsi 14 --state t < bars.ndjson 2>> errors; echo $?
      done
      cp bars.ndjson u; fs-indicators --rsi 14 --state u < bars.ndjson; echo $?; cmp u bars.ndjson
      fs-indicators --rsi 14 --state . < bars.ndjson 2>> errors; echo $?
      fs-indicators --rsi 14 --state no/such/folder < bars.ndjson 2>> errors; echo $?
      """, folder: folder.path)
    let expected = [String](repeating: "65 0", count: 7) + [String](repeating: "65", count: 6) + ["73", "73"]
    #expect(result.lines.map(String.init) == expected, "\(result.text)")
    #expect(result.errors == "fs-indicators: u: not a state file of fs-indicators\n")
  }

  @Test func aRunThatFailsKeepsTheOldState() throws {
    let (folder, lines) = bars(100)
    _ = folder.file("bad", lines[..<50].joined() + "nonsense\n")
    let result = try Run.shell(
      """
      head -20 bars.ndjson | fs-indicators --rsi 14 --state s > /dev/null; cp s before
      fs-indicators --rsi 14 --state s < bad > /dev/null 2>&1; echo $?; cmp s before
      fs-indicators --rsi 14 --state s < bars.ndjson 2>&1 | head -1 | wc -l
      fs-indicators --rsi 14 --state fresh < bad > /dev/null 2>&1; ls; cp s before
      fs-indicators --rsi 14 --state s -o /nonexistent/out < bars.ndjson 2> /dev/null; echo $?; cmp s before
      """, folder: folder.path)
    #expect(
      result.lines.map { $0.filter { $0 != " " } } == ["65", "1", "bad", "bars.ndjson", "before", "s", "73"],
      "\(result.text) \(result.errors)")
  }

  /// Killed at any moment, the state is the old one or the new one, and the next run goes on from it.
  @Test func killedAtAnyPointTheStateIsWhole() throws {
    let folder = TemporaryFolder()
    var generator = BarGenerator(symbols: 2000)
    _ = folder.file("old", generator.lines(20_000))
    _ = folder.file("new", generator.lines(60_000))
    let result = try Run.shell(
      """
      fs-indicators --sma 20 --bbands 20 --state s old > /dev/null; cp s before
      fs-indicators --sma 20 --bbands 20 --state s new > /dev/null; cp s after
      for i in $(seq 60); do
        cp before s
        fs-indicators --sma 20 --bbands 20 --state s new > /dev/null & read -t 0.00$((i % 10))$((i / 10)) < /dev/zero
        for k in $(seq $((i * 3))); do :; done; kill -9 $!; wait $! 2> /dev/null
        if cmp -s s before; then echo old; elif cmp -s <(tail -c +9 s) <(tail -c +9 after); then echo new; else echo neither; fi
      done | sort | uniq -c | grep -c neither
      fs-indicators --sma 20 --bbands 20 --state s new > /dev/null; echo $?
      """, folder: folder.path)
    #expect(result.lines.last == "0", "\(result.text) \(result.errors)")
    #expect(result.lines.first == "0", "\(result.text)")
  }

  @Test func aSecondProcessWaitsForTheFirst() throws {
    let (folder, lines) = bars(100)
    _ = folder.file("all", lines.joined())
    let first = try Child(tool: "fs-indicators", ["--sma", "1", "--line-buffered", "--state", "\(folder.path)/s"])
    first.write(lines[..<50].joined())
    for _ in 0..<50 { #expect(first.line() != nil) }
    // It has the lock now. The second one says that it waits, and ends only after the first.
    let second = try Child(tool: "fs-indicators", ["--sma", "1", "--state", "\(folder.path)/s", "\(folder.path)/all"])
    #expect(second.line(within: 0.3) == nil)
    first.closeInput()
    #expect(first.wait() == 0)
    var count = 0
    while second.line() != nil { count += 1 }
    #expect(count == 50, "the rest, and only the rest")
    #expect(second.wait() == 0)
  }

  @Test func manyProcessesOnOneStateLoseNothing() throws {
    let (folder, _) = bars(1000)
    let result = try Run.shell(
      """
      seq 20 | xargs -P 8 -I{} sh -c 'fs-indicators --rsi 14 --state s -q bars.ndjson > out{}'
      cat out* | wc -l; fs-indicators --rsi 14 bars.ndjson | cmp - <(cat out*); ls | grep -c tmp
      """, folder: folder.path)
    #expect(result.lines.map { $0.filter { $0 != " " } } == ["1000", "0"], "\(result.text) \(result.errors)")
  }

  @Test func aSignalWhileWaitingEnds() throws {
    let (folder, lines) = bars(10)
    let first = try Child(tool: "fs-indicators", ["--sma", "1", "--line-buffered", "--state", "\(folder.path)/s"])
    first.write(lines[0])
    #expect(first.line() != nil)
    let second = try Child(tool: "fs-indicators", ["--sma", "1", "-q", "--state", "\(folder.path)/s"])
    #expect(second.signalUntilEnd(SIGTERM) == 128 + SIGTERM)
    first.closeInput()
    #expect(first.wait() == 0)
  }

  @Test func aSignalSavesWhatHasBeenWritten() throws {
    let (folder, lines) = bars(20)
    _ = folder.file("all", lines.joined())
    let child = try Child(tool: "fs-indicators", ["--sma", "3", "--line-buffered", "--state", "\(folder.path)/s"])
    child.write(lines[..<12].joined())
    for _ in 0..<12 { #expect(child.line() != nil) }
    child.signal(SIGTERM)
    #expect(child.wait() == 128 + SIGTERM)
    let rest = try Run.tool("fs-indicators", ["--sma", "3", "--state", "\(folder.path)/s", "\(folder.path)/all"])
    let whole = try Run.tool("fs-indicators", ["--sma", "3", "\(folder.path)/all"])
    #expect(rest.lines == Array(whole.lines.dropFirst(12)))
    #expect(rest.errors.isEmpty)
  }

  @Test func resumingIsQuick() throws {
    let folder = TemporaryFolder()
    var generator = BarGenerator(symbols: 1)
    let lines = (0..<2521).map { _ in generator.line() }
    _ = folder.file("bars", lines.dropLast().joined())
    let result = try Run.shell(
      """
      fs-indicators --state s \(Self.indicators) bars > /dev/null; echo '\(lines.last!.dropLast())' >> bars
      fs-indicators --state s \(Self.indicators) --stats bars
      """, folder: folder.path)
    #expect(result.lines.count == 1)
    #expect(result.errors.contains("\"records\":1,"), "one line was read, not ten years of them")
  }
}
