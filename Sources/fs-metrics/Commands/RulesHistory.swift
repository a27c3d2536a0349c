import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics rules history`: what was switched, when and why.
struct RulesHistory: Tool {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Say what was done with rules, when and why.")
  @Option(help: ArgumentHelp("How far to look back, 1s to 366d.", valueName: "span")) var last = TimeSpan.seconds(
    7 * 86_400)
  @OptionGroup var store: MetricsStoreOption
  @OptionGroup var output: OutputOption

  mutating func validate() throws {
    guard (1...31_622_400).contains(last.seconds) else { throw ValidationError("--last must be 1s to 366d") }
  }

  mutating func execute() throws -> ExitStatus {
    let events = try store.existing().ruleEvents(since: SystemClock.wallNanoseconds - Int64(last.seconds * 1e9))
    try output.write(events.map { $0.json })
    return .done
  }
}
