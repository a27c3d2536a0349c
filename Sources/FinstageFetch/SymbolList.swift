import FinstageCommand
import FinstageCore
import FinstageSystem

/// The symbols that a user named.
package struct SymbolList {
  package private(set) var symbols: [String] = []
  /// What is wrong with words of lists that are not symbols: the others still count.
  package private(set) var rejected: [String] = []

  private static let maxLength = 64
  private static let maxListSize = 64 << 20

  /// Symbols from arguments; `-` stands for the list on standard input.
  /// - Throws: for an argument that is not a symbol. A list may be empty: then there is nothing to do.
  package init(arguments: [String]) throws {
    for argument in arguments {
      if argument == "-" {
        try add(listIn: "-")
      } else if SymbolList.isSymbol(argument) {
        symbols.append(argument)
      } else {
        throw ToolFailure(.usage, SymbolList.refusal(argument))
      }
    }
  }

  /// The symbols that a file lists; `-` is standard input.
  package init(file path: String) throws { try add(listIn: path) }

  /// Reads words between white space; ignores everything after a # and a byte order mark.
  private mutating func add(listIn path: String) throws {
    let bytes = try WholeInput.read(path, limit: SymbolList.maxListSize)
    var text = String(decoding: bytes, as: UTF8.self)[...]
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    for (i, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      for word in line.prefix(while: { $0 != "#" }).split(whereSeparator: \.isWhitespace) {
        if SymbolList.isSymbol(String(word)) {
          symbols.append(String(word))
        } else {
          rejected.append("\(WholeInput.name(path)):\(i + 1): \(SymbolList.refusal(String(word)))")
        }
      }
    }
  }

  /// Whether a text can be a symbol: it becomes part of an address.
  private static func isSymbol(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && !text.allSatisfy { $0 == "." }
      && text.utf8.count <= maxLength
  }

  private static func refusal(_ text: String) -> String {
    "\"\(text.prefix(maxLength))\" is not a valid symbol (ASCII, no spaces, at most \(maxLength) bytes)"
  }
}
