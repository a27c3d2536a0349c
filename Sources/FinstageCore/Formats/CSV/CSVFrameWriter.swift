/// Writes frames as CSV: a header, then one line per row; null is an empty field.
final class CSVFrameWriter: FrameWriter {
  private let sink: ByteSink
  private let writer: TextFrameWriter
  private let delimiter: UInt8
  private var hasHeader = false

  package init(_ sink: ByteSink, _ options: FormatOptions) {
    self.sink = sink
    let comma = options.usesDecimalComma
    let delimiter = options.delimiter ?? (sink.isTabbed ? 9 : UInt8(ascii: comma ? ";" : ","))
    self.delimiter = delimiter
    let style = CellText.Style(
      quote: [], null: [], text: { bytes, _ in CSVFrameWriter.quoted(bytes, delimiter) },
      decimalPoint: UInt8(ascii: comma ? "," : "."))
    writer = TextFrameWriter(
      sink,
      TextFrameWriter.Layout(
        before: { index, _ in index == 0 ? [] : [delimiter] }, rowEnd: [0x0A], style: style), isLive: options.isLive)
  }

  /// Adds quotes where a reader needs them.
  private static func quoted(_ bytes: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    let isSpecial = bytes.contains { $0 == delimiter || $0 == quote || $0 == 0x0A || $0 == 0x0D }
    // Quote an empty text, to tell it from a missing value.
    guard isSpecial || bytes.isEmpty || bytes.first == 0x20 || bytes.last == 0x20 else { return Array(bytes) }
    return [quote] + bytes.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
  }

  package func write(_ frame: Frame) throws {
    if frame.columns.isEmpty { return }
    if !hasHeader {
      hasHeader = true
      var header: [UInt8] = []
      for (i, name) in frame.names.enumerated() {
        if i > 0 { header.append(delimiter) }
        header += Array(name.utf8).withUnsafeBufferPointer { CSVFrameWriter.quoted($0, delimiter) }
      }
      header.append(0x0A)
      try sink.write(bytes: header)
    }
    if frame.rows == 0 { return }
    try writer.write(frame)
  }

  package func finish() throws { try writer.finish() }
}
