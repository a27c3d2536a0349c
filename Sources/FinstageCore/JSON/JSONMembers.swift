/// The members of an object with their values as they were written: numbers keep their digits.
package struct JSONMembers {
  package let bytes: [UInt8]
  package private(set) var members: [(key: String, value: Range<Int>)] = []

  /// Reads a text that is one JSON object; if a key repeats, the last one counts.
  package init(_ text: some Collection<UInt8>) throws(JSONValue.Failure) {
    let count = text.count
    bytes = Array(text) + [UInt8](repeating: 0, count: Batch.padding)
    var found: [(key: String, value: Range<Int>)] = []
    var failure: JSONValue.Failure?
    bytes.withUnsafeBufferPointer { buffer in
      let start = buffer.baseAddress!
      var scanner = JSONScanner(start, end: start + count)
      do throws(JSONScanner.Failure) {
        scanner.skipWhitespace()
        guard scanner.take("{") else { throw scanner.failure("an object is expected") }
        scanner.skipWhitespace()
        if !scanner.take("}") {
          repeat {
            scanner.skipWhitespace()
            let key = JSONScanner.decode(try scanner.string())
            try scanner.colon()
            let first = scanner.p - start
            try scanner.skipValue(depth: 1)
            let value = first..<(scanner.p - start)
            if let place = found.firstIndex(where: { $0.key == key }) {
              found[place].value = value
            } else {
              found.append((key, value))
            }
            scanner.skipWhitespace()
          } while scanner.take(",")
          guard scanner.take("}") else { throw scanner.failure("\",\" or \"}\" is expected") }
        }
        scanner.skipWhitespace()
        if scanner.p < scanner.end { throw scanner.failure("nothing may follow the value") }
      } catch {
        failure = JSONValue.Failure(byte: error.offset + 1, message: error.message)
      }
    }
    if let failure { throw failure }
    members = found
  }

  /// The value of a member as it was written; nil if there is none, or null.
  package subscript(key: String) -> ArraySlice<UInt8>? {
    guard let range = members.first(where: { $0.key == key })?.value, bytes[range.lowerBound] != UInt8(ascii: "n")
    else { return nil }
    return bytes[range]
  }

  /// The text of a member that is a string.
  package func text(_ key: String) -> String? {
    guard let value = self[key], value.first == UInt8(ascii: "\"") else { return nil }
    guard value.contains(UInt8(ascii: "\\")) else {
      return String(decoding: value.dropFirst().dropLast(), as: UTF8.self)
    }
    return (try? JSONValue.parse(Array(value)))?.string
  }

  /// The value of a member that is a number.
  package func number(_ key: String) -> Double? {
    guard let value = self[key], value.first != UInt8(ascii: "\"") else { return nil }
    return Double(String(decoding: value, as: UTF8.self))
  }
}
