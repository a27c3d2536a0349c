import FinstageSystem

/// Reads frames from a source. Used by one thread.
package protocol FrameReader: AnyObject {
  /// The next rows; nil at the end. A later frame may have more columns than those before.
  func next() throws(InputError) -> Frame?
  /// Rows left out because they were bad.
  var badRecords: Int { get }
  var firstBadRecord: InputError? { get }
  /// Bytes of the input that have been read so far.
  var bytesRead: Int { get }
}

extension FrameReader {
  package var badRecords: Int { 0 }
  package var firstBadRecord: InputError? { nil }
  package var bytesRead: Int { 0 }
}

/// Writes frames to a sink. Used by one thread.
package protocol FrameWriter: AnyObject {
  /// Writes rows. A format with a fixed set of columns gets frames with the same columns (see `ColumnAlignment`).
  func write(_ frame: Frame) throws
  /// Writes the rows that are still buffered, and the end of the file. The owner of the sink must finish the sink.
  func finish() throws
}

/// Options for readers and writers.
package struct FormatOptions: Sendable {
  /// How many rows types are inferred from; 0 for all.
  package var inferRows = 10_000
  package var policy = BadRecordPolicy.stop
  /// Pass rows on as they arrive instead of in large frames.
  package var isLive = false
  /// CSV: the delimiter; nil to detect it.
  package var delimiter: UInt8?
  /// CSV: numbers have a decimal comma instead of a point.
  package var usesDecimalComma = false
  /// NDJSON: columns that the caller names; of bars of finstage those are there that few of them have, even if none has them yet.
  package var named: [String] = []
  /// NDJSON: have columns for the fields that bars have rarely, since the output cannot get more columns later.
  package var expectsRareFields = false
  /// NDJSON and CSV: volumes of bars may get decimals later, as those of currencies have, and the output could not change their type.
  package var expectsDecimalVolumes = false
  /// Is told what a writer could not write.
  package var warn: @Sendable (String) -> Void = { _ in }
  /// CSV and NDJSON: what the caller reads certain fields as; a value that is something else makes its record a bad one.
  package var known: [Field] = []
  /// CSV and NDJSON: what fields are in which no row has a value so far, as far as the caller can tell.
  package var likely: [String: Field.Kind] = [:]
  /// CSV: texts that stand for no value; nil for the usual ones.
  package var nullWords: [String]?
  /// CSV: lines that begin with this are passed over.
  package var commentMark: UInt8?
  /// CSV: how dates and times are written; nil for ISO 8601.
  package var datePattern: DatePattern?
  /// CSV: the zone of times that name none; nil for UTC.
  package var zone: TimeZone?
  /// CSV: the types of columns, by name, where the cells do not decide.
  package var types: [String: Field.Kind] = [:]
  /// Columns that are needed; nil for all.
  package var columns: [String]?
  /// The rows that are needed, for formats that can skip others.
  package var predicate: [RowGroupTest] = []
  /// Parquet and Arrow: what prices are; nil for decimals in Parquet, and for what came in Arrow.
  package var prices: PriceType?
  /// Parquet and Arrow: dates become timestamps at midnight, without a time zone.
  package var datesAreTimestamps = false
  /// Parquet: sort each row group by this column, then by time.
  package var clusterBy: String?
  /// Parquet: rows per row group.
  package var rowGroupSize = 131_072
  /// Parquet and Arrow: the codec, by name; nil for the default.
  package var codec: String?

  package init() {}

  /// The usual options, with the warnings of others.
  init(warningBy other: FormatOptions) { warn = other.warn }
}

/// How prices are stored.
package enum PriceType: Sendable { case doubles, decimals }

/// A bound on a column that lets a reader skip rows; the caller must still test the rows it gets.
package struct RowGroupTest: Sendable, Equatable {
  package enum Comparison: Sendable { case less, lessOrEqual, equal, greaterOrEqual, greater }
  package var column: String
  package var comparison: Comparison
  package var value: Double

  package init(column: String, comparison: Comparison, value: Double) {
    self.column = column
    self.comparison = comparison
    self.value = value
  }

  /// Whether a row group with these bounds may contain a matching row.
  func mayMatch(minimum: Double, maximum: Double) -> Bool {
    // Bounds of integers beyond 2^53 are rounded, so equal ones may be less or greater.
    switch comparison {
    case .less: minimum <= value
    case .lessOrEqual: minimum <= value
    case .equal: minimum <= value && value <= maximum
    case .greaterOrEqual: maximum >= value
    case .greater: maximum >= value
    }
  }
}

