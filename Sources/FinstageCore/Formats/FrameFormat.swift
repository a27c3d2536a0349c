/// Reads frames from a source. Used by one thread.
public protocol FrameReader: AnyObject {
  /// The next rows; nil at the end. All frames have the same columns.
  func next() throws(InputError) -> Frame?
  /// Rows left out because they were bad.
  var badRecords: Int { get }
  var firstBadRecord: InputError? { get }
  /// Bytes of the input that have been read so far.
  var bytesRead: Int { get }
}

extension FrameReader {
  public var badRecords: Int { 0 }
  public var firstBadRecord: InputError? { nil }
  public var bytesRead: Int { 0 }
}

/// Writes frames to a sink. Used by one thread.
public protocol FrameWriter: AnyObject {
  /// Writes rows; all frames must have the columns of the first.
  func write(_ frame: Frame) throws(FrameError)
  /// Writes what has been kept back, and the end of the file. The sink is its owner's to finish.
  func finish() throws(FrameError)
}

/// What can go wrong between reading and writing frames.
public enum FrameError: Error {
  case input(InputError)
  case output(OutputError)
  /// The frames cannot be what was asked for (exit 65).
  case data(String)

  /// Runs what can only fail in writing.
  static func writing(_ body: () throws(OutputError) -> Void) throws(FrameError) {
    do throws(OutputError) { try body() } catch { throw .output(error) }
  }
}

/// What readers and writers may be told.
public struct FormatOptions: Sendable {
  /// Rows that types are found from; 0 for all.
  public var inferRows = 10_000
  public var policy = BadRecordPolicy.stop
  /// Hand on rows as they come rather than in large frames.
  public var isLive = false
  /// The delimiter of CSV; nil to find it.
  public var delimiter: UInt8?
  /// Numbers of CSV have a comma instead of a point.
  public var usesDecimalComma = false
  /// NDJSON: fields that may come later, and are columns even if the first records do not have them.
  public var expected: [Field] = []
  /// Columns that are needed; nil for all.
  public var columns: [String]?
  /// The rows that are needed, for formats that can pass over others.
  public var predicate: [RowGroupTest] = []
  /// Parquet: write prices as doubles.
  public var keepsDoubles = false
  /// Parquet: sort each row group by this column, then by time.
  public var clusterBy: String?
  /// Parquet: rows of a row group.
  public var rowGroupSize = 131_072
  /// Parquet and Arrow: the codec, by name; nil for the usual one.
  public var codec: String?

  public init() {}
}

/// A bound on a column that a reader may use to pass over rows; the rows that come are still to be tested.
public struct RowGroupTest: Sendable, Equatable {
  public enum Comparison: Sendable { case less, lessOrEqual, equal, greaterOrEqual, greater }
  public var column: String
  public var comparison: Comparison
  public var value: Double

  public init(column: String, comparison: Comparison, value: Double) {
    self.column = column
    self.comparison = comparison
    self.value = value
  }

  /// Whether a group with these bounds may have such a row.
  func mayMatch(minimum: Double, maximum: Double) -> Bool {
    switch comparison {
    case .less: minimum < value
    case .lessOrEqual: minimum <= value
    case .equal: minimum <= value && value <= maximum
    case .greaterOrEqual: maximum >= value
    case .greater: maximum > value
    }
  }
}

/// The formats by name. A new one is a folder beside this file and a line in `all`.
public struct FrameFormat: Sendable {
  public let name: String
  public let summary: String
  /// The ends of names that go with it.
  public let extensions: [String]
  /// Whether a file begins with the bytes of this format.
  public let recognizes: @Sendable (_ start: [UInt8]) -> Bool
  public let makeReader: @Sendable (any ByteSource, FormatOptions) throws(InputError) -> any FrameReader
  public let makeWriter: @Sendable (ByteSink, FormatOptions) throws(FrameError) -> any FrameWriter

