import FinstageSystem

/// Writes frames as Parquet. Prices are stored as exact decimals if possible, and each column uses the encoding that
/// packs it best. Row groups have a bounded size and are encoded on several threads.
final class ParquetWriter: FrameWriter {
  /// A row group that is being encoded and written.
  private final class Group: @unchecked Sendable {
    var frames: [Frame] = []
    var chunks: [ParquetChunk] = []
    var rows = 0
    /// Columns whose values do not fit the type that the column began with.
    var misfits: [String] = []
  }

  /// The state of the file; used by one thread at a time, in the order of the groups.
  private final class File: @unchecked Sendable {
    var position = 0
    var groups: [(chunks: [ParquetChunk], starts: [Int], rows: Int)] = []
    var misfits: Set<String> = []
    /// Rows that are still to be written because a column did not fit.
    var leftover: [Frame] = []
  }

  private let sink: ByteSink
  private let options: FormatOptions
  private let codec: Int?
  private var columns: [ParquetColumn]?
  private var file = File()
  private var pending: [Frame] = []
  private var pendingRows = 0
  private var conveyor: Conveyor<Group>?

  package init(_ sink: ByteSink, _ options: FormatOptions) throws {
    self.sink = sink
    self.options = options
    if let name = options.codec {
      guard let code = ParquetCode.codecs[name] else {
        throw DataError("--codec \(name): the codecs for Parquet are none, gzip and zstd")
      }
      if code == ParquetCode.zstd && !Zstandard.isAvailable {
        throw DataError("--codec zstd: \(Zstandard.missing)")
      }
      codec = code
    } else {
      codec = nil
    }
  }

  package func write(_ frame: Frame) throws {
    if !file.misfits.isEmpty { try writeAnew() }
    var rest = frame
    if columns == nil && frame.rows == 0 && pending.isEmpty {
      pending = [frame]
      return
    }
    while rest.rows > 0 {
      let take = min(rest.rows, options.rowGroupSize - pendingRows)
      if pending.count == 1, pending[0].rows == 0 { pending = [] }
      pending.append(rest.slice(0..<take))
      pendingRows += take
      rest = rest.slice(take..<rest.rows)
      if pendingRows == options.rowGroupSize { try sendGroup() }
    }
  }

  private func begin(_ frame: Frame) throws {
    columns = frame.columns.map { ParquetColumn($0, keepsDoubles: options.prices == .doubles) }
    if let key = options.clusterBy, frame.index(key) == nil {
      throw DataError("--cluster \(key): there is no such column (available: \(frame.names.joined(separator: ", ")))")
    }
    try writeMagic()
  }

  private func writeMagic() throws {
    file.position = 4
    try sink.write(bytes: Array("PAR1".utf8))
  }

  private func sendGroup() throws {
    let frames = pending
    pending = []
    pendingRows = 0
    if columns == nil { try begin(Frame.joined(frames)) }
    try send(frames)
  }

  private func send(_ frames: [Frame]) throws {
    let conveyor = conveyor ?? makeConveyor()
    self.conveyor = conveyor
    let group = try conveyor.take()
    group.frames = frames
    try conveyor.send(group)
  }

  private func makeConveyor() -> Conveyor<Group> {
    let (sink, file, options, codec, columns) = (self.sink, self.file, self.options, self.codec, self.columns ?? [])
    return Conveyor<Group>(
      make: { Group() },
      prepare: { ParquetWriter.encode($0, columns, options, codec) },
      emit: { group in
        if !group.misfits.isEmpty || !file.misfits.isEmpty {
          file.misfits.formUnion(group.misfits)
          file.leftover += group.frames
          group.frames = []
          group.chunks = []
          return
        }
        group.frames = []
        var starts: [Int] = []
        for i in group.chunks.indices {
          starts.append(file.position)
          try sink.write(bytes: group.chunks[i].bytes)
          file.position += group.chunks[i].forgetBytes()
        }
        file.groups.append((group.chunks, starts, group.rows))
        group.chunks = []
      })
  }

  private static func encode(_ group: Group, _ columns: [ParquetColumn], _ options: FormatOptions, _ codec: Int?) {
    let frame = Frame.joined(group.frames)
    group.rows = frame.rows
    group.misfits = []
    group.chunks = []
    let order = options.clusterBy.map { FrameOrder.rows(frame, by: [.init($0), .init("ts")]) }
    for column in columns {
      let given = frame[column.name] ?? Vector.nulls(column.type, count: frame.rows)
      guard var vector = column.fitted(given) else {
        group.misfits.append(column.name)
        continue
      }
      if let order { vector = vector.taking(order) }
      group.chunks.append(ParquetChunk(vector, as: column, codec: codec))
    }
  }

  /// Waits until everything that was sent has been written.
  private func settle() throws {
    guard let conveyor else { return }
    self.conveyor = nil
    try conveyor.finish()
  }

