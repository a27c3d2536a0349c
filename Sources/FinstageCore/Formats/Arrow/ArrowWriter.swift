import FinstageSystem

/// Writes frames as Arrow IPC: a stream for pipes, or a file with an index.
///
/// In streams, columns with few distinct texts use a dictionary. Files hold plain text, because a dictionary cannot
/// change within a file.
final class ArrowWriter: FrameWriter {
  private let sink: ByteSink
  private let isFile: Bool
  private let isLive: Bool
  /// Whether buffers are compressed with zstd.
  private let isPacked: Bool
  private var types: [DataType]?
  private var names: [String] = []
  private var usesDictionary: [Bool] = []
  private var dictionaries: [TextPool] = []
  /// How many texts of each dictionary have been sent.
  private var sent: [Int] = []
  private var written = 0
  private var batches: [(offset: Int, metadata: Int, body: Int)] = []

  private static let rowsPerBatch = 65_536

  package init(_ sink: ByteSink, _ options: FormatOptions, isFile: Bool) throws {
    self.sink = sink
    self.isFile = isFile
    isLive = options.isLive || sink.isLive
    let codec = options.codec ?? "none"
    guard codec == "none" || codec == "zstd" else {
      throw DataError("--codec \(codec): the codecs for Arrow are none and zstd")
    }
    if codec == "zstd" && !Zstandard.isAvailable { throw DataError("--codec zstd: \(Zstandard.missing)") }
    isPacked = codec == "zstd"
  }

  package func write(_ frame: Frame) throws {
    if types == nil { try begin(frame) }
    var start = 0
    while start < frame.rows {
      let end = min(frame.rows, start + ArrowWriter.rowsPerBatch)
      try writeBatch(frame.slice(start..<end))
      start = end
    }
    if isLive { try sink.flush() }
  }

  package func finish() throws {
    if types == nil { try begin(Frame([])) }
    try put([0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0])
    guard isFile else { return }
    var blocks: [UInt8] = []
    for batch in batches {
      for number in [batch.offset, batch.metadata, batch.body] {
        withUnsafeBytes(of: Int64(number).littleEndian) { blocks.append(contentsOf: $0) }
      }
    }
    let footer = FlatBuilder(
      .table([
        0: .int16(ArrowCode.version5), 1: schema(), 2: .structs([], count: 0),
        3: .structs(blocks, count: batches.count),
      ])
    ).bytes
    try put(footer)
    try put(withUnsafeBytes(of: Int32(footer.count).littleEndian) { Array($0) } + Array("ARROW1".utf8))
  }

  private func put(_ bytes: [UInt8]) throws {
    written += bytes.count
    try sink.write(bytes: bytes)
  }

  // MARK: - Schema

  private func begin(_ frame: Frame) throws {
    names = frame.names
    types = frame.columns.map(\.vector.type)
    usesDictionary = frame.columns.map { column in
      guard !isFile, column.vector.type == .string, let texts = column.vector.texts else { return false }
      return texts.count * 4 <= max(frame.rows, 64)
    }
    dictionaries = frame.columns.map { _ in TextPool() }
    sent = frame.columns.map { _ in -1 }
    if isFile { try put(Array("ARROW1".utf8) + [0, 0]) }
    try message(ArrowCode.schema, schema(), [])
  }

  private func schema() -> FlatValue {
    var fields: [FlatValue] = []
    for (i, type) in (types ?? []).enumerated() {
      let (code, detail) = ArrowWriter.detail(type)
      var field: [Int: FlatValue] = [
        0: .string(names[i]), 1: .bool(true), 2: .int8(code), 3: detail, 5: .tables([]),
      ]
      if usesDictionary[i] {
        field[4] = .table([0: .int64(Int64(i)), 1: .table([0: .int32(32), 1: .bool(true)])])
      }
      if type == .json {
        field[6] = .tables([
          .table([0: .string("ARROW:extension:name"), 1: .string(ArrowCode.jsonExtension)]),
          .table([0: .string("ARROW:extension:metadata"), 1: .string("")]),
        ])
      }
      fields.append(.table(field))
    }
    return .table([0: .int16(0), 1: .tables(fields)])
  }

