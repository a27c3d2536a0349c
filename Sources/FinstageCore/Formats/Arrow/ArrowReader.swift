/// Reads Arrow IPC as frames: streams in order, files by the index at their end.
///
/// Lengths and offsets in the data are checked against the size of the data before anything is allocated.
final class ArrowReader: FrameReader {
  private let source: PrefixedSource
  /// For files: the bytes, and the places of the dictionaries and batches that are still to be read.
  private var file: RandomBytes?
  private var blocks: [(offset: Int64, metadata: Int64, body: Int64)] = []
  private var nextBlockIndex = 0
  private var fields: [ArrowField] = []
  /// Which of the fields become columns.
  private var isWanted: [Bool] = []
  private var dictionaries: [Int64: TextPool] = [:]
  private var dictionaryMaps: [Int64: [Int32]] = [:]
  private var isAtEnd = false
  private var hasDelivered = false
  private var place = 0

  package var bytesRead: Int { place }

  private static let maxMetadata = 64 << 20
  private static let maxRows = 1 << 27

  package init(_ source: any ByteSource, _ options: FormatOptions) throws(InputError) {
    self.source = source as? PrefixedSource ?? PrefixedSource(source)
    let header: FlatTable
    if try self.source.peek(6) == Array("ARROW1".utf8) {
      header = try openFile()
    } else {
      guard let message = try nextMessage(), message.kind == ArrowCode.schema else {
        throw fault("the data does not begin with a schema")
      }
      guard let table = message.table.table(2) else { throw fault("the schema is damaged") }
      header = table
    }
    guard let tables = header.tables(1) else { throw fault("the schema is damaged") }
    if header.number(0, Int16(0)) != 0 { throw fault("big-endian data is not supported") }
    for table in tables {
      guard let field = ArrowField(table) else { throw fault("the schema is damaged") }
      fields.append(field)
    }
    isWanted = fields.map { options.columns?.contains($0.name) ?? true }
    for (field, isWanted) in zip(fields, isWanted) where isWanted {
      if case .foreign(let what) = field.layout {
        throw fault(
          "column \"\(field.name)\" is \(what), which cannot be read (select the other columns with --columns)")
      }
    }
  }

  private func fault(_ message: String) -> InputError {
    InputError(source: source.name, message: "Arrow at byte \(place): \(message)")
  }

  /// Reads the index of a file; returns its schema.
  private func openFile() throws(InputError) -> FlatTable {
    let bytes = try RandomBytes(source)
    file = bytes
    place = bytes.count
    guard let tail = bytes.bytes(at: bytes.count - 10, 10), tail.suffix(6).elementsEqual("ARROW1".utf8) else {
      throw fault("the end is missing (is the file still being written, or cut short?)")
    }
    let length = tail.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard let footer = bytes.bytes(at: bytes.count - 10 - length, length), let table = FlatTable(footer),
      let schema = table.table(1), let dictionaries = table.words(2, each: 3), let batches = table.words(3, each: 3)
    else { throw fault("the index at the end is damaged") }
    let words = dictionaries + batches
    blocks = stride(from: 0, to: words.count, by: 3).map { i in
      (words[i], words[i + 1] & 0xFFFF_FFFF, words[i + 2])
    }
    // Parts that are shared would make much of little.
    var claimed: Int64 = 0
    for block in blocks { claimed += max(0, min(block.body, Int64(bytes.count))) + block.metadata }
    guard claimed <= Int64(bytes.count) else {
      throw fault("the batches claim \(claimed) bytes, more than the file has")
    }
    return schema
  }

  /// The next dictionary or batch of a file, and its body.
  private func nextBlock() throws(InputError) -> (Message, [UInt8])? {
    guard let file, nextBlockIndex < blocks.count else { return nil }
    let block = blocks[nextBlockIndex]
    nextBlockIndex += 1
    place = Int(truncatingIfNeeded: block.offset)
    guard block.offset >= 0, block.offset < Int64(file.count), block.body >= 0, block.body < Int64(file.count),
      let head = file.bytes(at: place, Int(block.metadata)), head.count >= 8
    else { throw fault("a batch reaches beyond the file") }
    let isMarked = head.starts(with: [0xFF, 0xFF, 0xFF, 0xFF])
    guard let table = FlatTable(Array(head.dropFirst(isMarked ? 8 : 4))) else {
      throw fault("the metadata of a batch is damaged")
    }
    guard let body = file.bytes(at: place + Int(block.metadata), Int(block.body)) else {
      throw fault("a batch reaches beyond the file")
    }
    return (Message(kind: table.number(1, Int8(0)), table: table, bodyLength: Int(block.body)), body)
  }

