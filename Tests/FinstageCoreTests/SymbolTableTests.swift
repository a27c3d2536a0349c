import Testing
import TestSupport

@testable import FinstageCore

@Suite struct SymbolTableTests {
  private func intern(_ table: SymbolTable, _ text: String) -> Int {
    let bytes = Array(text.utf8) + [UInt8](repeating: 0xAA, count: 8)
    return bytes.withUnsafeBufferPointer { table.intern($0.baseAddress!, text.utf8.count) }
  }

  @Test func numbersTextsInOrderOfAppearance() {
    let table = SymbolTable()
    let names = ["AAPL", "", "MSFT", "A", "AA", "12345678", "123456789", "AAPL\u{0}"]
    for (i, name) in names.enumerated() { #expect(intern(table, name) == i) }
    for (i, name) in names.enumerated() {
      #expect(intern(table, name) == i)
      #expect(table.name(i) == name)
    }
  }

  @Test func growsToManyTextsOfAnyLength() {
    let table = SymbolTable()
    func name(_ i: Int) -> String { String(repeating: "x", count: i % 40) + String(i) }
    for i in 0..<20_000 { #expect(intern(table, name(i)) == i) }
    for i in stride(from: 0, to: 20_000, by: 7) { #expect(intern(table, name(i)) == i) }
    #expect(table.count == 20_000)
  }
}
