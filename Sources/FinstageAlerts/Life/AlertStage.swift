import FinstageCore
import FinstageSystem

/// Rules as a stage of a stream of records, in any format.
package final class AlertStage: RecordStage {
  package let evaluator: AlertEvaluator
  private let passes: Bool
  private let writesAlerts: Bool
  /// Told of the alerts of each batch, before anything of it is written; says which of them are written.
  private let onEvents: ([AlertEvent]) throws -> [Bool]
  package private(set) var count = 0
  /// Called once the symbols of the stream are there.
  package var onBegin: (() throws -> Void)?
  /// Called for each batch.
  package var onBatch: (() -> Void)?
  /// Called at the end, to write what is still to be written.
  package var onFinish: ((any RecordOutput) throws -> Void)?

  /// - Parameters:
  ///   - passes: whether the records are written, too.
  ///   - writesAlerts: whether alerts are written among them.
  package init(
    _ evaluator: AlertEvaluator, passes: Bool, writesAlerts: Bool, onEvents: @escaping ([AlertEvent]) throws -> [Bool]
  ) {
    self.evaluator = evaluator
    self.passes = passes
    self.writesAlerts = writesAlerts
    self.onEvents = onEvents
  }

  package var fields: [Field] { evaluator.fields }
  package var recordTypes: [String] { AlertEvaluator.recordTypes }

  package func begin(_ symbols: SymbolTable) throws {
    try evaluator.begin(symbols)
    try onBegin?()
  }

  package func take(_ batch: Batch) throws -> Batch.Part {
    batch.prepareResults([])
    onBatch?()
    let events = evaluator.take(batch)
    if !events.isEmpty {
      let isWritten = try onEvents(events.map(\.event))
      for (hit, isWritten) in zip(events, isWritten) where isWritten {
        count += 1
        if writesAlerts { batch.inserted.append((row: hit.row, record: AlertEvent.description.json(hit.event))) }
      }
    }
    return passes ? .all : .nothing
  }

  package func finish(_ output: any RecordOutput) throws { try onFinish?(output) }
}
