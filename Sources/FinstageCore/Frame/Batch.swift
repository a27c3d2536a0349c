/// A block of source lines and the typed columns read from them.
///
/// Lines of bars have a number, 0..<bars, which indexes every column; lines of other records have none. A filter that only
/// adds fields computes columns of results by bar number and lets `RecordWriter` copy each line and append.
/// A batch is used by one thread at a time and handed on whole (see `Conveyor`).
public final class Batch: @unchecked Sendable {
  /// One source line. Offsets count from the start of the batch's bytes.
  struct Line {
    var start: Int
    /// The end of the line, its LF excluded.
    var end: Int
    /// For a bar, the offset of the brace that closes it: the place where fields are added.
    var brace: Int
    /// The bar's number, or -1 for a record that passes through.
    var bar: Int
  }

  /// The batch as text, once it has been rendered.
  public let text = OutputBuffer()

  /// Bytes that may be read beyond the last line, for word-wise scanning.
  static let padding = 64

  /// A column's memory, for loops that must not count references.
  struct Cells {
    var slots: UnsafeMutableRawPointer
    var present: UnsafeMutablePointer<UInt8>

    @inline(__always)
    func set(_ bar: Int, _ value: Double) {
      slots.storeBytes(of: value, toByteOffset: bar &* 8, as: Double.self)
      present[bar] = 1
    }

    @inline(__always)
    func set(_ bar: Int, _ value: Int64) {
      slots.storeBytes(of: value, toByteOffset: bar &* 8, as: Int64.self)
      present[bar] = 1
    }

    @inline(__always)
    func setMissing(_ bar: Int) {
      slots.storeBytes(of: Double.nan, toByteOffset: bar &* 8, as: Double.self)
      present[bar] = 0
    }
  }

  public let columns: [Column]
  /// The memory of each column; moves when the columns grow.
  let cells: UnsafeMutablePointer<Cells>
  private var barCapacity = 0
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private(set) var byteCapacity: Int
  private(set) var lines: UnsafeMutablePointer<Line>
  private var lineCapacity: Int
  var lineCount = 0
  /// The number of bars: the length of every column.
  public internal(set) var bars = 0
  /// Columns that a tool has computed, by bar number, in the order of the fields that it adds.
  public private(set) var results: [Column] = []
  /// How many of the results are written.
  private(set) var visibleResults = 0

  struct Appendix {
    var bar: Int
    var bytes: Range<Int>
  }

  /// Text that follows the results of some bars, in the order of the bars.
  private(set) var appendices: [Appendix] = []
  private(set) var appendixBytes: [UInt8] = []
  /// Bars that are not written, in order.
  private(set) var dropped: [Int] = []

  public init(fields: [Field], byteCapacity: Int) {
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

  func clear() {
    lineCount = 0
    bars = 0
    visibleResults = 0
  }

  /// Room for `wanted` bytes; what is there is kept.
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

  /// Room for so many bars in every column.
  func reserve(bars wanted: Int) {
    if wanted > barCapacity { growColumns(to: wanted) }
  }

  private func growColumns(to capacity: Int) {
    barCapacity = capacity
    for (i, column) in columns.enumerated() {
      column.reserve(capacity)
      cells[i] = Cells(slots: column.slots, present: column.present)
    }
  }

  @inline(__always)
  func append(_ line: Line) {
    if lineCount == lineCapacity { growLines() }
    lines[lineCount] = line
    lineCount &+= 1
  }

  /// Takes the last line back.
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

  /// Result columns of the given names, each with room for all bars; their values are the caller's to fill.
  /// - Parameter visible: how many of them, from the first on, are to be written.
  public func prepareResults(_ names: [String], visible: Int? = nil) {
    if results.count != names.count {
      results = names.map { Column(Field($0, .float64)) }
    }
    for column in results { column.reserve(bars) }
    visibleResults = visible ?? names.count
    appendices.removeAll(keepingCapacity: true)
    appendixBytes.removeAll(keepingCapacity: true)
    dropped.removeAll(keepingCapacity: true)
  }

  /// Adds text behind the results of a bar: whole members, a comma before each. Bars must come in order.
  func appendText(_ text: [UInt8], to bar: Int) {
    let start = appendixBytes.count
    appendixBytes += text
    appendices.append(Appendix(bar: bar, bytes: start..<appendixBytes.count))
  }

  /// The text that was added to a bar.
  func appendedText(of bar: Int) -> ArraySlice<UInt8> {
    appendices.first { $0.bar == bar }.map { appendixBytes[$0.bytes] } ?? []
  }

  /// Leaves a bar's line out of the output. Bars must come in order.
  func drop(_ bar: Int) { dropped.append(bar) }
}
