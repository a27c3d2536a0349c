import FinstageSystem

/// Reads NDJSON as frames. The first records determine the columns and their types. A field that appears later becomes a column from
/// there on.
final class NDJSONFrameReader: FrameReader {
  private let source: PrefixedSource
  private let options: FormatOptions
  private var fields: [Field]
  private var reader: NDJSONReader
  private var batch: Batch
  private var builder: FrameBuilder
  private var pending: InputError?
  private var isAtEnd = false
  private var hasDelivered = false
  /// Of the readers before this one.
  private var earlier: (bad: Int, first: InputError?) = (0, nil)

  /// Rows per frame.
  private static let frameSize = 16_384
  /// Input whose every record has names of its own must not fill the memory with columns.
  private static let mostFields = 4096
  /// Values that a batch has room for.
  private static let mostCells = 4 << 20

  package var badRecords: Int { earlier.bad + reader.badRecords }
  package var bytesRead: Int { source.bytesRead }
  package var firstBadRecord: InputError? { earlier.first ?? reader.firstBadRecord }

  package init(_ source: any ByteSource, _ options: FormatOptions) throws(InputError) {
    self.source = source as? PrefixedSource ?? PrefixedSource(source)
    self.options = options
    let shape = try NDJSONFrameReader.shape(self.source, options, linesBefore: 0)
    fields = NDJSONFrameReader.fields(of: shape, options)
    reader = NDJSONFrameReader.reader(self.source, fields, options, linesBefore: 0)
    batch = reader.makeBatch()
    builder = FrameBuilder(fields, reader.symbols)
  }

  private static func fields(of shape: RecordShape, _ options: FormatOptions) -> [Field] {
    var fields = shape.fields
    let mustHaveAll = options.expectsRareFields && !shape.isWhole
    fields += KnownFields.rareFields(besides: fields.map(\.name)).filter { field in
      options.named.contains(field.name) || mustHaveAll && (hasIndicators(fields) || !KnownFields.isSignal(field.name))
    }
    // An output that may change its types finds out by itself.
    fields = fields.map { field in
      guard mustHaveAll, field.kind == .null, let kind = options.likely[field.name] else { return field }
      return Field(field.name, kind, .optional, hint: field.hint)
    }
    if mustHaveAll {
      // What is null so far may be anything later; JSON has room for anything.
      fields = fields.map { $0.kind == .null ? Field($0.name, .json, .optional, hint: $0.hint) : $0 }
    }
    if options.expectsDecimalVolumes && KnownFields.areBars(fields.map(\.name)) {
      fields = fields.map { field in
        field.name == "volume" && field.kind == .int64
          ? Field(field.name, .float64, .optional, hint: field.hint) : field
      }
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
    // Other fields are not read, and they are not errors.
    if let wanted = options.columns { fields = fields.filter { wanted.contains($0.name) } }
    return fields
  }

  private static func hasIndicators(_ fields: [Field]) -> Bool {
    fields.contains { KnownFields.isNumber($0.name) && !KnownFields.isPrice($0.name) && $0.name != "volume" }
  }

  private static func reader(
    _ source: PrefixedSource, _ fields: [Field], _ options: FormatOptions, linesBefore: Int
  ) -> NDJSONReader {
    NDJSONReader(
      source: source, fields: fields, policy: options.policy == .pass ? .skip : options.policy,
      fillsBlocks: !options.isLive, linesBefore: linesBefore,
      // Of many fields, few records at a time.
      batchSize: max(4096, min(NDJSONReader.blockSize, mostCells * 8 / max(fields.count, 1))), takesAll: true,
      ignoresUnknown: options.columns != nil,
      stopsAtNewFields: true)
  }

  /// Goes on with the fields that the next records have in addition.
  private func widen(_ rest: [UInt8]) throws(InputError) {
    source.putBack(rest, before: reader.faultAfterRest)
    let found = NDJSONFrameReader.fields(
      of: try NDJSONFrameReader.shape(source, options, linesBefore: reader.lineNumber), options)
    var added = false
    for field in found {
      if let place = fields.firstIndex(where: { $0.name == field.name }) {
        let isWider = fields[place].kind == .int64 && field.kind == .float64
        if isWider || fields[place].kind == .null && field.kind != .null {
          fields[place] = field
          added = true
        }
      } else {
        fields.append(field)
        added = true
      }
    }
    guard added, fields.count <= NDJSONFrameReader.mostFields else {
      throw InputError(
        source: source.name, line: reader.lineNumber + 1, byte: 1,
        message: added
          ? "the records have more than \(NDJSONFrameReader.mostFields) different fields" : "cannot be read")
    }
    earlier = (badRecords, firstBadRecord)
    reader = NDJSONFrameReader.reader(source, fields, options, linesBefore: reader.lineNumber)
    batch = reader.makeBatch()
    builder = FrameBuilder(fields, reader.symbols)
  }

  /// Looks at the first records without consuming them.
  private static func shape(
    _ source: PrefixedSource, _ options: FormatOptions, linesBefore: Int
  ) throws(InputError) -> RecordShape {
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
        while p < end, shape.fieldCount <= mostFields || options.columns != nil,
          options.inferRows == 0 || shape.records < options.inferRows,
          let newline = memchr(p, 0x0A, end - p)?.assumingMemoryBound(to: UInt8.self)
        {
          shape.take(p, newline)
          p = UnsafePointer(newline) + 1
        }
        shape.isWhole = isAll && p == end
      }
      guard shape.fieldCount <= mostFields || options.columns != nil else {
        throw InputError(
          source: source.name, line: linesBefore + shape.records, byte: 1,
          message: "the records have more than \(mostFields) different fields")
      }
      // A live stream must not wait for ten thousand records: decide from those that have arrived.
      if isAll || options.isLive && shape.records > 0 || shape.records >= options.inferRows || wanted >= 8 << 20 {
        return shape
      }
      wanted = options.isLive ? bytes.count + 1 : wanted * 4
    }
  }

  package func next() throws(InputError) -> Frame? {
    while !isAtEnd && pending == nil && !isFull {
      do throws(InputError) {
        if try reader.next(into: batch) {
          builder.append(batch)
        } else if let rest = reader.rest {
          // The rows so far have the columns so far.
          if builder.rows > 0 { break }
          try widen(rest)
        } else {
          isAtEnd = true
        }
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

  private var isFull: Bool { builder.rows >= NDJSONFrameReader.frameSize || options.isLive && builder.rows > 0 }
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
        case .null: .null
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
