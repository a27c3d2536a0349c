import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// How sure to be, and what matters.
struct JudgementOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The share of tests of equal commands that may end wrongly, 0.0001 to 0.5.", valueName: "share"))
  var alpha = 0.05
  @Option(help: ArgumentHelp("Differences up to this do not matter: with it, same is a result.", valueName: "share"))
  var margin: Percentage?

  mutating func validate() throws {
    guard (0.0001...0.5).contains(alpha) else { throw ValidationError("--alpha must be 0.0001 to 0.5") }
    guard (0.0001...10).contains(margin?.share ?? 1) else { throw ValidationError("--margin must be 0.01% to 1000%") }
  }

  var limits: Comparison.Limits {
    var limits = Comparison.Limits()
    limits.alpha = alpha
    limits.margin = margin?.share
    return limits
  }

  func status(_ outcome: Comparison.Outcome) -> ExitStatus {
    switch outcome {
    case .faster, .same, .mends: .done
    case .slower, .fails, .differs: .partly
    case .undecided: .tryLater
    }
  }
}

/// A share on the command line: 2%, or 0.02.
struct Percentage: ExpressibleByArgument {
  let share: Double
  var defaultValueDescription: String { JSONValue.rounded(share * 100, 4).text + "%" }
  init?(argument: String) {
    let isPercent = argument.hasSuffix("%")
    guard let number = Double(isPercent ? String(argument.dropLast()) : argument), number.isFinite else { return nil }
    share = isPercent ? number / 100 : number
  }
}

