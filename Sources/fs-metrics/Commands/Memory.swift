import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageStore
import FinstageSystem

/// `fs-metrics memory`: how the memory is.
struct Memory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "memory", abstract: "Say how the memory of this machine is, and watch that of a command.",
    subcommands: [MemoryStatus.self, MemoryHealth.self, MemoryDiagnostics.self, MemoryWatch.self],
    defaultSubcommand: MemoryStatus.self)
}
