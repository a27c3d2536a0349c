import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics ab pause`.
struct ABPause: ABStep {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Assign nobody and take no results until ab start.")
  static let from: Set<Experiment.State> = [.running]
  static let to = Experiment.State.paused
  @Argument(help: ArgumentHelp("The name of the test.", valueName: "test")) var test: String
  @OptionGroup var store: MetricsStoreOption
}
