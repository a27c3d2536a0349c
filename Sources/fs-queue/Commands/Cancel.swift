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
    let queue = try options.open()
    var isPartly = false
    for id in ids {
      let state = try queue.cancel(id)
      if state == nil || state!.isFinal {
        options.diagnostics("cancel").error(
          state.map { "task \(id) is already \($0.name)" } ?? "there is no task \(id)")
        isPartly = true
      }
    }
    return isPartly ? .partly : .done
  }
}
