/// Decodes the pages of one column chunk.
struct ParquetPages {
  package let field: ParquetField
  package let codec: Int
  /// The rows of the row group; pages that claim more values are rejected.
  package let rows: Int

  private var integers: [Int64] = []
  private var doubles: [Double] = []
  private var floats: [Float] = []
  private var validity: Validity?
  private var filled = 0
  private let pool = TextPool()
  /// The dictionary: integers, the bits of doubles, or positions in the pool.
  private var dictionary: [Int64]?

  package init(_ field: ParquetField, codec: Int, rows: Int) {
    self.field = field
    self.codec = codec
    self.rows = rows
  }

  private var isDouble: Bool { field.physical == ParquetCode.double || field.wideScale != nil }
  private var isFloat: Bool { field.physical == ParquetCode.float || field.isHalf }
  private var isText: Bool { field.type?.isText == true }

  /// - Parameter chunk: all pages of the chunk.
  package mutating func decode(_ chunk: UnsafeRawBufferPointer) throws(ParquetFault) -> Vector {
    var at = 0
    if isDouble {
      doubles.reserveCapacity(rows)
    } else if isFloat {
      floats.reserveCapacity(rows)
    } else {
      integers.reserveCapacity(rows)
    }
    while filled < rows {
      var reader = ThriftReader(UnsafeRawBufferPointer(rebasing: chunk[min(at, chunk.count)...]))
      guard let header = reader.structure(), let kind = header[1]?.integer, let size = header[3]?.integer,
        let plainSize = header[2]?.integer, size >= 0, plainSize >= 0
      else { throw ParquetFault("a page header is damaged") }
      at += reader.position
      guard size <= chunk.count - at else { throw ParquetFault("a page reaches beyond its column") }
      let body = UnsafeRawBufferPointer(rebasing: chunk[at..<at + size])
      at += size
      switch kind {
      case ParquetCode.dictionaryPage: try takeDictionary(header, try unpacked(body, plainSize))
      case ParquetCode.dataPage: try takePage(header, try unpacked(body, plainSize))
      case ParquetCode.dataPageV2: try takePageV2(header, body, plainSize)
      default: break
      }
    }
    return try vector()
  }

  private func unpacked(_ body: UnsafeRawBufferPointer, _ size: Int) throws(ParquetFault) -> [UInt8] {
    // A larger ratio is a decompression bomb, and no page is larger than 1 GiB.
    guard size <= 1 << 30, size <= body.count * 8192 + 65_536 else {
      throw ParquetFault("a page of \(body.count) bytes claims to unpack to \(size)")
    }
    let plain: [UInt8]?
    switch codec {
    case ParquetCode.uncompressed: plain = body.count == size ? Array(body) : nil
    case ParquetCode.snappy: plain = Snappy.unpack(body, size: size)
    case ParquetCode.gzip: plain = Gzip.unpack(body, size: size)
    case ParquetCode.lz4Raw: plain = LZ4.block(body, size: size)
    case ParquetCode.zstd:
      if !Zstandard.isAvailable { throw ParquetFault(unsupported: Zstandard.missing) }
      plain = Zstandard.unpack(body, size: size)
    default: throw ParquetFault(unsupported: "the codec \(ParquetCode.codecName(codec)) is not supported")
    }
    guard let plain else { throw ParquetFault("a page cannot be unpacked (\(ParquetCode.codecName(codec)))") }
    return plain
  }

  // MARK: - Pages

  private mutating func takeDictionary(_ header: ThriftValue, _ body: [UInt8]) throws(ParquetFault) {
    guard let count = header[7]?[1]?.integer, count >= 0, count <= body.count + 1 else {
      throw ParquetFault("a dictionary is damaged")
    }
    dictionary = try body.withBytes { (bytes) throws(ParquetFault) in
      var at = 0
      return try plain(bytes, &at, count)
    }
  }

  private mutating func takePage(_ header: ThriftValue, _ body: [UInt8]) throws(ParquetFault) {
    guard let count = header[5]?[1]?.integer, let encoding = header[5]?[2]?.integer, count >= 0, count <= rows - filled
    else { throw ParquetFault("a page has more values than its row group has rows") }
    try body.withBytes { (bytes) throws(ParquetFault) in
      var at = 0
      var levels: [UInt64]?
      if field.isOptional {
        if header[5]?[3]?.integer == ParquetCode.bitPacked {
          throw ParquetFault(unsupported: "the levels use an encoding that has been out of use since 2014")
        }
        guard bytes.count >= 4 else { throw ParquetFault("a page is too short") }
        let length = Int(bytes.loadUnaligned(as: UInt32.self).littleEndian)
        guard length <= bytes.count - 4 else { throw ParquetFault("a page is too short") }
        at = 4 + length
        levels = try self.levels(UnsafeRawBufferPointer(rebasing: bytes[4..<at]), count)
      }
      try take(UnsafeRawBufferPointer(rebasing: bytes[at...]), encoding, count, levels)
    }
  }

