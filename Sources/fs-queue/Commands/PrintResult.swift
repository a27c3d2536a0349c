import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue result`: prints the output of a task.
struct PrintResult: Tool {
  static let configuration = CommandConfiguration(
    commandName: "result", abstract: "Print the standard output of a task; status 69 if the task has not ended.")

  @Flag(help: "Wait until the task has ended.") var wait = false
  @OptionGroup var options: QueueOptions
  @Argument(help: "The number of the task.") var id: Int64

  mutating func execute() throws -> ExitStatus {
    let queue = try options.open()
    if wait { _ = try Follower(queue, options.diagnostics("result")).end(of: id, until: nil) }
    let task = try queue.known(id)
    guard task.state.isFinal else {
      throw ToolFailure(.unavailable, "task \(id) is \(task.state.name): it has no result yet")
    }
    guard task.attempt > 0 else {
      throw ToolFailure(.unavailable, "task \(id) was \(task.state.name) (\(task.reason ?? "")) before it ran")
    }
    var tail = OutputTail(queue, id, .output, to: 1, only: task.attempt)
    try tail.finish()
    return .done
  }
}
