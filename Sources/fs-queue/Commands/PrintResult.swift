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
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "Write to this file, whole or not at all, instead of standard output.", completion: .file())
  var output = "-"
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
    guard output == "-" else {
      let sink = try ByteSink(path: output)
      var count = 0
      while let part = try queue.output(id, attempt: task.attempt, .output, from: count, limit: PrintResult.block),
        !part.isEmpty
      {
        try sink.write(bytes: part)
        count += part.count
      }
      try sink.finish()
      return .done
    }
    var tail = OutputTail(queue, id, .output, to: 1, only: task.attempt)
    try tail.finish()
    return .done
  }

  private static let block = 1 << 20
}