  /// Writes the file again with wider types for the columns that did not fit: prices as doubles, times in nanoseconds.
  private func writeAnew() throws {
    try settle()
    let before = columns ?? []
    let wider = before.map { file.misfits.contains($0.name) ? $0.widened : $0 }
    guard zip(before, wider).contains(where: { $0.type != $1.type }) else { throw misfit() }
    try writeFooter()
    guard let old = try sink.startOver() else { throw misfit() }
    defer { unlink(old) }
    // Rows that have not been sent yet come after those that did not fit.
    let leftover = file.leftover + pending
    pending = []
    pendingRows = 0
    columns = wider
    file = File()
    try writeMagic()
    let reader = try RecordInput.open(old, as: FrameFormat.named("parquet")).frames(FormatOptions())
    while true {
      let frame = try reader.next()
      guard let frame else { break }
      if frame.rows > 0 { try send([frame]) }
    }
    for frame in leftover { try write(frame) }
  }

  private func misfit() -> DataError {
    DataError(
      "column \"\(file.misfits.sorted().joined(separator: "\", \""))\" has values that do not fit its type,"
        + " and a pipe cannot be rewritten"
        + " (use -o FILE, --doubles to keep prices as doubles, or --infer-rows 0 to look at all rows first)"
    )
  }

  package func finish() throws {
    if pendingRows > 0 { try sendGroup() }
    if columns == nil { try begin(pending.first ?? Frame([])) }
    try settle()
    while !file.misfits.isEmpty {
      try writeAnew()
      if pendingRows > 0 { try sendGroup() }
      try settle()
    }
    try writeFooter()
  }

  private func writeFooter() throws {
    let (indexes, places) = pageIndexes()
    var groups: [ThriftValue] = []
    for (g, group) in file.groups.enumerated() {
      var fields: [Int: ThriftValue] = [
        1: .list(
          group.chunks.indices.map { i in
            group.chunks[i].metadata(
              at: group.starts[i], columnIndex: places[g][i].column, offsetIndex: places[g][i].offset)
          }),
        2: .i64(Int64(group.chunks.reduce(0) { $0 + $1.uncompressedSize })), 3: .i64(Int64(group.rows)),
        5: .i64(Int64(group.starts.first ?? 4)), 6: .i64(Int64(group.chunks.reduce(0) { $0 + $1.size })),
        7: .i16(Int16(truncatingIfNeeded: g)),
      ]
      if let sorting = sortingColumns { fields[4] = sorting }
      groups.append(.structure(fields))
    }
    var metadata: [(String, String)] = []
    if let key = options.clusterBy { metadata.append(("finstage.clustered_by", "\(key),ts")) }
    var footer: [Int: ThriftValue] = [
      1: .i32(2), 2: schema, 3: .i64(Int64(file.groups.reduce(0) { $0 + $1.rows })), 4: .list(groups),
      6: .text("finstage version 0.1.0"),
      // Bounds use the sort order of each column's type.
      7: .list((columns ?? []).map { _ in .structure([1: .structure([:])]) }),
    ]
    if !metadata.isEmpty {
      footer[5] = .list(metadata.map { .structure([1: .text($0.0), 2: .text($0.1)]) })
    }
    let bytes = ThriftWriter.encode(.structure(footer))
    try sink.write(bytes: indexes)
    try sink.write(bytes: bytes)
    try sink.write(bytes: withUnsafeBytes(of: UInt32(bytes.count).littleEndian) { Array($0) } + Array("PAR1".utf8))
  }

  private var schema: ThriftValue {
    let root = ThriftValue.structure([4: .text("schema"), 5: .i32(Int32(columns?.count ?? 0))])
    return .list([root] + (columns ?? []).map(\.schemaElement))
  }

  private var sortingColumns: ThriftValue? {
    guard let key = options.clusterBy, let columns else { return nil }
    let order = [key, "ts"].compactMap { name in columns.firstIndex { $0.name == name } }
    return .list(order.map { .structure([1: .i32(Int32($0)), 2: .bool(false), 3: .bool(false)]) })
  }

  /// The page indexes of all chunks, which lie between the last row group and the footer.
  private func pageIndexes() -> ([UInt8], [[(column: (Int, Int), offset: (Int, Int))]]) {
    var bytes: [UInt8] = []
    var places = file.groups.map { $0.chunks.map { _ in (column: (0, 0), offset: (0, 0)) } }
    for (g, group) in file.groups.enumerated() {
      for (i, chunk) in group.chunks.enumerated() {
        guard let index = chunk.columnIndex else { continue }
        places[g][i].column = (file.position + bytes.count, index.count)
        bytes += index
      }
    }
    for (g, group) in file.groups.enumerated() {
      for (i, chunk) in group.chunks.enumerated() {
        let index = chunk.offsetIndex(at: group.starts[i])
        places[g][i].offset = (file.position + bytes.count, index.count)
        bytes += index
      }
    }
    return (bytes, places)
  }
}
