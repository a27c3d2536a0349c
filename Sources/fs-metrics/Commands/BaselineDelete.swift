import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics baseline delete`: forgets one.
struct BaselineDelete: Tool {
  static let configuration = CommandConfiguration(commandName: "delete", abstract: "Forget a baseline.")
  @Argument(help: ArgumentHelp("The name of the baseline.", valueName: "baseline")) var name: String
  @OptionGroup var store: MetricsStoreOption

  mutating func execute() throws -> ExitStatus {
    guard try store.existing().deleteBaseline(name) else {
      throw ToolFailure(.noInput, "there is no baseline \"\(name)\" (fs-metrics baseline list shows all)")
    }
    return .done
  }
}
