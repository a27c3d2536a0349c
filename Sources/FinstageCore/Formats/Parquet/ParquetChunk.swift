/// One encoded column of a row group: its pages, and its description in the file's metadata.
struct ParquetChunk {
  struct Page {
    package var offset: Int
    package var size: Int
    var firstRow: Int
    package var rows: Int
    package var nulls: Int
    /// Nil if there are no usable bounds: all rows are null, a value is NaN, or the bounds would be too long.
    package var bounds: (least: [UInt8], greatest: [UInt8])?
  }

  private(set) var bytes: [UInt8] = []
  private(set) var pages: [Page] = []
  private(set) var dictionarySize: Int?
  private(set) var encodings: Set<Int> = [ParquetCode.rle]
  private(set) var codec = ParquetCode.uncompressed
  private(set) var uncompressedSize = 0
  private(set) var nulls = 0
  private(set) var bounds: (least: [UInt8], greatest: [UInt8])?
  package let rows: Int
  package let column: ParquetColumn

  private static let rowsPerPage = 16_384
  /// How many values are used to choose an encoding.
  private static let sampleSize = 4096

  /// - Parameter codec: the codec that the user asked for; nil to choose one.
  package init(_ vector: Vector, as column: ParquetColumn, codec wanted: Int?) {
    self.column = column
    rows = vector.count
    nulls = vector.nullCount
    switch column.physical {
    case ParquetCode.byteArray: texts(vector, wanted)
    case ParquetCode.double, ParquetCode.float: floats(vector, wanted)
    case ParquetCode.boolean: bools(vector, wanted)
    default: integers(vector, wanted)
    }
  }

  // MARK: - Pages

  /// The ranges of rows that become pages.
  private var stretches: [Range<Int>] {
    if rows == 0 { return [0..<0] }
    return stride(from: 0, to: rows, by: ParquetChunk.rowsPerPage).map { $0..<min($0 + ParquetChunk.rowsPerPage, rows) }
  }

  /// The definition levels of rows: 1 where there is a value.
  private func levels(_ vector: Vector, _ range: Range<Int>) -> (bytes: [UInt8], nulls: Int) {
    guard nulls > 0, let validity = vector.validity else {
      return (RunLength.encode([UInt64](repeating: 1, count: range.count), width: 1), 0)
    }
    let values = range.map { validity[$0] ? 1 as UInt64 : 0 }
    return (RunLength.encode(values, width: 1), values.count { $0 == 0 })
  }

  private static func squeeze(_ plain: [UInt8], _ codec: Int) -> [UInt8] {
    switch codec {
    case ParquetCode.gzip: Gzip.pack(plain)
    case ParquetCode.zstd: Zstandard.pack(plain) ?? plain
    default: plain
    }
  }

  private mutating func add(
    _ vector: Vector, _ range: Range<Int>, _ content: [UInt8], encoding: Int,
    _ bounds: (least: [UInt8], greatest: [UInt8])?
  ) {
    let (levels, nulls) = levels(vector, range)
    var body = withUnsafeBytes(of: UInt32(levels.count).littleEndian) { Array($0) }
    body += levels
    body += content
    let packed = ParquetChunk.squeeze(body, codec)
    var header: [Int: ThriftValue] = [
      1: .i32(Int32(range.count)), 2: .i32(Int32(encoding)), 3: .i32(Int32(ParquetCode.rle)),
      4: .i32(Int32(ParquetCode.rle)),
    ]
    if let bounds {
      header[5] = .structure([3: .i64(Int64(nulls)), 5: .binary(bounds.greatest), 6: .binary(bounds.least)])
    }
    let head = ThriftWriter.encode(
      .structure([
        1: .i32(Int32(ParquetCode.dataPage)), 2: .i32(Int32(body.count)), 3: .i32(Int32(packed.count)),
        5: .structure(header),
      ]))
    pages.append(
      Page(
        offset: bytes.count, size: head.count + packed.count, firstRow: range.lowerBound, rows: range.count,
        nulls: nulls, bounds: bounds))
    bytes += head
    bytes += packed
    uncompressedSize += head.count + body.count
    encodings.insert(encoding)
  }

  private mutating func widen(_ page: (least: [UInt8], greatest: [UInt8])?, isLess: ([UInt8], [UInt8]) -> Bool) {
    guard let page else { return }
    guard let known = bounds else {
      bounds = page
      return
    }
    bounds = (
      isLess(page.least, known.least) ? page.least : known.least,
      isLess(known.greatest, page.greatest) ? page.greatest : known.greatest
    )
  }

  // MARK: - Numbers

