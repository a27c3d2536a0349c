/// Writes records that do not come from an input: as lines of NDJSON, or as frames of any other format.
package final class RecordPrinter {
  package let sink: ByteSink
  /// Nil for lines.
  private let writer: (any FrameWriter)?
  private var schema: [(name: String, type: DataType)]?
  private var pending: [JSONValue] = []

  private static let frameSize = 16_384

  /// - Parameter schema: the columns of frames; those of the first records if nil.
  package init(
    _ sink: ByteSink, _ format: FrameFormat, schema: [(name: String, type: DataType)]? = nil,
    _ options: FormatOptions = FormatOptions()
  ) throws {
    self.sink = sink
    self.schema = schema
    var options = options
    options.isLive = sink.isLive
    writer = format.isLines ? nil : try format.makeWriter(sink, options)
  }

  package func print(_ record: JSONValue) throws {
    guard writer != nil else {
      try sink.write(record.text + "\n")
      if sink.isLive { try sink.flush() }
      return
    }
    pending.append(record)
    if pending.count >= RecordPrinter.frameSize || sink.isLive { try settle() }
  }

  private func settle() throws {
    guard let writer, !pending.isEmpty || schema != nil else { return }
    if schema == nil {
      schema = Frame(records: pending).columns.map { ($0.name, $0.vector.type) }
    }
    let columns = schema!.map { column in
      Frame.Column(column.name, Vector(values: pending.map { $0[column.name] ?? .null }, as: column.type))
    }
    try writer.write(Frame(columns, rows: pending.count))
    pending.removeAll(keepingCapacity: true)
  }

  /// Hands on lines that are complete; frames wait until they are worth one.
  package func flush() throws {
    if writer == nil { try sink.flush() }
  }

  /// Writes what is pending, and puts a file in its place.
  package func finish() throws {
    if writer != nil {
      try settle()
      try writer?.finish()
    }
    try sink.finish()
  }
}

extension RecordDescription {
  /// The columns of its frames.
  package var schema: [(name: String, type: DataType)] { fields.map { ($0.name, $0.kind.columnType) } }
}