  public static let all: [FrameFormat] = [
    FrameFormat(
      name: "ndjson", summary: "one JSON object a line", extensions: ["ndjson", "jsonl", "json"],
      recognizes: { FrameFormat.firstCharacter($0) == UInt8(ascii: "{") },
      makeReader: { (source, options) throws(InputError) in try NDJSONFrameReader(source, options) },
      makeWriter: { sink, options in NDJSONFrameWriter(sink, options) }),
    FrameFormat(
      name: "arrow", summary: "Arrow IPC stream, for pipes", extensions: ["arrows"],
      recognizes: { $0.starts(with: [0xFF, 0xFF, 0xFF, 0xFF]) },
      makeReader: { (source, options) throws(InputError) in try ArrowReader(source, options) },
      makeWriter: { (sink, options) throws(FrameError) in try ArrowWriter(sink, options, isFile: false) }),
    FrameFormat(
      name: "arrow-file", summary: "Arrow IPC file, also called Feather", extensions: ["arrow", "feather", "ipc"],
      recognizes: { $0.starts(with: Array("ARROW1".utf8)) },
      makeReader: { (source, options) throws(InputError) in try ArrowReader(source, options) },
      makeWriter: { (sink, options) throws(FrameError) in try ArrowWriter(sink, options, isFile: true) }),
    FrameFormat(
      name: "parquet", summary: "Parquet, for files at rest", extensions: ["parquet", "pq"],
      recognizes: { $0.starts(with: Array("PAR1".utf8)) },
      makeReader: { (source, options) throws(InputError) in try ParquetReader(source, options) },
      makeWriter: { (sink, options) throws(FrameError) in try ParquetWriter(sink, options) }),
    // The last: it has no mark of its own.
    FrameFormat(
      name: "csv", summary: "comma-separated values with a header (RFC 4180)", extensions: ["csv", "tsv", "txt"],
      recognizes: { FrameFormat.looksLikeCSV($0) },
      makeReader: { (source, options) throws(InputError) in try CSVFrameReader(source, options) },
      makeWriter: { sink, options in CSVFrameWriter(sink, options) }),
  ]

  public static func named(_ name: String) -> FrameFormat? { all.first { $0.name == name } }

  /// The format that the name of a file tells.
  public static func of(path: String) -> FrameFormat? {
    var name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if name.hasSuffix(".gz") { name.removeLast(3) }
    guard let dot = name.lastIndex(of: ".") else { return nil }
    let ending = String(name[name.index(after: dot)...])
    return all.first { $0.extensions.contains(ending) }
  }

  /// A first line of names with something between them, or of one name alone.
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

  /// A file or standard input (`-`), unpacked if it is gzip.
  private static func source(_ path: String) throws(InputError) -> PrefixedSource {
    let file = try DescriptorSource(path: path)
    let isSeekable = file.unreadFile() != nil && !file.bytes(at: 0, 2).elementsEqual([0x1F, 0x8B])
    return PrefixedSource(GzipSource(file), file: isSeekable ? file : nil)
  }

  private static func recognized(_ source: PrefixedSource) throws(InputError) -> FrameFormat {
    // A stream may have no more than a line yet.
    var start = try source.look(atLeast: 1)
    if start.count < 6, let first = start.first,
      first == UInt8(ascii: "P") || first == UInt8(ascii: "A") || first >= 0x80
    {
      start = try source.look(atLeast: 6)
    }
    if let foreign = ForeignFormat.unreadable(start) {
      throw InputError(source: source.name, message: "this is \(foreign), which cannot be read")
    }
    // What is none of them is for the reader of lines to judge.
    return all.first { $0.recognizes(start) } ?? named("ndjson")!
  }

  /// Tells the format of an input by its first bytes. A file can be opened again; of a pipe the source is given, which has
  /// all of it.
  public static func look(at path: String) throws(InputError) -> (format: String, source: PrefixedSource?) {
    let file = try DescriptorSource(path: path)
    if path == "-" && file.unreadFile() != nil {
      let start = file.bytes(at: 0, 64 << 10)
      let memory = PrefixedSource(GzipSource(MemorySource(start, name: file.name)))
      return ((try? recognized(memory).name) ?? "ndjson", nil)
    }
    let source = try source(path)
    let format = try recognized(source)
    return (format.name, path == "-" || source.file == nil && file.size == nil ? source : nil)
  }

  /// Reads a file or standard input (`-`) in the format that its first bytes tell, gzip or not.
  /// - Parameter opened: the input, if it has been opened already.
  public static func open(
    _ path: String, as format: FrameFormat? = nil, from opened: PrefixedSource? = nil, _ options: FormatOptions
  ) throws(InputError) -> any FrameReader {
    var source = opened
    if source == nil { source = try self.source(path) }
    var known = format
    if known == nil { known = try recognized(source!) }
    return try known!.makeReader(source!, options)
  }
}
