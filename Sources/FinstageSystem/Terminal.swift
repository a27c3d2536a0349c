/// The terminal that a descriptor leads to.
package enum Terminal {
  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Columns and rows of the terminal on a descriptor; nil where there is none.
  package static func size(_ descriptor: Int32 = 1) -> (width: Int, height: Int)? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// A text without control characters: each becomes a question mark. For text of others on its way to a terminal.
  package static func plain(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    if isPlain { return text }
    return String(
      text.map { character in
        let isControl = character.unicodeScalars.contains {
          $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0.value & 0xFFFE == 0xFFFE || isDirection($0)
        }
        return character.isNewline || isControl ? "?" : character
      })
  }

  /// What a program has printed, with `?` for what a terminal would take as a command; lines, tabs, returns and colours stay.
  package static func plainOutput(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte == 0x1B, at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "[") {
        var end = at + 2
        while end < bytes.count, bytes[end] &- 48 < 10 || bytes[end] == UInt8(ascii: ";") { end += 1 }
        if end < bytes.count, bytes[end] == UInt8(ascii: "m") {
          result += bytes[at...end]
          at = end + 1
          continue
        }
      }
      // The control characters above ASCII are C2 80 to C2 9F in UTF-8.
      if byte == 0xC2, at + 1 < bytes.count, (0x80...0x9F).contains(bytes[at + 1]) {
        result.append(UInt8(ascii: "?"))
        at += 2
        continue
      }
      let isControl = byte < 0x20 && byte != 9 && byte != 10 && byte != 13 || byte == 0x7F
      result.append(isControl ? UInt8(ascii: "?") : byte)
      at += 1
    }
    return result
  }

  /// Whether a character changes the direction of those after it, so that a text reads as another.
  package static func isDirection(_ scalar: Unicode.Scalar) -> Bool {
    (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
  }

  /// Shows pages on the terminal's second screen, which gives the first one back at the end. Keys arrive one by one.
  package final class Screen {
    private var before = termios()
    /// Whether standard input is a terminal whose keys can be read.
    package let hasKeys: Bool

    package init() {
      var state = termios()
      hasKeys = isatty(0) == 1 && tcgetattr(0, &state) == 0
      before = state
      if hasKeys {
        state.c_lflag &= ~tcflag_t(ICANON | ECHO)
        tcsetattr(0, TCSANOW, &state)
      }
      put("\u{1B}[?1049h\u{1B}[?25l")
    }

    /// Gives the first screen back.
    package func close() {
      put("\u{1B}[?25h\u{1B}[?1049l")
      if hasKeys { tcsetattr(0, TCSANOW, &before) }
    }

    /// Shows a page. Each line is cleared as it is written: a page that is wiped first would flicker.
    package func show(_ lines: [String]) {
      put("\u{1B}[H" + lines.map { $0 + "\u{1B}[K" }.joined(separator: "\r\n") + "\u{1B}[J")
    }

    /// Waits for a key; nil if none came within `seconds`. The end of the keys counts as `q`.
    package func key(within seconds: Double) -> UInt8? {
      var ready = pollfd(fd: hasKeys ? 0 : -1, events: Int16(POLLIN), revents: 0)
      guard poll(&ready, 1, Int32(seconds * 1000)) > 0 else { return nil }
      var byte: UInt8 = 0
      return read(0, &byte, 1) > 0 ? byte : UInt8(ascii: "q")
    }

    private func put(_ text: String) { FileContent.write(Array(text.utf8), to: 1) }
  }
}
