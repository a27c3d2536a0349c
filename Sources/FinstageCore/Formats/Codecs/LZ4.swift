/// Unpacks LZ4 blocks and frames (lz4_Block_format.md and lz4_Frame_format.md, version 1.6). Checksums are ignored.
enum LZ4 {
  /// Unpacks one block into exactly `size` bytes; nil if it is damaged or of another size.
  package static func block(_ packed: UnsafeRawBufferPointer, size: Int) -> [UInt8]? {
    var isWhole = false
    let result = [UInt8](unsafeUninitializedCapacity: max(size, 1)) { out, count in
      var filled = 0
      isWhole = unpack(packed, into: out.baseAddress!, &filled, capacity: size) && filled == size
      if !isWhole { (out.baseAddress! + filled).initialize(repeating: 0, count: size - filled) }
      count = size
    }
    return isWhole ? result : nil
  }

  /// Unpacks a block after the bytes that are already unpacked, which the block may refer to.
  private static func unpack(
    _ packed: UnsafeRawBufferPointer, into out: UnsafeMutablePointer<UInt8>, _ filled: inout Int, capacity: Int
  ) -> Bool {
    var at = 0
    let end = packed.count
    func extended(_ length: Int) -> Int? {
      var length = length
      if length == 15 {
        while true {
          guard at < end else { return nil }
          let byte = Int(packed[at])
          at += 1
          length += byte
          if byte != 255 { break }
          if length > capacity { return nil }
        }
      }
      return length
    }
    while at < end {
      let token = Int(packed[at])
      at += 1
      guard let literals = extended(token >> 4), literals <= end - at, literals <= capacity - filled else {
        return false
      }
      if literals > 0 {
        (out + filled).update(
          from: packed.baseAddress!.advanced(by: at).assumingMemoryBound(to: UInt8.self), count: literals)
      }
      at += literals
      filled += literals
      if at == end { return true }  // the last sequence has literals only
      guard at + 2 <= end else { return false }
      let distance = Int(packed[at]) | Int(packed[at + 1]) << 8
      at += 2
      guard let match = extended(token & 15).map({ $0 + 4 }), distance > 0, distance <= filled,
        match <= capacity - filled
      else { return false }
      copy(out + filled, distance, match)
      filled += match
    }
    return end == 0
  }

  /// Copies `count` bytes from `distance` bytes earlier; the two ranges may overlap.
  package static func copy(_ out: UnsafeMutablePointer<UInt8>, _ distance: Int, _ count: Int) {
    if distance >= count {
      out.update(from: out - distance, count: count)
    } else {
      for i in 0..<count { out[i] = out[i - distance] }
    }
  }

  /// Unpacks frames into exactly `size` bytes.
  package static func frame(_ packed: UnsafeRawBufferPointer, size: Int) -> [UInt8]? {
    var isWhole = false
    let result = [UInt8](unsafeUninitializedCapacity: max(size, 1)) { out, count in
      var filled = 0
      isWhole = frames(packed, out.baseAddress!, &filled, size) && filled == size
      if !isWhole { (out.baseAddress! + filled).initialize(repeating: 0, count: size - filled) }
      count = size
    }
    return isWhole ? result : nil
  }

  private static func frames(
    _ packed: UnsafeRawBufferPointer, _ out: UnsafeMutablePointer<UInt8>, _ filled: inout Int, _ size: Int
  ) -> Bool {
    var at = 0
    func word() -> UInt32? {
      guard at + 4 <= packed.count else { return nil }
      defer { at += 4 }
      return packed.loadUnaligned(fromByteOffset: at, as: UInt32.self).littleEndian
    }
    while at < packed.count {
      guard let magic = word(), magic == 0x184D_2204, at + 3 <= packed.count else { return false }
      let flags = packed[at]
      guard flags >> 6 == 1, flags & 1 == 0 else { return false }  // version 1, no dictionary
      at += 2 + (flags & 8 != 0 ? 8 : 0) + 1  // sizes and the header's checksum
      while true {
        guard let head = word() else { return false }
        if head == 0 { break }
        let length = Int(head & 0x7FFF_FFFF)
        guard length <= packed.count - at else { return false }
        let block = UnsafeRawBufferPointer(rebasing: packed[at..<at + length])
        if head >> 31 == 1 {
          guard length <= size - filled else { return false }
          (out + filled).update(from: block.baseAddress!.assumingMemoryBound(to: UInt8.self), count: length)
          filled += length
        } else if !unpack(block, into: out, &filled, capacity: size) {
          return false
        }
        at += length + (flags & 16 != 0 ? 4 : 0)
      }
      if flags & 4 != 0 { at += 4 }
    }
    return true
  }
}
