import FinstageCore
import FinstageSystem

/// Messages on stderr: `tool: thing: what happened (what to do)`.
package struct Diagnostics: Sendable {
  package let tool: String
  package var isQuiet = false
  package var isVerbose = false
  package var usesColor = false

  package init(tool: String) { self.tool = tool }

  /// Reports what made the run, or a part of it, fail; always shown.
  package func error(_ message: String) { put(message, code: "31") }

  /// Reports a problem that does not stop the run; hidden by -q.
  package func warning(_ message: String) {
    if !isQuiet { put(message, code: "33") }
  }

  /// Reports a detail; shown only with -v and without -q.
  package func note(_ message: String) {
    if isVerbose && !isQuiet { put(message, code: "2") }
  }

  private func put(_ message: String, code: String) {
    let head = usesColor ? "\u{1B}[\(code)m\(tool):\u{1B}[0m" : "\(tool):"
    Diagnostics.write("\(head) \(Diagnostics.printable(message))\n")
  }

  /// A text that may come from anywhere, without what a terminal would obey: control characters as `\u001b`.
  package static func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isControl(scalar) {
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The control characters of ASCII and of Latin-1, but not the line feed of a message of several lines.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 && scalar != "\n" || (0x7F...0x9F).contains(scalar.value) || Terminal.isDirection(scalar)
  }

  /// Writes the text in one call if possible, so that lines of several processes do not mix.
  package static func write(_ text: String) {
    FileContent.write(Array(text.utf8), to: 2)
  }
}
