import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// Pairs of names on the command line: `a=b,c=d`.
func pairs(_ text: String, _ what: String) throws -> [(String, String)] {
  var result: [(String, String)] = []
  // Commas inside of brackets belong to types: decimal(9,2).
  var part = ""
  var depth = 0
  var parts: [String] = []
  for character in text {
    if character == "(" || character == "[" { depth += 1 }
    if character == ")" || character == "]" { depth -= 1 }
    if character == "," && depth == 0 {
      parts.append(part)
      part = ""
    } else {
      part.append(character)
    }
  }
  parts.append(part)
  for part in parts {
    let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
    guard sides.count == 2 else { throw ToolFailure(.usage, "\"\(part)\": expected \(what)") }
    result.append((sides[0], sides[1]))
  }
  return result
}
