import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore
import FinstageSystem

/// `fs-frame save`: saves bars in a store.
struct Save: Tool {
  static let configuration = CommandConfiguration(
    commandName: "save",
    abstract: "Save bars in a store (SQLite): add new bars, change what differs, and remove nothing.",
    discussion: """
      The store is the one that fs-fetch --store keeps up to date. A series is a symbol and an interval. Bars without \
      a field "interval" get the interval of --interval, or the one that matches the shortest step between bars of \
      their symbol. A field that a bar has no value for stays as it is stored. Bars are saved about 200,000 at a time; each time, all of them are saved or none. Many processes \
      may read and write at once.
      """)

  @Option(help: ArgumentHelp("The file.", valueName: "file"), completion: .file()) var db: String
  @Option(help: ArgumentHelp("The interval of bars that have none, such as 1d or 1m.", valueName: "interval"))
  var interval: String?

  mutating func validate() throws {
    if let interval, BarPeriod(interval) == nil, interval != "5d" {
      throw ValidationError("--interval \(interval): the length of a bar is expected, such as 1m, 1h or 1d")
    }
  }
  @Option(help: ArgumentHelp("The symbol of bars that have none.", valueName: "symbol")) var symbol: String?
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  private static let chunk = 200_000

  mutating func execute() throws -> ExitStatus {
    var statistics = RunStatistics(tool: "fs-frame")
    let run = FrameRun("save", input, output)
    var changes = PriceStore.Changes()
    var frames: [Frame] = []
    var rows = 0
    let store = try PriceStore(path: db)
    func flush() throws {
      if frames.isEmpty { return }
      var series: [Frame.Series]
      series = try Frame.series(frames)
      frames = []
      rows = 0
      for i in series.indices {
        if series[i].symbol.isEmpty {
          guard let symbol else {
            throw ToolFailure(.badData, "there are bars without a symbol (--symbol gives them one)")
          }
          series[i].symbol = symbol
        }
        if series[i].interval == nil { series[i].interval = interval ?? Save.interval(series[i].bars) }
      }
      let more = try store.save(series)
      changes.added += more.added
      changes.updated += more.updated
    }
    var left = LeftOut()
    try run.read(files, &statistics) { frame in
      left.look(frame)
      frames.append(frame)
      rows += frame.rows
      if rows >= Save.chunk { try flush() }
      return true
    }
    try flush()
    try store.fold()
    if let sentence = left.sentence { run.diagnostics.warning(sentence) }
    try output.common.write([["added": JSONValue(changes.added), "updated": JSONValue(changes.updated)]])
    statistics.count("added", changes.added)
    statistics.count("updated", changes.updated)
    statistics.report(isWanted: output.common.stats, run.diagnostics)
    return .done
  }

  /// What has no place in a store.
  private struct LeftOut {
    private static let kept: Set<String> = [
      "type", "symbol", "interval", "currency", "ts", "open", "high", "low", "close", "volume", "adj_close", "dividend",
      "dividend_currency", "split", "capital_gain",
    ]
    private var columns: [String] = []
    private var barsWithoutClose = 0
    private var fractions = 0

    mutating func look(_ frame: Frame) {
      for column in frame.columns where !LeftOut.kept.contains(column.name) && !columns.contains(column.name) {
        if column.vector.nullCount < frame.rows { columns.append(column.name) }
      }
      barsWithoutClose += frame["close"]?.nullCount ?? 0
      if let stamp = frame["ts"], case .timestamp = stamp.type, let times = stamp.nanoseconds() {
        fractions += times.indices.count { !stamp.isNull($0) && times[$0] % Timestamp.nanosecondsPerSecond != 0 }
      }
    }

    /// Nil if everything has one.
    var sentence: String? {
      var parts: [String] = []
      if !columns.isEmpty { parts.append("the columns \(columns.joined(separator: ", "))") }
      if barsWithoutClose > 0 { parts.append("\(barsWithoutClose) bars without a close") }
      if fractions > 0 { parts.append("the fractions of a second of \(fractions) times") }
      return parts.isEmpty ? nil : "a store has no place for \(parts.joined(separator: "; ")): left out"
    }
  }

  /// The interval that matches the shortest step between bars.
  private static func interval(_ bars: [Bar]) -> String {
    if case .date? = bars.first?.time {
      let days = zip(bars, bars.dropFirst()).map { ($1.time.second - $0.time.second) / 86_400 }.filter { $0 > 0 }
      let step = days.min() ?? 1
      return step >= 80 ? "3mo" : step >= 28 ? "1mo" : step >= 5 ? "1wk" : "1d"
    }
    let seconds = zip(bars, bars.dropFirst()).map { $1.time.second - $0.time.second }.filter { $0 > 0 }
    switch seconds.min() ?? 60 {
    case let step where step >= 86_400: return "1d"
    case let step where step % 3600 == 0: return "\(step / 3600)h"
    case let step where step % 60 == 0: return "\(step / 60)m"
    case let step: return "\(step)s"
    }
  }
}
