/// Integers of a few bits each, the lowest bits first, as Parquet packs them.
enum BitPacking {
  /// Appends values of `width` bits (0 to 64); the last byte is padded with zeros.
  static func pack(_ values: UnsafeBufferPointer<UInt64>, width: Int, into bytes: inout [UInt8]) {
    if width == 0 { return }
    var word: UInt64 = 0
    var used = 0
    for value in values {
      word |= value << UInt64(used)
      used += width
      if used >= 64 {
        withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
        used -= 64
        word = used == 0 ? 0 : value >> UInt64(width - used)
      }
    }
    while used > 0 {
      bytes.append(UInt8(truncatingIfNeeded: word))
      word >>= 8
      used -= 8
    }
  }

  /// Reads `count` values of `width` bits (0 to 64), starting at a byte; returns false if there are not enough.
  static func unpack(
    _ bytes: UnsafeRawBufferPointer, at start: Int, count: Int, width: Int,
    into out: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    if width == 0 {
      out.update(repeating: 0, count: count)
      return true
    }
    guard width <= 64, start + (count * width + 7) / 8 <= bytes.count else { return false }
    let mask = width == 64 ? UInt64.max : 1 << UInt64(width) - 1
    var bit = start * 8
    let safe = bytes.count - 9
    for i in 0..<count {
      let byte = bit >> 3
      let shift = UInt64(bit & 7)
      if byte <= safe {
        var value = bytes.loadUnaligned(fromByteOffset: byte, as: UInt64.self).littleEndian >> shift
        if shift > 0 && width > 56 { value |= UInt64(bytes[byte + 8]) << (64 - shift) }
        out[i] = value & mask
      } else {
        var value: UInt64 = 0
        for k in 0..<min(9, bytes.count - byte) {
          let part = UInt64(bytes[byte + k])
          let place = k * 8 - Int(shift)
          if place < 0 { value |= part >> shift } else if place < 64 { value |= part << UInt64(place) }
        }
        out[i] = value & mask
      }
      bit += width
    }
    return true
  }

  /// The bits that a value needs.
  package static func width(_ value: UInt64) -> Int { 64 - value.leadingZeroBitCount }
}

/// Numbers of variable length, low bits first.
enum VariableLength {
  package static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  static func appendSigned(_ value: Int64, to bytes: inout [UInt8]) {
    append(UInt64(bitPattern: value << 1 ^ value >> 63), to: &bytes)
  }

  package static func read(_ bytes: UnsafeRawBufferPointer, _ at: inout Int) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64, at < bytes.count {
      let byte = bytes[at]
      at += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  static func readSigned(_ bytes: UnsafeRawBufferPointer, _ at: inout Int) -> Int64? {
    read(bytes, &at).map { Int64(bitPattern: $0 >> 1) ^ -Int64(bitPattern: $0 & 1) }
  }
}

/// Runs of equal values, and packed groups of eight: Parquet's RLE / bit-packing hybrid.
enum RunLength {
  /// Values of `width` bits.
  static func encode(_ values: [UInt64], width: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    let byteWidth = (width + 7) / 8
    let count = values.count
    values.withUnsafeBufferPointer { values in
      func run(_ value: UInt64, _ length: Int) {
        VariableLength.append(UInt64(length) << 1, to: &bytes)
        for i in 0..<byteWidth { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * i))) }
      }
      func packed(_ range: Range<Int>) {
        if range.isEmpty { return }
        let groups = (range.count + 7) / 8
        VariableLength.append(UInt64(groups) << 1 | 1, to: &bytes)
        if range.count % 8 == 0 {
          BitPacking.pack(UnsafeBufferPointer(rebasing: values[range]), width: width, into: &bytes)
        } else {
          let padded = Array(values[range]) + [UInt64](repeating: 0, count: groups * 8 - range.count)
          padded.withUnsafeBufferPointer { BitPacking.pack($0, width: width, into: &bytes) }
        }
      }
      var pending = 0  // the first value that is not written yet
      var at = 0
      while at < count {
        var end = at + 1
        while end < count && values[end] == values[at] { end += 1 }
        let length = end - at
        // A packed section before a run must consist of whole groups; values of the run fill it up.
        let fill = (8 - (at - pending) % 8) % 8
        if length - fill >= 8 {
          packed(pending..<at + fill)
          run(values[at], length - fill)
          pending = end
        }
        at = end
      }
      packed(pending..<count)
    }
    return bytes
  }

  /// Reads `count` values, starting at a byte; nil if the data is damaged.
  package static func decode(_ bytes: UnsafeRawBufferPointer, at start: Int, count: Int, width: Int) -> [UInt64]? {
    guard width <= 32 else { return nil }
    var isWhole = false
    let values = [UInt64](unsafeUninitializedCapacity: count + 8) { out, filled in
      filled = 0
      isWhole = fill(bytes, start, count, width, out.baseAddress!)
      if !isWhole { out.baseAddress!.initialize(repeating: 0, count: count) }
      filled = count
    }
    return isWhole ? values : nil
  }

  private static func fill(
    _ bytes: UnsafeRawBufferPointer, _ start: Int, _ count: Int, _ width: Int, _ out: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    var at = start
    var done = 0
    let byteWidth = (width + 7) / 8
    while done < count {
      guard let head = VariableLength.read(bytes, &at), head >> 1 < 1 << 40 else { return false }
      let length = Int(head >> 1)
      if head & 1 == 0 {
        guard at + byteWidth <= bytes.count, length > 0 else { return false }
        var value: UInt64 = 0
        for i in 0..<byteWidth { value |= UInt64(bytes[at + i]) << UInt64(8 * i) }
        at += byteWidth
        let take = min(length, count - done)
        (out + done).update(repeating: value, count: take)
        done += take
      } else {
        guard length > 0 else { return false }
        let take = min(length &* 8, count - done)
        guard BitPacking.unpack(bytes, at: at, count: take, width: width, into: out + done) else { return false }
        at += length * width
        done += take
      }
    }
    return true
  }
}

