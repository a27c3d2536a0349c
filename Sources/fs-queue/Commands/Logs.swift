import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue logs`: what a task prints on standard error.
struct Logs: Tool {
  static let configuration = CommandConfiguration(
    commandName: "logs", abstract: "Print the standard error of a task's last run, or of a running one as it comes.")

  @Flag(name: .shortAndLong, help: "Go on until the task has ended, through all its attempts.") var follow = false
  @Flag(name: .customLong("stdout"), help: "Standard output instead.") var isOutput = false
  @Option(help: ArgumentHelp("The log of this attempt, from 1.", valueName: "number")) var attempt: Int64?
  @OptionGroup var options: QueueOptions
  @Argument(help: "The number of the task.") var id: Int64

  mutating func execute() throws -> ExitStatus {
    let queue = try options.open()
    let task = try queue.known(id)
    if let attempt, attempt < 1 || attempt > task.attempt {
      throw ToolFailure(.noInput, "task \(id) has had \(task.attempt) attempts")
    }
    var tail = OutputTail(
      queue, id, isOutput ? .output : .log, to: 1, from: task.attempt, only: attempt ?? (follow ? nil : max(task.attempt, 1)))
    guard follow else {
      try tail.finish()
      return .done
    }
    _ = try Follower(queue, options.diagnostics("logs")).end(of: id, until: nil) {
      try tail.advance()
    }
    try tail.finish()
    return .done
  }
}
