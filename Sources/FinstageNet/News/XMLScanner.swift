/// Reads XML 1.0 from beginning to end, one event at a time.
///
/// The scanner supports what feeds need: elements, attributes, text, CDATA, character references and the five
/// predefined entities of XML. A document type is skipped, so nothing that it declares is ever expanded or fetched.
/// UTF-8 only.
struct XMLScanner {
  enum Event: Equatable {
    case start(name: String, attributes: [String: String])
    case end(name: String)
    case text(String)
  }

  struct Failure: Error, Equatable {
    /// Counted from 1.
    let byte: Int
    let message: String
  }

  private static let maxDepth = 64

  private let bytes: [UInt8]
  private var at = 0
  private var open: [String] = []
  /// The name of an empty element (`<a/>`) whose end is the next event.
  private var pendingEnd: String?
  private var hasRoot = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  /// The next event; nil at the end of a complete document.
  mutating func next() throws(Failure) -> Event? {
    if let name = pendingEnd {
      pendingEnd = nil
      open.removeLast()
      return .end(name: name)
    }
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "<") else {
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "<") { at += 1 }
        if !open.isEmpty { return .text(XMLScanner.text(bytes[start..<at])) }
        guard bytes[start..<at].allSatisfy({ $0 <= 0x20 }) else { throw failure("text outside of the document", start) }
        continue
      }
      if skips("<!--") {
        try skip(past: "-->")
      } else if skips("<![CDATA[") {
        let start = at
        try skip(past: "]]>")
        if open.isEmpty { throw failure("text outside of the document", start) }
        return .text(String(decoding: bytes[start..<(at - 3)], as: UTF8.self))
      } else if skips("<?") {
        try skip(past: "?>")
      } else if skips("<!") {
        try skipDeclaration()
      } else if skips("</") {
        let name = try name()
        skipSpace()
        guard open.last == name, skips(">") else { throw failure("</\(name)> does not match the open element") }
        open.removeLast()
        return .end(name: name)
      } else {
        at += 1
        return try element()
      }
    }
    guard open.isEmpty, hasRoot else { throw failure("the document ends too early") }
    return nil
  }

  private mutating func element() throws(Failure) -> Event {
    let name = try name()
    guard !(open.isEmpty && hasRoot) else { throw failure("a second document begins") }
    guard open.count < XMLScanner.maxDepth else { throw failure("elements are nested too deep") }
    var attributes: [String: String] = [:]
    while true {
      skipSpace()
      if skips("/>") {
        pendingEnd = name
        break
      }
      if skips(">") { break }
      let key = try self.name()
      skipSpace()
      guard skips("=") else { throw failure("an attribute has no value") }
      skipSpace()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") else {
        throw failure("a value is not in quotes")
      }
      let quote = bytes[at]
      at += 1
      let start = at
      while at < bytes.count, bytes[at] != quote { at += 1 }
      guard at < bytes.count else { throw failure("the document ends too early") }
      attributes[key] = XMLScanner.text(bytes[start..<at])
      at += 1
    }
    open.append(name)
    hasRoot = true
    return .start(name: name, attributes: attributes)
  }

  // MARK: - Pieces

  private func failure(_ message: String, _ at: Int? = nil) -> Failure {
    Failure(byte: (at ?? self.at) + 1, message: message)
  }

  private mutating func skips(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard at + count <= bytes.count else { return false }
    for i in 0..<count where bytes[at + i] != text.utf8Start[i] { return false }
    at += count
    return true
  }

  private mutating func skip(past text: StaticString) throws(Failure) {
    let start = at
    while at < bytes.count {
      if skips(text) { return }
      at += 1
    }
    throw failure("\"\(text)\" is missing", start)
  }

  private mutating func skipSpace() {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
  }

  /// Skips a document type, including the declarations in its brackets.
  private mutating func skipDeclaration() throws(Failure) {
    let start = at
    var depth = 1
    var quote: UInt8?
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: "<") {
        depth += 1
      } else if byte == UInt8(ascii: ">") {
        depth -= 1
        if depth == 0 { return }
      }
    }
    throw failure("a declaration does not end", start)
  }

  private mutating func name() throws(Failure) -> String {
    let start = at
    while at < bytes.count {
      let byte = bytes[at]
      let isName =
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") <= 9 || byte >= 0x80
        || ":_-.".utf8.contains(byte)
      if !isName { break }
      at += 1
    }
    guard at > start, at - start <= 256 else { throw failure("a name is missing", start) }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  /// Text with its references replaced; an unknown reference stays as it is.
  static func text(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    var at = bytes.startIndex
    while at < bytes.endIndex {
      if bytes[at] == UInt8(ascii: "&"),
        let end = bytes[at..<min(at + 12, bytes.endIndex)].firstIndex(of: UInt8(ascii: ";")),
        let scalar = scalar(String(decoding: bytes[(at + 1)..<end], as: UTF8.self))
      {
        result += Array(String(scalar).utf8)
        at = end + 1
      } else {
        result.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func scalar(_ reference: String) -> Unicode.Scalar? {
    switch reference {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default:
      guard reference.hasPrefix("#") else { return nil }
      let isHex = reference.hasPrefix("#x")
      return UInt32(reference.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10).flatMap(Unicode.Scalar.init)
    }
  }
}
