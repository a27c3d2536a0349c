import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-frame convert`: the same rows in another format.
struct Convert: Tool {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Write the rows in another format.")

  @Flag(
    help:
      "Rename the columns of common services (Date, Adj Close, o, v, ...) to those of bars: ts, open, high, low, ..."
  )
  var bars = false

  @Option(help: ArgumentHelp("The symbol, if the input has no such column; implies --bars.", valueName: "symbol"))
  var symbol: String?

  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  mutating func execute() throws -> ExitStatus {
    let (bars, symbol) = (bars || symbol != nil, symbol)
    let zone = input.formatOptions.zone
    return try FrameRun("convert", input, output).run(
      files, EachFrame { frame in bars ? try Convert.asBars(frame, symbol, zone) : frame })
  }

  /// What the columns of bars are called elsewhere.
  private static let aliases: [String: String] = [
    "date": "ts", "datetime": "ts", "timestamp": "ts", "time": "ts", "t": "ts", "o": "open", "h": "high", "l": "low",
    "c": "close", "v": "volume", "vol": "volume", "adj close": "adj_close", "adjclose": "adj_close",
    "adjusted_close": "adj_close", "ticker": "symbol", "dividends": "dividend", "stock splits": "split",
  ]

  private static func asBars(_ frame: Frame, _ symbol: String?, _ zone: TimeZone?) throws -> Frame {
    var columns = try withOneTime(frame.columns, zone)
    for i in columns.indices {
      let lower = columns[i].name.lowercased()
      columns[i].name = aliases[lower] ?? lower
      if columns[i].name == "symbol" { columns[i].vector = columns[i].vector.asTexts() }
    }
    for (i, column) in columns.enumerated() {
      guard let other = columns[..<i].firstIndex(where: { $0.name == column.name }) else { continue }
      throw ToolFailure(
        .badData,
        "the columns \"\(frame.names[other])\" and \"\(frame.names[i])\" would both be called \"\(column.name)\" (drop or rename one)"
      )
    }
    if let symbol, !columns.contains(where: { $0.name == "symbol" }) {
      let pool = TextPool()
      _ = pool.intern(symbol)
      let vector = Vector(.string, .int64([Int64](repeating: 0, count: frame.rows)), texts: pool)
      columns.insert(Frame.Column("symbol", vector), at: 0)
    }
    return Frame(columns, rows: frame.rows)
  }

  /// A column Date and a column Time are one time.
  private static func withOneTime(_ columns: [Frame.Column], _ zone: TimeZone?) throws -> [Frame.Column] {
    func place(_ name: String) -> Int? { columns.firstIndex { $0.name.lowercased() == name } }
    guard let date = place("date"), let time = place("time"), place("ts") == nil else { return columns }
    let (dates, times) = (columns[date].vector, columns[time].vector)
    var instants: [Int64] = []
    var validity: Validity?
    for row in 0..<dates.count {
      if dates.isNull(row) || times.isNull(row) {
        if validity == nil { validity = Validity(repeating: true, count: dates.count) }
        validity![row] = false
        instants.append(0)
        continue
      }
      let clock = times.text(row)
      let text = "\(dates.text(row))T\(clock)"
      guard var instant = Timestamp.parse(text) else {
        throw ToolFailure(
          .badData, "\"\(text)\" of the columns \(columns[date].name) and \(columns[time].name) is not a time")
      }
      // Without an offset of its own, it is the time of the zone.
      let hasOffset = clock.contains { "Zz+-".contains($0) }
      if let zone, !hasOffset {
        let second = Timestamp.nanosecondsPerSecond
        let local = Timestamp.floorDivide(instant, second)
        let (moved, overflows) = instant.addingReportingOverflow((zone.second(ofLocal: local) - local) * second)
        guard !overflows else {
          throw ToolFailure(.badData, "\"\(text)\" is a time beyond the years 1678 to 2261")
        }
        instant = moved
      }
      instants.append(instant)
    }
    var result = columns
    result[date] = Frame.Column(
      "ts", Vector(.timestamp(.nanosecond, zone: "UTC"), .int64(instants), validity: validity))
    result.remove(at: time)
    return result
  }
}
