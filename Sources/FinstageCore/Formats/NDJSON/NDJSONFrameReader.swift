import FinstageSystem

/// Reads NDJSON as frames. The first records determine the columns and their types.
final class NDJSONFrameReader: FrameReader {
  private let reader: NDJSONReader
  private let batch: Batch
  private let isLive: Bool
  private var builder: FrameBuilder
  private var pending: InputError?
  private var isAtEnd = false
  private var hasDelivered = false

  /// Rows per frame.
  private static let frameSize = 16_384

  package var badRecords: Int { reader.badRecords }
  package var bytesRead: Int { reader.bytesRead }
  package var firstBadRecord: InputError? { reader.firstBadRecord }

  package init(_ source: any ByteSource, _ options: FormatOptions) throws(InputError) {
    let source = source as? PrefixedSource ?? PrefixedSource(source)
    var fields = try NDJSONFrameReader.shape(source, options).fields
    if !fields.isEmpty {
      fields += options.expected.filter { field in !fields.contains { $0.name == field.name } }
    }
    // What the caller knows counts where the first records do not agree.
    for (i, field) in fields.enumerated() {
      guard let known = options.known.first(where: { $0.name == field.name }) else { continue }
      let isFine =
        switch known.kind {
        case .float64: field.kind == .float64 || field.kind == .int64
        case .timestamp: field.kind == .timestamp || field.kind == .date
        default: field.kind == known.kind || field.kind == .json
        }
      if !isFine {
        fields[i] = Field(field.name, known.kind == .symbol ? .text : known.kind, .optional, hint: field.hint)
      }
    }
    if let wanted = options.columns {
      // Other fields are not read, and they are not errors.
      fields = fields.filter { wanted.contains($0.name) }
    }
    reader = NDJSONReader(
      source: source, fields: fields, policy: options.policy == .pass ? .skip : options.policy,
      fillsBlocks: !options.isLive, takesAll: true, ignoresUnknown: options.columns != nil)
    batch = reader.makeBatch()
    isLive = options.isLive
    builder = FrameBuilder(fields, reader.symbols)
  }

  /// Looks at the first records without consuming them.
  private static func shape(_ source: PrefixedSource, _ options: FormatOptions) throws(InputError) -> RecordShape {
    var wanted = options.isLive ? 1 : 64 << 10
    while true {
      // In live mode, wait only for the first rows.
      let bytes =
        try options.inferRows == 0
        ? source.peek(.max) : options.isLive ? source.look(atLeast: wanted) : source.peek(wanted)
      let isAll = options.inferRows == 0 || bytes.count < wanted
      var shape = RecordShape()
      var text = bytes
      if isAll, text.last != UInt8(ascii: "\n") { text.append(UInt8(ascii: "\n")) }
      let count = text.count
      text.append(contentsOf: [UInt8](repeating: 0, count: Batch.padding))
      text.withUnsafeBufferPointer { buffer in
        var p = buffer.baseAddress!
        let end = p + count
        if count >= 3, p[0] == 0xEF, p[1] == 0xBB, p[2] == 0xBF { p += 3 }
        while p < end, options.inferRows == 0 || shape.records < options.inferRows,
          let newline = memchr(p, 0x0A, end - p)?.assumingMemoryBound(to: UInt8.self)
        {
          shape.take(p, newline)
          p = UnsafePointer(newline) + 1
        }
      }
      // A live stream must not wait for ten thousand records: decide from those that have arrived.
      if isAll || options.isLive && shape.records > 0 || shape.records >= options.inferRows || wanted >= 8 << 20 {
        return shape
      }
      wanted = options.isLive ? bytes.count + 1 : wanted * 4
    }
  }

  package func next() throws(InputError) -> Frame? {
    while !isAtEnd && pending == nil && (builder.rows < NDJSONFrameReader.frameSize && !(isLive && builder.rows > 0)) {
      do throws(InputError) {
        if try reader.next(into: batch) { builder.append(batch) } else { isAtEnd = true }
      } catch {
        pending = error
      }
    }
    if builder.rows > 0 || !hasDelivered && isAtEnd {
      hasDelivered = true
      return builder.take()
    }
    if let fault = pending {
      pending = nil
      isAtEnd = true
      throw fault
    }
    return nil
  }
}

