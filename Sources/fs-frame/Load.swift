import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore
import FinstageSystem

/// `fs-frame load`: writes the bars of a store.
struct Load: Tool {
  static let configuration = CommandConfiguration(
    commandName: "load", abstract: "Write the bars of a store, for some symbols or all.")

  @Option(help: ArgumentHelp("The file.", valueName: "file"), completion: .file()) var db: String
  @Option(help: ArgumentHelp("Only this interval.", valueName: "interval")) var interval: String?
  @Option(help: ArgumentHelp("The first day or instant.", valueName: "time")) var from: String?
  @Option(help: ArgumentHelp("The day or instant to stop before.", valueName: "time")) var to: String?
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "The symbols (default: all).") var symbols: [String] = []

  mutating func execute() throws -> ExitStatus {
    func second(_ text: String?, _ option: String) throws -> Int64? {
      guard let text else { return nil }
      guard let instant = Timestamp.parse(text) else {
        throw ToolFailure(
          .usage, "\(option) \(text): expected a date (2020-01-31) or an instant (2020-01-31T14:30:00Z)")
      }
      return instant / Timestamp.nanosecondsPerSecond
    }
    let (from, to) = (try second(from, "--from"), try second(to, "--to"))
    let store = try Database.open(db)
    let (symbols, interval) = (symbols, interval)
    let diagnostics = output.common.diagnostics(for: "fs-frame load")
    var wanted: [PriceStore.Entry] = []
    var missing = 0
    for symbol in symbols {
      let found = try store.series(of: symbol).filter { interval == nil || $0.interval == interval }
      if found.isEmpty {
        missing += 1
        diagnostics.error("\(symbol): there are no such bars in \(db)")
      }
      wanted += found
    }
    if symbols.isEmpty { wanted = try store.series(of: nil).filter { interval == nil || $0.interval == interval } }
    let status = try FrameRun("load", nil, output).run(
      ["/dev/null"], Stage(store, wanted, from ?? .min, to ?? .max))
    return missing > 0 ? .partly : status
  }

  private final class Stage: FrameStage {
    private let store: PriceStore
    private let wanted: [PriceStore.Entry]
    private let from: Int64
    private let to: Int64

    init(_ store: PriceStore, _ wanted: [PriceStore.Entry], _ from: Int64, _ to: Int64) {
      self.store = store
      self.wanted = wanted
      self.from = from
      self.to = to
    }

    func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws {}

    func finish(_ emit: (Frame) throws -> Void) throws {
      // Series of one store may differ in their columns and kinds of time: the joined frame has all columns.
      var frames: [Frame] = []
      let isDated = wanted.allSatisfy { PriceStore.isDated($0.interval) }
      for entry in wanted {
        let daily = PriceStore.isDated(entry.interval)
        let bars = try store.bars(entry.symbol, entry.interval, from: from, isDated: daily && isDated)
        let series = Frame.Series(
          symbol: entry.symbol, interval: entry.interval, currency: entry.currency,
          bars: to == .max ? bars : bars.filter { $0.time.second < to })
        frames.append(Frame(series))
      }
      try emit(Frame.joined(frames))
    }
  }
}
