import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageIndicators
import FinstageStore
import FinstageSystem

extension ChartSVG.Style: ExpressibleByArgument {}

/// `fs-frame plot`: a chart of one symbol.
struct Plot: Tool {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract:
      "Draw candlesticks with volume, indicators over them and oscillators below, as SVG or, with --term, as text.",
    discussion: """
      A name is read as a file if there is such a file; otherwise it is the symbol. Without a symbol, the symbol of \
      the first bar is drawn. With --db, the bars come from a store. Indicators are columns of the input, or are \
      computed: sma_20, ema_12, bbands_20_2, rsi_14, macd_12_26_9, or any other that fs-indicators --list shows. Each \
      kind of oscillator has a panel of its own. A browser shows the SVG; rsvg-convert makes a PNG of it.
      """)

  @Argument(help: "A symbol, and files; - is standard input, the default.", completion: .file()) var names: [String] =
    []
  @Option(help: "The symbol, if it is also the name of a file.") var symbol: String?
  @Option(help: ArgumentHelp("An indicator to draw, such as sma_20; repeat it for more.", valueName: "name"))
  var indicator: [String] = []
  @Option(help: ArgumentHelp("A store to take the bars from.", valueName: "file"), completion: .file()) var db: String?
  @Option(help: ArgumentHelp("With --db: the interval of the bars.", valueName: "interval")) var interval = "1d"
  @Option(help: "How many of the last bars to draw; 0 for all.") var last = 180
  @Flag(help: "Draw with characters, as large as the terminal.") var term = false
  @Option(help: "The colours of the SVG: auto follows the theme of its reader.") var style = ChartSVG.Style.auto
  @Option(help: "The width in points, 200 to 8000; with --term in characters, 20 to 1000.") var width: Int?
  @Option(help: "The height in points, 150 to 6000; with --term in lines, 8 to 500.") var height: Int?
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup var common: CommonOptions

  mutating func validate() throws {
    guard last >= 0 else { throw ValidationError("--last must not be negative") }
    let (across, down) = term ? (20...1000, 8...500) : (200...8000, 150...6000)
    guard across.contains(width ?? across.lowerBound), down.contains(height ?? down.lowerBound) else {
      throw ValidationError(
        """
        --width must be \(across.lowerBound) to \(across.upperBound), \
        --height \(down.lowerBound) to \(down.upperBound)
        """)
    }
  }

  mutating func execute() throws -> ExitStatus {
    let (frames, wanted) = try bars()
    var all = try Frame.series(frames)
    if let wanted { all = all.filter { $0.symbol == wanted } }
    let count = all.reduce(0) { $0 + $1.bars.count }
    // Numbers beyond any real price or volume cannot be drawn.
    for i in all.indices {
      all[i].bars.removeAll { bar in
        [bar.open, bar.high, bar.low, bar.close, bar.volume].contains { abs($0 ?? 0) > 1e100 }
      }
    }
    guard let series = all.first, !series.bars.isEmpty else {
      if count > 0 {
        throw ToolFailure(.badData, "none of the \(count) bars has prices that can be drawn (beyond 1e100)")
      }
      throw ToolFailure(.badData, wanted.map { "there are no bars of \($0)" } ?? "there are no bars")
    }
    if all.count > 1 && wanted == nil {
      common.diagnostics(for: "fs-frame plot").warning(
        "there are \(all.count) symbols; drawing \(series.symbol) (name a symbol to draw another)")
    }
    var lines = try lines(frames, series)
    var chart = Chart(title: title(series), bars: series.bars)
    if last > 0 && chart.bars.count > last {
      let first = chart.bars.count - last
      chart.bars.removeFirst(first)
      for i in lines.indices { lines[i].values.removeFirst(first) }
    }
    chart.add(lines)
    var text: String
    if common.output != "-" {
      try FormatName.refuseForeignName(
        common.output, term ? "text" : "SVG; a browser or rsvg-convert makes other pictures of it")
    }
    if term {
      let (columns, rows) = Plot.terminal()
      text = ChartTerminal(
        chart, columns: width ?? columns, rows: height ?? rows,
        hasColor: common.color.isOn(common.output == "-" ? 1 : -1)
      ).text()
    } else {
      var svg = ChartSVG(chart, width: width ?? 960, height: height ?? Plot.height(chart), style: style)
      text = svg.document()
    }
    let sink = try common.anySink()
    try sink.write(text)
    try sink.finish()
    return .done
  }

  /// More panels make a taller picture.
  private static func height(_ chart: Chart) -> Int { min(540 + max(chart.panelCount - 1, 0) * 110, 2000) }

  private func title(_ series: Frame.Series) -> String {
    [series.symbol, series.interval, series.currency].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "  ")
  }

  /// The size of the terminal, or 80 by 24 if there is none.
  private static func terminal() -> (columns: Int, rows: Int) {
    for descriptor: Int32 in [1, 2, 0] {
      if let (width, height) = Terminal.size(descriptor) { return (width, height - 1) }
    }
    return (80, 24)
  }

  private func bars() throws -> ([Frame], String?) {
    let files = names.filter { $0 == "-" || FileDetails.size(of: $0) != nil }
    let symbols = names.filter { !files.contains($0) }
    guard symbols.count <= 1 else {
      throw ToolFailure(
        .usage, "\(symbols.joined(separator: ", ")): these are not files, and only one symbol can be drawn")
    }
    let wanted = symbol ?? symbols.first
    if let db {
      let store = try Database.open(db)
      var wanted = wanted
      if wanted == nil { wanted = try store.entries().first { $0.interval == interval }?.symbol }
      let symbol = wanted ?? ""
      let isDated = PriceStore.isDated(interval)
      let bars = try store.bars(symbol, interval, isDated: isDated)
      let series = Frame.Series(
        symbol: symbol, interval: interval, currency: try store.currency(symbol, interval), bars: bars)
      return ([Frame(series)], wanted)
    }
    var frames: [Frame] = []
    var statistics = RunStatistics(tool: "fs-frame")
    try FrameRun("plot", input, common).read(files, &statistics) { frame in
      frames.append(frame)
      return true
    }
    return (frames, wanted)
  }

  /// The lines of the indicators: columns of the input where it has them, computed from the bars otherwise.
  private func lines(_ frames: [Frame], _ series: Frame.Series) throws -> [Chart.Line] {
    var lines: [Chart.Line] = []
    func add(_ line: Chart.Line) { if !lines.contains(where: { $0.name == line.name }) { lines.append(line) } }
    for name in indicator {
      let requests: [IndicatorRequest]
      do {
        requests = try IndicatorRequest.parse(column: name)
      } catch {
        // Any other column of the input may be drawn, too.
        guard let values = column(name, frames, series) else {
          throw ToolFailure(.usage, "--indicator \(name): \(error.sentence)")
        }
        add(Chart.Line(name: name, family: name, values: values))
        continue
      }
      for request in requests {
        let set = IndicatorSet([request])
        let batch = Batch(fields: set.fields, byteCapacity: 64)
        _ = try batch.fill(from: Frame(series), symbols: SymbolTable())
        set.apply(to: batch)
        for made in batch.finished().columns.suffix(set.names.count) {
          let values = column(made.name, frames, series) ?? made.vector.doubles()
          add(Chart.Line(name: made.name, family: request.indicator.name, values: values))
        }
      }
    }
    return lines
  }

  /// A column of the input for the bars of a series; nil if there is none.
  private func column(_ name: String, _ frames: [Frame], _ series: Frame.Series) -> [Double]? {
    guard frames.contains(where: { $0[name]?.type.isNumber == true }) else { return nil }
    var values: [Double] = []
    for frame in frames {
      let (column, symbol, close, ts) = (
        frame[name]?.doubles(), frame["symbol"], frame["close"]?.doubles(), frame["ts"]
      )
      for row in 0..<frame.rows
      where (symbol?.text(row) ?? "") == series.symbol && close?[row].isNaN == false && ts?.isNull(row) == false {
        values.append(column?[row] ?? .nan)
      }
    }
    return values.count == series.bars.count ? values : nil
  }
}