  private mutating func takePageV2(
    _ header: ThriftValue, _ body: UnsafeRawBufferPointer, _ plainSize: Int
  ) throws(ParquetFault) {
    guard let about = header[8], let count = about[1]?.integer, let encoding = about[4]?.integer,
      let levelBytes = about[5]?.integer, let repetitionBytes = about[6]?.integer, count >= 0, count <= rows - filled,
      levelBytes >= 0, repetitionBytes >= 0, levelBytes <= min(body.count, plainSize),
      repetitionBytes <= min(body.count, plainSize) - levelBytes
    else { throw ParquetFault("a page has more values than its row group has rows") }
    let start = repetitionBytes + levelBytes
    var levels: [UInt64]?
    if field.isOptional && levelBytes > 0 {
      levels = try self.levels(UnsafeRawBufferPointer(rebasing: body[repetitionBytes..<start]), count)
    }
    let packed = UnsafeRawBufferPointer(rebasing: body[start...])
    let isPacked = about[7]?.flag ?? true
    // Some writers flag packed pages as plain; only the sizes tell.
    guard isPacked || packed.count == plainSize - start else {
      throw ParquetFault("the sizes in a page header do not agree")
    }
    let values = isPacked && !packed.isEmpty ? try unpacked(packed, plainSize - start) : Array(packed)
    try values.withBytes { (bytes) throws(ParquetFault) in try take(bytes, encoding, count, levels) }
  }

  private func levels(_ bytes: UnsafeRawBufferPointer, _ count: Int) throws(ParquetFault) -> [UInt64]? {
    guard let levels = RunLength.decode(bytes, at: 0, count: count, width: 1) else {
      throw ParquetFault("the levels of a page are damaged")
    }
    return levels.contains(0) ? levels : nil
  }

  private mutating func take(
    _ bytes: UnsafeRawBufferPointer, _ encoding: Int, _ count: Int, _ levels: [UInt64]?
  ) throws(ParquetFault) {
    let present = levels.map { levels in levels.count { $0 != 0 } } ?? count
    var values = try self.values(bytes, encoding, present)
    guard values.count >= present else { throw ParquetFault("a page has fewer values than it claims") }
    if values.count > present { values.removeLast(values.count - present) }
    if let levels {
      var mask = validity ?? Validity(repeating: true, count: filled)
      for level in levels { mask.append(level != 0) }
      validity = mask
      var spread = [Int64](
        repeating: isDouble ? Int64(bitPattern: Double.nan.bitPattern) : isFloat ? Int64(Float.nan.bitPattern) : 0,
        count: count)
      var next = 0
      for (row, level) in levels.enumerated() where level != 0 {
        spread[row] = values[next]
        next += 1
      }
      values = spread
    } else if validity != nil {
      validity!.append(repeating: true, count: count)
    }
    if isDouble {
      for value in values { doubles.append(Double(bitPattern: UInt64(bitPattern: value))) }
    } else if isFloat {
      for value in values { floats.append(Float(bitPattern: UInt32(truncatingIfNeeded: value))) }
    } else {
      integers.append(contentsOf: values)
    }
    filled += count
  }

  // MARK: - Encodings

