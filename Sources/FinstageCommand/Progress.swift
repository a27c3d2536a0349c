#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How far a run has come, on stderr: one line that rewrites itself on a terminal, plain lines if they are asked for.
package struct Progress {
  private let tool: String
  private let total: Int
  private let isPlain: Bool
  private let isBar: Bool
  private var done = 0
  private var isShown = false

  /// - Parameters:
  ///   - total: the number of steps.
  ///   - isForced: plain lines, wherever stderr goes.
  package init(tool: String, total: Int, isForced: Bool, isQuiet: Bool) {
    self.tool = tool
    self.total = total
    isPlain = isForced
    // Where stdout is the same terminal, the data itself shows the progress.
    isBar = !isForced && !isQuiet && total > 1 && isatty(2) == 1 && isatty(1) == 0
  }

  /// A step begins.
  package mutating func begin(_ name: String) {
    guard isBar else { return }
    let width = 24
    let filled = done * width / max(total, 1)
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
    Diagnostics.write("\r\u{1B}[K[\(bar)] \(done)/\(total) \(name)")
    isShown = true
  }

  /// A step has ended.
  package mutating func end(_ name: String, _ result: String) {
    done += 1
    if isPlain { Diagnostics.write("\(tool): \(done)/\(total) \(name): \(result)\n") }
  }

  /// Makes room for a message.
  package mutating func clear() {
    if isShown { Diagnostics.write("\r\u{1B}[K") }
    isShown = false
  }
}