  private static func little<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  /// The values of the rows that have one.
  private static func present<Value>(_ values: [Value], _ vector: Vector, _ range: Range<Int>) -> [Value] {
    guard let validity = vector.validity else { return Array(values[range]) }
    var result: [Value] = []
    result.reserveCapacity(range.count)
    for row in range where validity[row] { result.append(values[row]) }
    return result
  }

  private mutating func integers(_ vector: Vector, _ wanted: Int?) {
    let values = vector.integers()
    let isNarrow = column.physical == ParquetCode.int32
    let width = isNarrow ? 4 : 8
    func delta(_ part: [Int64]) -> [UInt8] {
      part.withUnsafeBufferPointer { DeltaPacking.encode($0, isNarrow: isNarrow) }
    }
    func split(_ part: [Int64]) -> [UInt8] { ParquetChunk.split(part, width: width) }

    // Values that are close to their neighbours are packed as differences. Prices of alternating symbols are not close,
    // but their high bytes repeat with each turn, and gzip finds the repetition once those bytes stand together.
    var encoding = ParquetCode.deltaBinaryPacked
    codec = wanted ?? ParquetCode.uncompressed
    let first = ParquetChunk.present(values, vector, stretches[0])
    if wanted == nil, !first.isEmpty {
      let sample = Array(first.prefix(ParquetChunk.sampleSize))
      let differences = delta(sample)
      var best = differences.count
      let packed = Gzip.pack(differences).count
      if packed * 10 < best * 9 { (codec, best) = (ParquetCode.gzip, packed) }
      if differences.count > sample.count {
        let bytes = Gzip.pack(split(sample)).count
        if bytes * 40 < best * 39 { (encoding, codec) = (ParquetCode.byteStreamSplit, ParquetCode.gzip) }
      }
    }
    for (i, range) in stretches.enumerated() {
      let part = i == 0 ? first : ParquetChunk.present(values, vector, range)
      let content = encoding == ParquetCode.byteStreamSplit ? split(part) : delta(part)
      var page: (least: [UInt8], greatest: [UInt8])?
      if let least = part.min(), let greatest = part.max(), column.type != .null {
        page =
          isNarrow
          ? (
            ParquetChunk.little(Int32(truncatingIfNeeded: least)),
            ParquetChunk.little(Int32(truncatingIfNeeded: greatest))
          )
          : (ParquetChunk.little(least), ParquetChunk.little(greatest))
      }
      add(vector, range, content, encoding: encoding, page)
      widen(page) { a, b in ParquetBounds.integer(a) < ParquetBounds.integer(b) }
    }
  }

  /// The first bytes of all values, then the second ones, and so on.
  private static func split(_ values: [Int64], width: Int) -> [UInt8] {
    let count = values.count
    return [UInt8](unsafeUninitializedCapacity: max(count * width, 1)) { out, filled in
      values.withUnsafeBufferPointer { values in
        for k in 0..<width {
          let shift = Int64(8 * k)
          let stream = out.baseAddress! + k * count
          for i in 0..<count { stream[i] = UInt8(truncatingIfNeeded: values[i] >> shift) }
        }
      }
      filled = count * width
    }
  }

  private mutating func floats(_ vector: Vector, _ wanted: Int?) {
    let isDouble = column.physical == ParquetCode.double
    let width = isDouble ? 8 : 4
    let values = vector.doubles()
    func bits(_ part: [Double]) -> [Int64] {
      isDouble
        ? part.map { Int64(bitPattern: $0.bitPattern) } : part.map { Int64(Float($0).bitPattern) }
    }
    func plain(_ bits: [Int64]) -> [UInt8] {
      if isDouble { return bits.withUnsafeBytes { Array($0) } }
      return bits.map { Int32(truncatingIfNeeded: $0) }.withUnsafeBytes { Array($0) }
    }
    var encoding = ParquetCode.plain
    codec = wanted ?? ParquetCode.uncompressed
    let sample = bits(ParquetChunk.present(values, vector, stretches[0]))
    if wanted == nil, !sample.isEmpty {
      let packed = Gzip.pack(ParquetChunk.split(sample, width: width)).count
      if packed * 10 < sample.count * width * 9 {
        (encoding, codec) = (ParquetCode.byteStreamSplit, ParquetCode.gzip)
      }
    } else if codec != ParquetCode.uncompressed {
      encoding = ParquetCode.byteStreamSplit
    }
    for range in stretches {
      let part = ParquetChunk.present(values, vector, range)
      let content = bits(part)
      var page: (least: [UInt8], greatest: [UInt8])?
      // Bounds cannot include NaN, and they must cover both signs of zero.
      if !part.contains(where: \.isNaN), var least = part.min(), var greatest = part.max() {
        if least == 0 { least = -0.0 }
        if greatest == 0 { greatest = 0.0 }
        page =
          isDouble
          ? (ParquetChunk.little(least.bitPattern), ParquetChunk.little(greatest.bitPattern))
          : (ParquetChunk.little(Float(least).bitPattern), ParquetChunk.little(Float(greatest).bitPattern))
      }
      add(
        vector, range,
        encoding == ParquetCode.plain ? plain(content) : ParquetChunk.split(content, width: width), encoding: encoding,
        page)
      widen(page) { a, b in ParquetBounds.float(a) < ParquetBounds.float(b) }
    }
  }