  private static func detail(_ type: DataType) -> (Int8, FlatValue) {
    func unit(_ unit: TimeUnit) -> FlatValue { .int16(Int16(TimeUnit.allCases.firstIndex(of: unit)!)) }
    switch type {
    case .null: return (ArrowCode.null, .table([:]))
    case .bool: return (ArrowCode.bool, .table([:]))
    case .int(let bits): return (ArrowCode.int, .table([0: .int32(Int32(bits)), 1: .bool(true)]))
    case .uint(let bits): return (ArrowCode.int, .table([0: .int32(Int32(bits)), 1: .bool(false)]))
    case .float32: return (ArrowCode.floatingPoint, .table([0: .int16(1)]))
    case .float64: return (ArrowCode.floatingPoint, .table([0: .int16(2)]))
    case .decimal(let scale):
      return (ArrowCode.decimal, .table([0: .int32(18), 1: .int32(Int32(scale)), 2: .int32(128)]))
    case .date: return (ArrowCode.date, .table([0: .int16(0)]))
    case .timestamp(let timeUnit, let zone):
      var fields: [Int: FlatValue] = [0: unit(timeUnit)]
      if let zone { fields[1] = .string(zone) }
      return (ArrowCode.timestamp, .table(fields))
    case .time(let timeUnit):
      let isWide = timeUnit == .microsecond || timeUnit == .nanosecond
      return (ArrowCode.time, .table([0: unit(timeUnit), 1: .int32(isWide ? 64 : 32)]))
    case .string, .json: return (ArrowCode.utf8, .table([:]))
    }
  }

  private func message(_ kind: Int8, _ header: FlatValue, _ body: [UInt8]) throws {
    let metadata = FlatBuilder(
      .table([
        0: .int16(ArrowCode.version5), 1: .int8(kind), 2: header, 3: .int64(Int64(body.count)),
      ])
    ).bytes
    if kind == ArrowCode.recordBatch { batches.append((written, metadata.count + 8, body.count)) }
    let size = withUnsafeBytes(of: Int32(metadata.count).littleEndian) { Array($0) }
    try put([0xFF, 0xFF, 0xFF, 0xFF] + size + metadata)
    try put(body)
  }

  // MARK: - Batches

  /// The nodes and buffers of a batch under construction.
  private struct Body {
    var nodes: [UInt8] = []
    var nodeCount = 0
    var places: [UInt8] = []
    var bufferCount = 0
    var bytes: [UInt8] = []
    var isPacked = false

    mutating func node(_ rows: Int, _ nulls: Int) {
      for number in [rows, nulls] { withUnsafeBytes(of: Int64(number).littleEndian) { nodes.append(contentsOf: $0) } }
      nodeCount += 1
    }

    mutating func buffer(_ content: UnsafeRawBufferPointer) {
      guard isPacked, !content.isEmpty, let packed = Zstandard.pack(Array(content), level: 1) else {
        return place(content)
      }
      // The uncompressed size, then the compressed bytes.
      let size = withUnsafeBytes(of: Int64(content.count).littleEndian) { Array($0) }
      (size + packed).withUnsafeBytes { place($0) }
    }

    private mutating func place(_ content: UnsafeRawBufferPointer) {
      for number in [bytes.count, content.count] {
        withUnsafeBytes(of: Int64(number).littleEndian) { places.append(contentsOf: $0) }
      }
      bufferCount += 1
      bytes.append(contentsOf: content)
      let rest = bytes.count % 64
      if rest > 0 { bytes.append(contentsOf: repeatElement(0, count: 64 - rest)) }
    }

    mutating func buffer<Value: BitwiseCopyable>(of values: [Value]) {
      values.withUnsafeBytes { buffer($0) }
    }

    func header(_ rows: Int) -> FlatValue {
      var fields: [Int: FlatValue] = [
        0: .int64(Int64(rows)), 1: .structs(nodes, count: nodeCount), 2: .structs(places, count: bufferCount),
      ]
      if isPacked { fields[3] = .table([0: .int8(1), 1: .int8(0)]) }
      return .table(fields)
    }
  }

  private func writeBatch(_ frame: Frame) throws {
    guard let types, frame.columns.count == types.count else { throw DataError("the columns have changed") }
    var body = Body()
    body.isPacked = isPacked
    body.bytes.reserveCapacity(frame.byteCount + 64 * frame.columns.count * 3)
    for (i, column) in frame.columns.enumerated() {
      guard let vector = column.vector.cast(to: types[i]) else {
        throw DataError(
          "column \"\(column.name)\" is now \(column.vector.type.name), but the output began with \(types[i].name)"
            + " (--infer-rows 0 looks at all rows first)")
      }
      let nulls = vector.nullCount
      body.node(frame.rows, types[i] == .null ? frame.rows : nulls)
      if types[i] == .null { continue }
      if nulls > 0, let validity = vector.validity {
        body.buffer(of: validity.bytes)
      } else {
        body.buffer(of: [UInt8]())
      }
      if types[i].isText {
        try texts(i, vector, &body)
      } else {
        ArrowWriter.values(vector, &body)
      }
    }
    try message(ArrowCode.recordBatch, body.header(frame.rows), body.bytes)
  }

