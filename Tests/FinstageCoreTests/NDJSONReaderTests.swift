import FinstageSystem
import TestSupport
import Testing
@testable import FinstageCore

/// What a reader makes of a text, in plain values.
struct Reading: Equatable {
  struct Row: Equatable {
    var line: String
    /// nil for a record that passes through.
    var values: [String]?
  }

  var rows: [Row] = []
  var failure: String?

  /// - Parameter largestRead: the most bytes that a read gives, to put chunk boundaries anywhere.
  init(
    _ bytes: [UInt8], _ fields: [Field], policy: BadRecordPolicy = .stop, largestRead: Int = .max,
    fillsBlocks: Bool = true
  ) {
    let source = GzipSource(MemorySource(bytes, name: "<test>", largestRead: largestRead))
    let reader = NDJSONReader(source: source, fields: fields, policy: policy, fillsBlocks: fillsBlocks)
    let batch = reader.makeBatch()
    do throws(InputError) {
      while try reader.next(into: batch) {
        for i in 0..<batch.lineCount {
          let line = batch.lines[i]
          let text = UnsafeBufferPointer(start: batch.bytes + line.start, count: line.end - line.start)
          rows.append(
            Row(
              line: String(decoding: text, as: UTF8.self),
              values: line.bar < 0
                ? nil : batch.columns.map { Reading.text($0, line.bar, reader.symbols) }))
        }
      }
    } catch {
      failure = error.sentence
    }
  }

  init(_ text: String, _ fields: [Field], policy: BadRecordPolicy = .stop) {
    self.init(Array(text.utf8), fields, policy: policy)
  }

  private static func text(_ column: Column, _ row: Int, _ symbols: SymbolTable) -> String {
    guard column.hasValue(row) else { return "-" }
    return switch column.field.kind {
    case .float64: NumberText.string(column.doubles[row])
    case .int64, .timestamp, .date, .bool: String(column.integers[row])
    case .symbol, .text, .json: symbols.name(Int(column.symbols[row]))
    case .reserved, .null: "?"
    }
  }

  var values: [[String]] { rows.compactMap(\.values) }
}

@Suite struct NDJSONReaderTests {
  static let fields = [
    Field("symbol", .symbol), Field("ts", .timestamp, .optional), Field("close", .float64),
    Field("n", .int64, .optional),
  ]

  @Test(arguments: [
    #"{"symbol":"A","ts":5,"close":1.5,"n":7}"#,
    #"{"close":1.5,"n":7,"ts":5,"symbol":"A"}"#,
    "  { \"symbol\" :\t\"A\" , \"ts\" : 5 ,\"close\":1.5,\"n\": 7 } \t",
    "{\"symbol\":\"A\",\"ts\":5,\"close\":1.5,\"n\":7}\r",
    #"{"\u0073ymbol":"\u0041","ts":5,"close":1.5,"n":7}"#,
    #"{"symbol":"X","symbol":"A","ts":9,"ts":5,"close":null,"close":1.5,"n":1,"n":7}"#,
    #"{"symbol":"A","ts":5,"close":15e-1,"n":7,"x":{"close":9,"y":[1,{"symbol":"no"}]},"z":"}\",\"close\":8"}"#,
    #"{"symbol":"A","ts":"1970-01-01T00:00:05Z","close":1.5,"n":7}"#,
    #"{"symbol":"A","ts":"1970-01-01T05:30:05+05:30","close":1.50,"n":7}"#,
    #"{"symbol":"A","ts":5000000000000000000,"ts":5,"close":1.5,"n":7,"type":"bar"}"#,
  ])
  func oneRecordInManyForms(_ line: String) {
    let reading = Reading(line, Self.fields)
    #expect(reading.values == [["A", "5000000000", "1.5", "7"]])
    #expect(reading.rows.map(\.line) == [line])
    #expect(reading.failure == nil)
  }

