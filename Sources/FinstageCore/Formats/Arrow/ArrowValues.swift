/// Converts Arrow's buffers to vectors. The result is nil if a buffer is too short or a value is out of range.
enum ArrowValues {
  package static func load<Value: BitwiseCopyable>(_ raw: ArraySlice<UInt8>, _ rows: Int, _: Value.Type) -> [Value] {
    raw.withUnsafeBytes { source in
      [Value](unsafeUninitializedCapacity: max(rows, 1)) { target, count in
        if rows > 0 {
          UnsafeMutableRawPointer(target.baseAddress!).copyMemory(
            from: source.baseAddress!, byteCount: rows * MemoryLayout<Value>.stride)
        }
        count = rows
      }
    }
  }

  package static func fixed(_ raw: ArraySlice<UInt8>, _ width: Int, _ rows: Int, isSigned: Bool) -> Vector.Storage? {
    guard raw.count >= rows * width else { return nil }
    switch (width, isSigned) {
    case (1, true): return .int8(load(raw, rows, Int8.self))
    case (2, true): return .int16(load(raw, rows, Int16.self))
    case (4, true): return .int32(load(raw, rows, Int32.self))
    case (1, false): return .uint8(load(raw, rows, UInt8.self))
    case (2, false): return .uint16(load(raw, rows, UInt16.self))
    case (4, false): return .uint32(load(raw, rows, UInt32.self))
    default: return .int64(load(raw, rows, Int64.self))
    }
  }

  package static func number(
    _ field: ArrowField, _ width: Int, _ raw: ArraySlice<UInt8>, _ rows: Int, _ validity: Validity?
  ) -> Vector? {
    switch field.type {
    case .float64: return Vector(.float64, .float64(load(raw, rows, Double.self)), validity: validity)
    case .float32:
      if field.isHalf {
        let values = load(raw, rows, UInt16.self).map(widened)
        return Vector(.float32, .float32(values), validity: validity)
      }
      return Vector(.float32, .float32(load(raw, rows, Float.self)), validity: validity)
    case .decimal(let scale): return decimal(scale, width, raw, rows, validity)
    case .date where field.isDateInMilliseconds:
      let days = load(raw, rows, Int64.self).map { Int32(clamping: Timestamp.day(ofSecond: $0 / 1000)) }
      return Vector(.date, .int32(days), validity: validity)
    case .uint(bits: 64):
      let values = load(raw, rows, Int64.self)
      // Values above 2^63 - 1 are not supported.
      for row in 0..<rows where values[row] < 0 && validity?[row] ?? true { return nil }
      return Vector(field.type, .int64(values), validity: validity)
    case .uint: return fixed(raw, width, rows, isSigned: false).map { Vector(field.type, $0, validity: validity) }
    default: return fixed(raw, width, rows, isSigned: true).map { Vector(field.type, $0, validity: validity) }
    }
  }