  private static func values(_ vector: Vector, _ body: inout Body) {
    switch vector.type {
    case .bool:
      var bits = Validity(repeating: false, count: vector.count)
      for (row, value) in vector.integers().enumerated() where value != 0 { bits[row] = true }
      body.buffer(of: bits.bytes)
    case .decimal:
      var words: [Int64] = []
      words.reserveCapacity(vector.count * 2)
      for value in vector.integers() {
        words.append(value)
        words.append(value >> 63)
      }
      body.buffer(of: words)
    case .int(let bits), .uint(let bits): integers(vector, bits / 8, &body)
    case .date: integers(vector, 4, &body)
    case .time(.second), .time(.millisecond): integers(vector, 4, &body)
    case .float32:
      if case .float32(let values) = vector.storage { body.buffer(of: values) }
    case .float64:
      if case .float64(let values) = vector.storage { body.buffer(of: values) }
    default: integers(vector, 8, &body)
    }
  }

  private static func integers(_ vector: Vector, _ width: Int, _ body: inout Body) {
    switch (vector.storage, width) {
    case (.int8(let values), 1): body.buffer(of: values)
    case (.uint8(let values), 1): body.buffer(of: values)
    case (.int16(let values), 2): body.buffer(of: values)
    case (.uint16(let values), 2): body.buffer(of: values)
    case (.int32(let values), 4): body.buffer(of: values)
    case (.uint32(let values), 4): body.buffer(of: values)
    case (.int64(let values), 8): body.buffer(of: values)
    default:
      switch width {
      case 1: body.buffer(of: vector.integers().map { Int8(truncatingIfNeeded: $0) })
      case 2: body.buffer(of: vector.integers().map { Int16(truncatingIfNeeded: $0) })
      case 4: body.buffer(of: vector.integers().map { Int32(truncatingIfNeeded: $0) })
      default: body.buffer(of: vector.integers())
      }
    }
  }

  private func texts(_ i: Int, _ vector: Vector, _ body: inout Body) throws {
    let codes = vector.integers()
    guard usesDictionary[i] else {
      var offsets = [Int32](repeating: 0, count: codes.count + 1)
      var content: [UInt8] = []
      for (row, code) in codes.enumerated() {
        if !vector.isNull(row), let pool = vector.texts {
          pool.withBytes(Int(code)) { content.append(contentsOf: $0) }
        }
        guard content.count <= Int32.max else { throw DataError("the texts of a batch are longer than 2 GiB") }
        offsets[row + 1] = Int32(content.count)
      }
      body.buffer(of: offsets)
      body.buffer(of: content)
      return
    }
    let dictionary = dictionaries[i]
    var map = [Int32](repeating: -1, count: vector.texts?.count ?? 0)
    var positions = [Int32](repeating: 0, count: codes.count)
    for (row, code) in codes.enumerated() where !vector.isNull(row) {
      var position = map[Int(code)]
      if position < 0 {
        position = Int32(vector.texts!.withBytes(Int(code)) { dictionary.intern($0) })
        map[Int(code)] = position
      }
      positions[row] = position
    }
    // Send the whole dictionary again when it has grown: not every reader supports deltas.
    if dictionary.count > sent[i] {
      sent[i] = dictionary.count
      var values = Body()
      values.isPacked = isPacked
      var offsets: [Int32] = [0]
      var content: [UInt8] = []
      for position in 0..<dictionary.count {
        dictionary.withBytes(position) { content.append(contentsOf: $0) }
        offsets.append(Int32(content.count))
      }
      values.node(dictionary.count, 0)
      values.buffer(of: [UInt8]())
      values.buffer(of: offsets)
      values.buffer(of: content)
      try message(
        ArrowCode.dictionaryBatch, .table([0: .int64(Int64(i)), 1: values.header(dictionary.count)]), values.bytes)
    }
    body.buffer(of: positions)
  }
}
