import FinstageCore

/// Indicators as a stage of a stream of records, in any format.
package final class IndicatorStage: RecordStage {
  /// What is written.
  package enum Mode {
    /// Every bar.
    case bars
    /// The newest bar of each series, at the end.
    case newest
    /// A summary of each series, or one of all, at the end.
    case analysis(asOne: Bool)
  }

  package let set: IndicatorSet
  private let mode: Mode
  private let newest = NewestRows()
  private let report: AnalysisReport
  /// The stream's.
  private var symbols = SymbolTable()
  /// Called after each batch.
  package var onBatch: (() -> Void)?

  package init(_ set: IndicatorSet, _ mode: Mode) {
    self.set = set
    self.mode = mode
    report = AnalysisReport(set)
  }

  package var fields: [Field] { self.set.fields }
  package var addedNames: [String] { self.set.names }

  package func begin(_ symbols: SymbolTable) { self.symbols = symbols }

  package func take(_ batch: Batch) throws -> Batch.Part {
    set.apply(to: batch)
    onBatch?()
    switch mode {
    case .bars: return .all
    case .newest:
      newest.take(batch, set)
      return .others
    case .analysis:
      report.take(batch, set, symbols)
      return .nothing
    }
  }

  package func finish(_ output: any RecordOutput) throws {
    switch mode {
    case .bars: break
    case .newest: try output.write(newest.rows)
    case .analysis(let asOne): try output.write(report.records(asOne: asOne))
    }
  }
}
