import FinstageCommand
import FinstageCore
import FinstageNet
import FinstageSystem

/// Tracks the outcome of each symbol of a run: reports it as it happens, and gives the exit status at the end.
package struct SymbolOutcomes {
  private let diagnostics: Diagnostics
  private var progress: Progress
  package private(set) var fetched = 0
  private var failures: [FetchFailure.Kind] = []

  package init(_ diagnostics: Diagnostics, _ progress: Progress) {
    self.diagnostics = diagnostics
    self.progress = progress
  }

  /// Records that a symbol has arrived.
  /// - Parameters:
  ///   - what: how much arrived, in words.
  ///   - notes: details for --verbose.
  package mutating func arrived(_ symbol: String, _ what: String, warnings: [String] = [], notes: [String] = []) {
    fetched += 1
    warn(symbol, warnings)
    for note in notes { diagnostics.note("\(symbol): \(note)") }
    progress.end(symbol, what)
  }

  package mutating func warn(_ symbol: String, _ warnings: [String]) {
    if !warnings.isEmpty { progress.clear() }
    for warning in warnings { diagnostics.warning("\(symbol): \(warning)") }
  }

  /// A symbol has failed.
  package mutating func failed(_ symbol: String, _ failure: FetchFailure) {
    progress.clear()
    failures.append(failure.kind)
    diagnostics.error("\(symbol): \(failure.sentence)")
    progress.end(symbol, "failed", failed: true)
  }

  /// A word of a list that is not a symbol.
  package mutating func rejected(_ sentence: String) {
    progress.clear()
    failures.append(.symbol)
    diagnostics.error(sentence)
  }

  package var failed: Int { failures.count }

  /// Ends the progress display and adds the counts to the statistics.
  package mutating func finish(_ statistics: inout RunStatistics) {
    progress.clear()
    statistics.count("symbols", fetched + failures.count)
    statistics.count("failed", failures.count)
  }

  /// The exit status. The reason of the failures counts only if no symbol arrived and all failed for the same reason.
  package var status: ExitStatus {
    if failures.isEmpty { return .done }
    if fetched == 0 {
      if failures.allSatisfy({ $0 == .unavailable }) { return .unavailable }
      if failures.allSatisfy({ $0 == .tryLater }) { return .tryLater }
    }
    return .partly
  }
}
