/// Unpacks Snappy's raw format (format_description.txt).
enum Snappy {
  /// Unpacks into exactly `size` bytes; nil if the data is damaged or of another size.
  static func unpack(_ packed: UnsafeRawBufferPointer, size: Int) -> [UInt8]? {
    var at = 0
    var announced = 0
    var shift = 0
    while true {
      guard at < packed.count, shift < 35 else { return nil }
      let byte = Int(packed[at])
      at += 1
      announced |= (byte & 0x7F) << shift
      if byte < 0x80 { break }
      shift += 7
    }
    guard announced == size else { return nil }
    var isWhole = false
    let result = [UInt8](unsafeUninitializedCapacity: max(size, 1)) { out, count in
      var filled = 0
      isWhole = body(packed, at, out.baseAddress!, &filled, size) && filled == size
      if !isWhole { (out.baseAddress! + filled).initialize(repeating: 0, count: size - filled) }
      count = size
    }
    return isWhole ? result : nil
  }

  private static func body(
    _ packed: UnsafeRawBufferPointer, _ start: Int, _ out: UnsafeMutablePointer<UInt8>, _ filled: inout Int, _ size: Int
  ) -> Bool {
    var at = start
    let end = packed.count
    func number(_ bytes: Int) -> Int? {
      guard at + bytes <= end else { return nil }
      var value = 0
      for i in 0..<bytes { value |= Int(packed[at + i]) << (8 * i) }
      at += bytes
      return value
    }
    while at < end {
      let tag = Int(packed[at])
      at += 1
      var length = (tag >> 2) + 1
      var distance = 0
      switch tag & 3 {
      case 0:
        if length > 60 {
          guard let more = number(length - 60) else { return false }
          length = more + 1
        }
        guard length <= end - at, length <= size - filled else { return false }
        (out + filled).update(
          from: packed.baseAddress!.advanced(by: at).assumingMemoryBound(to: UInt8.self), count: length)
        at += length
        filled += length
        continue
      case 1:
        length = (tag >> 2) & 7 + 4
        guard let low = number(1) else { return false }
        distance = (tag >> 5) << 8 | low
      case 2:
        guard let value = number(2) else { return false }
        distance = value
      default:
        guard let value = number(4) else { return false }
        distance = value
      }
      guard distance > 0, distance <= filled, length <= size - filled else { return false }
      LZ4.copy(out + filled, distance, length)
      filled += length
    }
    return true
  }
}
