import ArgumentParser
import FinstageCommand

@main
struct MetricsTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fs-metrics", abstract: "Measure.", version: finstageVersion, subcommands: [RunPipeline.self, AB.self])
  static func main() { startCommands() }
}
