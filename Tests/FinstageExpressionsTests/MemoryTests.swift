import FinstageCore
import FinstageSystem
import TestSupport
import Testing
@testable import FinstageExpressions

/// Functions that look at earlier records: first records, nulls, ends of windows, and one state per series.
@Suite struct MemoryTests {
  /// Of A at 10:00 to 10:25, with a null and two records of one time; of B at 10:00 and 10:15.
  private static let rows: [(symbol: String, minute: Int64, x: Double?)] = [
    ("A", 0, 1), ("B", 0, 10), ("A", 5, 2), ("A", 10, nil), ("A", 15, 3), ("B", 15, 1), ("A", 20, 5), ("A", 25, 4),
    ("A", 25, 1),
  ]

  private static func frame(_ rows: ArraySlice<(symbol: String, minute: Int64, x: Double?)>) -> Frame {
    let pool = TextPool()
    var mask = Validity(repeating: true, count: rows.count)
    for (i, row) in rows.enumerated() where row.x == nil { mask[i] = false }
    return Frame([
      Frame.Column("symbol", Vector(.string, .int64(rows.map { Int64(pool.intern($0.symbol)) }), texts: pool)),
      Frame.Column(
        "ts",
        Vector(
          .timestamp(.nanosecond, zone: "UTC"),
          .int64(rows.map { 1_704_189_600_000_000_000 + $0.minute * 60_000_000_000 }))),
      Frame.Column("x", Vector(.float64, .float64(rows.map { $0.x ?? .nan }), validity: mask)),
      Frame.Column("y", Vector(.float64, .float64(rows.map { _ in 2 }))),
    ])
  }

  /// The values of an expression, as text: `-` for null. Frames of `length` rows follow each other.
  private func values(_ text: String, length: Int = 100) throws -> String {
    let expressions = FrameExpressions([try Expression(text)])
    var words: [String] = []
    for start in stride(from: 0, to: Self.rows.count, by: length) {
      let frame = Self.frame(Self.rows[start..<min(start + length, Self.rows.count)])
      let vector = try expressions.vectors(frame)[0]
      words += (0..<frame.rows).map { vector.isNull($0) ? "-" : vector.text($0) }
    }
    return words.joined(separator: " ")
  }

  @Test(arguments: [
    ("prev(x)", "- - 1 2 - 10 3 5 4"),
    ("prev(x, 2)", "- - - 1 2 - - 3 5"),
    ("change(x)", "- - 1 - 1 -9 2 -1 -3"),
    // The oldest at most ten minutes old, both ends included.
    ("change(x) within 10m", "- - 1 - 1 - 2 1 -2"),
    ("avg(x, 2)", "- - 1.5 - 2.5 5.5 4 4.5 2.5"),
    // Less than ten minutes old.
    ("sum(x) within 10m", "1 10 3 - 3 1 8 9 10"),
    ("avg(x) within 5m", "1 10 2 - 3 1 5 4 2.5"),
    ("stddev(x, 2)", "- - 0.5 - 0.5 4.5 1 0.5 1.5"),
    ("min(x, 2)", "- - 1 - 2 1 3 4 1"), ("max(x, 3)", "- - - - 3 - 5 5 5"),
    ("min(x, y)", "1 2 2 - 2 1 2 2 1"), ("greatest(x, y)", "2 10 2 - 3 2 5 4 2"),
    ("count(x > 1, 2)", "0 1 1 1 1 1 2 2 1"), ("count(x) within 10m", "1 1 2 1 1 1 2 2 3"),
    // Equality is no crossing; a null is passed over.
    ("x crosses above y", "false false false - true false false false false"),
    ("x crosses below y", "false false false - false true false false true"),
    ("x crosses above y within 10m", "false false false false true false true true true"),
    ("x - prev(x) > 0 and change(x) > 0", "- - true - - false true false false"),
    ("prev(symbol) == symbol", "- - true true true true true true true"),
    ("avg(prev(x), 2)", "- - - 1.5 - - 2.5 4 4.5"),
  ])
  func valuesOfEachRow(_ text: String, _ expected: String) throws {
    #expect(try values(text) == expected)
    // Frames of any length give the same.
    for length in [1, 2, 4] { #expect(try values(text, length: length) == expected, "frames of \(length)") }
  }

  @Test func computedValuesAreEqualWithinABillionthAndIntegersExactly() throws {
    let frame = Frame([
      Frame.Column("a", Vector(.float64, .float64([0.1, 225.12, 1]))),
      Frame.Column("b", Vector(.float64, .float64([0.2, 224, 1]))),
      Frame.Column("n", Vector(.int(bits: 64), .int64([9_007_199_254_740_993, 2, 3]))),
    ])
    func rows(_ text: String) throws -> [Int] { try FrameExpressions([try Expression(text)]).rows(frame) }
    #expect(try rows("a + b == 0.3") == [0])
    #expect(try rows("a / b - 1 > 0.5%") == [], "it is half a per cent, and no more")
    #expect(try rows("a / b - 1 >= 0.5%") == [1])
    #expect(try rows("n > 9007199254740992") == [0] && rows("n == 9007199254740992") == [])
    #expect(try rows("a > 225.1199999999") == [1], "what is stored is compared as it is")
  }

  @Test func aWindowNeedsTime() {
    let frame = Frame([Frame.Column("x", Vector(.float64, .float64([1])))])
    #expect(throws: Expression.Failure.self) {
      try FrameExpressions([try Expression("avg(x) within 10m")]).vectors(frame)
    }
    #expect(throws: Expression.Failure.self) { try Expression("avg(x, 0)") }
    #expect(throws: Expression.Failure.self) { try Expression("avg(x, 20) within 10m") }
    #expect(throws: Expression.Failure.self) { try Expression("x within 10m") }
  }
}
