/// Bytes that can be read in any order: those of a regular file, or those of a pipe, which are kept in memory.
enum RandomBytes {
  case memory([UInt8])
  case file(DescriptorSource, size: Int)

  package init(_ source: PrefixedSource) throws(InputError) {
    if let file = source.file, let size = file.size {
      self = .file(file, size: size)
    } else {
      self = .memory(try source.readAll())
    }
  }

  package var count: Int {
    switch self {
    case .memory(let bytes): bytes.count
    case .file(_, let size): size
    }
  }

  /// Returns `length` bytes from an offset; nil if they lie outside of the data.
  package func bytes(at start: Int, _ length: Int) -> [UInt8]? {
    guard start >= 0, length >= 0, start <= count - length else { return nil }
    switch self {
    case .memory(let bytes): return Array(bytes[start..<start + length])
    case .file(let file, _):
      let bytes = file.bytes(at: Int64(start), length)
      return bytes.count == length ? bytes : nil
    }
  }
}
