import FinstageSystem
@testable import FinstageAlerts
@testable import FinstageCore
@testable import FinstageExpressions
@testable import FinstageNet
@testable import FinstageQueue

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

private let lines = """
  {"symbol":"A","ts":"2026-01-02T14:30:00Z","open":1,"high":2,"low":0.5,"close":1.5,"volume":100,"flag":true,"name":"x"}
  {"symbol":"B","ts":"2026-01-02T14:31:00Z","open":1,"high":2,"low":0.5,"close":null,"volume":9007199254740993,"flag":false,"name":null}
  {"symbol":"A","ts":"2026-01-02T14:32:00Z","open":1,"high":2,"low":0.5,"close":2.5,"volume":null,"flag":null,"name":"z"}

  """

/// A few rows for expressions to run on.
private let rows: Frame = {
  let reader = try! FrameFormat.named("ndjson")!.makeReader(MemorySource(Array(lines.utf8)), FormatOptions())
  return try! reader.next()!
}()

func fuzzExpression(_ bytes: [UInt8]) {
  guard bytes.count < 4096, let expression = try? Expression(text(bytes)) else { return }
  _ = expression.bounds
  _ = try? FrameExpressions([expression]).rows(rows)
  _ = try? FrameExpressions([expression]).vectors(rows)
}

/// Rules, up to the first line "---"; what follows are records.
func fuzzRules(_ bytes: [UInt8]) {
  guard bytes.count < 16_384 else { return }
  let parts = text(bytes).split(separator: "\n---\n", maxSplits: 1)
  var file = RulesFile()
  // A file that includes others would read what is on this machine.
  guard let rules = parts.first, !rules.contains("include"),
    (try? file.parse(String(rules), source: "fuzz")) != nil
  else { return }
  _ = RuleLint.findings(file)
  let stage = AlertStage(AlertEvaluator(file.rules, by: "symbol"), passes: true, writesAlerts: true) { events in
    events.map { $0.inhibitedBy == nil }
  }
  let records = parts.count > 1 ? Array(parts[1].utf8) : Array(lines.utf8)
  let reader = NDJSONReader(
    source: MemorySource(records), fields: stage.fields, policy: .skip, recordTypes: stage.recordTypes)
  guard (try? stage.begin(reader.symbols)) != nil else { return }
  let batch = reader.makeBatch()
  while (try? reader.next(into: batch)) == true { _ = try? stage.take(batch) }
}

func fuzzJobs(_ bytes: [UInt8]) {
  guard bytes.count < 16_384,
    let jobs = try? JobsFile.parse(text(bytes), source: "fuzz", folder: "/", zone: "UTC", now: 1_800_000_000_000)
  else { return }
  for job in jobs.prefix(20) {
    var next: Int64 = 1_800_000_000
    for _ in 0..<3 {
      guard let found = job.rule.next(after: next) else { break }
      next = found
    }
  }
}

func fuzzTask(_ bytes: [UInt8]) {
  guard let json = try? JSONValue.parse(bytes) else { return }
  if let graph = try? TaskGraph(json, folder: "/") { _ = graph.tasks }
  if let template = try? TaskTemplate(json) { _ = try? template.graph("fuzz", ["a", "--x", "b"], folder: "/") }
}

func fuzzXML(_ bytes: [UInt8]) {
  var answer = HTTPAnswer()
  answer.body = bytes
  answer.address = "https://feeds.example.com/rss"
  _ = try? NewsFeed(ProviderOptions()).items(in: answer)
}

/// Answers of services: the first byte says of which.
func fuzzAnswer(_ bytes: [UInt8]) {
  var answer = HTTPAnswer()
  answer.body = Array(bytes.dropFirst())
  answer.address = "https://host/x"
  let request = HistoryRequest(
    symbol: "A", interval: bytes.first.map { $0 % 2 == 0 } == true ? .oneDay : .oneHour, span: .period(from: 0, to: nil)
  )
  var options = ProviderOptions()
  options.urlTemplate = "https://host/{symbol}"
  switch (bytes.first ?? 0) / 2 % 4 {
  case 0: _ = try? YahooProvider(ProviderOptions()).history(in: answer, of: request)
  case 1: _ = try? CSVProvider(options).history(in: answer, of: request)
  case 2: _ = try? JSONProvider(options).history(in: answer, of: request)
  default: _ = try? StooqProvider(ProviderOptions()).history(in: answer, of: request)
  }
}
