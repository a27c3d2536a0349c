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
    return try FrameRun("convert", input, output).run(
      files, EachFrame { frame in bars ? Convert.asBars(frame, symbol) : frame })
  }

  /// What the columns of bars are called elsewhere.
  private static let aliases: [String: String] = [
    "date": "ts", "datetime": "ts", "timestamp": "ts", "time": "ts", "t": "ts", "o": "open", "h": "high", "l": "low",
    "c": "close", "v": "volume", "vol": "volume", "adj close": "adj_close", "adjclose": "adj_close",
    "adjusted_close": "adj_close", "ticker": "symbol", "dividends": "dividend", "stock splits": "split",
  ]

  private static func asBars(_ frame: Frame, _ symbol: String?) -> Frame {
    var columns = frame.columns
    for i in columns.indices {
      let lower = columns[i].name.lowercased()
      columns[i].name = aliases[lower] ?? lower
    }
    if let symbol, !columns.contains(where: { $0.name == "symbol" }) {
      let pool = TextPool()
      _ = pool.intern(symbol)
      let vector = Vector(.string, .int64([Int64](repeating: 0, count: frame.rows)), texts: pool)
      columns.insert(Frame.Column("symbol", vector), at: 0)
    }
    return Frame(columns, rows: frame.rows)
  }
}
