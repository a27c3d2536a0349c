import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue resume`: lets tasks start again.
struct Resume: Tool {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Let tasks start again after pause: all, or those that are named.")
  @OptionGroup var options: QueueOptions
  @Argument(help: "The numbers of tasks; none for the whole queue.") var ids: [Int64] = []

  mutating func execute() throws -> ExitStatus { try options.pause(ids, "resume", false) }
}
