import FinstageSystem
import TestSupport
import Testing
@testable import FinstageCore
@testable import FinstageIndicators

/// States whose bytes were changed on purpose, their checksum made anew: nothing outside of the memory of a kernel is touched, and
/// nothing traps. Under the address sanitizer this shows more (`make fuzz FUZZ=state`).
@Suite struct HostileStateTests {
  private func bars(_ range: Range<Int>) -> [UInt8] {
    Array(
      range.map { i in
        #"{"symbol":"A","ts":\#(1_000_000_000 + i * 86_400),"open":\#(i % 7 + 1),"high":\#(i % 11 + 9),"low":1,"close":\#(i % 5 + 2),"volume":\#(i % 3)}"#
          + "\n"
      }.joined().utf8)
  }

  private func makeSet() throws -> IndicatorSet {
    var options = IndicatorSetOptions()
    options.keepsHistory = true
    return IndicatorSet(Indicator.all.map(\.standard), options)
  }

  private func take(_ set: IndicatorSet, _ symbols: SymbolTable, _ bytes: [UInt8]) throws {
    let reader = NDJSONReader(source: MemorySource(bytes), fields: set.fields, symbols: symbols, fillsBlocks: false)
    let batch = reader.makeBatch()
    while try reader.next(into: batch) { set.apply(to: batch) }
  }

  @Test func changedStatesAreRefusedOrHarmless() throws {
    let good = try makeSet()
    let symbols = SymbolTable()
    try take(good, symbols, bars(0..<120))
    let body = StateFile.body(good, symbols, marks: [])
    let later = bars(100..<260)
    var random = SeededRandom(seed: 16)
    var refused = 0
    for round in 0..<300 {
      var changed = body
      for _ in 0...round % 4 {
        // Words that are places or counts are small; these are not.
        let place = Int.random(in: 0..<(changed.count - 4), using: &random) & ~3
        let word: UInt32 = [0xFFFF_F830, 1 << 20, 0x8000_0000, 0x7FFF_FFFF, 0xFFFF_FFFF, 0x7FF0_0000].randomElement(
          using: &random)!
        withUnsafeBytes(of: word) { for i in 0..<4 { changed[place + i] = $0[i] } }
      }
      let set = try makeSet()
      let others = SymbolTable()
      do {
        _ = try StateFile.restore(StateFile.sealed(changed), path: "s", into: set, others)
      } catch is StateFileError {
        refused += 1
        continue
      }
      try take(set, others, later)
      set.order.finishResuming()
      _ = StateFile.body(set, others, marks: [])
    }
    #expect(refused < 300)
  }

  @Test func aNegativeCountIsRefused() throws {
    let set = try makeSet()
    let symbols = SymbolTable()
    try take(set, symbols, bars(0..<20))
    var body = StateFile.body(set, symbols, marks: [])
    // The history is first in a series' state: its first time, its last, its count.
    let state = body.count - set.stateSize
    body[state + 23] = 0xFF
    #expect(throws: StateFileError.self) {
      _ = try StateFile.restore(StateFile.sealed(body), path: "s", into: try makeSet(), SymbolTable())
    }
  }
}
