import FinstageSystem
import TestSupport
import Testing
@testable import FinstageCore
@testable import FinstageIndicators

/// What a resumed series makes of bars that it has seen, has not seen, or has seen otherwise.
@Suite struct SeriesHistoryTests {
  private static func lines(_ closes: [Double], from first: Int = 0, symbol: String = "A") -> String {
    closes.enumerated().map { i, close in
      "{\"symbol\":\"\(symbol)\",\"ts\":\((first + i) * 86_400 + 1_000_000_000),\"close\":\(close)}\n"
    }.joined()
  }

  private static func makeSet(revises: Bool = false) throws -> IndicatorSet {
    var options = IndicatorSetOptions()
    options.keepsHistory = true
    options.revises = revises
    return IndicatorSet(try IndicatorRequest.parse(specification: "sma:3"), options)
  }

  /// A set that has taken some lines, saved, and put into a new set.
  private func resumed(_ text: String, revises: Bool = false) throws -> (set: IndicatorSet, symbols: SymbolTable) {
    let old = try Self.makeSet(revises: revises)
    let oldSymbols = SymbolTable()
    _ = try take(text, old, oldSymbols)
    let set = try Self.makeSet(revises: revises)
    let symbols = SymbolTable()
    for id in 0..<oldSymbols.count {
      var name = oldSymbols.bytes(id) + [UInt8](repeating: 0, count: 8)
      let length = name.count - 8
      let series = name.withUnsafeMutableBufferPointer { symbols.intern($0.baseAddress!, length) }
      let state = UnsafeMutableRawPointer.allocate(byteCount: old.stateSize, alignment: 16)
      defer { state.deallocate() }
      old.saveState(of: id, into: state)
      _ = set.restoreState(of: series, from: state)
    }
    return (set, symbols)
  }

  /// The lines that come out, with the series that turned out to be edited and why.
  private func take(_ text: String, _ set: IndicatorSet, _ symbols: SymbolTable) throws -> (
    text: String, edits: [String]
  ) {
    let reader = NDJSONReader(
      source: MemorySource(Array(text.utf8), largestRead: 50), fields: set.fields, symbols: symbols, fillsBlocks: false)
    let batch = reader.makeBatch()
    let writer = RecordWriter(names: set.names)
    var result = ""
    while try reader.next(into: batch) {
      set.apply(to: batch)
      writer.render(batch)
      result += String(decoding: UnsafeBufferPointer(start: batch.text.base, count: batch.text.count), as: UTF8.self)
    }
    set.order.finishResuming()
    return (result, set.order.edits.map { "\(symbols.name($0.series)) \($0.reason)" })
  }

  private static let closes: [Double] = (1...40).map { Double($0 * $0 % 17) }

  private func expected(_ text: String, skipping count: Int) throws -> String {
    let set = try Self.makeSet()
    let whole = try take(text, set, SymbolTable()).text
    return whole.split(separator: "\n").dropFirst(count).map { $0 + "\n" }.joined()
  }

  @Test(arguments: [0, 1, 2, 7, 8, 9, 30, 39]) func newBarsGoOnWhereTheOldOnesEnded(_ cut: Int) throws {
    let all = Self.lines(Self.closes)
    let (set, symbols) = try resumed(Self.lines(Array(Self.closes[..<cut])))
    // The whole history again, only the new bars, and an overlap.
    let whole = try take(all, set, symbols)
    #expect(whole.edits.isEmpty)
    #expect(whole.text == (try expected(all, skipping: cut)))
    for start in Set([cut, max(0, cut - 1), max(0, cut - 5), max(0, cut - 20)]) {
      let (again, symbols) = try resumed(Self.lines(Array(Self.closes[..<cut])))
      let tail = try take(Self.lines(Array(Self.closes[start...]), from: start), again, symbols)
      #expect(tail.edits.isEmpty, "from \(start)")
      #expect(tail.text == (try expected(all, skipping: cut)))
    }
  }

  @Test func editsAreFound() throws {
    func edits(_ closes: [Double], from first: Int = 0, dropping: Int? = nil) throws -> [String] {
      let (set, symbols) = try resumed(Self.lines(Array(Self.closes[..<30])))
      var lines = Self.lines(closes, from: first).split(separator: "\n").map { $0 + "\n" }
      if let dropping { lines.remove(at: dropping) }
      return try take(lines.joined(), set, symbols).edits
    }
    var changed = Self.closes
    changed[3] += 1
    #expect(try edits(changed) == ["A earlier bars have changed"])
    #expect(try edits(Array(changed[..<30])) == ["A earlier bars have changed"], "without new bars, too")
    #expect(try edits(Array(changed[2...]), from: 2) == [], "which cannot be told from a part of the history")
    changed = Self.closes
    changed[26] += 1
    #expect(try edits(Array(changed[20...]), from: 20) == ["A a bar has changed"])
    changed = Self.closes
    changed[29] += 1
    #expect(
      try edits(Array(changed[20...]), from: 20) == [
        "A the last bar has changed (--revise accepts changes to an open bar)"
      ])
    #expect(try edits(Self.closes, dropping: 27) == ["A a bar has been removed"])
    #expect(try edits(Array(Self.closes[..<30]), dropping: 27) == ["A a bar has been removed"])
    #expect(try edits(Self.closes, dropping: 3) == ["A earlier bars have changed"])
    #expect(try edits([0] + Self.closes, from: -1) == ["A history begins earlier than before"])
    #expect(try edits(Array(Self.closes[..<20])) == [], "an old part alone")
  }

  @Test func anInsertedBarIsFound() throws {
    var lines = Self.lines(Self.closes).split(separator: "\n").map { $0 + "\n" }
    let (set, symbols) = try resumed(lines[..<30].joined())
    lines.insert("{\"symbol\":\"A\",\"ts\":\(27 * 86_400 + 1_000_000_000 + 60),\"close\":1}\n", at: 28)
    #expect(try take(lines.joined(), set, symbols).edits == ["A a bar has been inserted"])
  }

  @Test func oneEditedSeriesLeavesTheOthersAlone() throws {
    let old = Self.lines(Array(Self.closes[..<30])) + Self.lines(Array(Self.closes[..<30]), symbol: "B")
    let (set, symbols) = try resumed(old)
    var changed = Self.closes
    changed[28] = 99
    let result = try take(Self.lines(changed, symbol: "B") + Self.lines(Self.closes), set, symbols)
    #expect(result.edits == ["B a bar has changed"])
    #expect(result.text == (try expected(Self.lines(Self.closes), skipping: 30)))
  }

  @Test(arguments: [1, 2, 30]) func theLastBarCanBeRevised(_ cut: Int) throws {
    var open = Array(Self.closes[..<cut])
    open[cut - 1] += 5
    let all = Self.lines(Self.closes)
    for start in Set([0, cut - 1, max(0, cut - 4)]) {
      let (set, symbols) = try resumed(Self.lines(open), revises: true)
      let result = try take(Self.lines(Array(Self.closes[start...]), from: start), set, symbols)
      #expect(result.edits.isEmpty)
      #expect(set.order.revised == 1)
      #expect(result.text == (try expected(all, skipping: cut - 1)))
    }
    // What came before the open bar must be what it was.
    guard cut > 2 else { return }
    var changed = Self.closes
    changed[3] += 1
    let (set, symbols) = try resumed(Self.lines(open), revises: true)
    #expect(try take(Self.lines(changed), set, symbols).edits == ["A earlier bars have changed"])
  }
}