  private mutating func bools(_ vector: Vector, _ wanted: Int?) {
    codec = wanted ?? ParquetCode.uncompressed
    let values = vector.integers()
    for range in stretches {
      let part = ParquetChunk.present(values, vector, range)
      var bits = Validity(repeating: false, count: part.count)
      for (i, value) in part.enumerated() where value != 0 { bits[i] = true }
      var page: (least: [UInt8], greatest: [UInt8])?
      if let least = part.min(), let greatest = part.max() { page = ([UInt8(least)], [UInt8(greatest)]) }
      add(vector, range, bits.bytes, encoding: ParquetCode.plain, page)
      widen(page) { $0[0] < $1[0] }
    }
  }

  // MARK: - Texts

  private static func plain(_ text: UnsafeBufferPointer<UInt8>, into bytes: inout [UInt8]) {
    bytes += little(UInt32(text.count))
    bytes.append(contentsOf: text)
  }

  private mutating func texts(_ vector: Vector, _ wanted: Int?) {
    let codes = vector.integers()
    let pool = vector.texts ?? TextPool()
    // The texts that are used, in the order of their first use.
    var places = [Int32](repeating: -1, count: pool.count)
    var used: [Int] = []
    for (row, code) in codes.enumerated() where !vector.isNull(row) && places[Int(code)] < 0 {
      places[Int(code)] = Int32(used.count)
      used.append(Int(code))
    }
    var dictionary: [UInt8] = []
    for code in used { pool.withBytes(code) { ParquetChunk.plain($0, into: &dictionary) } }
    let isDictionary = used.count * 2 <= max(rows, 2) && dictionary.count <= 1 << 20
    codec = wanted ?? ParquetCode.uncompressed
    if isDictionary {
      let width = max(BitPacking.width(UInt64(max(used.count - 1, 0))), 1)
      func page(_ range: Range<Int>) -> [UInt8] {
        let part = ParquetChunk.present(codes, vector, range).map { UInt64(places[Int($0)]) }
        return [UInt8(width)] + RunLength.encode(part, width: width)
      }
      let first = page(stretches[0])
      if wanted == nil, Gzip.pack(first).count * 10 < first.count * 9 { codec = ParquetCode.gzip }
      let packed = ParquetChunk.squeeze(dictionary, codec)
      let head = ThriftWriter.encode(
        .structure([
          1: .i32(Int32(ParquetCode.dictionaryPage)), 2: .i32(Int32(dictionary.count)), 3: .i32(Int32(packed.count)),
          7: .structure([1: .i32(Int32(used.count)), 2: .i32(Int32(ParquetCode.plain))]),
        ]))
      bytes = head + packed
      dictionarySize = bytes.count
      uncompressedSize = head.count + dictionary.count
      encodings.insert(ParquetCode.plain)
      for (i, range) in stretches.enumerated() {
        let bounds = bounds(codes, vector, pool, range)
        add(vector, range, i == 0 ? first : page(range), encoding: ParquetCode.rleDictionary, bounds)
        widen(bounds) { $0.lexicographicallyPrecedes($1) }
      }
      return
    }
    func page(_ range: Range<Int>) -> [UInt8] {
      // Lengths first, then the texts: they compress better apart.
      let part = ParquetChunk.present(codes, vector, range)
      let lengths = part.map { code in Int64(pool.withBytes(Int(code)) { $0.count }) }
      var content = lengths.withUnsafeBufferPointer { DeltaPacking.encode($0, isNarrow: true) }
      for code in part { pool.withBytes(Int(code)) { content.append(contentsOf: $0) } }
      return content
    }
    let first = page(stretches[0])
    if wanted == nil, Gzip.pack(first).count * 10 < first.count * 9 { codec = ParquetCode.gzip }
    for (i, range) in stretches.enumerated() {
      let bounds = bounds(codes, vector, pool, range)
      add(vector, range, i == 0 ? first : page(range), encoding: ParquetCode.deltaLengthByteArray, bounds)
      widen(bounds) { $0.lexicographicallyPrecedes($1) }
    }
  }

