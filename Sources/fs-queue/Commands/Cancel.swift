import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue cancel`: tasks that are not wanted any more.
struct Cancel: Tool {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "Cancel tasks: at once if they wait; a running one is ended with its whole process group.")

  @OptionGroup var options: QueueOptions
  @Argument(help: "The numbers of tasks.") var ids: [Int64]

  mutating func execute() throws -> ExitStatus {
    let queue = try options.open()
    var isPartly = false
    for id in ids {
      let state = try queue.cancel(id)
      if state == nil || state!.isFinal {
        options.diagnostics("cancel").error(
          state.map { "task \(id) is \($0.name) already" } ?? "there is no task \(id)")
        isPartly = true
      }
    }
    return isPartly ? .partly : .done
  }
}
