/// A block of source lines and the typed columns read from them.
///
/// Lines of bars have a number, 0..<bars, which indexes every column; lines of other records have none. A filter that
/// only adds fields computes result columns by bar number and lets `RecordWriter` copy each line and append the
/// results. A batch is used by one thread at a time and passed on as a whole (see `Conveyor`).
package final class Batch: @unchecked Sendable {
  /// One source line. Offsets count from the start of the batch's bytes.
  package struct Line {
    package var start: Int
    /// The end of the line, its LF excluded.
    package var end: Int
    /// For a bar, the offset of the brace that closes it: the place where fields are added.
    package var brace: Int
    /// The bar's number, or -1 for a record that passes through.
    package var bar: Int
  }

  /// What of a batch is written.
  package enum Part: Sendable {
    /// Its rows with what was added to them, and the records of other types.
    case all
    /// The records of other types alone.
    case others
    case nothing
  }

  /// What is to be written.
  package var part = Part.all
  /// The frame that the rows came from; nil for lines.
  package internal(set) var frame: Frame?
  /// For each row of the batch its row in the frame; nil where they are the same.
  var frameRows: [Int]?

  /// The row of the frame that a row of the batch came from.
  package func frameRow(of row: Int) -> Int { frameRows?[row] ?? row }

  /// The batch as text, once it has been rendered.
  package let text = OutputBuffer()

  /// Bytes that may be read beyond the last line, for word-wise scanning.
  static let padding = 64

  /// A column's memory, for loops that must avoid reference counting.
  package struct Cells {
    package var storage: UnsafeMutableRawPointer
    package var present: UnsafeMutablePointer<UInt8>

    @inline(__always)
    package func set(_ bar: Int, _ value: Double) {
      storage.storeBytes(of: value, toByteOffset: bar &* 8, as: Double.self)
      present[bar] = 1
    }

    @inline(__always)
    package func set(_ bar: Int, _ value: Int64) {
      storage.storeBytes(of: value, toByteOffset: bar &* 8, as: Int64.self)
      present[bar] = 1
    }

    @inline(__always)
    func setMissing(_ bar: Int) {
      storage.storeBytes(of: Double.nan, toByteOffset: bar &* 8, as: Double.self)
      present[bar] = 0
    }
  }

  package let columns: [Column]
  /// The memory of each column; moves when the columns grow.
  package let cells: UnsafeMutablePointer<Cells>
  private var barCapacity = 0
  @exclusivity(unchecked)
  package private(set) var bytes: UnsafeMutablePointer<UInt8>
  @exclusivity(unchecked)
  package private(set) var byteCapacity: Int
  @exclusivity(unchecked)
  package private(set) var lines: UnsafeMutablePointer<Line>
  private var lineCapacity: Int
  @exclusivity(unchecked)
  package internal(set) var lineCount = 0
  /// The number of bars: the length of every column.
  @exclusivity(unchecked)
  package internal(set) var bars = 0
  /// Columns that a tool has computed, by bar number, in the order of the fields that it adds.
  package private(set) var results: [Column] = []
  /// How many of the results are written.
  package private(set) var visibleResults = 0

  /// Fields of several values that follow the results of some bars.
  package private(set) var lists: [ListColumn] = []
  /// Records that are written after rows, in order.
  package var inserted: [(row: Int, record: JSONValue)] = []
  /// Bars that are not written, in order.
  package private(set) var dropped: [Int] = []

  package init(fields: [Field], byteCapacity: Int) {
    columns = fields.map { Column($0) }
    cells = .allocate(capacity: max(fields.count, 1))
    self.byteCapacity = byteCapacity
    bytes = .allocate(capacity: byteCapacity + Batch.padding)
    lineCapacity = 256
    lines = .allocate(capacity: lineCapacity)
    growColumns(to: 256)
  }

  deinit {
    cells.deallocate()
    bytes.deallocate()
    lines.deallocate()
  }

  package func clear() {
    lineCount = 0
    bars = 0
    visibleResults = 0
    frame = nil
    frameRows = nil
    part = .all
    if !inserted.isEmpty { inserted.removeAll(keepingCapacity: true) }
  }

  /// Makes room for `wanted` bytes and keeps the first `used` ones.
  func reserveBytes(_ wanted: Int, keeping used: Int) {
    guard wanted > byteCapacity else { return }
    let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted + Batch.padding)
    grown.update(from: bytes, count: used)
    bytes.deallocate()
    bytes = grown
    byteCapacity = wanted
  }

  /// Makes room for one more bar in every column.
  @inline(__always)
  func reserveBar() {
    if bars == barCapacity { growColumns(to: barCapacity * 2) }
  }

  /// Adds a row that has no line; the caller fills every column. Returns its number.
  package func appendRow() -> Int {
    reserveBar()
    bars &+= 1
    return bars &- 1
  }

  /// Makes room for `wanted` bars in every column.
  package func reserve(bars wanted: Int) {
    if wanted > barCapacity { growColumns(to: wanted) }
  }

  private func growColumns(to capacity: Int) {
    barCapacity = capacity
    for (i, column) in columns.enumerated() {
      column.reserve(capacity)
      cells[i] = Cells(storage: column.storage, present: column.present)
    }
  }

  @inline(__always)
  package func append(_ line: Line) {
    if lineCount == lineCapacity { growLines() }
    lines[lineCount] = line
    lineCount &+= 1
  }

  /// Removes the last line.
  func dropLastLine() {
    lineCount -= 1
    if lines[lineCount].bar >= 0 { bars -= 1 }
  }

  private func growLines() {
    let grown = UnsafeMutablePointer<Line>.allocate(capacity: lineCapacity * 2)
    grown.update(from: lines, count: lineCount)
    lines.deallocate()
    lines = grown
    lineCapacity *= 2
  }

  /// Prepares result columns with the given names and room for all bars; the caller fills in the values.
  /// - Parameter visible: how many of them, counted from the first, are to be written.
  package func prepareResults(_ names: [String], visible: Int? = nil) {
    if results.count != names.count {
      results = names.map { Column(Field($0, .float64)) }
    }
    for column in results { column.reserve(bars) }
    visibleResults = visible ?? names.count
    for list in lists { list.clear() }
    dropped.removeAll(keepingCapacity: true)
  }

  /// Columns of lists, made by `make` the first time.
  package func prepareLists(_ make: () -> [ListColumn]) -> [ListColumn] {
    if lists.isEmpty { lists = make() }
    for list in lists { list.clear() }
    return lists
  }

  /// Leaves a bar's line out of the output. Bars must come in order.
  package func drop(_ bar: Int) { dropped.append(bar) }
}
