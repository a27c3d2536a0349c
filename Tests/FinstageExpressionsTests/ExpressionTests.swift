import FinstageSystem
import Testing
@testable import FinstageCore
@testable import FinstageExpressions

/// Conditions and computed values over the fields of a frame.
@Suite struct ExpressionTests {
  private static let frame: Frame = {
    let pool = TextPool()
    let codes = ["AAPL", "MSFT", "AAPL"].map { Int64(pool.intern($0)) }
    return Frame([
      Frame.Column("symbol", Vector(.string, .int64(codes), texts: pool)),
      Frame.Column("ts", Vector(.date, .int64([19_723, 19_724, 19_727]))),  // 2024-01-01, a Monday; 02; 05
      Frame.Column("open", Vector(.decimal(scale: 2), .int32([10_000, 20_000, 15_050]))),
      Frame.Column("close", Vector(.float64, .float64([101, 198, 150.5]))),
      Frame.Column(
        "volume", Vector(.int(bits: 64), .int64([5_000_000, 0, 70]), validity: Validity(bytes: [0b101], count: 3))),
      Frame.Column("ok", Vector(.bool, .uint8([1, 0, 1]))),
    ])
  }()

  private func rows(_ text: String) throws -> [Int] { try FrameExpressions([Expression(text)]).rows(Self.frame) }

