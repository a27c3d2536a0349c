/// What tools do unless an option says otherwise: `config/settings`, lines of `key = value`. An option wins over the environment
/// (`FS_` and the key in capitals, with `_` for `.`), and that over the file. Keys that are not known are kept.
package enum SettingsFile {
  /// The settings that tools read, and what they may be.
  package static let known: [(key: String, values: String, use: String)] = [
    ("cache.history", "on, off", "fs-fetch keeps and uses answers about daily and longer bars"),
    ("cache.quotes", "on, off", "fs-fetch keeps and uses answers about quotes and shorter bars"),
    ("fetch.concurrency", "1 to 100", "fs-fetch --concurrency"),
    ("fetch.batch_size", "1 to 10000", "fs-fetch --batch-size"),
    ("frame.codec", "a codec", "fs-frame --codec, where the format has it"),
    ("queue.workers", "1 to 1000", "fs-queue work --workers"),
    ("stream.deflate", "on, off", "fs-stream --deflate"),
  ]

  package static var path: String? { HomeFolder.config.path.map { "\($0)/settings" } }

  private static let largest = 1 << 20

  /// The lines of the file, in order; empty if there is none.
  private static func lines(_ path: String) throws -> [String] {
    guard Folder.has(path) else { return [] }
    try FileTrust.check(path, advice: "the settings must be yours")
    guard let text = FileContent.text(path, limit: largest) else {
      throw ToolFailure(.badConfiguration, "\(path): \(systemErrorText(errno))")
    }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private static func pair(_ line: String) -> (key: String, value: String)? {
    guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { return nil }
    func trimmed(_ text: Substring) -> String {
      String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
    return (trimmed(line[..<equals]), trimmed(line[line.index(after: equals)...]))
  }

  /// The value of a key: of the environment, or of the file; nil if neither has it.
  package static func value(_ key: String) throws -> String? {
    if let value = Environment["FS_" + key.uppercased().replacing(".", with: "_")], !value.isEmpty { return value }
    guard let path else { return nil }
    return try lines(path).compactMap(pair).last { $0.key == key }?.value
  }

  /// The value that the file has for a key.
  package static func inFile(_ key: String) throws -> String? {
    guard let path else { return nil }
    return try lines(path).compactMap(pair).last { $0.key == key }?.value
  }

  /// A setting that is on or off; nil if nothing is said.
  package static func isOn(_ key: String) throws -> Bool? {
    switch try value(key) {
    case nil: nil
    case "on", "yes", "true", "1": true
    case "off", "no", "false", "0": false
    case let text?: throw ToolFailure(.badConfiguration, "the setting \(key) is \(text): it must be on or off")
    }
  }

  /// A setting that is a number; nil if nothing is said.
  package static func number(_ key: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = try value(key) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw ToolFailure(
        .badConfiguration, "the setting \(key) is \(text): it must be \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// The lines as they would be with other values; nil takes a key away. All else stays as it is.
  package static func changed(_ changes: [String: String?]) throws -> (before: [String], after: [String]) {
    guard let path else {
      throw ToolFailure(.badConfiguration, "cannot tell where the settings are (set HOME or FINSTAGE_HOME)")
    }
    let before = try lines(path)
    var after: [String] = []
    var done: Set<String> = []
    for line in before {
      guard let key = pair(line)?.key, let change = changes[key] else {
        after.append(line)
        continue
      }
      if let value = change, done.insert(key).inserted { after.append("\(key) = \(value)") }
    }
    while after.last == "" { after.removeLast() }
    for (key, value) in changes.sorted(by: { $0.key < $1.key }) {
      if let value, !done.contains(key) { after.append("\(key) = \(value)") }
    }
    return (before, after)
  }

  /// Changes values, all at once, while no other process does.
  package static func change(_ changes: [String: String?]) throws {
    guard let path else {
      throw ToolFailure(.badConfiguration, "cannot tell where the settings are (set HOME or FINSTAGE_HOME)")
    }
    _ = Folder.make(Folder.parent(of: path))
    guard let lock = FileLock(path: path + ".lock"), lock.acquire(within: 10) == .held else {
      throw ToolFailure(.tryLater, "\(path): another process changes the settings")
    }
    defer { lock.release() }
    let lines = try changed(changes).after
    guard FileContent.replace(path, with: Array(lines.map { $0 + "\n" }.joined().utf8)) else {
      throw ToolFailure(.io, "\(path): \(systemErrorText(errno))")
    }
  }
}
