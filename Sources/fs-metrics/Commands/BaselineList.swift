import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics baseline list`: the baselines that there are.
struct BaselineList: Tool {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the baselines.")
  @OptionGroup var store: MetricsStoreOption
  @OptionGroup var output: RecordOutputOptions

  mutating func execute() throws -> ExitStatus {
    let baselines = try store.existing().baselines()
    if output.isForPeople {
      try write(
        TextTable.lines(
          [["baseline", "until", "series", "readings"]]
            + baselines.map {
              [$0.name, Timestamp.string($0.taken / 1_000_000_000 * 1_000_000_000), "\($0.series)", "\($0.readings)"]
            }))
      return .done
    }
    let printer = try output.place.printer()
    for baseline in baselines {
      try printer.print([
        "name": .string(baseline.name), "since": .string(Timestamp.string(baseline.since)),
        "until": .string(Timestamp.string(baseline.taken)), "series": JSONValue(baseline.series),
        "readings": JSONValue(baseline.readings), "machine": baseline.machine,
      ])
    }
    try printer.finish()
    return .done
  }
}
