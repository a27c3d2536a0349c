import FinstageCore
import FinstageSystem

/// Files, or standard input, that are read as one piece.
package enum WholeInput {
  /// - Parameter path: `-` is standard input.
  package static func read(_ path: String, limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let source = GzipSource(try DescriptorSource(path: path))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try source.read(into: buffer)
      if count == 0 { return bytes }
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      if bytes.count > limit { throw InputError(source: source.name, message: "more than \(limit >> 20) MiB") }
    }
  }

  package static func text(_ path: String, limit: Int) throws -> String {
    String(decoding: try read(path, limit: limit), as: UTF8.self)
  }

  /// The lines of a file, without empty ones. They may be any bytes but zero (see `ByteText`).
  package static func lines(_ path: String, limit: Int) throws -> [String] {
    let bytes = try read(path, limit: limit)
    if let zero = bytes.firstIndex(of: 0) {
      let line = bytes[..<zero].count { $0 == 0x0A } + 1
      let start = bytes[..<zero].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      throw InputError(
        source: name(path), line: line, byte: zero - start + 1,
        message: "a zero byte, which no argument can hold (is the input separated by zeros? tr '\\0' '\\n' makes lines)"
      )
    }
    return bytes.split(separator: 0x0A).compactMap { line in
      let text = ByteText.text(line.last == 0x0D ? line.dropLast() : line)
      return text.isEmpty ? nil : text
    }
  }

  /// One JSON value; a fault is named by line and byte.
  package static func json(_ path: String, limit: Int = 64 << 20) throws -> JSONValue {
    try json(try read(path, limit: limit), source: WholeInput.name(path))
  }

  package static func json(_ bytes: [UInt8], source: String) throws -> JSONValue {
    do throws(JSONValue.Failure) {
      return try JSONValue.parse(bytes)
    } catch {
      let before = bytes.prefix(max(0, error.byte - 1))
      let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
      let byte = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
      throw InputError(source: source, line: line, byte: byte, message: error.message)
    }
  }

  /// How messages call an input.
  package static func name(_ path: String) -> String { path == "-" ? "<stdin>" : path }
}
