import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics baseline`: what was normal.
struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline", abstract: "Keep what is normal now, to compare with later.",
    subcommands: [BaselineSave.self, BaselineList.self, BaselineDelete.self])
}
