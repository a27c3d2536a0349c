import CZlib

/// The bytes of another source, decompressed if they are gzip (RFC 1952, one member or many), unchanged otherwise.
package final class GzipSource: ByteSource {
  package var name: String { source.name }
  package var bytesRead: Int { source.bytesRead }
  package var wasInterrupted: Bool { source.wasInterrupted }

  private enum Mode { case unknown, plain, inflating, ended }

  private let source: any ByteSource
  private var mode = Mode.unknown
  private let packed: UnsafeMutablePointer<UInt8>
  private var available = 0
  private var position = 0
  private var stream = z_stream()
  private var isStreamOpen = false

  private static let bufferSize = 64 << 10

  package init(_ source: any ByteSource) {
    self.source = source
    packed = .allocate(capacity: GzipSource.bufferSize)
  }

  deinit {
    if isStreamOpen { inflateEnd(&stream) }
    packed.deallocate()
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    if mode == .unknown { try look() }
    switch mode {
    case .plain:
      if position < available {
        let count = min(buffer.count, available - position)
        buffer.copyMemory(from: UnsafeRawBufferPointer(start: packed + position, count: count))
        position += count
        return count
      }
      return try source.read(into: buffer)
    case .inflating:
      return try inflateSome(into: buffer)
    case .unknown, .ended:
      return 0
    }
  }

  /// Reads the first two bytes to find out whether the data is gzip.
  private func look() throws(InputError) {
    while available < 2 {
      if try refill() == 0 {
        if wasInterrupted { return }
        break
      }
    }
    mode = available >= 2 && packed[0] == 0x1F && packed[1] == 0x8B ? .inflating : .plain
    if mode == .inflating { try openStream() }
  }

  private func refill() throws(InputError) -> Int {
    if position == available {
      position = 0
      available = 0
    }
    let room = UnsafeMutableRawBufferPointer(start: packed + available, count: GzipSource.bufferSize - available)
    let count = try source.read(into: room)
    available += count
    return count
  }

  private func openStream() throws(InputError) {
    stream = z_stream()
    // 15 is the window size in bits; adding 16 selects the gzip header.
    guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw InputError(source: name, message: "zlib cannot start", kind: .io)
    }
    isStreamOpen = true
  }

  private func inflateSome(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    while true {
      if !isStreamOpen {
        // Between members: expect another member or the end. Other bytes are ignored, as gzip itself does.
        while available - position < 2 {
          if position > 0 {
            packed.update(from: packed + position, count: available - position)
            available -= position
            position = 0
          }
          if try refill() == 0 {
            if wasInterrupted { return 0 }
            break
          }
        }
        guard available - position >= 2, packed[position] == 0x1F, packed[position + 1] == 0x8B else {
          mode = .ended
          return 0
        }
        try openStream()
      }
      if position == available, try refill() == 0 {
        if wasInterrupted { return 0 }
        throw InputError(source: name, message: "the gzip data ends too early (an incomplete download?)")
      }
      stream.next_in = packed + position
      stream.avail_in = UInt32(available - position)
      stream.next_out = buffer.baseAddress!.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = UInt32(min(buffer.count, Int(UInt32.max)))
      let room = Int(stream.avail_out)
      let status = inflate(&stream, Z_NO_FLUSH)
      position = available - Int(stream.avail_in)
      let produced = room - Int(stream.avail_out)
      if status == Z_STREAM_END {
        inflateEnd(&stream)
        isStreamOpen = false
      } else if status != Z_OK && status != Z_BUF_ERROR {
        throw InputError(source: name, message: "the gzip data is damaged (try gzip -t)")
      }
      if produced > 0 { return produced }
    }
  }
}
