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
  /// How many of them are of symbols that do not exist.
  private var absences = 0
  private let tolerance: Tolerance

  /// Which failures leave the status at 0; they are named all the same.
  package struct Tolerance: Sendable {
    /// Symbols that do not exist.
    package var allowsAbsent = false
    /// A share of the symbols, 0 to 1.
    package var share = 0.0

    package init() {}
  }

  package init(_ diagnostics: Diagnostics, _ progress: Progress, _ tolerance: Tolerance = Tolerance()) {
    self.diagnostics = diagnostics
    self.progress = progress
    self.tolerance = tolerance
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
    if failure.isAbsence { absences += 1 }
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
    let counted = failures.count - (tolerance.allowsAbsent ? absences : 0)
    if counted == 0 || Double(counted) <= tolerance.share * Double(fetched + failures.count) { return .done }
    if fetched == 0 {
      if failures.allSatisfy({ $0 == .unavailable }) { return .unavailable }
      if failures.allSatisfy({ $0 == .tryLater }) { return .tryLater }
    }
    return .partly
  }
}
