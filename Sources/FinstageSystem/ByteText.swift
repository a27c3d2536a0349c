/// Texts that may be any bytes: arguments, variables and names of files are bytes to the system, and mostly UTF-8.
///
/// A byte that is no UTF-8 becomes a private character (U+10FE80 to U+10FEFF) inside of the program, and becomes that byte again on its way
/// out. Such a character in the bytes is taken as bytes, too, so that what goes out is always what came in.
package enum ByteText {
  private static let first: UInt32 = 0x10FE00
  private static let escapes: ClosedRange<UInt32> = 0x10FE80...0x10FEFF

  /// Bytes as a text.
  package static func text(_ bytes: some Collection<UInt8>) -> String {
    // Only four bytes that begin with 0xF4 make a private character.
    if !bytes.contains(0xF4), let text = String(validating: bytes, as: UTF8.self) { return text }
    var scalars = String.UnicodeScalarView()
    var iterator = bytes.makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var rest = Array(bytes)[...]
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        let length = encoded.count
        if escapes.contains(scalar.value) {
          for byte in rest.prefix(length) { scalars.append(escape(byte)) }
        } else {
          scalars.append(scalar)
        }
        rest = rest.dropFirst(length)
      case .error(let length):
        for byte in rest.prefix(length) { scalars.append(escape(byte)) }
        rest = rest.dropFirst(length)
      case .emptyInput: return String(scalars)
      }
    }
  }

  private static func escape(_ byte: UInt8) -> Unicode.Scalar { Unicode.Scalar(first + UInt32(byte))! }

  /// Bytes up to a zero as a text.
  package static func text(cString: UnsafePointer<CChar>) -> String {
    text(
      UnsafeBufferPointer(start: UnsafeRawPointer(cString).assumingMemoryBound(to: UInt8.self), count: strlen(cString)))
  }

  /// The bytes that a text stands for.
  package static func bytes(_ text: String) -> [UInt8] {
    guard text.utf8.contains(0xF4) else { return Array(text.utf8) }
    var result: [UInt8] = []
    for scalar in text.unicodeScalars {
      if escapes.contains(scalar.value) {
        result.append(UInt8(scalar.value - first))
      } else {
        result += Array(String(scalar).utf8)
      }
    }
    return result
  }

  /// Calls a closure with the bytes that a text stands for, and a zero.
  package static func withCString<Result>(_ text: String, _ body: (UnsafePointer<CChar>) throws -> Result) rethrows
    -> Result
  {
    guard text.utf8.contains(0xF4) else { return try text.withCString(body) }
    return try (bytes(text) + [0]).withUnsafeBytes { try body($0.baseAddress!.assumingMemoryBound(to: CChar.self)) }
  }

  /// A copy for C, to be freed.
  package static func copy(_ text: String) -> UnsafeMutablePointer<CChar> { withCString(text) { strdup($0)! } }

  /// The arguments of this process, without its name.
  package static var arguments: [String] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { CommandLine.unsafeArgv[$0].map { text(cString: $0) } }
  }
}