  @Test(arguments: [
    ("close > open", [0]), ("close >= open", [0, 2]), ("not close > open", [1, 2]), ("!(close > open)", [1, 2]),
    ("close > open and volume >= 1M", [0]), ("close > open && volume >= 1e6", [0]), ("volume = 0", []),
    ("volume < 100 or symbol == 'MSFT'", [1, 2]), ("volume is null", [1]), ("volume is not null", [0, 2]),
    ("not volume > 100", [2]), ("symbol in ('MSFT', \"X\")", [1]), ("symbol not in ('MSFT')", [0, 2]), ("ok", [0, 2]),
    ("ok = true", [0, 2]), ("ts >= 2024-01-02", [1, 2]), ("ts = '2024-01-02'", [1]), ("ts < 2024-01-01T12:00:00Z", [0]),
    ("ts + 3d > 2024-01-05", [2]), ("close / open - 1 > 0.5%", [0]), ("close/open < 99%", []),
    ("close < open * 99.5%", [1]),
    ("abs(close - open) <= 1", [0, 2]), ("max(open, close) > 150 and min(open, close) < 199", [1, 2]),
    ("weekday(ts) = 1", [0]), ("month(ts) == 1 and day(ts) > 1", [1, 2]), ("starts_with(symbol, 'AA')", [0, 2]),
    ("lower(symbol) = 'msft'", [1]), ("coalesce(volume, 7) = 7", [1]), ("if(ok, 1, 2) = 2", [1]),
    ("symbol < 'B'", [0, 2]),
    ("7 % 4 = 3", [0, 1, 2]), ("-close < -150", [1, 2]), ("2 + 3 * 4 = 14", [0, 1, 2]),
    ("(2 + 3) * 4 = 20", [0, 1, 2]),
    ("null = null", []), ("null is null", [0, 1, 2]), ("`close` > .5", [0, 1, 2]), ("volume > 0 or ok", [0, 2]),
    ("volume > 0 and not ok", []), ("round(close / 3, 1) = 66", [1]), ("1 / 0 is null", [0, 1, 2]),
    ("close <> 198", [0, 2]), ("close != 198", [0, 2]), ("open = 150.5", [2]),
  ])
  func conditions(_ text: String, _ expected: [Int]) throws { #expect(try rows(text) == expected, "\(text)") }

  @Test(arguments: [
    ("", 1, "empty"), ("close >", 8, "a value is expected"), ("close > 5)", 10, "does not belong"),
    ("(close", 7, "\")\""),
    ("close > 5x", 10, "no unit"), ("5 < close < 9", 11, "cannot follow"), ("foo(3)", 1, "no function"),
    ("abs(1, 2)", 1, "takes 1 argument, not 2"), ("'open", 1, "not closed"), ("and", 1, "a value is expected"),
    ("close in 5", 10, "a list"), ("close is 5", 10, "null"), ("1..2", 1, "no number"),
    ("close @ 5", 7, "does not belong"),
  ])
  func faultsPointAtTheirPlace(_ text: String, _ column: Int, _ words: String) {
    do {
      _ = try Expression(text)
      Issue.record("\(text) was taken")
    } catch {
      #expect(error.message.contains(words) && error.column == column, "\(text): \(error)")
    }
  }

  @Test(arguments: [
    ("close + symbol > 1", "needs numbers"), ("symbol > 5", "compares a text with a number"),
    ("clos > 5", "no field \"clos\""),
    ("close and ok", "need conditions"), ("close", "is a number, not a condition"), ("symbol + 1", "needs numbers"),
    ("ok > 5", "a condition with"),
    ("ts > 'yesterday'", "is not a time"),
  ])
  func whatDoesNotFitIsNamed(_ text: String, _ words: String) throws {
    let expression = try Expression(text)
    do {
      _ = try FrameExpressions([expression]).rows(Self.frame)
      Issue.record("\(text) was taken")
    } catch {
      #expect(error.sentence.contains(words), "\(text): \(error.sentence)")
    }
  }

  @Test func nestingHasABound() {
    #expect(throws: Expression.Failure.self) { try Expression(String(repeating: "(", count: 100_000) + "1") }
    #expect(throws: Expression.Failure.self) { try Expression(String(repeating: "-", count: 100_000) + "1") }
    #expect(throws: Expression.Failure.self) { try Expression(String(repeating: "not ", count: 100_000) + "ok") }
  }

  @Test func computedColumns() throws {
    func vector(_ text: String) throws -> Vector { try FrameExpressions([Expression(text)]).vectors(Self.frame)[0] }
    let range = try vector("close - open")
    #expect(range.type == .float64 && range.doubles() == [1, -2, 0])
    let isUp = try vector("volume > 100")
    #expect(isUp.type == .bool && isUp.isNull(1) && isUp.integer(0) == 1 && isUp.integer(2) == 0)
    let later = try vector("ts + 1d")
    #expect(later.text(0) == "2024-01-02T00:00:00Z")
    let text = try vector("lower(symbol)")
    #expect(text.text(1) == "msft")
  }

  /// A later frame may have whole numbers among numbers, or nothing but nulls, and what came before still counts.
  @Test func memoryOutlivesFramesOfNarrowerTypes() throws {
    let expressions = FrameExpressions([try Expression("avg(x, 3)"), try Expression("prev(x)")])
    var averages: [Double] = []
    var before: [Double] = []
    let frames = [
      Vector(.float64, .float64([1.5, 2.5])), Vector(.int(bits: 64), .int64([5])), Vector.nulls(.string, count: 1),
      Vector.nulls(.null, count: 1), Vector(.float64, .float64([10.5])),
    ]
    for x in frames {
      let results = try expressions.vectors(Frame([Frame.Column("x", x)]))
      averages += results[0].doubles().enumerated().map { results[0].isNull($0) ? -1 : $1 }
      before += results[1].doubles().enumerated().map { results[1].isNull($0) ? -1 : $1 }
    }
    #expect(averages == [-1, -1, 3, -1, -1, 6])
    #expect(before == [-1, 1.5, 2.5, 5, -1, -1])
  }

  @Test func boundsThatRowGroupsCanBeSkippedBy() throws {
    #expect(
      try Expression("close > 5 and 10 >= volume and (open < 3 or ok) and ts >= 2024-01-02").bounds == [
        RowGroupTest(column: "close", comparison: .greater, value: 5),
        RowGroupTest(column: "volume", comparison: .lessOrEqual, value: 10),
        RowGroupTest(column: "ts", comparison: .greaterOrEqual, value: 1_704_153_600),
      ])
    #expect(try Expression("close > 5 or volume > 3").bounds == [])
    #expect(try Expression("close > open").fields == ["close", "open"])
  }
}
