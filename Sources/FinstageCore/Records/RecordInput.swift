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
    let descriptor = try DescriptorSource(path: path)
    let size = descriptor.size
    if descriptor.unreadFile() != nil {
      let start = descriptor.bytes(at: 0, 64 << 10)
      if !start.starts(with: [0x1F, 0x8B]) {
        var format = known
        if format == nil { format = try FrameFormat.recognized(start, descriptor.name) }
        return RecordInput(PrefixedSource(descriptor, file: descriptor), format!, file: descriptor, size: size)
      }
    }
    let source = PrefixedSource(GzipSource(descriptor))
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

  /// A reader of its frames.
  package func frames(_ options: FormatOptions) throws(InputError) -> any FrameReader {
    try format.makeReader(source, options)
  }
}
