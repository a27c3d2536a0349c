/// Writes frames as NDJSON: one object per row, null where there is no value.
final class NDJSONFrameWriter: FrameWriter {
  private let writer: TextFrameWriter

  package init(_ sink: ByteSink, _ options: FormatOptions) {
    let style = CellText.Style(
      quote: [UInt8(ascii: "\"")], null: Array("null".utf8),
      text: { bytes, isJSON in
        isJSON ? Array(bytes) : JSONText.quoted(String(decoding: bytes, as: UTF8.self))
      })
    writer = TextFrameWriter(
      sink,
      TextFrameWriter.Layout(
        before: { index, name in
          Array((index == 0 ? "{" : ",").utf8) + JSONText.quoted(name) + [UInt8(ascii: ":")]
        }, rowEnd: Array("}\n".utf8), style: style), isLive: options.isLive)
  }

  package func write(_ frame: Frame) throws {
    if frame.columns.isEmpty { return }
    try writer.write(frame)
  }

  package func finish() throws { try writer.finish() }
}
