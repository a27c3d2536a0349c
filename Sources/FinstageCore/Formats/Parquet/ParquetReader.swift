/// Reads Parquet as frames, one per row group. From a file, only the needed columns and row groups are read. Data from
/// a pipe is kept in memory, because the index is at its end.
final class ParquetReader: FrameReader {
  /// The footer's description of the file, for display.
  package struct Summary {
    package var rows = 0
    var rowGroups = 0
    var createdBy: String?
    var metadata: [(key: String, value: String)] = []
    /// For each column: bytes in the file, its codecs and encodings.
    package var columns: [(name: String, bytes: Int, codec: String, encodings: String)] = []
  }

  private let name: String
  private let place: RandomBytes
  private let fields: [ParquetField]
  private let wanted: [Int]
  private let groups: [ThriftValue]
  private let predicate: [RowGroupTest]
  private var groupIndex = 0
  private var hasDelivered = false
  /// The values of the row groups so far.
  private var valuesClaimed = 0
  private(set) var bytesRead = 0
  private(set) var summary = Summary()

  package init(_ source: any ByteSource, _ options: FormatOptions) throws(InputError) {
    name = source.name
    let prefixed = source as? PrefixedSource ?? PrefixedSource(source)
    let place = try RandomBytes(prefixed)
    self.place = place
    predicate = options.predicate
    func fault(_ message: String) -> InputError { InputError(source: source.name, message: "Parquet: \(message)") }
    let size = place.count
    guard size >= 12, let tail = place.bytes(at: size - 8, 8) else { throw fault("the file is too short") }
    if tail.suffix(4).elementsEqual("PARE".utf8) { throw fault("the file is encrypted") }
    guard tail.suffix(4).elementsEqual("PAR1".utf8) else {
      throw fault("the end is missing (is the file still being written, or cut short?)")
    }
    let length = tail.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= size - 12, let footer = place.bytes(at: size - 8 - length, length) else {
      throw fault("the footer claims \(length) bytes, but the file is shorter")
    }
    let metadata = footer.withUnsafeBytes { bytes in
      var reader = ThriftReader(bytes)
      return reader.structure()
    }
    guard let metadata, let schema = metadata[2]?.elements, let groups = metadata[4]?.elements else {
      throw fault("the footer is damaged")
    }
    self.groups = groups
    do throws(ParquetFault) { fields = try ParquetField.all(schema) } catch { throw fault(error.message) }
    let fields = self.fields
    wanted = fields.indices.filter { options.columns?.contains(fields[$0].name) ?? true }
    for i in wanted where fields[i].type == nil {
      throw fault(
        "column \"\(fields[i].name)\" is \(fields[i].obstacle), which cannot be read"
          + " (select the other columns with --columns)"
      )
    }
    // Parts that are shared would make much of little.
    var claimed = 0
    for group in groups {
      for chunk in group[1]?.elements ?? [] { claimed += min(max(chunk[3]?[7]?.integer ?? 0, 0), size) }
    }
    guard claimed <= size else { throw fault("the columns claim \(claimed) bytes, more than the file has") }
    summary = ParquetReader.summarize(metadata, fields, size: size)
  }

  private static func summarize(_ metadata: ThriftValue, _ fields: [ParquetField], size: Int) -> Summary {
    var summary = Summary()
    let groups = metadata[4]?.elements ?? []
    summary.rows = metadata[3]?.integer ?? 0
    summary.rowGroups = groups.count
    summary.createdBy = metadata[6]?.string
    for pair in metadata[5]?.elements ?? [] {
      if let key = pair[1]?.string, key != "ARROW:schema" { summary.metadata.append((key, pair[2]?.string ?? "")) }
    }
    let names = [
      "plain", "", "dictionary", "", "", "delta", "delta_length", "delta_text", "dictionary", "byte_stream_split",
    ]
    for (i, field) in fields.enumerated() {
      var (bytes, codecs, encodings) = (0, Set<String>(), Set<String>())
      for group in groups {
        guard let columns = group[1]?.elements, i < columns.count, let meta = columns[i][3] else { continue }
        bytes += min(max(meta[7]?.integer ?? 0, 0), size)
        codecs.insert(ParquetCode.codecName(meta[4]?.integer ?? 0))
        for encoding in meta[2]?.elements ?? [] {
          if let code = encoding.integer, names.indices.contains(code), !names[code].isEmpty {
            encodings.insert(names[code])
          }
        }
      }
      if encodings.contains("dictionary") { encodings.remove("plain") }
      summary.columns.append(
        (field.name, bytes, codecs.sorted().joined(separator: "+"), encodings.sorted().joined(separator: "+")))
    }
    return summary
  }