/// Differences from the previous value, packed in blocks: Parquet's DELTA_BINARY_PACKED.
enum DeltaPacking {
  private static let blockSize = 128
  private static let miniblocks = 4

  /// - Parameter isNarrow: the values have 32 bits, and differences wrap around at 32 bits.
  static func encode(_ values: UnsafeBufferPointer<Int64>, isNarrow: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count * 3 + 64)
    VariableLength.append(UInt64(blockSize), to: &bytes)
    VariableLength.append(UInt64(miniblocks), to: &bytes)
    VariableLength.append(UInt64(values.count), to: &bytes)
    VariableLength.appendSigned(values.first ?? 0, to: &bytes)
    let size = blockSize / miniblocks
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: blockSize) { deltas in
      var at = 1
      while at < values.count {
        let count = min(blockSize, values.count - at)
        var least = Int64.max
        for i in 0..<count {
          var delta = values[at + i] &- values[at + i - 1]
          if isNarrow { delta = Int64(Int32(truncatingIfNeeded: delta)) }
          deltas[i] = UInt64(bitPattern: delta)
          least = min(least, delta)
        }
        let base = UInt64(bitPattern: least)
        for i in 0..<count {
          deltas[i] = deltas[i] &- base
          if isNarrow { deltas[i] &= 0xFFFF_FFFF }
        }
        for i in count..<blockSize { deltas[i] = 0 }
        VariableLength.appendSigned(least, to: &bytes)
        var widths = [0, 0, 0, 0]
        for m in 0..<miniblocks {
          var all: UInt64 = 0
          for i in m * size..<(m + 1) * size { all |= deltas[i] }
          widths[m] = BitPacking.width(all)
          bytes.append(UInt8(widths[m]))
        }
        for m in 0..<miniblocks where m * size < count {
          BitPacking.pack(
            UnsafeBufferPointer(rebasing: UnsafeBufferPointer(deltas)[m * size..<(m + 1) * size]), width: widths[m],
            into: &bytes)
        }
        at += count
      }
    }
    return bytes
  }

  /// Reads all values and moves `at` past the last one.
  package static func decode(
    _ bytes: UnsafeRawBufferPointer, at: inout Int, atMost limit: Int, isNarrow: Bool = false
  ) -> [Int64]? {
    guard let block = VariableLength.read(bytes, &at), let parts = VariableLength.read(bytes, &at),
      let total = VariableLength.read(bytes, &at), let first = VariableLength.readSigned(bytes, &at),
      block > 0, block <= 1 << 16, parts > 0, parts <= 512, block % parts == 0, total <= UInt64(max(limit, 0))
    else { return nil }
    let size = Int(block / parts)
    guard size % 8 == 0 else { return nil }
    let count = Int(total)
    if count == 0 { return [] }
    var position = at
    var isWhole = true
    let values = [Int64](unsafeUninitializedCapacity: count) { out, filled in
      out[0] = first
      var done = 1
      var last = first
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: size) { deltas in
        while done < count && isWhole {
          guard let least = VariableLength.readSigned(bytes, &position), position + Int(parts) <= bytes.count else {
            isWhole = false
            break
          }
          let widths = position
          position += Int(parts)
          for m in 0..<Int(parts) where done < count {
            let width = Int(bytes[widths + m])
            // Some writers cut the last miniblock short; only the values that are needed must be present.
            let wanted = min(size, count - done)
            guard width <= 64,
              BitPacking.unpack(bytes, at: position, count: wanted, width: width, into: deltas.baseAddress!)
            else {
              isWhole = false
              break
            }
            position = min(position + size * width / 8, bytes.count)
            for i in 0..<wanted {
              last = last &+ least &+ Int64(bitPattern: deltas[i])
              if isNarrow { last = Int64(Int32(truncatingIfNeeded: last)) }
              out[done] = last
              done += 1
            }
          }
        }
      }
      if done < count { (out.baseAddress! + done).initialize(repeating: 0, count: count - done) }
      filled = count
    }
    at = position
    return isWhole ? values : nil
  }
}
