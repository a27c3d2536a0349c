import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// Commands that change the state of a test.
protocol ABStep: Tool {
  var test: String { get }
  var store: MetricsStoreOption { get }
  static var from: Set<Experiment.State> { get }
  static var to: Experiment.State { get }
}

extension ABStep {
  mutating func execute() throws -> ExitStatus {
    let store = try self.store.existing()
    var found = try store.experiment(test)
    guard Self.from.contains(found.state) else {
      throw ToolFailure(.partly, "\(test) is \(found.state.rawValue)")
    }
    found.state = Self.to
    if Self.to == .running, found.started == 0 { found.started = SystemClock.wallNanoseconds }
    if Self.to == .stopped { found.ended = SystemClock.wallNanoseconds }
    try store.save(found)
    return .done
  }
}
