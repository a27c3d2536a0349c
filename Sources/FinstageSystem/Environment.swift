/// The environment of this process, read when asked for.
package enum Environment {
  /// The value of a variable; nil if the variable is not set or empty.
  package static subscript(name: String) -> String? {
    guard let value = getenv(name), value[0] != 0 else { return nil }
    return String(cString: value)
  }

  /// All variables.
  package static var all: [String: String] {
    var result: [String: String] = [:]
    var entry: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
    while let text = entry?.pointee {
      let line = ByteText.text(cString: text)
      if let equals = line.firstIndex(of: "=") {
        result[String(line[..<equals])] = String(line[line.index(after: equals)...])
      }
      entry = entry?.advanced(by: 1)
    }
    return result
  }
}
