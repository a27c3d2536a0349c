import CZlib

/// Packs bytes as one gzip member (RFC 1952).
final class GzipPacker {
  private var stream = z_stream()
  private let room: UnsafeMutablePointer<UInt8>
  private static let roomSize = 64 << 10

  /// Nil if there is not enough memory.
  init?() {
    room = .allocate(capacity: GzipPacker.roomSize)
    // 15 bits of window, and 16 for a gzip header.
    let code = deflateInit2_(
      &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    if code != Z_OK { return nil }
  }

  deinit {
    deflateEnd(&stream)
    room.deallocate()
  }

  /// Takes bytes, and hands on what is packed so far.
  /// - Parameter isLast: these bytes are the end.
  func pack(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, isLast: Bool, _ put: (UnsafePointer<UInt8>, Int) throws -> Void
  ) throws {
    stream.next_in = UnsafeMutablePointer(mutating: bytes)
    stream.avail_in = UInt32(count)
    repeat {
      stream.next_out = room
      stream.avail_out = UInt32(GzipPacker.roomSize)
      deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
      let packed = GzipPacker.roomSize - Int(stream.avail_out)
      if packed > 0 { try put(room, packed) }
    } while stream.avail_out == 0
  }
}