  /// Values as integers: the integers themselves, the bits of floats, or positions of texts in the pool.
  private mutating func values(
    _ bytes: UnsafeRawBufferPointer, _ encoding: Int, _ count: Int
  ) throws(ParquetFault) -> [Int64] {
    if count == 0 { return [] }
    var at = 0
    switch encoding {
    case ParquetCode.plain: return try plain(bytes, &at, count)
    case ParquetCode.plainDictionary, ParquetCode.rleDictionary:
      guard let dictionary else { throw ParquetFault("a dictionary is missing") }
      guard let width = bytes.first, let places = RunLength.decode(bytes, at: 1, count: count, width: Int(width)) else {
        throw ParquetFault("the positions of a page are damaged")
      }
      var result = [Int64](repeating: 0, count: count)
      for i in 0..<count {
        guard places[i] < UInt64(dictionary.count) else {
          throw ParquetFault("a position lies outside of its dictionary")
        }
        result[i] = dictionary[Int(places[i])]
      }
      return result
    case ParquetCode.deltaBinaryPacked:
      let isNarrow = field.physical == ParquetCode.int32
      guard field.physical == ParquetCode.int64 || isNarrow,
        let values = DeltaPacking.decode(bytes, at: &at, atMost: rows, isNarrow: isNarrow)
      else { throw ParquetFault("the differences of a page are damaged") }
      return values
    case ParquetCode.rle where field.physical == ParquetCode.boolean:
      guard bytes.count >= 4, let values = RunLength.decode(bytes, at: 4, count: count, width: 1) else {
        throw ParquetFault("a page is damaged")
      }
      return values.map(Int64.init)
    case ParquetCode.byteStreamSplit: return try split(bytes, count)
    case ParquetCode.deltaLengthByteArray
    where field.physical == ParquetCode.byteArray || field.physical == ParquetCode.fixedBytes:
      guard let lengths = DeltaPacking.decode(bytes, at: &at, atMost: rows) else {
        throw ParquetFault("the lengths of a page are damaged")
      }
      var result: [Int64] = []
      for length in lengths {
        guard length >= 0, length <= Int64(bytes.count - at) else {
          throw ParquetFault("a text reaches beyond its page")
        }
        result.append(try value(UnsafeRawBufferPointer(rebasing: bytes[at..<at + Int(length)])))
        at += Int(length)
      }
      return result
    case ParquetCode.deltaByteArray
    where field.physical == ParquetCode.byteArray || field.physical == ParquetCode.fixedBytes:
      guard let prefixes = DeltaPacking.decode(bytes, at: &at, atMost: rows),
        let lengths = DeltaPacking.decode(bytes, at: &at, atMost: rows), prefixes.count == lengths.count
      else { throw ParquetFault("the lengths of a page are damaged") }
      var result: [Int64] = []
      var last: [UInt8] = []
      // Each text may begin like the one before: a few bytes can describe any amount.
      var budget = (256 << 20) + bytes.count * 1024
      for (prefix, length) in zip(prefixes, lengths) {
        guard prefix >= 0, prefix <= Int64(last.count), length >= 0, length <= Int64(bytes.count - at) else {
          throw ParquetFault("a text reaches beyond its page")
        }
        budget -= Int(prefix) + Int(length)
        guard budget >= 0 else { throw ParquetFault("the texts of a page are too large") }
        last = Array(last[..<Int(prefix)]) + Array(bytes[at..<at + Int(length)])
        at += Int(length)
        result.append(try last.withBytes { (text) throws(ParquetFault) in try value(text) })
      }
      return result
    default: throw ParquetFault(unsupported: "the encoding \(encoding) is not supported")
    }
  }

  /// The width of plain values; nil for texts of any length.
  private var width: Int? {
    switch field.physical {
    case ParquetCode.int32, ParquetCode.float: 4
    case ParquetCode.int64, ParquetCode.double: 8
    case ParquetCode.int96: 12
    case ParquetCode.fixedBytes: field.length
    default: nil
    }
  }