  @Test func integersAreExactTo64Bits() {
    let line = #"{"symbol":"A","close":0,"n":9223372036854775807}"#
    let next = #"{"symbol":"A","close":0,"n":-9223372036854775808}"#
    #expect(
      Reading("\(line)\n\(next)\n", Self.fields).values.map { $0[3] } == [
        "9223372036854775807", "-9223372036854775808",
      ])
  }

  @Test func nullAndMissingAreNoValueAndRequiredFieldsMustBeThere() {
    #expect(Reading(#"{"symbol":"A","close":null,"ts":null}"#, Self.fields).values == [["A", "-", "-", "-"]])
    #expect(Reading(#"{"symbol":"A"}"#, Self.fields).failure == #"<test>:1:14: the field "close" is missing"#)
    #expect(Reading("{}", Self.fields).failure == #"<test>:1:2: the field "symbol" is missing"#)
  }

  @Test(arguments: [
    (#"{"symbol":"A","close":"1"}"#, #"<test>:2:23: "close" is not a number"#),
    (#"{"symbol":"A","close":[1]}"#, #"<test>:2:23: "close" is not a number"#),
    (#"{"symbol":"A","close":1e999}"#, #"<test>:2:23: "close" is beyond the range of a 64-bit number"#),
    (#"{"symbol":null,"close":1}"#, #"<test>:2:11: "symbol" is not a string"#),
    (#"{"symbol":"A","close":1,"n":1.5}"#, #"<test>:2:29: "n" is not a 64-bit integer"#),
    (
      #"{"symbol":"A","close":1,"ts":"yesterday"}"#,
      #"<test>:2:30: "ts" is not an ISO 8601 time between 1678 and 2262"#
    ),
    (#"{"symbol":"A","close":1"#, "<test>:2:24: the text ends too early: \",\" or \"}\" is expected"),
    (#"{"symbol":"A","close":01}"#, "<test>:2:23: a number must not start with zero"),
    (#"{"symbol":"A","close":1} x"#, "<test>:2:26: nothing may follow the record on its line"),
    (#"[1]"#, "<test>:2:1: a record must be a JSON object"),
    ("{\"symbol\":\"\u{1}\",\"close\":1}", "<test>:2:12: a control character in a string must be escaped"),
    (#"{"symbol":"A","close":tru}"#, #"<test>:2:23: a value is expected"#),
  ])
  func badRecordsAreNamedByLineAndByte(_ line: String, _ message: String) {
    let good = #"{"symbol":"A","close":1}"#
    let reading = Reading("\(good)\n\(line)\n\(good)\n", Self.fields)
    #expect(reading.failure == message)
    #expect(reading.rows.count == 1, "what came before is delivered")
    #expect(Reading("\(good)\n\(line)\n\(good)\n", Self.fields, policy: .skip).rows.map(\.line) == [good, good])
    let passed = Reading("\(good)\n\(line)\n\(good)\n", Self.fields, policy: .pass)
    #expect(passed.rows.map(\.line) == [good, line, good])
    #expect(passed.rows.map { $0.values == nil } == [false, true, false])
  }

  @Test func fieldsToBeAddedMustNotBeThere() {
    let fields = Self.fields + [Field("sma_20", .reserved, .optional, hint: "do this")]
    #expect(
      Reading(#"{"symbol":"A","close":1,"sma_20":null}"#, fields).failure
        == #"<test>:1:34: "sma_20" is in the record already (do this)"#)
  }

  @Test func recordsOfOtherTypesPassUnread() {
    let lines = [
      #"{"type":"quote","symbol":7,"close":"x"}"#, #"{"symbol":"A","close":1,"type":"news"}"#, #"{"type":5}"#,
      #"{"type":"quote","symbol":7,"close":"x"}"#, #"{"symbol":"A","close":1,"type":"bar"}"#,
      #"{"symbol":"A","close":2,"type":"metric"}"#, #"{"symbol":"A","close":3,"type":"bar"}"#,
    ]
    let reading = Reading(lines.joined(separator: "\n"), Self.fields)
    #expect(reading.failure == nil)
    #expect(reading.rows.map { $0.values?[2] } == [nil, nil, nil, nil, "1", nil, "3"])
    #expect(reading.rows.map(\.line) == lines)
  }

  @Test func aByteOrderMarkEmptyLinesAndAMissingLastLineFeedAreFine() {
    let line = #"{"symbol":"A","close":1}"#
    let reading = Reading("\u{FEFF}\(line)\n\n  \r\n\(line)", Self.fields)
    #expect(reading.rows.map(\.line) == [line, line])
    #expect(Reading("", Self.fields) == Reading("\n\n", Self.fields))
  }

  @Test(arguments: [
    ("PAR1....", "a Parquet file"), ("ARROW1..", "an Arrow file"), ("<html>", "HTML or XML"),
  ])
  func foreignFormatsAreNamed(_ text: String, _ name: String) {
    #expect(Reading(text, Self.fields).failure?.contains(name) == true)
  }

  @Test func linesUpTo16MiBAreReadAndLongerOnesAreAnError() {
    let head = Array(#"{"symbol":"A","close":1,"x":""#.utf8)
    let tail = Array("\"}".utf8)
    func line(_ length: Int) -> [UInt8] {
      head + [UInt8](repeating: UInt8(ascii: "x"), count: length - head.count - tail.count) + tail
    }
    let longest = Reading(line(16 << 20) + [0x0A] + line(100), Self.fields)
    #expect(longest.failure == nil)
    #expect(longest.rows.map(\.line.utf8.count) == [16 << 20, 100])
    let tooLong = Reading(line(100) + [0x0A] + line(16 << 20 + 1) + [0x0A] + line(100), Self.fields)
    #expect(tooLong.failure?.hasPrefix("<test>:2:16777216: a line is longer than 16 MiB") == true)
    #expect(tooLong.rows.count == 1)
    let endless = Reading([UInt8](repeating: UInt8(ascii: "x"), count: 40 << 20), Self.fields, policy: .skip)
    #expect(endless.failure?.contains("longer than 16 MiB") == true)
  }

  /// Random records in a few shapes: the fast path is whatever follows a line of the same shape. A reader that sees each line
  /// alone has no shapes to compare with, so it shows what the full parser says.
  @Test func theFastPathNeverDiffersFromTheFullParser() {
    var random = SeededRandom(seed: 21)
    var lines: [String] = []
    for _ in 0..<3000 {
      var line = Self.shapes[Int(random.next() % UInt64(Self.shapes.count))]
      line = line.replacing("#", with: Self.values[Int(random.next() % UInt64(Self.values.count))])
      if random.next() % 8 == 0 { line = Self.mutated(line, &random) }
      lines.append(line)
    }
    let together = Reading(lines.joined(separator: "\n") + "\n", Self.fields, policy: .pass)
    var alone: [Reading.Row] = []
    for line in lines { alone += Reading(line + "\n", Self.fields, policy: .pass).rows }
    #expect(together.rows.count == alone.count)
    for (a, b) in zip(together.rows, alone) { #expect(a == b) }
  }

  private static let shapes = [
    #"{"symbol":"AAPL","ts":"2024-01-02T14:30:00Z","close":#,"n":7}"#,
    #"{"symbol":"AAPL","ts":"2024-01-02T14:30:00Z","close":1.25,"n":#}"#,
    #"{"symbol":#,"ts":1704205800,"close":1,"n":1}"#,
    #"{"symbol":"MSFT","ts":#,"close":1,"n":1}"#,
    #"{"symbol":"MSFT","close":1,"x":#,"type":"bar"}"#,
    #"{"type":#,"symbol":"MSFT","close":1}"#,
  ]
  private static let values = [
    "1", "0", "-0", "1.5", "01", "1.", "-", "1e5", "1e999", "null", "true", "false", "\"A\"", "\"bar\"", "\"quote\"",
    "\"é\"",
    "\"\\u0041\"", "\"a\\\"b\"", "[1,2]", "{\"close\":2}", "\"2024-01-02T14:31:00Z\"", "\"2024-01-02\"",
    "1704205800000",
    "123456789012345678901234567890", "9223372036854775807", "9223372036854775808",
    "\"long text of more than sixteen bytes\"",
    "nul", "\"", "", "12345678.12345678", "\"\u{1}\"", "0.1234567890123456789", "-12.75",
  ]

  private static func mutated(_ line: String, _ random: inout SeededRandom) -> String {
    var bytes = Array(line.utf8)
    let at = Int(random.next() % UInt64(bytes.count))
    switch random.next() % 3 {
    case 0: bytes.remove(at: at)
    case 1: bytes.insert([0x20, 0x22, 0x7D, 0x2C, 0x80, 0x5C][Int(random.next() % 6)], at: at)
    default: bytes.removeSubrange(at...)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.isEmpty ? "{" : text
  }

  /// Chunk boundaries anywhere give the same records, filled blocks or not.
  @Test(arguments: [1, 2, 3, 7, 64, 1000, 65_536], [true, false])
  func chunkBoundariesMakeNoDifference(_ largestRead: Int, _ fillsBlocks: Bool) {
    var generator = BarGenerator(symbols: 3, seed: 5)
    let bytes = Array((generator.lines(largestRead == 1 ? 50 : 2000) + #"{"symbol":"Z","close":1}"#).utf8)
    let whole = Reading(bytes, Self.fields)
    #expect(whole.failure == nil)
    #expect(Reading(bytes, Self.fields, largestRead: largestRead, fillsBlocks: fillsBlocks) == whole)
  }

  @Test func gzipIsUnpackedOneMemberOrMany() throws {
    let folder = TemporaryFolder()
    let line = #"{"symbol":"A","close":1}"# + "\n"
    _ = try Run.shell("printf '%s' '\(line)' | gzip > a.gz; cat a.gz a.gz a.gz > three.gz", folder: folder.path)
    let three = try #require(Files.read("\(folder.path)/three.gz"))
    for largestRead in [1, 5, .max] {
      #expect(Reading(three, Self.fields, largestRead: largestRead).rows.count == 3)
    }
    let cut = Reading(Array(three.dropLast(10)), Self.fields)
    #expect(cut.failure?.contains("ends too early") == true)
    #expect(cut.rows.count >= 2, "what came before is delivered")
    var damaged = three
    damaged[12] ^= 0xFF
    #expect(Reading(damaged, Self.fields).failure != nil)
  }
}
