import FinstageCore
import FinstageSystem

/// Values as people read them.
package enum PlainText {
  /// A span of milliseconds in one unit: 45s, 12m, 3h, 5d.
  package static func age(_ milliseconds: Int64) -> String {
    let seconds = Int64(clamping: milliseconds.magnitude / 1000)
    return seconds < 120
      ? "\(seconds)s"
      : seconds < 7200 ? "\(seconds / 60)m" : seconds < 172_800 ? "\(seconds / 3600)h" : "\(seconds / 86_400)d"
  }

  /// A share in percent, to one place; `null` of nothing.
  package static func percent(_ part: Int, of whole: Int) -> String { JSONValue.percentText(part, of: whole) }

  /// A command as one would type it, without control characters.
  package static func command(_ arguments: [String]) -> String {
    // For a long script with a name, show the name and its arguments instead of the script.
    if arguments.count > 3, arguments[0] == "sh", arguments[1] == "-c", arguments[2].contains("\n") {
      return command(Array(arguments[3...]))
    }
    return arguments.map { argument in
      let shown = Terminal.plain(argument)
      let isPlain = !shown.isEmpty && shown.allSatisfy { $0.isLetter || $0.isNumber || "-_./:=,+@%^".contains($0) }
      return isPlain ? shown : "'" + shown.replacing("'", with: "'\\''") + "'"
    }.joined(separator: " ")
  }
}

extension JSONValue {
  fileprivate static func percentText(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "null" : NumberText.string((Double(part) / Double(whole) * 1000).rounded() / 10)
  }
}

/// A page of the terminal that stays up to date.
package enum LivePage {
  /// Draws a page again and again until q, Ctrl-C or a signal.
  /// - Parameter page: the lines for a width and a height.
  package static func show(every seconds: Double, _ page: (_ width: Int, _ height: Int) throws -> [String]) throws {
    let screen = Terminal.Screen()
    defer { screen.close() }
    while Interruption.signal == 0 {
      let (width, height) = Terminal.size() ?? (80, 24)
      screen.show(try page(width, height))
      if let key = screen.key(within: seconds), [UInt8(ascii: "q"), 3, 4].contains(key) { return }
    }
  }
}
