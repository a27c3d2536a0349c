import CZlib

/// Compresses and decompresses whole buffers in gzip's format.
enum Gzip {
  static func pack(_ plain: [UInt8], level: Int32 = 1) -> [UInt8] {
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, level, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        == Z_OK
    else { return [] }
    defer { deflateEnd(&stream) }
    let bound = Int(deflateBound(&stream, UInt(plain.count)))
    return plain.withUnsafeBytes { source in
      [UInt8](unsafeUninitializedCapacity: bound) { out, count in
        stream.next_in = UnsafeMutablePointer(
          mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? UnsafePointer(out.baseAddress!))
        stream.avail_in = UInt32(plain.count)
        stream.next_out = out.baseAddress
        stream.avail_out = UInt32(bound)
        _ = deflate(&stream, Z_FINISH)
        count = bound - Int(stream.avail_out)
      }
    }
  }

  /// Unpacks one member, or several, into exactly `size` bytes; nil if the data is damaged or of another size.
  static func unpack(_ packed: UnsafeRawBufferPointer, size: Int) -> [UInt8]? {
    var stream = z_stream()
    // Adding 32 accepts both gzip and zlib headers.
    guard inflateInit2_(&stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    var isWhole = false
    let result = [UInt8](unsafeUninitializedCapacity: max(size, 1)) { out, count in
      stream.next_in = UnsafeMutablePointer(mutating: packed.baseAddress?.assumingMemoryBound(to: UInt8.self))
      stream.avail_in = UInt32(packed.count)
      stream.next_out = out.baseAddress
      stream.avail_out = UInt32(size)
      var status = inflate(&stream, Z_FINISH)
      while status == Z_STREAM_END && stream.avail_in > 0 && stream.avail_out > 0 {
        guard inflateReset(&stream) == Z_OK else { break }
        status = inflate(&stream, Z_FINISH)
      }
      isWhole = (status == Z_STREAM_END || status == Z_BUF_ERROR && stream.avail_in == 0) && stream.avail_out == 0
      if !isWhole { out.baseAddress!.initialize(repeating: 0, count: size) }
      count = size
    }
    return isWhole ? result : nil
  }
}
