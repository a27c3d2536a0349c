import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue release`: lets tasks start that were added with --paused.
struct Release: Tool {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "Let tasks start that were added with --paused.")
  @OptionGroup var options: QueueOptions
  @Argument(help: "The numbers of tasks.") var ids: [Int64]

  mutating func execute() throws -> ExitStatus { try options.pause(ids, "release", false) }
}
