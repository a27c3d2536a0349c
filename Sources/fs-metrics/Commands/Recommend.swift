import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics recommend`: what could be done.
struct Recommend: Tool {
  static let configuration = CommandConfiguration(
    commandName: "recommend", abstract: "Say what could be done, with the reason, as records.")
  @OptionGroup var time: SpanOptions
  @OptionGroup var store: MetricsStoreOption
  @OptionGroup var output: RecordOutputOptions

  mutating func execute() throws -> ExitStatus {
    let advice = Health(try Health.Readings(try store.existing(), in: time.span)).advice
    if output.isForPeople {
      if advice.isEmpty { try write("no recommendations") }
      for item in advice {
        try write(["\(item.priority): \(item.title): \(item.reason)"] + item.actions.map { "  - \($0)" })
      }
      return .done
    }
    try output.write(advice.map { $0.json })
    return .done
  }
}
