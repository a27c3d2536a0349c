import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics ab run`: two commands, in pairs, until it is clear.
struct ABRun: Tool {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run two commands in pairs until it is clear which one is faster, or that they do not differ.",
    discussion: """
      In each pair, A and B run one right after the other, in an order that is drawn at random (by a seed that the report names). You may look and stop at any time: the test stays valid, \
      and whatever the noise is like: if A and B do not differ, it says so in at most 5 % of all tests (--alpha), although it looks after every pair. ratio is B's time over A's in a typical pair, and interval is where it lies.

      Warm-up pairs come first; they are marked and not counted, and the outputs of their runs are compared: a command whose output differs cannot win.

      EXIT STATUS:
      0 B is faster, fails less often, or with --margin is the same within the margin; 1 B is slower, fails more often, or answers something else; 75 undecided after --max-runs pairs or --max-time.

      EXAMPLES:
        fs-metrics ab run --a 'old-tool < bars.csv' --b 'fs-indicators --sma 20 bars.csv'
        fs-metrics ab run --a 'CMD1' --b 'CMD2' --margin 2% --max-runs 400
      """)

  @Option(help: ArgumentHelp("The command as it is.", valueName: "command")) var a: String
  @Option(help: ArgumentHelp("The command as it may become.", valueName: "command")) var b: String
  @OptionGroup var judgement: JudgementOptions
  @Option(help: ArgumentHelp("The most pairs, 4 to 100000.", valueName: "pairs")) var maxRuns = 200
  @Option(help: ArgumentHelp("Begin no more runs after this time.", valueName: "span")) var maxTime: TimeSpan?
  @Option(help: ArgumentHelp("Pairs that come first and are not counted, 0 to 1000.", valueName: "pairs")) var warmup =
    2
  @Option(help: ArgumentHelp("Run this before each run, untimed.", valueName: "command")) var prepare: String?
  @Option(help: ArgumentHelp("The seed that the order is drawn from (default: a new one).", valueName: "number"))
  var seed: UInt64?
  @Option(help: ArgumentHelp("Write each run into this file, as NDJSON.", valueName: "file"), completion: .file())
  var raw: String?
  @Flag(help: "Do not compare the outputs.") var ignoreOutput = false
  @Flag(name: .shortAndLong, help: "Print errors only.") var quiet = false

  mutating func validate() throws {
    guard (4...100_000).contains(maxRuns) else { throw ValidationError("--max-runs must be 4 to 100000") }
    guard (0...1000).contains(warmup) else { throw ValidationError("--warmup must be 0 to 1000") }
    guard (0.001...31_536_000).contains(maxTime?.seconds ?? 1) else {
      throw ValidationError("--max-time must be 1ms to 365d")
    }
  }

  private struct OneRun {
    var milliseconds: Double
    var status: Int
    var digest: [UInt8]?
    var outputBytes: Int?
  }

  private static let largestOutput = 1 << 30

  /// Runs a command once.
  /// - Parameter keeps: whether to look at what it writes.
  private func once(_ command: String, keeps: Bool) throws -> OneRun {
    if let prepare {
      let status = try PipelineMeasure.run([prepare], output: 2, looks: false).status
      guard status == 0 || Interruption.isRequested else {
        throw ToolFailure(.unavailable, "--prepare ended with status \(status): the runs after it would say nothing")
      }
      if Interruption.isRequested { return OneRun(milliseconds: 0, status: 130) }
    }
    let target =
      keeps ? FileContent.nameless(in: Environment["TMPDIR"] ?? "/tmp") : systemOpen("/dev/null", O_WRONLY | O_CLOEXEC)
    guard target >= 0 else { throw ToolFailure(.io, "no file for the output: \(systemErrorText(errno))") }
    defer { systemClose(target) }
    let nothing = systemOpen("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { systemClose(nothing) }
    let measure = try PipelineMeasure.run([command], input: nothing, output: target, looks: false)
    var run = OneRun(milliseconds: measure.stages[0].wallSeconds * 1000, status: measure.status)
    if keeps {
      lseek(target, 0, SEEK_SET)
      let bytes = FileContent.bytes(target, limit: ABRun.largestOutput) ?? []
      run.digest = SHA256.digest(bytes)
      run.outputBytes = bytes.count
    }
    return run
  }

  mutating func execute() throws -> ExitStatus {
    let maxTime = maxTime
    var diagnostics = Diagnostics(tool: "fs-metrics ab run")
    diagnostics.isQuiet = quiet
    let seed = self.seed ?? UInt64.random(in: 0...UInt64(Int64.max))
    var coin = SplitMix(state: seed)
    var comparison = Comparison(judgement.limits)
    // Line by line, so that nothing is lost when somebody ends this.
    let rawFile = try raw.map { path in
      let file = systemOpen(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      guard file >= 0 else { throw ToolFailure(.cannotCreate, "\(path): \(systemErrorText(errno))") }
      return file
    }
    defer { if let rawFile { systemClose(rawFile) } }
    let rawSink = rawFile.map { ByteSink(descriptor: $0, name: raw ?? "") }
    let began = SystemClock.monotonic
    var statuses: [Set<Int>] = [[], []]
    var digests: [Set<[UInt8]>] = [[], []]
    var number = 0
    func pair(isWarmup: Bool) throws -> [OneRun]? {
      let aFirst = coin.next() & 1 == 0
      var runs: [OneRun?] = [nil, nil]
      let order: [Int] = aFirst ? [0, 1] : [1, 0]
      for (place, which) in order.enumerated() {
        let run = try once(which == 0 ? a : b, keeps: isWarmup && !ignoreOutput)
        if Interruption.isRequested { return nil }
        runs[which] = run
        statuses[which].insert(run.status)
        if let digest = run.digest, run.status == 0 { digests[which].insert(digest) }
        try rawSink?.write(
          JSONValue(members: [
            ("variant", .string(which == 0 ? "a" : "b")), ("ms", .rounded(run.milliseconds, 6)),
            ("pair", JSONValue(number)),
            ("order", JSONValue(place + 1)), ("status", JSONValue(run.status)), ("warmup", isWarmup ? true : nil),
            ("output_bytes", run.outputBytes.map { JSONValue($0) }),
          ]).text + "\n")
      }
      try rawSink?.flush()
      number += 1
      return runs.compactMap { $0 }
    }
    var isStopped = false
    func isOver() -> Bool { maxTime.map { SystemClock.monotonic - began > $0.seconds } ?? false }
    for _ in 0..<warmup where !isStopped && !isOver() {
      if try pair(isWarmup: true) == nil { isStopped = true }
    }
    // An output that changes from run to run says nothing.
    if warmup > 1, !ignoreOutput, digests.allSatisfy({ $0.count == 1 }) {
      comparison.outputsDiffer = digests[0] != digests[1]
    }
    number = 0
    while !isStopped, comparison.pairs < maxRuns, comparison.outcome == .undecided || comparison.pairs < 4,
      comparison.outputsDiffer != true
    {
      if isOver() { break }
      guard let runs = try pair(isWarmup: false) else { break }
      comparison.take(
        a: runs[0].status == 0 ? runs[0].milliseconds : nil, b: runs[1].status == 0 ? runs[1].milliseconds : nil)
      if !quiet, Terminal.isTerminal(2) {
        Diagnostics.write("\r\(comparison.pairs) pairs, p \(JSONValue.rounded(comparison.times.p, 4).text)   ")
      }
    }
    if !quiet, Terminal.isTerminal(2) { Diagnostics.write("\r\u{1B}[K") }
    try rawSink?.finish()
    var members = comparison.report.members ?? []
    members.insert(("seed", JSONValue(Int(truncatingIfNeeded: seed))), at: 3)
    members.append(("statuses_a", .array(statuses[0].sorted().map { JSONValue($0) })))
    members.append(("statuses_b", .array(statuses[1].sorted().map { JSONValue($0) })))
    members.append(("warmup_pairs", JSONValue(warmup)))
    members.append(("seconds", .rounded(SystemClock.monotonic - began, 3)))
    try write(JSONValue.object(members).text)
    let shortest = min(Sample(comparison.a).median ?? .infinity, Sample(comparison.b).median ?? .infinity)
    if shortest < 5 {
      diagnostics.warning("runs of less than 5 ms are mostly the start of a program and of sh: do more in one run")
    }
    if comparison.failedA + comparison.failedB > 0 {
      diagnostics.warning(
        "runs that failed: \(comparison.failedA) of A, \(comparison.failedB) of B; their pairs are left out of the times"
      )
    }
    return judgement.status(comparison.outcome)
  }
}

/// A small generator with a seed (Steele, Lea and Flood 2014), so that an order can be drawn again.
struct SplitMix {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return (z ^ z >> 31) >> 32
  }
}
