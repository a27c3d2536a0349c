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
    Diagnostics.write("\(head) \(message)\n")
  }

  /// Writes the text in one call if possible, so that lines of several processes do not mix.
  package static func write(_ text: String) {
    FileContent.write(Array(text.utf8), to: 2)
  }
}
