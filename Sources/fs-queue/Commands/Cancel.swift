import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue cancel`: cancels tasks.
struct Cancel: Tool {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "Cancel tasks: waiting ones at once, running ones by ending their whole process group.")

  @OptionGroup var options: QueueOptions
  @Argument(help: "The numbers of tasks.") var ids: [Int64]

  mutating func execute() throws -> ExitStatus {
    try options.change(ids, "cancel") { queue, id in
      guard let state = try queue.cancel(id) else { return "there is no task \(id)" }
      return state.isFinal ? "task \(id) is already \(state.name)" : nil
    }
  }
}