/// A file format. To add one, add a folder next to this file and an entry in `all`.
package struct FrameFormat: Sendable {
  package let name: String
  package let summary: String
  /// The file name extensions of the format.
  package let extensions: [String]
  /// Whether a column keeps the type of its first rows: whole numbers cannot get decimals later.
  package var keepsFirstTypes: Bool { name == "arrow" || name == "arrow-file" }
  /// Whether a file begins with the bytes of this format.
  package let recognizes: @Sendable (_ start: [UInt8]) -> Bool
  package let makeReader: @Sendable (any ByteSource, FormatOptions) throws(InputError) -> any FrameReader
  package let makeWriter: @Sendable (ByteSink, FormatOptions) throws -> any FrameWriter

  package static let all: [FrameFormat] = [
    FrameFormat(
      name: "ndjson", summary: "one JSON object per line", extensions: ["ndjson", "jsonl", "json"],
      recognizes: { FrameFormat.firstCharacter($0) == UInt8(ascii: "{") },
      makeReader: { (source, options) throws(InputError) in try NDJSONFrameReader(source, options) },
      makeWriter: { sink, options in NDJSONFrameWriter(sink, options) }),
    FrameFormat(
      name: "arrow", summary: "Arrow IPC stream, for pipes", extensions: ["arrows"],
      recognizes: { $0.starts(with: [0xFF, 0xFF, 0xFF, 0xFF]) },
      makeReader: { (source, options) throws(InputError) in try ArrowReader(source, options) },
      makeWriter: { sink, options in ColumnAlignment(try ArrowWriter(sink, options, isFile: false), options) }),
    FrameFormat(
      name: "arrow-file", summary: "Arrow IPC file, also called Feather", extensions: ["arrow", "feather", "ipc"],
      recognizes: { $0.starts(with: Array("ARROW1".utf8)) },
      makeReader: { (source, options) throws(InputError) in try ArrowReader(source, options) },
      makeWriter: { sink, options in ColumnAlignment(try ArrowWriter(sink, options, isFile: true), options) }),
    FrameFormat(
      name: "parquet", summary: "Parquet, for files at rest", extensions: ["parquet", "pq"],
      recognizes: { $0.starts(with: Array("PAR1".utf8)) },
      makeReader: { (source, options) throws(InputError) in try ParquetReader(source, options) },
      makeWriter: { sink, options in ColumnAlignment(try ParquetWriter(sink, options), options) }),
    // CSV comes last: it has no signature of its own.
    FrameFormat(
      name: "csv", summary: "comma-separated values with a header (RFC 4180)", extensions: ["csv", "tsv", "txt"],
      recognizes: { FrameFormat.looksLikeCSV($0) },
      makeReader: { (source, options) throws(InputError) in try CSVFrameReader(source, options) },
      makeWriter: { sink, options in ColumnAlignment(CSVFrameWriter(sink, options), FormatOptions(warningBy: options)) }
    ),
  ]

  package static func named(_ name: String) -> FrameFormat? { all.first { $0.name == name } }

  /// Lines of JSON: records that can pass byte for byte.
  package static var ndjson: FrameFormat { all[0] }
  /// Whether files of both formats may have the same names: streams and files of Arrow.
  package func sharesNames(with other: FrameFormat) -> Bool {
    name.prefix { $0 != "-" } == other.name.prefix { $0 != "-" }
  }
  /// Whether readers need to find their way inside of a file, which packing it as a whole would prevent.
  package var isPackedByItself: Bool { name == "parquet" || name == "arrow-file" }
  package var isLines: Bool { name == FrameFormat.ndjson.name }

  /// The format that a file's name indicates.
  package static func of(path: String) -> FrameFormat? {
    var name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if name.hasSuffix(".gz") { name.removeLast(3) }
    guard let dot = name.lastIndex(of: ".") else { return nil }
    let ending = String(name[name.index(after: dot)...])
    return all.first { $0.extensions.contains(ending) }
  }

  /// Whether the first line contains a delimiter and no zero byte, and the text does not start like JSON or HTML.
  private static func looksLikeCSV(_ start: [UInt8]) -> Bool {
    guard let first = firstCharacter(start), first != UInt8(ascii: "["), first != UInt8(ascii: "<") else {
      return false
    }
    let line = start.prefix { $0 != 0x0A }
    return line.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") || $0 == 0x09 || $0 == UInt8(ascii: "|") }
      && !line.contains(0)
  }

  private static func firstCharacter(_ start: [UInt8]) -> UInt8? {
    let text = start.starts(with: [0xEF, 0xBB, 0xBF]) ? start.dropFirst(3) : start[...]
    return text.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
  }

  /// The format that the first bytes of a stream tell; what is none of them is for the reader of lines to judge.
  static func recognized(_ start: [UInt8], _ name: String) throws(InputError) -> FrameFormat {
    if let foreign = ForeignFormat.unreadable(start) {
      throw InputError(source: name, message: "this is \(foreign), which cannot be read")
    }
    if let known = all.first(where: { $0.recognizes(start) }) { return known }
    // Remarks before a table (--comment), which no line of JSON has.
    var rest = start[...]
    while rest.first == UInt8(ascii: "#"), let end = rest.firstIndex(of: 0x0A) { rest = rest[(end + 1)...] }
    if rest.count < start.count, let csv = all.first(where: { $0.name == "csv" && $0.recognizes(Array(rest)) }) {
      return csv
    }
    // A table of one column has no delimiter to know it by.
    if let named = of(path: name), named.name == "csv", start.first != UInt8(ascii: "<"), !start.contains(0) {
      return named
    }
    return ndjson
  }
}
