import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics ab assign`: the variants of units.
struct ABAssign: Tool {
  static let configuration = CommandConfiguration(
    commandName: "assign",
    abstract: "Print the variant of each unit: the control while the test does not run (with status 1).")
  @Argument(help: ArgumentHelp("The name of the test.", valueName: "test")) var test: String
  @Argument(help: ArgumentHelp("Users, symbols, sessions; - for one per line on standard input.", valueName: "units"))
  var units: [String]
  @OptionGroup var store: MetricsStoreOption

  mutating func execute() throws -> ExitStatus {
    let found = try store.existing().experiment(test)
    let isRunning = found.state == .running
    let names =
      units == ["-"]
      ? String(decoding: FileContent.bytes(0, limit: 1 << 28) ?? [], as: UTF8.self).split(separator: "\n").map(
        String.init) : units
    try write(names.map { isRunning ? found.variant(of: $0).name : found.control.name })
    return isRunning ? .done : .partly
  }
}
