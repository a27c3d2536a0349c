import FinstageSystem
import TestSupport
import Testing
@testable import FinstageCore

/// Columns: narrowing, other types, joining, order.
@Suite struct FrameTests {
  private func text(_ vector: Vector) -> [String] {
    (0..<vector.count).map { vector.isNull($0) ? "-" : vector.text($0) }
  }

  private func mask(_ bits: [Bool]) -> Validity {
    var validity = Validity(repeating: true, count: bits.count)
    for (row, bit) in bits.enumerated() { validity[row] = bit }
    return validity
  }

  @Test func narrowingLosesNothing() {
    var random = SeededRandom(seed: 11)
    for scale in [0, 1, 2, 4, 8] {
      let power = Vector.power(scale)
      let values = (0..<500).map { _ in Double(Int64(random.next() % 2_000_000) - 1_000_000) / power }
      let narrow = Vector(.float64, .float64(values)).narrowed()
      #expect(narrow.width <= 4 && narrow.doubles() == values, "\(scale)")
    }
    let odd = [0.1 + 0.2, 1e300, -0.0, Double.leastNonzeroMagnitude]
    let kept = Vector(.float64, .float64(odd)).narrowed()
    #expect(kept.type == .float64 && kept.doubles().map(\.bitPattern) == odd.map(\.bitPattern))
    let halves = Vector(.float64, .float64([0.1, 1 / 3.0].map { Double(Float($0)) })).narrowed()
    #expect(halves.type == .float32)
    for (least, greatest, width) in [(-128, 127, 1), (-129, 0, 2), (0, 32_767, 2), (0, 32_768, 4), (Int64.min, 5, 8)]
      as [(Int64, Int64, Int)]
    {
      let narrow = Vector(.int(bits: 64), .int64([least, greatest])).narrowed()
      #expect(narrow.width == width && narrow.integers() == [least, greatest])
      #expect(narrow.type == .int(bits: width * 8))
    }
    let seconds = Vector(.timestamp(.nanosecond, zone: "UTC"), .int64([0, 1_700_000_000_000_000_000])).narrowed()
    #expect(seconds.type == .timestamp(.second, zone: "UTC") && seconds.width == 4)
    // Nulls stay, and what stands in their place does not widen the column.
    let holes = Vector(.int(bits: 64), .int64([5, .max, 7]), validity: mask([true, false, true])).narrowed()
    #expect(holes.width == 1 && text(holes) == ["5", "-", "7"] && holes.type == .int(bits: 8))
    let rounded = Vector(.float64, .float64([1 / 3.0])).narrowed(Vector.NarrowingRule(maxError: 1e-6))
    #expect(rounded.type == .float32)
    #expect(Vector(.float64, .float64([1 / 3.0])).narrowed(Vector.NarrowingRule(maxError: 1e-9)).type == .float64)
  }

