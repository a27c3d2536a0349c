import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics ab list`: the tests.
struct ABList: Tool {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the tests, as records.")
  @OptionGroup var store: MetricsStoreOption
  @OptionGroup var output: OutputOption

  mutating func execute() throws -> ExitStatus {
    let store = try self.store.existing()
    let printer = try output.printer()
    for item in try store.experiments() {
      let test = try store.experiment(item.id)
      try printer.print([
        "test": .string(test.id), "state": .string(test.state.rawValue),
        "created": .string(Timestamp.string(test.created)),
        "started": test.started == 0 ? .null : .string(Timestamp.string(test.started)),
        "ended": test.ended == 0 ? .null : .string(Timestamp.string(test.ended)),
        "variants": .object(test.variants.map { ($0.name, .rounded(Double($0.buckets) / 100, 2)) }),
      ])
    }
    try printer.finish()
    return .done
  }
}
