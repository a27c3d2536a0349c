import CZlib

/// Values packed with zlib (RFC 1950) where that makes them smaller; otherwise as they are. Which it is shows in the length:
/// a value that is as long as its original was not packed.
enum Packing {
  static func packed(_ value: [UInt8]) -> [UInt8] {
    guard value.count > 128 else { return value }
    var length = compressBound(UInt(value.count))
    var isGood = false
    let result = [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
      isGood = compress2(buffer.baseAddress, &length, value, UInt(value.count), 1) == Z_OK
      count = isGood ? Int(length) : 0
    }
    return isGood && result.count < value.count ? result : value
  }

  /// - Parameter length: the original's; nil if that is not what comes out.
  static func unpacked(_ bytes: [UInt8], length: Int) -> [UInt8]? {
    if bytes.count == length { return bytes }
    guard length > bytes.count, length <= 1 << 30 else { return nil }
    var size = UInt(length)
    var isGood = false
    let result = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
      isGood = uncompress(buffer.baseAddress, &size, bytes, UInt(bytes.count)) == Z_OK && Int(size) == length
      count = isGood ? length : 0
    }
    return isGood ? result : nil
  }
}
