/// Recognizes other formats by their first bytes, so that messages can name what was found instead of NDJSON.
enum ForeignFormat {
  /// The name of a format that is surely not NDJSON, or nil.
  static func recognize(_ start: UnsafePointer<UInt8>, _ count: Int) -> String? {
    func begins(_ magic: [UInt8]) -> Bool {
      count >= magic.count && magic.indices.allSatisfy { start[$0] == magic[$0] }
    }
    if begins(Array("PAR1".utf8)) { return "a Parquet file" }
    if begins(Array("ARROW1".utf8)) { return "an Arrow file" }
    if begins([0xFF, 0xFF, 0xFF, 0xFF]) { return "an Arrow stream" }
    if begins([0x28, 0xB5, 0x2F, 0xFD]) { return "zstd data" }
    if begins(Array("<".utf8)) { return "HTML or XML" }
    if begins([0xFF, 0xFE]) || begins([0xFE, 0xFF]) { return "UTF-16 text" }
    return nil
  }

  /// Streams of old began with the size of the schema and the offset of its table, both small numbers.
  private static func isOldArrow(_ start: [UInt8]) -> Bool {
    func number(_ at: Int) -> Int { (0..<4).reversed().reduce(0) { $0 << 8 | Int(start[at + $1]) } }
    guard start.count >= 8, start[3] == 0 else { return false }
    let (size, offset) = (number(0), number(4))
    return size >= 32 && size % 4 == 0 && offset >= 8 && offset < size && offset % 2 == 0
  }

  /// The name of a format that no reader here supports, or nil.
  static func unreadable(_ start: [UInt8]) -> String? {
    if start.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return "zstd data (zstd -dc unpacks it)" }
    if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
      return "UTF-16 text (iconv makes it UTF-8)"
    }
    if start.starts(with: Array("FEA1".utf8)) { return "a Feather file of version 1" }
    if start.starts(with: Array("PARE".utf8)) { return "an encrypted Parquet file" }
    if isOldArrow(start) { return "an Arrow stream of before version 0.15 (a newer library can write it anew)" }
    return nil
  }
}
