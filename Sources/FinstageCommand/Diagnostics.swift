import FinstageCore
import FinstageSystem

/// Messages on stderr: `tool: thing: what happened (what to do)`.
package struct Diagnostics: Sendable {
  package let tool: String
  package var isQuiet = false
  package var isVerbose = false
  package var usesColor = false

  package init(tool: String) { self.tool = tool }

  /// What made the run fail, or a part of it: always shown.
  package func error(_ message: String) { put(message, code: "31") }

  /// What the user should know although the run goes on; not with -q.
  package func warning(_ message: String) {
    if !isQuiet { put(message, code: "33") }
  }

  /// What only the curious want to know: with -v.
  package func note(_ message: String) {
    if isVerbose && !isQuiet { put(message, code: "2") }
  }

  private func put(_ message: String, code: String) {
    let head = usesColor ? "\u{1B}[\(code)m\(tool):\u{1B}[0m" : "\(tool):"
    Diagnostics.write("\(head) \(message)\n")
  }

  /// One write, so that lines of many processes do not mix.
  package static func write(_ text: String) {
    FileContent.write(Array(text.utf8), to: 2)
  }
}
