import FinstageCommand
import FinstageCore

/// The symbols that a user named.
enum SymbolList {
  private static let maxLength = 64
  private static let maxListSize = 64 << 20

  /// Symbols from arguments, `-` replaced by what standard input lists; checked, since they become part of addresses.
  static func expand(_ arguments: [String]) throws(ToolFailure) -> [String] {
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
  static func read(_ path: String) throws(ToolFailure) -> [String] { try checked(try lines(of: path)) }

  private static func checked(_ symbols: [String]) throws(ToolFailure) -> [String] {
    guard !symbols.isEmpty else { throw ToolFailure(.usage, "the list of symbols is empty") }
    for symbol in symbols { try check(symbol) }
    return symbols
  }

  private static func check(_ symbol: String) throws(ToolFailure) {
    let isPlain = symbol.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    let isDots = symbol.allSatisfy { $0 == "." }
    guard !symbol.isEmpty, isPlain, !isDots, symbol.utf8.count <= maxLength else {
      throw ToolFailure(
        .usage,
        "\"\(String(symbol.prefix(maxLength)))\" is no symbol (printable ASCII without spaces, at most \(maxLength) characters)"
      )
    }
  }

  /// One symbol a line; empty lines and what follows a # do not count.
  private static func lines(of path: String) throws(ToolFailure) -> [String] {
    var bytes: [UInt8] = []
    do throws(InputError) {
      let source = GzipSource(try DescriptorSource(path: path))
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
      defer { buffer.deallocate() }
      while true {
        let count = try source.read(into: buffer)
        if count == 0 { break }
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        if bytes.count > maxListSize {
          throw InputError(
            source: source.name, message: "a list of symbols larger than \(maxListSize >> 20) MiB is refused")
        }
      }
    } catch {
      throw ToolFailure(error)
    }
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { line in
      let text = line.prefix { $0 != "#" }.filter { !$0.isWhitespace }
      return text.isEmpty ? nil : text
    }
  }
}
