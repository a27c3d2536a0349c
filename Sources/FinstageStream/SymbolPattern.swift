/// Symbols by patterns: `*` stands for any text, `?` for one character.
package enum SymbolPattern {
  package static func isPattern(_ text: String) -> Bool { text.contains { $0 == "*" || $0 == "?" } }

  /// Takes time in proportion to the product of the lengths at most.
  package static func matches(_ symbol: String, _ pattern: String) -> Bool {
    let (text, pattern) = (Array(symbol.unicodeScalars), Array(pattern.unicodeScalars))
    var (i, j) = (0, 0)
    var star = -1
    var mark = 0
    while i < text.count {
      if j < pattern.count, pattern[j] == "*" {
        star = j
        mark = i
        j += 1
      } else if j < pattern.count, pattern[j] == "?" || pattern[j] == text[i] {
        i += 1
        j += 1
      } else if star >= 0 {
        j = star + 1
        mark += 1
        i = mark
      } else {
        return false
      }
    }
    while j < pattern.count, pattern[j] == "*" { j += 1 }
    return j == pattern.count
  }
}
