import FinstageSystem

/// An input, opened once: its bytes, unpacked if they are gzip, and the format that the first of them tell.
package final class RecordInput {
  /// `<stdin>` or a path.
  package var name: String { source.name }
  package let format: FrameFormat
  package let source: PrefixedSource
  /// The file, if it is a regular one that is not packed and from which nothing has been read.
  package let file: DescriptorSource?
  /// The bytes of the file; nil for a pipe.
  package let size: Int?

  private init(_ source: PrefixedSource, _ format: FrameFormat, file: DescriptorSource?, size: Int?) {
    self.source = source
    self.format = format
    self.file = file
    self.size = size
  }

  /// Opens a file, or standard input (`-`).
  /// - Parameter known: the format, if the first bytes need not tell it.
  package static func open(_ path: String, as known: FrameFormat? = nil) throws(InputError) -> RecordInput {
    try open(DescriptorSource(path: path), as: known)
  }

  /// - Parameter start: what has been read of the source.
  package static func open(
    _ descriptor: DescriptorSource, after start: [UInt8] = [], as known: FrameFormat? = nil
  ) throws(InputError) -> RecordInput {
    let size = descriptor.size
    if start.isEmpty, descriptor.unreadFile() != nil {
      let start = descriptor.bytes(at: 0, 64 << 10)
      if !start.starts(with: [0x1F, 0x8B]) {
        var format = known
        if format == nil { format = try FrameFormat.recognized(start, descriptor.name) }
        return RecordInput(PrefixedSource(descriptor, file: descriptor), format!, file: descriptor, size: size)
      }
    }
    let whole = PrefixedSource(descriptor)
    if !start.isEmpty { whole.putBack(start, before: nil) }
    let source = PrefixedSource(GzipSource(whole))
    var format = known
    if format == nil {
      // A stream may have delivered only one line so far.
      var start = try source.look(atLeast: 1)
      if start.count < 6, let first = start.first,
        first == UInt8(ascii: "P") || first == UInt8(ascii: "A") || first >= 0x80
      {
        start = try source.look(atLeast: 6)
      }
      format = try FrameFormat.recognized(start, source.name)
    }
    return RecordInput(source, format!, file: nil, size: size)
  }

  /// Whether an input that begins with these bytes is lines of JSON already, or something that only their reader can judge.
  package static func areLines(_ start: [UInt8], _ name: String) -> Bool {
    if let first = start.first,
      first == 0x1F || first >= 0x80 && !start.starts(with: [0xEF]) || start == [UInt8(ascii: "P")]
        || start == [UInt8(ascii: "A")]
    {
      return false
    }
    return (try? FrameFormat.recognized(start, name))?.isLines ?? false
  }

  /// Writes all records as lines of JSON into a descriptor: those of NDJSON byte for byte, those of other formats as they come.
  /// - Returns: how many records were left out because they were bad.
  package func copyLines(to descriptor: Int32, _ options: FormatOptions = FormatOptions()) throws -> Int {
    let sink = ByteSink(descriptor: descriptor, name: "<pipe>")
    guard !format.isLines else {
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 64)
      defer { buffer.deallocate() }
      while case let count = try source.read(into: buffer), count > 0 {
        sink.buffer.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]).assumingMemoryBound(to: UInt8.self))
        try sink.flush()
      }
      return 0
    }
    var options = options
    options.isLive = true
    options.policy = .skip
    let reader = try frames(options)
    let writer = NDJSONFrameWriter(sink, options)
    while let frame = try reader.next() {
      try writer.write(frame)
      try sink.flush()
    }
    try writer.finish()
    return reader.badRecords
  }

  /// A reader of its frames.
  package func frames(_ options: FormatOptions) throws(InputError) -> any FrameReader {
    try format.makeReader(source, options)
  }
}
