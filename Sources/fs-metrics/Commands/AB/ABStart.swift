import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics ab start`.
struct ABStart: ABStep {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Begin a test, or go on after a pause.")
  static let from: Set<Experiment.State> = [.draft, .paused]
  static let to = Experiment.State.running
  @Argument(help: ArgumentHelp("The name of the test.", valueName: "test")) var test: String
  @OptionGroup var store: MetricsStoreOption
}
