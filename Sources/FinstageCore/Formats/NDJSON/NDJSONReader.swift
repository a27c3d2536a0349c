import FinstageSystem

/// What to do with a record that cannot be read.
package enum BadRecordPolicy: String, Sendable, CaseIterable {
  /// End the run; what came before is still delivered.
  case stop
  /// Leave it out and count it.
  case skip
  /// Copy it to the output as it is and count it.
  case pass
}

/// Reads NDJSON (one JSON object per line, RFC 8259, UTF-8) into batches: lines with the typed columns that a tool
/// asked for.
///
/// White space, key order, escapes, nesting, CRLF, a byte order mark, empty lines and a last line without LF are all
/// fine. If a key repeats, the last one counts. Records whose "type" is not "bar" pass through unread. One reader is
/// used by one thread.
package final class NDJSONReader {
  package static let maxLineLength = 16 << 20
  /// Small enough to stay in the CPU caches, yet large enough that system calls hardly count.
  package static let blockSize = 128 << 10

  package let fields: [Field]
  package let symbols: SymbolTable
  /// Lines read so far, empty ones included.
  @exclusivity(unchecked)
  package private(set) var lineNumber = 0
  /// Records left out or passed through because they were bad.
  package private(set) var badRecords = 0
  /// The first bad record, as an error, unless the policy is to stop.
  package private(set) var firstBadRecord: InputError?

  /// Whether the input was read to its end, and its last line ended in LF.
  package private(set) var endedCleanly = false

  /// With `stopsAtNewFields`: what is left of the input from the first record on that has a field which is not in `fields`; nil until
  /// there is one. `next` then returns false.
  package private(set) var rest: [UInt8]?
  /// The fault of the source that comes after the rest.
  package var faultAfterRest: InputError? { pending }

  /// After an end that was a signal: the beginning of the line that had not come to its end.
  package private(set) var unfinished: [UInt8] = []

  /// Bytes taken from the source so far, before unpacking.
  package var bytesRead: Int { source.bytesRead }

  /// The bytes of a batch; see `blockSize`.
  private let batchSize: Int
  private let source: any ByteSource
  private let policy: BadRecordPolicy
  private let readsGreedily: Bool
  private let stopsAtNewFields: Bool
  private let parser: RecordParser
  private var carry: [UInt8] = []
  private var pending: InputError?
  private var atEnd = false
  private var atStart = true

  /// - Parameters:
  ///   - fields: the columns of every batch, in this order.
  ///   - symbols: numbers the values of symbol columns; several readers may share it, one after the other.
  ///   - batchSize: the bytes of a batch; use fewer if much is added to each line.
  ///   - linesBefore: lines of the file that the source has skipped.
  ///   - takesAll: every record is a row, whatever its type; a field that is not in `fields` makes the record bad,
  ///     unless `ignoresUnknown` or `stopsAtNewFields`.
  ///   - fillsBlocks: wait until a block is full before passing it on; otherwise pass on each complete line as it
  ///     arrives.
  package init(
    source: any ByteSource, fields: [Field], symbols: SymbolTable = SymbolTable(), policy: BadRecordPolicy = .stop,
    fillsBlocks: Bool = true, linesBefore: Int = 0,
    batchSize: Int = NDJSONReader.blockSize, takesAll: Bool = false, ignoresUnknown: Bool = false,
    stopsAtNewFields: Bool = false, recordTypes: [String] = ["bar"]
  ) {
    self.stopsAtNewFields = stopsAtNewFields
    self.source = source
    self.symbols = symbols
    self.fields = fields
    self.policy = policy
    readsGreedily = fillsBlocks
    lineNumber = linesBefore
    self.batchSize = batchSize
    parser = RecordParser(
      fields: fields, symbols: symbols, takesAll: takesAll, ignoresUnknown: ignoresUnknown, types: recordTypes)
  }

  package func makeBatch() -> Batch { Batch(fields: fields, byteCapacity: batchSize) }

  /// Reads the next lines. Returns false at the end of input.
  /// - Throws: what is wrong, after all lines before it have been delivered by earlier calls.
  package func next(into batch: Batch) throws(InputError) -> Bool {
    batch.clear()
    while pending == nil && !atEnd && rest == nil {
      let end = try fill(batch)
      if end > 0 { parse(batch, end) }
      // Lines before a fault go out first; the fault itself comes with the next call.
      if batch.lineCount > 0 { return true }
    }
    if rest == nil, let fault = pending {
      pending = nil
      atEnd = true
      throw fault
    }
    return false
  }

  /// Fills the batch's bytes with whole lines; returns where the last one ends.
  private func fill(_ batch: Batch) throws(InputError) -> Int {
    var used = carry.count
    batch.reserveBytes(used + batchSize / 2, keeping: 0)
    carry.withUnsafeBufferPointer { if let base = $0.baseAddress { batch.bytes.update(from: base, count: used) } }
    var searched = 0
    var lastLine = 0
    while true {
      let room = UnsafeMutableRawBufferPointer(start: batch.bytes + used, count: batch.byteCapacity - used)
      let count: Int
      do throws(InputError) {
        count = try source.read(into: room)
      } catch {
        // Lines before the fault are good: deliver them, then report.
        pending = error
        atEnd = true
        carry.removeAll()
        return lastLineEnd(batch, from: 0, to: used)
      }
      if count == 0 {
        atEnd = true
        carry.removeAll()
        if source.wasInterrupted {
          let whole = lastLineEnd(batch, from: 0, to: used)
          unfinished = Array(UnsafeBufferPointer(start: batch.bytes + whole, count: used - whole))
          return whole
        }
        endedCleanly = used == 0 || batch.bytes[used - 1] == UInt8(ascii: "\n")
        if !endedCleanly {
          batch.bytes[used] = UInt8(ascii: "\n")  // the padding has room for it
          used += 1
        }
        return used
      }
      used += count
      let isFull = used == batch.byteCapacity
      if readsGreedily && !isFull { continue }
      lastLine = max(lastLine, lastLineEnd(batch, from: searched, to: used))
      searched = used
      if lastLine > 0 { break }
      if used > NDJSONReader.maxLineLength { throw tooLong() }
      if isFull { batch.reserveBytes(min(batch.byteCapacity * 2, NDJSONReader.maxLineLength + 2), keeping: used) }
    }
    carry.removeAll(keepingCapacity: true)
    carry.append(contentsOf: UnsafeBufferPointer(start: batch.bytes + lastLine, count: used - lastLine))
    return lastLine
  }

  /// The end of the last whole line that ends in a range of the batch's bytes, or 0.
  private func lastLineEnd(_ batch: Batch, from start: Int, to end: Int) -> Int {
    var at = end
    while at > start {
      if batch.bytes[at - 1] == UInt8(ascii: "\n") { return at }
      at -= 1
    }
    return 0
  }

  private func tooLong() -> InputError {
    InputError(
      source: source.name, line: lineNumber + 1, byte: NDJSONReader.maxLineLength,
      message: "a line is longer than 16 MiB (is this NDJSON?)")
  }

  private func parse(_ batch: Batch, _ end: Int) {
    var p = UnsafePointer(batch.bytes)
    let base = p
    let last = base + end
    if atStart {
      atStart = false
      if end >= 3, p[0] == 0xEF, p[1] == 0xBB, p[2] == 0xBF { p += 3 }
      if let other = ForeignFormat.recognize(p, last - p) {
        pending = InputError(
          source: source.name, message: "this is \(other), but NDJSON is expected (convert it first)")
        return
      }
    }
    parser.begin()
    while p < last {
      if let next = parser.fast(p, base, batch) {
        if next - p > NDJSONReader.maxLineLength + 1 {
          batch.dropLastLine()
          pending = tooLong()
          return
        }
        p = next
        lineNumber &+= 1
        continue
      }
      let newline = UnsafePointer(memchr(p, 0x0A, last - p)!.assumingMemoryBound(to: UInt8.self))
      lineNumber &+= 1
      if let failure = parser.full(p, newline, base, batch) {
        if stopsAtNewFields && parser.hasNewField {
          lineNumber &-= 1
          rest = Array(UnsafeBufferPointer(start: p, count: last - p)) + carry
          return
        }
        if !accept(failure, p, newline, base, batch) { return }
      }
      p = newline + 1
    }
  }

  /// Handles a bad record according to the policy; returns false to end the batch.
  private func accept(
    _ failure: JSONScanner.Failure, _ start: UnsafePointer<UInt8>, _ newline: UnsafePointer<UInt8>,
    _ base: UnsafePointer<UInt8>, _ batch: Batch
  ) -> Bool {
    let error = InputError(
      source: source.name, line: lineNumber, byte: failure.offset + 1, message: failure.message)
    if policy == .stop {
      pending = error
      return false
    }
    badRecords += 1
    if firstBadRecord == nil { firstBadRecord = error }
    if policy == .pass {
      batch.append(Batch.Line(start: start - base, end: newline - base, brace: newline - base, bar: -1))
    }
    return true
  }
}