  @Test func castsThatWouldChangeAValueAreNone() {
    let numbers = Vector(.float64, .float64([1, 2.5, .nan]), validity: mask([true, true, false]))
    #expect(numbers.cast(to: .int(bits: 64)) == nil)
    #expect(numbers.cast(to: .decimal(scale: 1)).map(text) == ["1", "2.5", "-"])
    #expect(numbers.cast(to: .decimal(scale: 0)) == nil)
    #expect(numbers.cast(to: .float32).map(text) == ["1", "2.5", "-"])
    #expect(Vector(.float64, .float64([0.1])).cast(to: .float32) == nil)
    #expect(Vector(.int(bits: 64), .int64([1 << 53 + 1])).cast(to: .float64) == nil)
    #expect(Vector(.int(bits: 64), .int64([300])).cast(to: .int(bits: 8)) == nil)
    #expect(Vector(.int(bits: 64), .int64([-1])).cast(to: .uint(bits: 8)) == nil)
    #expect(Vector(.decimal(scale: 2), .int64([150])).cast(to: .decimal(scale: 1)).map(text) == ["1.5"])
    #expect(Vector(.decimal(scale: 2), .int64([155])).cast(to: .decimal(scale: 1)) == nil)
    #expect(Vector(.date, .int64([1])).cast(to: .timestamp(.second, zone: "UTC")).map(text) == ["1970-01-02T00:00:00Z"])
    #expect(Vector(.timestamp(.second, zone: nil), .int64([86_401])).cast(to: .date) == nil)
    let pool = TextPool()
    let words = Vector(.string, .int64(["7", "8"].map { Int64(pool.intern($0)) }), texts: pool)
    #expect(
      words.cast(to: .int(bits: 16)).map(text) == ["7", "8"] && words.cast(to: .float64).map(text) == ["7", "8"])
    #expect(words.cast(to: .bool) == nil && words.cast(to: .json).map(text) == ["\"7\"", "\"8\""])
  }

  @Test func unlikeColumnsBecomeOne() {
    func joined(_ a: Vector, _ b: Vector) -> Vector {
      var a = a
      a.append(b)
      return a
    }
    let whole = Vector(.int(bits: 8), .int8([1, 2]))
    #expect(joined(whole, Vector(.int(bits: 64), .int64([.max]))).integers() == [1, 2, .max])
    #expect(text(joined(whole, Vector(.float64, .float64([0.5])))) == ["1", "2", "0.5"])
    #expect(
      text(joined(Vector(.decimal(scale: 1), .int8([15])), Vector(.decimal(scale: 2), .int8([25])))) == ["1.5", "0.25"])
    #expect(text(joined(Vector.nulls(.null, count: 2), whole)) == ["-", "-", "1", "2"])
    #expect(text(joined(whole, Vector.nulls(.null, count: 1))) == ["1", "2", "-"])
    let day = Vector(.date, .int64([1]))
    #expect(text(joined(day, day)) == ["1970-01-02", "1970-01-02"])
    let (first, second) = (TextPool(), TextPool())
    _ = (first.intern("a"), second.intern("b"), second.intern("a"))
    let texts = joined(Vector(.string, .int64([0]), texts: first), Vector(.string, .int64([0, 1]), texts: second))
    #expect(text(texts) == ["a", "b", "a"])
    #expect(first.count == 1, "the pool of the first frame is its own")
    #expect(text(joined(whole, texts)) == ["1", "2", "a", "b", "a"])
  }

  @Test func framesOfOtherColumnsAreJoinedWithNulls() {
    let a = Frame([Frame.Column("x", Vector(.int(bits: 64), .int64([1])))])
    let b = Frame([Frame.Column("y", Vector(.int(bits: 64), .int64([2])))])
    let joined = Frame.joined([a, b, a])
    #expect(joined.names == ["x", "y"] && joined.rows == 3)
    #expect(text(joined.columns[0].vector) == ["1", "-", "1"] && text(joined.columns[1].vector) == ["-", "2", "-"])
    #expect(a.rows == 1 && a.names == ["x"], "unchanged")
  }

  @Test func order() {
    let pool = TextPool()
    let codes = ["b", "a", "b", "c"].map { Int64(pool.intern($0)) }
    let frame = Frame([
      Frame.Column("s", Vector(.string, .int64(codes), texts: pool)),
      Frame.Column("n", Vector(.float64, .float64([-1, 5, -3, .nan]), validity: mask([true, true, true, false]))),
    ])
    #expect(FrameOrder.rows(frame, by: [.init("s")]) == [1, 0, 2, 3])
    #expect(FrameOrder.rows(frame, by: [.init("s"), .init("n")]) == [1, 2, 0, 3])
    #expect(FrameOrder.rows(frame, by: [.init("n")]) == [2, 0, 1, 3], "nulls last")
    #expect(FrameOrder.rows(frame, by: [.init("n", isDescending: true)]) == [1, 0, 2, 3])
    var random = SeededRandom(seed: 12)
    let values = (0..<2000).map { _ in Double(Int64(bitPattern: random.next()) >> 20) / 8 }
    let many = Frame([Frame.Column("n", Vector(.float64, .float64(values)))])
    let sorted = FrameOrder.rows(many, by: [.init("n")]).map { values[$0] }
    #expect(sorted == values.sorted())
  }

  @Test func decimalsOfFewPlaces() {
    #expect(Decimals.scale([1, 2.5, 303.41], nil) == 2 && Decimals.scale([1, 2], nil) == 0)
    #expect(Decimals.scale([1 / 3.0], nil) == nil && Decimals.scale([.nan], mask([false])) == 0)
    #expect(Decimals.scale([-0.0], nil) == nil, "a zero with a sign is no decimal")
    #expect(Vector.decimalText(30_340, scale: 2) == "303.4" && Vector.decimalText(-5, scale: 3) == "-0.005")
    #expect(Vector.decimalText(100, scale: 2) == "1" && Vector.decimalText(.min, scale: 0) == "\(Int64.min)")
  }

  @Test func periodsOfDays() throws {
    let week = try #require(BarPeriod("1wk"))
    // 2024-01-03 was a Wednesday.
    let day = Timestamp.days(year: 2024, month: 1, day: 3)
    #expect(week.days(around: day) == day - 2..<day + 5)
    #expect(week.days(around: -1) == -3..<4, "1969-12-31")
    let quarter = try #require(BarPeriod("3mo"))
    #expect(
      quarter.days(around: day) == Timestamp.days(
        year: 2024, month: 1, day: 1)..<Timestamp.days(year: 2024, month: 4, day: 1))
    let year = try #require(BarPeriod("1y"))
    #expect(year.days(around: day).count == 366)
    for bad in ["", "d", "0m", "2d", "5mo", "1x", "25h", "-1m", "99999999999999999999m"] {
      #expect(BarPeriod(bad) == nil)
    }
    #expect(SessionHours("09:30-16:00") == SessionHours(open: 34_200, close: 57_600))
    for bad in ["", "9-16", "16:00-09:30", "09:30", "09:60-10:00", "25:00-26:00"] { #expect(SessionHours(bad) == nil) }
  }
}
