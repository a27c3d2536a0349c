import FinstageCore
import FinstageSystem

/// What a channel needs to know and others must not: a file with lines `key = value`, or a bare address.
struct ChannelFile {
  private var values: [(key: String, value: String)] = []
  let name: String

  /// - Parameters:
  ///   - text: `@FILE`, or the address itself.
  ///   - keys: what the file may have.
  /// - Throws: `ToolFailure`, if others may read the file, or it has something else.
  init(_ text: String, keys: Set<String>) throws {
    guard text.hasPrefix("@") else {
      name = "the address"
      values = [("url", text)]
      return
    }
    let path = String(text.dropFirst())
    name = path
    let bytes = try FileTrust.secret(path, limit: 64 << 10)
    for (i, line) in String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      let line = ChannelFile.trimmed(line)
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("http://") || line.hasPrefix("https://") {
        values.append(("url", String(line)))
        continue
      }
      guard let equals = line.firstIndex(of: "="), case let key = String(ChannelFile.trimmed(line[..<equals])),
        keys.contains(key)
      else {
        throw ToolFailure(
          .badConfiguration,
          "\(path):\(i + 1): key = value is expected (keys: \(keys.sorted().joined(separator: ", ")))")
      }
      values.append((key, String(ChannelFile.trimmed(line[line.index(after: equals)...]))))
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0.isWhitespace }
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return text
  }

  subscript(key: String) -> String? { values.last { $0.key == key }?.value }

  func all(_ key: String) -> [String] { values.filter { $0.key == key }.map(\.value) }

  func required(_ key: String) throws -> String {
    guard let value = self[key], !value.isEmpty else {
      throw ToolFailure(.badConfiguration, "\(name): it has no \"\(key)\"")
    }
    return value
  }
}
