import FinstageCommand
import FinstageCore
import FinstageNet
import FinstageSystem

/// Where histories go as they arrive: bars, records made from them, or nowhere.
package protocol HistoryOutput {
  /// Writes what a request has brought; returns how many records that were.
  /// - Parameter warnings: what the user should know of it is added.
  func write(_ history: History, of request: HistoryRequest, _ warnings: inout [String]) throws -> Int
  /// Hands on what is complete, before a wait for the network.
  func flush() throws
  /// How a user is told of so many records of a symbol.
  func summary(_ count: Int) -> String
  /// Writes what is pending, and puts a file in its place.
  func finish() throws
  var bytesWritten: Int { get }
}

extension HistoryOutput {
  package func summary(_ count: Int) -> String { "\(count) bars" }
}

/// Bars, checked.
package struct BarOutput: HistoryOutput {
  private let printer: BarPrinter
  private let check: BarRemarks

  /// - Parameter repairs: write suspicious bars as they should be, where that is known.
  package init(_ printer: BarPrinter, repairs: Bool) {
    self.printer = printer
    check = BarRemarks(repairs: repairs)
  }

  package func write(_ history: History, of request: HistoryRequest, _ warnings: inout [String]) throws -> Int {
    let checked = check.of(history.bars, currency: history.currency)
    try printer.write(
      checked.bars, symbol: request.symbol, interval: request.interval.rawValue, currency: history.currency,
      remarks: checked.remarks)
    if let summary = checked.summary { warnings.append(summary) }
    if history.bars.isEmpty { warnings.append("no bars in this span (a holiday or a weekend?)") }
    if history.emptyRows > 0 { warnings.append("left out \(history.emptyRows) rows without a close") }
    return history.bars.count
  }

  package func flush() throws { try printer.flush() }
  package func finish() throws { try printer.finish() }
  package var bytesWritten: Int { printer.sink.bytesWritten }
}

/// Records that are made from bars and the state of the market.
package struct MarketRecordOutput: HistoryOutput {
  private let printer: RecordPrinter
  private let record: MarketRecord

  package init(_ printer: RecordPrinter, _ record: MarketRecord) {
    self.printer = printer
    self.record = record
  }

  package func write(_ history: History, of request: HistoryRequest, _ warnings: inout [String]) throws -> Int {
    try printer.print(try record.json(request.symbol, history, now: SystemClock.wallSeconds))
    return 1
  }

  package func summary(_ count: Int) -> String { record.rawValue }

  package func flush() throws { try printer.flush() }
  package func finish() throws { try printer.finish() }
  package var bytesWritten: Int { printer.sink.bytesWritten }
}

/// Nowhere: only the cache is to be filled.
package struct NoOutput: HistoryOutput {
  package init() {}
  package func write(_ history: History, of request: HistoryRequest, _ warnings: inout [String]) -> Int {
    history.bars.count
  }
  package func flush() {}
  package func finish() {}
  package var bytesWritten: Int { 0 }
}

/// Fetches the bars of symbols, many at once; a symbol that fails does not stop the others.
package struct HistoryRun {
  private let output: any HistoryOutput
  private let diagnostics: Diagnostics
  private var outcomes: SymbolOutcomes
  private var records = 0
  private var emptyRows = 0
  package private(set) var counts = FetchCounts()

  package init(
    _ output: any HistoryOutput, _ diagnostics: Diagnostics, _ progress: Progress,
    tolerating tolerance: SymbolOutcomes.Tolerance = .init()
  ) {
    self.output = output
    self.diagnostics = diagnostics
    outcomes = SymbolOutcomes(diagnostics, progress, tolerance)
  }

  /// Names words of a list that are not symbols.
  package mutating func reject(_ list: SymbolList) {
    for sentence in list.rejected { outcomes.rejected(sentence) }
  }

  /// - Parameter lifetime: seconds for which answers are fresh; those of the bars if nil.
  package mutating func fetch(
    _ requests: [HistoryRequest], from provider: any Provider, lifetime: Double? = nil, _ options: FetchOptions
  ) throws {
    let diagnostics = self.diagnostics
    let engine = FetchEngine<History>(options) { diagnostics.warning($0) }
    defer { counts.add(engine.counts) }
    try engine.run(count: requests.count) { (index) throws(FetchFailure) in
      try requests[index].item(from: provider, lifetime: lifetime ?? requests[index].interval.lifetime)
    } deliver: { index, result in
      let request = requests[index]
      do {
        let result = try result.get()
        try take(History(joining: result.parts), request, result.warnings)
      } catch let failure as FetchFailure {
        outcomes.failed(request.symbol, failure)
      }
    } beforeWaiting: {
      try output.flush()
    }
  }

  private mutating func take(_ history: History, _ request: HistoryRequest, _ warnings: [String]) throws {
    var warnings = warnings + history.warnings
    let count = try output.write(history, of: request, &warnings)
    records += count
    emptyRows += history.emptyRows
    outcomes.arrived(
      request.symbol, output.summary(count), warnings: warnings, notes: history.notes)
  }

  /// Hands on what a round has brought.
  package func flush() throws { try output.flush() }

  package mutating func finish(_ statistics: inout RunStatistics) throws {
    outcomes.finish(&statistics)
    try output.finish()
    statistics.count("records", records)
    statistics.count("empty_rows", emptyRows)
    statistics.count("requests", counts.requests)
    statistics.count("retries", counts.retries)
    statistics.count("cache_hits", counts.cacheHits)
    statistics.count("revalidated", counts.revalidated)
    statistics.count("stale_answers", counts.staleAnswers)
    statistics.count("bytes_in", counts.bytes, unit: "By")
    statistics.count("bytes_out", output.bytesWritten, unit: "By")
  }

  package var fetched: Int { outcomes.fetched }
  package var status: ExitStatus { outcomes.status }
}
