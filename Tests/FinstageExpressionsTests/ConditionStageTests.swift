import FinstageCore
import FinstageExpressions
import FinstageSystem
import TestSupport
import Testing

/// A filter that adds a list of the conditions that are true: the example of CONTRIBUTING.md.
final class ConditionStage: RecordStage {
  let fields = [Field("symbol", .symbol, .optional), Field("close", .float64, .optional)]
  private let conditions: [String]
  private var programs: BatchExpressions?

  init(_ conditions: [String]) { self.conditions = conditions }

  func begin(_ symbols: SymbolTable) throws {
    programs = try BatchExpressions(
      try conditions.map { try Expression($0) }, fields: fields, symbols: symbols, by: "symbol")
  }

  func take(_ batch: Batch) throws -> Batch.Part {
    batch.prepareResults([])
    let list = batch.prepareLists { [ListColumn("true", texts: self.conditions)] }[0]
    var hits: [Int: [Double]] = [:]
    programs?.run(batch) { condition, row in hits[row, default: []].append(Double(condition)) }
    for row in hits.keys.sorted() { list.append(row: row, hits[row]!) }
    return .all
  }
}

@Suite struct ConditionStageTests {
  private let folder = TemporaryFolder()
  private let lines = """
    {"symbol":"A","close":1}
    {"symbol":"B","close":5}
    {"type":"quote","symbol":"A","price":7}
    {"symbol":"A","close":3}
    {"symbol":"B","close":4}

    """

  private func run(_ format: String) throws -> String {
    let output = "\(folder.path)/out.\(format)"
    let stream = try RecordStream(
      ConditionStage(["close crosses above 2", "close > 3"]), to: try ByteSink(path: output),
      as: try #require(FrameFormat.named(format)), policy: .stop, isLive: false)
    try stream.read([try RecordInput.open(folder.file("in.ndjson", lines))])
    try stream.finish()
    return try #require(Files.text(output))
  }

  @Test func aFilterIsAFewLinesInEveryFormat() throws {
    #expect(
      try run("ndjson") == """
        {"symbol":"A","close":1}
        {"symbol":"B","close":5,"true":["close > 3"]}
        {"type":"quote","symbol":"A","price":7}
        {"symbol":"A","close":3,"true":["close crosses above 2"]}
        {"symbol":"B","close":4,"true":["close > 3"]}

        """)
    #expect(
      try run("csv") == """
        symbol,close,type,price,true
        A,1,,,
        B,5,,,"[""close > 3""]"
        A,,quote,7,
        A,3,,,"[""close crosses above 2""]"
        B,4,,,"[""close > 3""]"

        """)
  }
}
