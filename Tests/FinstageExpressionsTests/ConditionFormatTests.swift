import FinstageCore
import FinstageSystem
import TestSupport
import Testing
@testable import FinstageExpressions

/// A condition gives the same rows whatever the format of the file, whether or not the reader skips what cannot match: each type,
/// operator and side, with nulls, over several row groups.
@Suite struct ConditionFormatTests {
  private static let rows = 480
  private let home = TemporaryFolder()

  /// 480 records, for five row groups; a twelfth of each column is null.
  private func lines() -> String {
    var text = ""
    for i in 0..<Self.rows {
      func value(_ name: String, _ place: Int, _ value: String) -> String {
        "\"\(name)\":\((i + place * 7) % 12 == 5 ? "null" : value)"
      }
      let day = Timestamp.dateString(day: Int64(i / 3 - 80))
      let fields = [
        "\"row\":\(i)", value("day", 0, "\"\(day)\""),
        value("ts", 1, "\"\(Timestamp.string(Int64(i - 240) * 3_600_000_000_000))\""),
        value("whole", 2, "\(i - 240)"), value("large", 3, "\(Int64(9_007_199_254_740_800) + Int64(i))"),
        value("price", 4, "\(i / 10).\(i % 10)5"), value("ratio", 5, "\(Double(i) / 7 - 30)"),
        value("flag", 6, i % 3 == 0 ? "true" : "false"), value("name", 7, "\"N\(i % 40)\""),
      ]
      text += "{\(fields.joined(separator: ","))}\n"
    }
    return text
  }

  /// Constants for each column: below all, in the middle, above all.
  private static let constants: [(column: String, values: [String])] = [
    ("day", ["1960-01-01", "1970-02-01", "1969-10-13", "2030-01-01"]),
    ("ts", ["1960-01-01", "1970-01-01T00:00:00Z", "1969-12-25T05:00:00Z", "1970-01-05", "2030-01-01"]),
    ("whole", ["-2000", "0", "-240", "239", "17.5", "1e9"]),
    ("large", ["0", "9007199254740993", "9007199254741279"]),
    ("price", ["-1", "0.05", "14.55", "14.6", "1e6"]), ("ratio", ["-300", "0", "-30", "1e9"]),
    ("name", ["\"A\"", "\"N7\"", "\"N39\"", "\"Z\""]),
  ]

  private static var conditions: [String] {
    var all: [String] = []
    for (column, values) in constants {
      for value in values {
        for sign in ["<", "<=", "==", "!=", ">=", ">"] {
          all.append("\(column) \(sign) \(value)")
          all.append("\(value) \(sign) \(column)")
          if sign == "<" || sign == "==" {
            all.append("not (\(column) \(sign) \(value))")
            all.append("\(column) \(sign) \(value) and row < 200")
            all.append("\(column) \(sign) \(value) or row > 400")
          }
        }
        all.append("\(column) in (\(value))")
      }
      all.append("\(column) is null")
      all.append("\(column) > \(values[0]) and \(column) < \(values.last!)")
      all.append("\(column) == \(column) and row >= 200")
    }
    return all + ["flag", "flag == true", "flag == false", "not flag", "flag and row < 150", "year(day) == 1970"]
  }

  private func frames(_ path: String, skipping condition: Expression? = nil) throws -> [Frame] {
    var options = FormatOptions()
    options.predicate = condition?.bounds ?? []
    let reader = try RecordInput.open(path).frames(options)
    var frames: [Frame] = []
    while let frame = try reader.next() { frames.append(frame) }
    return frames
  }

  private func rowsFound(_ condition: Expression, _ frames: [Frame]) throws -> [Int64] {
    let expressions = FrameExpressions([condition])
    var found: [Int64] = []
    for frame in frames where frame.rows > 0 {
      let numbers = try #require(frame["row"]).integers()
      found += try expressions.rows(frame).map { numbers[$0] }
    }
    return found
  }

  @Test func theFormatMakesNoDifference() throws {
    let source = home.file("a.ndjson", lines())
    var files: [String] = []
    for (name, prices) in [
      ("a.csv", nil), ("a.arrow", nil), ("a.arrows", PriceType.doubles), ("a.parquet", nil), ("b.parquet", .doubles),
    ] as [(String, PriceType?)] {
      let path = "\(home.path)/\(name)"
      var options = FormatOptions()
      options.rowGroupSize = 100
      options.prices = prices
      let sink = try ByteSink(path: path)
      let writer = try #require(FrameFormat.of(path: path)).makeWriter(sink, options)
      let reader = try RecordInput.open(source).frames(FormatOptions())
      while let frame = try reader.next() { try writer.write(frame) }
      try writer.finish()
      try sink.finish()
      files.append(path)
    }
    let conditions = Self.conditions
    #expect(conditions.count > 360)
    let lines = try frames(source)
    let whole = try files.map { try frames($0) }
    var (selective, skipped) = (0, 0)
    for text in conditions {
      let condition = try Expression(text)
      let wanted = try rowsFound(condition, lines)
      if !wanted.isEmpty && wanted.count < Self.rows { selective += 1 }
      for (path, frames) in zip(files, whole) {
        #expect(try rowsFound(condition, frames) == wanted, "\(text) \(path.suffix(9))")
        guard path.hasSuffix(".parquet") else { continue }
        let some = try self.frames(path, skipping: condition)
        if some.count < frames.count { skipped += 1 }
        #expect(try rowsFound(condition, some) == wanted, "\(text) \(path.suffix(9)), skipping")
      }
    }
    #expect(selective > conditions.count / 2, "most conditions find some rows and not all")
    #expect(skipped > conditions.count / 4, "the reader skips what cannot match: \(skipped)")
  }
}