/// Gathers batches of lines into frames.
struct FrameBuilder {
  private let fields: [Field]
  private let symbols: SymbolTable
  private(set) var rows = 0
  private var integers: [[Int64]]
  private var doubles: [[Double]]
  private var validities: [Validity?]
  private var pools: [TextPool?]
  /// For each column, the number in its pool for each number in the reader's table.
  private var codes: [[Int32]]

  package init(_ fields: [Field], _ symbols: SymbolTable) {
    self.fields = fields
    self.symbols = symbols
    integers = fields.map { _ in [] }
    doubles = fields.map { _ in [] }
    validities = fields.map { _ in nil }
    codes = fields.map { _ in [] }
    pools = fields.map { FrameBuilder.isText($0) ? TextPool() : nil }
  }

  private static func isText(_ field: Field) -> Bool {
    field.kind == .text || field.kind == .symbol || field.kind == .json
  }

  package mutating func append(_ batch: Batch) {
    let count = batch.bars
    for (i, column) in batch.columns.enumerated() {
      let isComplete = memchr(column.present, 0, count) == nil
      if !isComplete || validities[i] != nil {
        var validity = validities[i] ?? Validity(repeating: true, count: rows)
        if isComplete {
          validity.append(repeating: true, count: count)
        } else {
          for row in 0..<count { validity.append(column.present[row] != 0) }
        }
        validities[i] = validity
      }
      if fields[i].kind == .float64 {
        doubles[i].append(contentsOf: UnsafeBufferPointer(start: column.doubles, count: count))
      } else if let pool = pools[i] {
        appendTexts(column, i, pool, count)
      } else {
        integers[i].append(contentsOf: UnsafeBufferPointer(start: column.integers, count: count))
        if !isComplete {
          for row in 0..<count where column.present[row] == 0 { integers[i][rows + row] = 0 }
        }
      }
    }
    rows += count
    // Texts that rarely repeat must not fill the memory.
    if symbols.count > 100_000 {
      symbols.removeAll()
      for i in codes.indices { codes[i].removeAll() }
    }
  }

  private mutating func appendTexts(_ column: FinstageCore.Column, _ i: Int, _ pool: TextPool, _ count: Int) {
    var map = codes[i]
    codes[i] = []
    if map.count < symbols.count {
      map.append(contentsOf: repeatElement(-1, count: symbols.count - map.count))
    }
    var values = integers[i]
    integers[i] = []
    values.reserveCapacity(values.count + count)
    let source = column.integers
    for row in 0..<count {
      guard column.present[row] != 0 else {
        values.append(0)
        continue
      }
      let id = Int(source[row])
      var code = map[id]
      if code < 0 {
        code = Int32(pool.intern(symbols.view(id)))
        map[id] = code
      }
      values.append(Int64(code))
    }
    integers[i] = values
    codes[i] = map
  }

  /// The rows gathered so far, as a frame; later rows start a new one.
  package mutating func take() -> Frame {
    var columns: [Frame.Column] = []
    for (i, field) in fields.enumerated() {
      let type: DataType =
        switch field.kind {
        case .float64: .float64
        case .int64: .int(bits: 64)
        case .timestamp: .timestamp(.nanosecond, zone: "UTC")
        case .date: .date
        case .bool: .bool
        case .json: .json
        case .symbol, .text, .reserved: .string
        }
      columns.append(
        Frame.Column(
          field.name,
          Vector(
            type, field.kind == .float64 ? .float64(doubles[i]) : .int64(integers[i]), validity: validities[i],
            texts: pools[i])))
      doubles[i] = []
      integers[i] = []
      validities[i] = nil
      if pools[i] != nil { pools[i] = TextPool() }
      codes[i].removeAll(keepingCapacity: true)
    }
    defer { rows = 0 }
    return Frame(columns, rows: rows)
  }
}