  /// Converts a 16-bit number (IEEE 754 binary16).
  package static func widened(_ bits: UInt16) -> Float {
    let sign = UInt32(bits >> 15) << 31
    let exponent = UInt32(bits >> 10 & 31)
    let fraction = UInt32(bits & 0x3FF)
    if exponent == 31 { return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13) }
    if exponent == 0 {
      let value = Float(fraction) * Float(sign: .plus, exponent: -24, significand: 1)
      return sign == 0 ? value : -value
    }
    return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
  }

  /// Reads decimals of up to 256 bits; nil if one does not fit in 64 bits.
  package static func decimal(
    _ scale: Int, _ width: Int, _ raw: ArraySlice<UInt8>, _ rows: Int, _ validity: Validity?
  ) -> Vector? {
    guard scale <= 18, scale >= -18 else { return nil }
    var values = [Int64](repeating: 0, count: rows)
    let isWhole = raw.withUnsafeBytes { source in
      for row in 0..<rows where validity?[row] ?? true {
        let at = row * width
        if width == 4 {
          values[row] = Int64(source.loadUnaligned(fromByteOffset: at, as: Int32.self))
          continue
        }
        let low = source.loadUnaligned(fromByteOffset: at, as: Int64.self)
        for word in 1..<max(width / 8, 1) {
          if source.loadUnaligned(fromByteOffset: at + word * 8, as: Int64.self) != low >> 63 { return false }
        }
        values[row] = low
      }
      return true
    }
    guard isWhole else { return nil }
    if scale < 0 {
      let power = Vector.integerPower(-scale)
      for row in 0..<rows {
        let (product, overflow) = values[row].multipliedReportingOverflow(by: power)
        if overflow { return nil }
        values[row] = product
      }
    }
    return Vector(.decimal(scale: max(scale, 0)), .int64(values), validity: validity)
  }

  package static func texts(
    _ type: DataType, _ isWide: Bool, _ offsets: ArraySlice<UInt8>, _ content: ArraySlice<UInt8>, _ rows: Int,
    _ validity: Validity?
  ) -> Vector? {
    let pool = TextPool()
    var codes = [Int64](repeating: 0, count: rows)
    if rows == 0 { return Vector(type, .int64(codes), validity: validity, texts: pool) }
    let width = isWide ? 8 : 4
    guard offsets.count >= (rows + 1) * width else { return nil }
    let isWhole = offsets.withUnsafeBytes { offsets in
      content.withUnsafeBytes { content in
        let bytes = content.assumingMemoryBound(to: UInt8.self)
        var start =
          isWide ? Int(offsets.loadUnaligned(as: Int64.self)) : Int(offsets.loadUnaligned(as: Int32.self))
        var lastStart = -1
        for row in 0..<rows {
          let end =
            isWide
            ? Int(offsets.loadUnaligned(fromByteOffset: (row + 1) * 8, as: Int64.self))
            : Int(offsets.loadUnaligned(fromByteOffset: (row + 1) * 4, as: Int32.self))
          guard start >= 0, end >= start, end <= bytes.count else { return false }
          if validity?[row] ?? true {
            let length = end - start
            // Rows of one symbol are often consecutive.
            if lastStart >= 0, row > 0, length == start - lastStart,
              length <= 16, Bytes.same(bytes.baseAddress! + lastStart, bytes.baseAddress! + start, length)
            {
              codes[row] = codes[row - 1]
            } else if end + 8 <= bytes.count {
              codes[row] = Int64(pool.intern(padded: bytes.baseAddress! + start, length))
            } else {
              codes[row] = Int64(pool.intern(UnsafeBufferPointer(rebasing: bytes[start..<end])))
            }
            lastStart = start
          } else {
            lastStart = -1
          }
          start = end
        }
        return true
      }
    }
    return isWhole ? Vector(type, .int64(codes), validity: validity, texts: pool) : nil
  }

  static func views(
    _ views: ArraySlice<UInt8>, _ contents: [ArraySlice<UInt8>], _ rows: Int, _ validity: Validity?
  ) -> Vector? {
    let pool = TextPool()
    var codes = [Int64](repeating: 0, count: rows)
    func word(_ at: Int) -> Int {
      views.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: at, as: Int32.self)) }
    }
    // Texts may overlap in their buffer: a few bytes can describe any amount.
    var budget = (64 << 20) + contents.reduce(views.count) { $0 + $1.count } * 4
    for row in 0..<rows where validity?[row] ?? true {
      let length = word(row * 16)
      guard length >= 0 else { return nil }
      let text: ArraySlice<UInt8>
      if length <= 12 {
        let start = views.startIndex + row * 16 + 4
        text = views[start..<start + length]
      } else {
        let (buffer, offset) = (word(row * 16 + 8), word(row * 16 + 12))
        guard buffer >= 0, buffer < contents.count, offset >= 0, length <= contents[buffer].count - offset else {
          return nil
        }
        let start = contents[buffer].startIndex + offset
        text = contents[buffer][start..<start + length]
      }
      let known = pool.count
      codes[row] = Int64(text.withUnsafeBufferPointer { pool.intern($0) })
      if pool.count > known {
        budget -= length
        guard budget >= 0 else { return nil }
      }
    }
    return Vector(.string, .int64(codes), validity: validity, texts: pool)
  }
}
