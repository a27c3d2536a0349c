import FinstageCore
import FinstageSystem

/// Shows the progress of a run on stderr: one line that rewrites itself on a terminal, or plain lines on request.
package struct Progress {
  private let tool: String
  private let total: Int
  private let isPlain: Bool
  private let isBar: Bool
  private let started = SystemClock.monotonic
  private var done = 0
  private var failed = 0
  private var isShown = false
  private var lastDrawn = 0.0

  private static let grain = 0.1

  /// - Parameters:
  ///   - total: the number of steps.
  ///   - isForced: whether to print plain lines, wherever stderr goes.
  package init(tool: String, total: Int, isForced: Bool, isQuiet: Bool) {
    self.tool = tool
    self.total = total
    isPlain = isForced
    // If stdout is a terminal, too, the data itself shows the progress.
    isBar = !isForced && !isQuiet && total > 1 && isatty(2) == 1 && isatty(1) == 0
  }

  /// Records the end of a step.
  package mutating func end(_ name: String, _ result: String, failed isFailure: Bool = false) {
    done += 1
    if isFailure { failed += 1 }
    if isPlain { Diagnostics.write("\(tool): \(done)/\(total) \(Diagnostics.printable("\(name): \(result)"))\n") }
    let now = SystemClock.monotonic
    if isBar && (now - lastDrawn >= Progress.grain || done == total) {
      lastDrawn = now
      draw(now)
    }
  }

  private mutating func draw(_ now: Double) {
    let width = 24
    let filled = done * width / max(total, 1)
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
    let seconds = max(now - started, 0.001)
    let left = Int((Double(total - done) * seconds / Double(max(done, 1))).rounded(.up))
    let failures = failed > 0 ? ", \(failed) failed" : ""
    Diagnostics.write(
      "\r\u{1B}[K[\(bar)] \(done)/\(total)\(failures), \(Int(Double(done) / seconds))/s, \(left) s left")
    isShown = true
  }

  /// Clears the line to make room for a message.
  package mutating func clear() {
    if isShown { Diagnostics.write("\r\u{1B}[K") }
    isShown = false
  }
}

/// Shows on stderr how much of an input has been read: one line that rewrites itself on a terminal.
package struct ByteProgress {
  private let total: Int?
  private let isShown: Bool
  private let started = SystemClock.monotonic
  private var lastDrawn: Double
  private var wasDrawn = false

  /// Seconds before the line appears; an input that is read faster shows nothing.
  private static let patience = 1.0

  /// - Parameter total: the bytes of the input, if they are known.
  package init(total: Int?, isQuiet: Bool) {
    self.total = total
    isShown = !isQuiet && isatty(2) == 1 && isatty(1) == 0
    lastDrawn = started + ByteProgress.patience - 0.2
  }

  package mutating func update(_ bytes: Int, rows: Int) {
    guard isShown else { return }
    let now = SystemClock.monotonic
    guard now - lastDrawn >= 0.2 else { return }
    lastDrawn = now
    wasDrawn = true
    let megabytes = (Double(bytes) / 1e5).rounded() / 10
    var text = "\r\u{1B}[K\(rows) rows, \(NumberText.string(megabytes)) MB"
    if let total, total > 0 {
      let share = min(1, Double(bytes) / Double(total))
      let left = Int(((now - started) * (1 - share) / max(share, 0.001)).rounded(.up))
      text += " of \(NumberText.string((Double(total) / 1e5).rounded() / 10)), \(Int(share * 100)) %, \(left) s left"
    }
    Diagnostics.write(text)
  }

  package mutating func end() {
    if wasDrawn { Diagnostics.write("\r\u{1B}[K") }
    wasDrawn = false
  }
}