/// `fs-metrics ab analyze`: times that others have measured.
struct ABAnalyze: Tool {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Compare times that were measured elsewhere, or the results of a test, with the test of ab run.",
    discussion: """
      The test is right only if the order within each pair was drawn at random. Times are in any unit, one for all.

      EXIT STATUS:
      0 B is faster, or with --margin the same, or a variant is better than the control; 1 B is slower or fails more often; 65 a line is not a valid time; 75 undecided.

      EXAMPLES:
        fs-metrics ab analyze speed                          # a test of ab create: each variant beside the control
        fs-metrics ab analyze --a old.txt --b new.txt        # a time a line; line i of both is pair i
        fs-metrics ab analyze --pairs both.txt               # two times a line
        my-runner | fs-metrics ab analyze --follow           # {"variant":"a","ms":12.3,"pair":7}, in the order in which they ran
      """)

  @Argument(help: ArgumentHelp("A test of ab create.", valueName: "test")) var test: String?
  @Option(help: ArgumentHelp("Times of A, one a line.", valueName: "file"), completion: .file()) var a: String?
  @Option(help: ArgumentHelp("Times of B, one a line.", valueName: "file"), completion: .file()) var b: String?
  @Option(help: ArgumentHelp("Times of A and B, a pair a line.", valueName: "file"), completion: .file()) var pairs:
    String?
  @Flag(help: "Read runs from standard input, and print a line after each pair.") var follow = false
  @OptionGroup var judgement: JudgementOptions
  @OptionGroup var store: MetricsStoreOption

  mutating func validate() throws {
    let ways = [test != nil, a != nil && b != nil, pairs != nil, follow].count { $0 }
    guard ways == 1, (a == nil) == (b == nil) else {
      throw ValidationError("give a test, or --a and --b, or --pairs, or --follow")
    }
  }

  private static let largestFile = 1 << 28

  private func lines(_ path: String) throws -> [String] {
    let bytes =
      path == "-"
      ? FileContent.bytes(0, limit: ABAnalyze.largestFile) : FileContent.bytes(path, limit: ABAnalyze.largestFile)
    guard let bytes else { throw ToolFailure(.noInput, "\(path): \(systemErrorText(errno))") }
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  private func time(_ word: some StringProtocol, _ path: String, _ line: Int) throws -> Double {
    let text = String(word.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    guard let value = Double(text), value.isFinite, value > 0 else {
      throw ToolFailure(.badData, "\(path):\(line): \"\(text.prefix(40))\" is not a time above zero")
    }
    return value
  }

  mutating func execute() throws -> ExitStatus {
    if let test { return try analyze(test) }
    var comparison = Comparison(judgement.limits)
    if follow {
      try followRuns(&comparison)
    } else if let pairs {
      for (number, line) in try lines(pairs).enumerated() where !line.allSatisfy(\.isWhitespace) {
        let words = line.split { $0.isWhitespace || $0 == "," || $0 == ";" }
        guard words.count == 2 else { throw ToolFailure(.badData, "\(pairs):\(number + 1): two times are expected") }
        comparison.take(a: try time(words[0], pairs, number + 1), b: try time(words[1], pairs, number + 1))
      }
    } else if let a, let b {
      let (first, second) = (try lines(a), try lines(b))
      guard first.count == second.count else {
        throw ToolFailure(
          .badData, "\(a) has \(first.count) lines and \(b) has \(second.count): line i of both is pair i")
      }
      for i in first.indices { comparison.take(a: try time(first[i], a, i + 1), b: try time(second[i], b, i + 1)) }
    }
    guard comparison.pairs > 0 else { throw ToolFailure(.badData, "there is no pair") }
    try write(comparison.report.text)
    return judgement.status(comparison.outcome)
  }

  /// The results that were recorded.
  private func analyze(_ test: String) throws -> ExitStatus {
    let store = try self.store.existing()
    let report = ExperimentAnalysis(try store.experiment(test), try store.results(of: test), alpha: judgement.alpha)
      .report
    try write(report.text)
    if report["best"]?.string != nil { return .done }
    let verdicts = (report["variants"]?.array ?? []).compactMap { $0["verdict"]?.string }
    return verdicts.contains("undecided") ? .tryLater : .partly
  }

  private func followRuns(_ comparison: inout Comparison) throws {
    let source = try DescriptorSource(path: "-")
    let sink = try ByteSink(path: "-")
    var waiting: [Int64: [String: Double?]] = [:]
    var carry: [UInt8] = []
    var number = 0
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 64)
    defer { buffer.deallocate() }
    while true {
      let count = try source.read(into: buffer)
      carry.append(contentsOf: buffer[..<count])
      if count == 0, !carry.isEmpty { carry.append(0x0A) }
      var start = 0
      while let end = carry[start...].firstIndex(of: 0x0A) {
        let line = carry[start..<end]
        start = end + 1
        number += 1
        if line.allSatisfy({ $0 <= 0x20 }) { continue }
        guard let run = try? JSONValue.parse(Array(line)), let variant = run["variant"]?.string,
          ["a", "b"].contains(variant),
          let pair = run["pair"]?.integer
        else {
          throw ToolFailure(.badData, "<stdin>:\(number): {\"variant\":\"a\",\"ms\":12.3,\"pair\":7} is expected")
        }
        if case .bool(true)? = run["warmup"] { continue }
        let hasFailed = run["status"]?.integer.map { $0 != 0 } ?? false
        let time = run["ms"]?.double ?? 0
        guard hasFailed || time > 0 else { throw ToolFailure(.badData, "<stdin>:\(number): \"ms\" must be above zero") }
        guard waiting[pair]?[variant] == nil else {
          throw ToolFailure(.badData, "<stdin>:\(number): a second \"\(variant)\" of pair \(pair)")
        }
        waiting[pair, default: [:]][variant] = .some(hasFailed ? nil : time)
        guard waiting.count <= 100_000 else {
          throw ToolFailure(.badData, "<stdin>:\(number): 100000 pairs wait for their other half")
        }
        guard let both = waiting[pair], let first = both["a"], let second = both["b"] else { continue }
        waiting[pair] = nil
        comparison.take(a: first, b: second)
        try sink.write(comparison.progress.text + "\n")
        try sink.flush()
      }
      carry = Array(carry[start...])
      guard carry.count <= 1 << 20 else {
        throw ToolFailure(.badData, "<stdin>:\(number + 1): a line of more than 1 MiB")
      }
      if count == 0 { break }
    }
    try sink.finish()
  }
}