  private mutating func plain(
    _ bytes: UnsafeRawBufferPointer, _ at: inout Int, _ count: Int
  ) throws(ParquetFault) -> [Int64] {
    var result: [Int64] = []
    if field.physical == ParquetCode.boolean {
      guard bytes.count * 8 >= count else { throw ParquetFault("a page is too short") }
      return (0..<count).map { Int64(bytes[$0 >> 3] >> UInt8($0 & 7) & 1) }
    }
    if let width {
      guard width > 0, count <= (bytes.count - at) / width else { throw ParquetFault("a page is too short") }
      result.reserveCapacity(count)
      switch field.physical {
      case ParquetCode.int32:
        for i in 0..<count { result.append(Int64(bytes.loadUnaligned(fromByteOffset: i * 4, as: Int32.self))) }
      case ParquetCode.float:
        for i in 0..<count { result.append(Int64(bytes.loadUnaligned(fromByteOffset: i * 4, as: UInt32.self))) }
      case ParquetCode.int64, ParquetCode.double:
        for i in 0..<count { result.append(bytes.loadUnaligned(fromByteOffset: i * 8, as: Int64.self)) }
      default:
        for i in 0..<count {
          result.append(try value(UnsafeRawBufferPointer(rebasing: bytes[i * width..<(i + 1) * width])))
        }
      }
      return result
    }
    result.reserveCapacity(min(count, rows))
    for _ in 0..<count {
      guard at + 4 <= bytes.count else { throw ParquetFault("a page is too short") }
      let length = Int(bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self).littleEndian)
      at += 4
      guard length <= bytes.count - at else { throw ParquetFault("a text reaches beyond its page") }
      result.append(try value(UnsafeRawBufferPointer(rebasing: bytes[at..<at + length])))
      at += length
    }
    return result
  }

  /// Reads one value from its bytes: a text (as its position in the pool), a decimal, a 16-bit float, or an old
  /// timestamp.
  private func value(_ bytes: UnsafeRawBufferPointer) throws(ParquetFault) -> Int64 {
    if isText {
      let text = bytes.assumingMemoryBound(to: UInt8.self)
      guard field.isAnnotated || String(validating: text, as: UTF8.self) != nil else {
        throw ParquetFault(unsupported: "bytes that are not UTF-8 text")
      }
      return Int64(pool.intern(text))
    }
    if let scale = field.wideScale { return try wideDecimal(bytes, scale) }
    if field.physical == ParquetCode.int96 {
      guard bytes.count == 12 else { throw ParquetFault("a time of the type INT96 has \(bytes.count) bytes") }
      // Nanoseconds of the day, and the Julian day.
      let nanoseconds = bytes.loadUnaligned(as: Int64.self)
      let day = Int64(bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)) - 2_440_588
      let (product, overflow) = day.multipliedReportingOverflow(by: 86_400_000_000_000)
      if overflow {
        throw ParquetFault(unsupported: "a time of the old type INT96 is outside of the years 1678 to 2262")
      }
      return product &+ nanoseconds
    }
    if field.isHalf {
      guard bytes.count == 2 else { throw ParquetFault("a 16-bit number has \(bytes.count) bytes") }
      return Int64(ArrowValues.widened(bytes.loadUnaligned(as: UInt16.self)).bitPattern)
    }
    // A decimal: two's complement, the highest byte first.
    var result: Int64 = bytes.first.map { $0 >= 0x80 ? -1 : 0 } ?? 0
    for byte in bytes {
      guard result >> 55 == 0 || result >> 55 == -1 else { throw ParquetFault("a decimal has more than 18 digits") }
      result = result << 8 | Int64(byte)
    }
    return result
  }

  /// The bits of the double that is nearest to a decimal of more than 18 digits: two's complement, the highest byte first.
  private func wideDecimal(_ bytes: UnsafeRawBufferPointer, _ scale: Int) throws(ParquetFault) -> Int64 {
    var result: Int128 = bytes.first.map { $0 >= 0x80 ? -1 : 0 } ?? 0
    for byte in bytes {
      guard result >> 119 == 0 || result >> 119 == -1 else {
        throw ParquetFault(unsupported: "a decimal has more than 38 digits")
      }
      result = result << 8 | Int128(byte)
    }
    let isExact = result.magnitude <= 1 << 53 && scale <= 22
    let value = isExact ? Double(result) / Double("1e\(scale)")! : Double("\(result)e-\(scale)") ?? .nan
    return Int64(bitPattern: value.bitPattern)
  }

  private func split(_ bytes: UnsafeRawBufferPointer, _ count: Int) throws(ParquetFault) -> [Int64] {
    guard let width, width > 0, bytes.count / width >= count else { throw ParquetFault("a page is too short") }
    // Each stream has one byte for each value of the page.
    let stride = bytes.count / width
    if width > 8 || field.physical == ParquetCode.fixedBytes {
      var result: [Int64] = []
      for i in 0..<count {
        let one = (0..<width).map { bytes[$0 * stride + i] }
        result.append(try one.withBytes { (value) throws(ParquetFault) in try self.value(value) })
      }
      return result
    }
    let isSigned = field.physical == ParquetCode.int32
    return [Int64](unsafeUninitializedCapacity: max(count, 1)) { out, filled in
      let base = bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
      if width == 4 {
        let (a, b, c, d) = (base, base + stride, base + 2 * stride, base + 3 * stride)
        for i in 0..<count {
          let word = UInt32(a[i]) | UInt32(b[i]) << 8 | UInt32(c[i]) << 16 | UInt32(d[i]) << 24
          out[i] = isSigned ? Int64(Int32(bitPattern: word)) : Int64(word)
        }
      } else {
        for i in 0..<count {
          var word: UInt64 = 0
          for k in 0..<8 { word |= UInt64(base[k * stride + i]) << UInt64(8 * k) }
          out[i] = Int64(bitPattern: word)
        }
      }
      filled = count
    }
  }

  // MARK: - The column

  private func vector() throws(ParquetFault) -> Vector {
    guard let type = field.type else { throw ParquetFault("its type is not supported") }
    if isDouble { return Vector(type, .float64(doubles), validity: validity) }
    if isFloat { return Vector(type, .float32(floats), validity: validity) }
    if type == .uint(bits: 64) {
      for row in integers.indices where integers[row] < 0 && validity?[row] ?? true {
        throw ParquetFault("a value is above 9223372036854775807")
      }
    }
    if case .uint(let bits) = type, bits <= 32 {
      return Vector(type, .int64(integers.map { $0 & (1 << Int64(bits) - 1) }), validity: validity)
    }
    return Vector(type, .int64(integers), validity: validity, texts: isText ? pool : nil)
  }
}