  // MARK: - Messages

  private struct Message {
    let kind: Int8
    let table: FlatTable
    let bodyLength: Int
  }

  /// Reads exactly `count` bytes. Memory is allocated in pieces, so that a false length costs nothing.
  private func bytes(_ count: Int) throws(InputError) -> [UInt8] {
    var result: [UInt8] = []
    while result.count < count {
      let used = result.count
      let more = min(count - used, max(used, 1 << 20))
      result.append(contentsOf: repeatElement(0, count: more))
      var filled = 0
      var failure: InputError?
      result.withUnsafeMutableBytes { buffer in
        do throws(InputError) {
          filled = try source.fill(UnsafeMutableRawBufferPointer(rebasing: buffer[used...]))
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
      place += filled
      if filled < more { throw fault("the data ends too early") }
    }
    return result
  }

  private func nextMessage() throws(InputError) -> Message? {
    let start = try source.peek(4)
    if start.isEmpty { return nil }
    var word = try bytes(4)
    if word == [0xFF, 0xFF, 0xFF, 0xFF] { word = try bytes(4) }
    let length = word.reversed().reduce(0) { $0 << 8 | Int($1) }
    if length == 0 { return nil }
    guard length <= ArrowReader.maxMetadata else { throw fault("a message claims \(length) bytes of metadata") }
    let metadata = try bytes(length)
    guard let table = FlatTable(metadata) else { throw fault("the metadata of a message is damaged") }
    let body: Int64 = table.number(3, 0)
    guard body >= 0, body < 1 << 40 else { throw fault("a message claims a body of \(body) bytes") }
    return Message(kind: table.number(1, Int8(0)), table: table, bodyLength: Int(body))
  }

  package func next() throws(InputError) -> Frame? {
    while !isAtEnd {
      let message: Message
      let body: [UInt8]
      if file != nil {
        guard let block = try nextBlock() else { break }
        (message, body) = block
      } else {
        guard let next = try nextMessage() else { break }
        message = next
        body = try bytes(next.bodyLength)
      }
      guard let header = message.table.table(2) else { throw fault("a message has no header") }
      switch message.kind {
      case ArrowCode.dictionaryBatch: try takeDictionary(header, body)
      case ArrowCode.recordBatch:
        hasDelivered = true
        return try frame(header, body)
      default: break
      }
    }
    isAtEnd = true
    if !hasDelivered {
      // The columns are known even if there are no rows.
      hasDelivered = true
      return Frame(
        zip(fields, isWanted).filter(\.1).map { field, _ in Frame.Column(field.name, Vector.empty(field.type)) },
        rows: 0)
    }
    return nil
  }

  // MARK: - Batches

  /// The buffers of a batch, decompressed on demand.
  private struct Buffers {
    let body: [UInt8]
    let places: [Int64]
    let codec: Int8?
    var next = 0
    /// Bytes of the body that may still be taken, so that no two buffers share them, and bytes that they may unpack to.
    var left: Int
    var unpackedLeft: Int

    /// The next buffer; nil if it lies outside of the body or is damaged.
    mutating func take() -> ArraySlice<UInt8>? {
      guard next * 2 + 1 < places.count else { return nil }
      let (offset, length) = (places[next * 2], places[next * 2 + 1])
      next += 1
      guard offset >= 0, length >= 0, offset <= Int64(body.count), length <= Int64(body.count) - offset else {
        return nil
      }
      left -= Int(length)
      guard left >= 0 else { return nil }
      let raw = body[Int(offset)..<Int(offset + length)]
      guard let codec, !raw.isEmpty else { return raw }
      guard raw.count >= 8 else { return nil }
      let size = raw.withUnsafeBytes { Int64(littleEndian: $0.loadUnaligned(as: Int64.self)) }
      if size == -1 { return raw.dropFirst(8) }
      // A larger size is a decompression bomb.
      guard size >= 0, size <= Int64(raw.count) * 4096 + 65_536, size <= Int64(unpackedLeft) else { return nil }
      unpackedLeft -= Int(size)
      return raw.dropFirst(8).withUnsafeBytes { packed in
        (codec == 0 ? LZ4.frame(packed, size: Int(size)) : Zstandard.unpack(packed, size: Int(size))).map { $0[...] }
      }
    }
  }

  private func buffers(_ batch: FlatTable, _ body: [UInt8]) throws(InputError) -> Buffers {
    guard let places = batch.words(2, each: 2) else { throw fault("the metadata of a batch is damaged") }
    var codec: Int8?
    if let compression = batch.table(3) {
      codec = compression.number(0, Int8(0))
      guard codec == 0 || codec == 1 else { throw fault("the codec is unknown") }
      if codec == 1 && !Zstandard.isAvailable { throw fault(Zstandard.missing) }
    }
    return Buffers(
      body: body, places: places, codec: codec, left: body.count, unpackedLeft: (256 << 20) + body.count * 1024)
  }

  private func rowCount(_ batch: FlatTable) throws(InputError) -> Int {
    let rows: Int64 = batch.number(0, 0)
    guard rows >= 0, rows <= Int64(ArrowReader.maxRows) else { throw fault("a batch claims \(rows) rows") }
    return Int(rows)
  }

  private func frame(_ batch: FlatTable, _ body: [UInt8]) throws(InputError) -> Frame {
    let rows = try rowCount(batch)
    // Columns of nulls have no bytes: a bound of their own.
    let nullColumns = zip(fields, isWanted).count { $0.layout == .null && $0.dictionary == nil && $1 }
    guard rows * nullColumns <= max(1 << 24, body.count * 64) else {
      throw fault("a batch claims \(rows) rows of \(nullColumns) columns of nulls")
    }
    var buffers = try buffers(batch, body)
    guard let nodes = batch.words(1, each: 2), let variadic = batch.words(4) else {
      throw fault("the metadata of a batch is damaged")
    }
    var node = 0
    var view = 0
    var columns: [Frame.Column] = []
    for (field, isWanted) in zip(fields, isWanted) {
      var extra = 0
      if field.layout == .views, field.dictionary == nil {
        guard view < variadic.count, variadic[view] >= 0, variadic[view] < 1 << 20 else {
          throw fault("the metadata of a batch is damaged")
        }
        extra = Int(variadic[view])
        view += 1
      }
      guard isWanted else {
        if field.layout == .views && field.dictionary == nil {
          node += 1
          buffers.next += 2 + extra
        } else {
          guard let extent = field.extent else {
            throw fault("column \"\(field.name)\" has a type that cannot even be skipped")
          }
          node += extent.nodes
          buffers.next += extent.buffers
        }
        continue
      }
      guard node * 2 + 1 < nodes.count, nodes[node * 2] == Int64(rows) else {
        throw fault("column \"\(field.name)\" has more or fewer rows than its batch")
      }
      let nulls = nodes[node * 2 + 1]
      node += 1
      guard let vector = try vector(field, rows, nulls, &buffers, extra) else {
        throw fault("column \"\(field.name)\" is damaged: a buffer is too short, or a value is out of range")
      }
      columns.append(Frame.Column(field.name, vector))
    }
    return Frame(columns, rows: rows)
  }

  private func vector(
    _ field: ArrowField, _ rows: Int, _ nulls: Int64, _ buffers: inout Buffers, _ extra: Int
  ) throws(InputError) -> Vector? {
    if field.layout == .null && field.dictionary == nil { return Vector.nulls(.null, count: rows) }
    guard let mask = buffers.take() else { return nil }
    var validity: Validity?
    if nulls != 0 && !mask.isEmpty {
      guard mask.count * 8 >= rows else { return nil }
      validity = Validity(bytes: Array(mask.prefix((rows + 7) / 8)), count: rows)
    }
    if let dictionary = field.dictionary {
      guard
        let codes = buffers.take().flatMap({
          ArrowValues.fixed($0, dictionary.width, rows, isSigned: dictionary.isSigned)
        })
      else {
        return nil
      }
      return try positions(Vector(field.type, codes, validity: validity), in: dictionary.id)
    }
    switch field.layout {
    case .null, .foreign: return nil
    case .bool:
      guard let bits = buffers.take(), bits.count * 8 >= rows else { return nil }
      let start = bits.startIndex
      let values = (0..<rows).map { bits[start + $0 >> 3] >> UInt8($0 & 7) & 1 }
      return Vector(.bool, .uint8(values), validity: validity)
    case .fixed(let width):
      guard let raw = buffers.take(), raw.count >= rows * width else { return nil }
      return ArrowValues.number(field, width, raw, rows, validity)
    case .text(let isWide):
      guard let offsets = buffers.take(), let content = buffers.take() else { return nil }
      return ArrowValues.texts(field.type, isWide, offsets, content, rows, validity)
    case .views:
      guard let views = buffers.take(), views.count >= rows * 16 else { return nil }
      var contents: [ArraySlice<UInt8>] = []
      for _ in 0..<extra {
        guard let content = buffers.take() else { return nil }
        contents.append(content)
      }
      return ArrowValues.views(views, contents, rows, validity)
    }
  }

  // MARK: - Dictionaries

  private func takeDictionary(_ header: FlatTable, _ body: [UInt8]) throws(InputError) {
    let id: Int64 = header.number(0, 0)
    guard let batch = header.table(1) else { throw fault("a dictionary has no values") }
    guard let field = fields.first(where: { $0.dictionary?.id == id }) else { return }
    guard zip(fields, isWanted).contains(where: { $0.dictionary?.id == id && $1 }) else { return }
    guard field.type == .string || field.type == .json else {
      throw fault("column \"\(field.name)\" has a dictionary of \(field.type.name), but only texts are supported")
    }
    let rows = try rowCount(batch)
    var buffers = try buffers(batch, body)
    guard let nodes = batch.words(1, each: 2), nodes.count >= 2, nodes[0] == Int64(rows), let mask = buffers.take()
    else {
      throw fault("a dictionary is damaged")
    }
    var validity: Validity?
    if nodes[1] != 0 && !mask.isEmpty {
      guard mask.count * 8 >= rows else { throw fault("a dictionary is damaged") }
      validity = Validity(bytes: Array(mask), count: rows)
    }
    let values: Vector?
    if field.layout == .views {
      let extra = (batch.words(4) ?? []).first ?? 0
      guard extra >= 0, extra < 1 << 20, let list = buffers.take(), list.count >= rows * 16 else {
        throw fault("a dictionary is damaged")
      }
      var contents: [ArraySlice<UInt8>] = []
      for _ in 0..<Int(extra) { contents.append(buffers.take() ?? []) }
      values = ArrowValues.views(list, contents, rows, validity)
    } else if case .text(let isWide) = field.layout, let offsets = buffers.take(), let content = buffers.take() {
      values = ArrowValues.texts(field.type, isWide, offsets, content, rows, validity)
    } else {
      values = nil
    }
    guard let values, let pool = values.texts else { throw fault("a dictionary is damaged") }
    // For each value of the dictionary, its number in the pool; -1 is null.
    let codes = values.integers().enumerated().map { values.isNull($0.offset) ? -1 : Int32($0.element) }
    guard header.bool(2), let old = dictionaries[id], let oldMap = dictionaryMaps[id] else {
      dictionaries[id] = pool
      dictionaryMaps[id] = codes
      return
    }
    // More values of the same dictionary. Frames that use the old pool keep it.
    let joined = TextPool()
    for i in 0..<old.count { old.withBytes(i) { _ = joined.intern($0) } }
    dictionaryMaps[id] =
      oldMap
      + codes.map { code in
        code < 0 ? -1 : Int32(pool.withBytes(Int(code)) { joined.intern($0) })
      }
    dictionaries[id] = joined
  }

  /// Converts the positions of a column in its dictionary to positions in a pool.
  private func positions(_ codes: Vector, in id: Int64) throws(InputError) -> Vector? {
    guard let pool = dictionaries[id], let map = dictionaryMaps[id] else {
      // A column of nulls needs no dictionary.
      if codes.nullCount == codes.count { return Vector.nulls(codes.type, count: codes.count) }
      throw fault("a dictionary is missing")
    }
    var values = codes.integers()
    var validity = codes.validity
    for row in values.indices {
      if let validity, !validity[row] {
        values[row] = 0
        continue
      }
      guard values[row] >= 0, values[row] < Int64(map.count) else { return nil }
      let code = map[Int(values[row])]
      if code < 0 {
        var mask = validity ?? Validity(repeating: true, count: values.count)
        mask[row] = false
        validity = mask
      }
      values[row] = Int64(max(code, 0))
    }
    return Vector(codes.type, .int64(values), validity: validity, texts: pool)
  }
}
