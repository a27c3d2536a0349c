import CZlib

/// Packs values with zlib (RFC 1950) if that makes them smaller. The length tells the two cases apart: a value as long
/// as its original is not packed.
package enum Packing {
  package static func packed(_ value: [UInt8]) -> [UInt8] {
    guard value.count > 128 else { return value }
    var length = compressBound(UInt(value.count))
    var isGood = false
    let result = [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
      isGood = compress2(buffer.baseAddress, &length, value, UInt(value.count), 1) == Z_OK
      count = isGood ? Int(length) : 0
    }
    return isGood && result.count < value.count ? result : value
  }

  /// The original value; nil if it does not have the expected length.
  /// - Parameter length: the length of the original.
  package static func unpacked(_ bytes: [UInt8], length: Int) -> [UInt8]? {
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
