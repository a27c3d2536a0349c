import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics baseline save`: keeps what is normal now under a name.
struct BaselineSave: Tool {
  static let configuration = CommandConfiguration(
    commandName: "save",
    abstract: "Keep the readings of a span of time under a name; replaces an older baseline of that name.")
  @Argument(help: ArgumentHelp("The name of the baseline.", valueName: "baseline")) var name: String
  @OptionGroup var window: WindowOptions
  @OptionGroup var store: MetricsStoreOption

  mutating func validate() throws {
    guard !name.isEmpty, name.utf8.count <= 128 else {
      throw ValidationError("the name of a baseline has 1 to 128 bytes")
    }
  }

  mutating func execute() throws -> ExitStatus {
    let count = try store.existing().saveBaseline(name, window.selection, in: window.span, machine: MachineFacts.json)
    guard count > 0 else { throw ToolFailure(.noInput, "there are no such metrics in this time: nothing was kept") }
    try write("\(name): \(count) series")
    return .done
  }
}
