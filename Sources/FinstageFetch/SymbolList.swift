import FinstageCommand
import FinstageCore
import FinstageSystem

/// The symbols that a user named.
package enum SymbolList {
  private static let maxLength = 64
  private static let maxListSize = 64 << 20

  /// Symbols from the arguments, with `-` replaced by the list on standard input. Each symbol is checked, since it
  /// becomes part of an address.
  package static func expand(_ arguments: [String]) throws -> [String] {
    var symbols: [String] = []
    for argument in arguments {
      if argument == "-" {
        symbols += try lines(of: "-")
      } else {
        symbols.append(argument)
      }
    }
    return try checked(symbols)
  }

  /// The symbols that a file lists; `-` is standard input.
  package static func read(_ path: String) throws -> [String] { try checked(try lines(of: path)) }

  private static func checked(_ symbols: [String]) throws -> [String] {
    guard !symbols.isEmpty else { throw ToolFailure(.usage, "the list of symbols is empty") }
    for symbol in symbols { try check(symbol) }
    return symbols
  }

  private static func check(_ symbol: String) throws {
    let isPlain = symbol.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    let isDots = symbol.allSatisfy { $0 == "." }
    guard !symbol.isEmpty, isPlain, !isDots, symbol.utf8.count <= maxLength else {
      throw ToolFailure(
        .usage,
        "\"\(String(symbol.prefix(maxLength)))\" is not a valid symbol (ASCII, no spaces, at most \(maxLength) bytes)"
      )
    }
  }

  /// Reads one symbol per line; ignores empty lines and everything after a #.
  private static func lines(of path: String) throws -> [String] {
    return try WholeInput.lines(path, limit: maxListSize).compactMap { line in
      let text = line.prefix { $0 != "#" }.filter { !$0.isWhitespace }
      return text.isEmpty ? nil : text
    }
  }
}
