/// Writes a batch back as NDJSON: each line as it came, with fields appended to bars.
public final class RecordWriter {
  private let sink: ByteSink
  /// `,"name":` for each added field, back to back.
  private let keys: UnsafeMutablePointer<UInt8>
  private let keyEnds: [Int]
  /// Bytes that the added fields of one line can need at most.
  private let addedBound: Int

  /// - Parameter names: the fields to add, in order.
  public init(sink: ByteSink, names: [String]) {
    self.sink = sink
    var text: [UInt8] = []
    var ends: [Int] = []
    for name in names {
      text += Array(",".utf8) + JSONText.quoted(name) + Array(":".utf8)
      ends.append(text.count)
    }
    keys = .allocate(capacity: text.count + 16)
    for (i, byte) in text.enumerated() { keys[i] = byte }
    keyEnds = ends
    addedBound = text.count + names.count * NumberText.maxLength + 32
  }

  deinit { keys.deallocate() }

  /// Writes every line of a batch. Allocates nothing for a line.
  public func write(_ batch: Batch) throws(OutputError) {
    let results = batch.results
    let count = keyEnds.count
    try withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Double>.self, capacity: count + 1) {
      (columns) throws(OutputError) in
      for i in 0..<count { columns[i] = results[i].doubles }
      try keyEnds.withUnsafeBufferPointer { (ends) throws(OutputError) in
        try write(batch, columns.baseAddress!, ends)
      }
    }
  }

  private func write(
    _ batch: Batch, _ columns: UnsafeMutablePointer<UnsafeMutablePointer<Double>>, _ ends: UnsafeBufferPointer<Int>
  ) throws(OutputError) {
    let lines = batch.lines
    let bytes = batch.bytes
    let keys = self.keys
    let powers = PowersOfTen.table
    for i in 0..<batch.lineCount {
      let line = lines[i]
      var p = try sink.reserve(line.end - line.start + addedBound)
      if line.bar < 0 || ends.isEmpty {
        let length = line.end - line.start
        RecordWriter.copy(bytes + line.start, to: p, length)
        p += length
      } else {
        let length = line.brace - line.start
        RecordWriter.copy(bytes + line.start, to: p, length)
        p += length
        var keyStart = 0
        for j in 0..<ends.count {
          let keyEnd = ends[j]
          RecordWriter.copyShort(keys + keyStart, to: p, keyEnd - keyStart)
          p += keyEnd - keyStart
          keyStart = keyEnd
          p = NumberText.write(columns[j][line.bar], to: p, powers: powers)
        }
        p[0] = UInt8(ascii: "}")
        p += 1
      }
      p[0] = UInt8(ascii: "\n")
      sink.commit(p + 1)
    }
  }

  /// Copies `count` bytes and up to 15 more, which both sides have room for.
  @inline(__always)
  private static func copyShort(_ from: UnsafeMutablePointer<UInt8>, to: UnsafeMutablePointer<UInt8>, _ count: Int) {
    var offset = 0
    repeat {
      let word = UnsafeRawPointer(from + offset).loadUnaligned(as: SIMD2<UInt64>.self)
      UnsafeMutableRawPointer(to + offset).storeBytes(of: word, as: SIMD2<UInt64>.self)
      offset &+= 16
    } while offset < count
  }

  @inline(__always)
  private static func copy(_ from: UnsafeMutablePointer<UInt8>, to: UnsafeMutablePointer<UInt8>, _ count: Int) {
    to.update(from: from, count: count)
  }
}

/// JSON text of single values.
enum JSONText {
  /// A string in quotes, with what must be escaped escaped.
  static func quoted(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x0A: bytes += Array("\\n".utf8)
      case 0x0D: bytes += Array("\\r".utf8)
      case 0x09: bytes += Array("\\t".utf8)
      case 0..<0x20:
        let hex = Array("0123456789abcdef".utf8)
        bytes += Array("\\u00".utf8) + [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
    return bytes
  }
}
