import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics ab stop`.
struct ABStop: ABStep {
  static let configuration = CommandConfiguration(commandName: "stop", abstract: "End a test for good.")
  static let from: Set<Experiment.State> = [.running, .paused]
  static let to = Experiment.State.stopped
  @Argument(help: ArgumentHelp("The name of the test.", valueName: "test")) var test: String
  @OptionGroup var store: MetricsStoreOption
}
