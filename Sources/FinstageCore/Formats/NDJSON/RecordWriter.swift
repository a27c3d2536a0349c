/// Turns a batch back into NDJSON: each line as it came, with fields appended to bars.
///
/// A writer never changes after it is created, so several threads may each render their own batch at the same time.
package final class RecordWriter: @unchecked Sendable {
  /// `,"name":` for each added field, back to back.
  private let keys: UnsafeMutablePointer<UInt8>
  private let keyEnds: [Int]
  /// The most bytes that the added fields of one line can need.
  private let addedBound: Int

  /// - Parameter names: the fields to add, in order.
  package init(names: [String]) {
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

  /// Renders every line of a batch into its text. Allocates nothing per line.
  package func render(_ batch: Batch) {
    let out = batch.text
    out.clear()
    let results = batch.results
    let fieldCount = keyEnds.count
    let columns = UnsafeMutablePointer<UnsafeMutablePointer<Double>>.allocate(capacity: fieldCount + 1)
    defer { columns.deallocate() }
    for j in 0..<fieldCount { columns[j] = results[j].doubles }
    let lines = batch.lines
    let bytes = batch.bytes
    let keys = self.keys
    let keyEnds = self.keyEnds
    let powers = PowersOfTen.table
    let lists = batch.lists
    let hasLists = lists.contains { !$0.rows.isEmpty }
    var dropped = batch.dropped[...]
    for i in 0..<batch.lineCount {
      let line = lines[i]
      if line.bar < 0 {
        RecordWriter.copy(line, bytes, out)
        continue
      }
      if let first = dropped.first, first == line.bar {
        dropped.removeFirst()
        continue
      }
      let length = line.brace &- line.start
      var p = out.reserve(length &+ addedBound)
      p.update(from: bytes + line.start, count: length)
      p += length
      var keyStart = 0
      for j in 0..<fieldCount {
        p = RecordWriter.append(columns[j][line.bar], key: keys + keyStart, keyEnds[j] &- keyStart, to: p, powers)
        keyStart = keyEnds[j]
      }
      if hasLists {
        out.commit(p)
        RecordWriter.append(lists, row: line.bar, to: out)
        p = out.reserve(2)
      }
      p[0] = UInt8(ascii: "}")
      p[1] = UInt8(ascii: "\n")
      out.commit(p + 2)
    }
  }

  /// Renders the lines of a batch as they came, with the inserted records after their rows.
  package static func renderInserting(_ batch: Batch, copies: Bool) {
    let out = batch.text
    out.clear()
    var rest = batch.inserted[...]
    if copies {
      for i in 0..<batch.lineCount {
        let line = batch.lines[i]
        copy(line, batch.bytes, out)
        while let first = rest.first, line.bar >= 0, first.row <= line.bar {
          out.append(Array((first.record.text + "\n").utf8)[...])
          rest.removeFirst()
        }
      }
    }
    for entry in rest { out.append(Array((entry.record.text + "\n").utf8)[...]) }
  }

  /// Renders the lines of a batch that are not bars.
  package func renderOtherRecords(_ batch: Batch) {
    batch.text.clear()
    for i in 0..<batch.lineCount where batch.lines[i].bar < 0 {
      RecordWriter.copy(batch.lines[i], batch.bytes, batch.text)
    }
  }

  /// Renders a row that was kept.
  /// - Parameters:
  ///   - head: its line up to the closing brace.
  ///   - tail: what follows the values.
  func render(head: [UInt8], values: [Double], tail: [UInt8], into out: OutputBuffer) {
    var p = out.reserve(head.count + addedBound)
    head.withUnsafeBufferPointer { p.update(from: $0.baseAddress!, count: head.count) }
    p += head.count
    var keyStart = 0
    for j in keyEnds.indices {
      p = RecordWriter.append(values[j], key: keys + keyStart, keyEnds[j] - keyStart, to: p, PowersOfTen.table)
      keyStart = keyEnds[j]
    }
    out.commit(p)
    out.append(tail[...])
    out.append([UInt8(ascii: "}"), UInt8(ascii: "\n")][...])
  }

  private static func append(_ lists: [ListColumn], row: Int, to out: OutputBuffer) {
    for list in lists {
      guard let place = list.place(of: row) else { continue }
      out.append(([UInt8(ascii: ",")] + JSONText.quoted(list.name) + [UInt8(ascii: ":")])[...])
      out.append(list.json(place)[...])
    }
  }

  private static func copy(_ line: Batch.Line, _ bytes: UnsafeMutablePointer<UInt8>, _ out: OutputBuffer) {
    let length = line.end - line.start
    let p = out.reserve(length + 1)
    p.update(from: bytes + line.start, count: length)
    p[length] = UInt8(ascii: "\n")
    out.commit(p + length + 1)
  }

  @inline(__always)
  private static func append(
    _ value: Double, key: UnsafeMutablePointer<UInt8>, _ keyLength: Int, to p: UnsafeMutablePointer<UInt8>,
    _ powers: PowersOfTen.Table
  ) -> UnsafeMutablePointer<UInt8> {
    copyShort(key, to: p, keyLength)
    return NumberText.write(value, to: p + keyLength, powers: powers)
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
}