  private func bounds(
    _ codes: [Int64], _ vector: Vector, _ pool: TextPool, _ range: Range<Int>
  ) -> (least: [UInt8], greatest: [UInt8])? {
    var seen = Set<Int64>()
    var result: (least: [UInt8], greatest: [UInt8])?
    var last = Int64(-1)
    for row in range where !vector.isNull(row) {
      let code = codes[row]
      if code == last || !seen.insert(code).inserted { continue }
      last = code
      let text = pool.bytes(Int(code))
      guard let known = result else {
        result = (text, text)
        continue
      }
      if text.lexicographicallyPrecedes(known.least) { result!.least = text }
      if known.greatest.lexicographicallyPrecedes(text) { result!.greatest = text }
    }
    if let known = result, known.least.count > 128 || known.greatest.count > 128 { return nil }
    return result
  }

  // MARK: - Metadata

  private func statistics(_ bounds: (least: [UInt8], greatest: [UInt8])?) -> ThriftValue {
    var fields: [Int: ThriftValue] = [3: .i64(Int64(nulls))]
    if let bounds {
      fields[5] = .binary(bounds.greatest)
      fields[6] = .binary(bounds.least)
      fields[7] = .bool(true)
      fields[8] = .bool(true)
    }
    return .structure(fields)
  }

  /// - Parameters:
  ///   - start: where the chunk lies in the file.
  ///   - columnIndex, offsetIndex: where its page indexes will lie, and their lengths.
  func metadata(at start: Int, columnIndex: (Int, Int), offsetIndex: (Int, Int)) -> ThriftValue {
    // A page without bounds makes the chunk's bounds wrong, unless the page has no values.
    let isBounded = pages.allSatisfy { page in
      page.bounds != nil || page.nulls == page.rows
    }
    var meta: [Int: ThriftValue] = [
      1: .i32(Int32(column.physical)), 2: .list(encodings.sorted().map { .i32(Int32($0)) }),
      3: .list([.text(column.name)]), 4: .i32(Int32(codec)), 5: .i64(Int64(rows)),
      6: .i64(Int64(uncompressedSize)), 7: .i64(Int64(size)),
      9: .i64(Int64(start + (dictionarySize ?? 0))),
      12: statistics(isBounded ? bounds : nil),
    ]
    if dictionarySize != nil { meta[11] = .i64(Int64(start)) }
    var chunk: [Int: ThriftValue] = [
      2: .i64(0), 3: .structure(meta), 4: .i64(Int64(offsetIndex.0)), 5: .i32(Int32(offsetIndex.1)),
    ]
    if columnIndex.1 > 0 {
      chunk[6] = .i64(Int64(columnIndex.0))
      chunk[7] = .i32(Int32(columnIndex.1))
    }
    return .structure(chunk)
  }

  /// The encoded bounds of all pages; nil if a page with values has no bounds.
  var columnIndex: [UInt8]? {
    var (isNull, least, greatest, nulls): ([ThriftValue], [ThriftValue], [ThriftValue], [ThriftValue]) = (
      [], [], [], []
    )
    for page in pages {
      if page.bounds == nil && page.nulls < page.rows { return nil }
      isNull.append(.bool(page.bounds == nil))
      least.append(.binary(page.bounds?.least ?? []))
      greatest.append(.binary(page.bounds?.greatest ?? []))
      nulls.append(.i64(Int64(page.nulls)))
    }
    return ThriftWriter.encode(
      .structure([1: .list(isNull), 2: .list(least), 3: .list(greatest), 4: .i32(0), 5: .list(nulls)]))
  }

  func offsetIndex(at start: Int) -> [UInt8] {
    ThriftWriter.encode(
      .structure([
        1: .list(
          pages.map { page in
            .structure([
              1: .i64(Int64(start + page.offset)), 2: .i32(Int32(page.size)), 3: .i64(Int64(page.firstRow)),
            ])
          })
      ]))
  }

  /// Frees the bytes once they are written; returns how many there were.
  mutating func forgetBytes() -> Int {
    let count = bytes.count
    size = count
    bytes = []
    return count
  }

  private(set) var size = 0
}

/// Converts the bounds of statistics to values.
enum ParquetBounds {
  package static func integer(_ bytes: [UInt8]) -> Int64 {
    if bytes.count == 4 {
      return Int64(bytes.withUnsafeBytes { Int32(littleEndian: $0.loadUnaligned(as: Int32.self)) })
    }
    return bytes.count == 8 ? bytes.withUnsafeBytes { Int64(littleEndian: $0.loadUnaligned(as: Int64.self)) } : 0
  }

  package static func float(_ bytes: [UInt8]) -> Double {
    if bytes.count == 4 {
      return Double(Float(bitPattern: UInt32(truncatingIfNeeded: integer(bytes))))
    }
    return bytes.count == 8 ? Double(bitPattern: UInt64(bitPattern: integer(bytes))) : .nan
  }
}