  package func next() throws(InputError) -> Frame? {
    while groupIndex < groups.count {
      let group = groups[groupIndex]
      groupIndex += 1
      guard let rows = group[3]?.integer, let chunks = group[1]?.elements, chunks.count == fields.count, rows >= 0
      else {
        throw fault("is damaged in the footer")
      }
      if rows == 0 { continue }
      if !mayMatch(chunks) { continue }
      hasDelivered = true
      return try frame(chunks, rows)
    }
    if hasDelivered { return nil }
    // The columns are known even if there are no rows.
    hasDelivered = true
    return Frame(wanted.map { Frame.Column(fields[$0].name, Vector.empty(fields[$0].type ?? .null)) }, rows: 0)
  }

  private func fault(_ message: String) -> InputError {
    InputError(source: name, message: "Parquet: row group \(groupIndex) \(message)")
  }

  private func frame(_ chunks: [ThriftValue], _ rows: Int) throws(InputError) -> Frame {
    // A few bytes cannot hold that many values, even if all are equal.
    let (values, isBeyond) = rows.multipliedReportingOverflow(by: wanted.count)
    valuesClaimed = valuesClaimed.addingReportingOverflow(isBeyond ? .max : values).partialValue
    guard rows < 1 << 31, !isBeyond, (0...max(1 << 22, place.count * 8192)).contains(valuesClaimed) else {
      throw fault("claims \(rows) rows")
    }
    var columns: [Frame.Column] = []
    for i in wanted {
      guard let meta = chunks[i][3], let codec = meta[4]?.integer, let size = meta[7]?.integer,
        let data = meta[9]?.integer, meta[5]?.integer == rows, size >= 0, size <= place.count
      else { throw fault("is damaged: column \"\(fields[i].name)\"") }
      let start = min(data, meta[11]?.integer.flatMap { $0 > 0 ? $0 : nil } ?? data)
      guard let bytes = place.bytes(at: start, size) else {
        throw fault("reaches beyond the file: column \"\(fields[i].name)\"")
      }
      bytesRead += size
      var pages = ParquetPages(fields[i], codec: codec, rows: rows)
      do throws(ParquetFault) {
        let vector = try bytes.withBytes { (buffer) throws(ParquetFault) in try pages.decode(buffer) }
        columns.append(Frame.Column(fields[i].name, vector))
      } catch {
        throw fault(
          error.isUnsupported
            ? "cannot be read: column \"\(fields[i].name)\": \(error.message)"
            : "is damaged: column \"\(fields[i].name)\": \(error.message)")
      }
    }
    return Frame(columns, rows: rows)
  }

  // MARK: - Bounds

  private func mayMatch(_ chunks: [ThriftValue]) -> Bool {
    predicate.allSatisfy { test in
      guard let i = fields.firstIndex(where: { $0.name == test.column }), let statistics = chunks[i][3]?[12],
        let least = statistics[6]?.bytes, let greatest = statistics[5]?.bytes, let type = fields[i].type
      else { return true }
      func value(_ bytes: [UInt8]) -> Double? {
        switch (type, fields[i].physical) {
        case (.float64, ParquetCode.double): return ParquetBounds.float(bytes)
        case (.float32, ParquetCode.float): return Vector.shortest(Float(ParquetBounds.float(bytes)))
        case (.decimal(let scale), ParquetCode.int32), (.decimal(let scale), ParquetCode.int64):
          return Double(ParquetBounds.integer(bytes)) / Vector.power(scale)
        case (.int, _): return Double(ParquetBounds.integer(bytes))
        // Bounds of times are in seconds.
        case (.date, _): return Double(ParquetBounds.integer(bytes)) * 86_400
        case (.timestamp(let unit, _), ParquetCode.int64):
          // In seconds, as expressions count time.
          return Double(ParquetBounds.integer(bytes)) / Double(unit.perSecond)
        default: return nil
        }
      }
      guard let minimum = value(least), let maximum = value(greatest) else { return true }
      return test.mayMatch(minimum: minimum, maximum: maximum)
    }
  }
}
