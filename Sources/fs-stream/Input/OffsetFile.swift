import FinstageCore
import FinstageSystem

/// Which lines of a log that is read in partitions have been taken: for each partition the offset that is next.
///
/// The lines of the input begin with the partition and the offset. Those that are older than what was kept are left out, so that a reader that begins too
/// early, or again, doubles nothing. The file has a line `partition offset` for each partition, so that a shell can begin there.
final class OffsetFile {
  private let path: String
  private var next: [Int64: Int64] = [:]
  private var isChanged = false
  private var nextSave = 0.0

  /// - Throws: `ToolFailure`, if the file is there and has something else.
  init(_ path: String) throws {
    self.path = path
    guard let text = FileContent.text(path, limit: 1 << 20) else {
      if Folder.has(path) { throw ToolFailure(.io, "\(path): \(systemErrorText(errno))") }
      return
    }
    for (number, line) in text.split(separator: "\n").enumerated() {
      let words = line.split(separator: " ").map { Int64($0) }
      guard words.count == 2, let partition = words[0], let offset = words[1], partition >= 0, offset >= 0 else {
        throw ToolFailure(
          .badData, "\(path):\(number + 1): a partition and an offset are expected (remove the file to begin anew)")
      }
      next[partition] = offset
    }
  }

  /// The record of a line, without its place; nil if it was taken before.
  func rest(of line: ArraySlice<UInt8>) throws(JSONValue.Failure) -> ArraySlice<UInt8>? {
    var place = line.startIndex
    func number() -> Int64? {
      let digits = line[place...].prefix { $0 &- 48 <= 9 }
      guard !digits.isEmpty, digits.count <= 19, digits.endIndex < line.endIndex, line[digits.endIndex] == 0x20 else {
        return nil
      }
      place = digits.endIndex + 1
      return Int64(String(decoding: digits, as: UTF8.self))
    }
    guard let partition = number(), let offset = number() else {
      throw JSONValue.Failure(
        byte: 1, message: "a partition, an offset and a record are expected (kcat -f '%p %o %s\\n')")
    }
    if offset < next[partition] ?? 0 { return nil }
    next[partition] = offset + 1
    isChanged = true
    return line[place...]
  }

  /// Writes what is next, once a second and at the end.
  func save(now: Double) {
    guard isChanged, now >= nextSave else { return }
    nextSave = now + 1
    let text = next.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined()
    if FileContent.replace(path, with: Array(text.utf8)) { isChanged = false }
  }
}
