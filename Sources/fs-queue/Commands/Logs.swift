import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue logs`: prints the standard error of a task.
struct Logs: Tool {
  static let configuration = CommandConfiguration(
    commandName: "logs", abstract: "Print the standard error of a task's last run; with -f, as it comes.")

  @Flag(name: .shortAndLong, help: "Continue until the task has ended, through all further attempts.")
  var follow = false
  @Flag(name: .customLong("stdout"), help: "Print standard output instead.") var isOutput = false
  @Option(help: ArgumentHelp("Print the log of this attempt, counted from 1.", valueName: "number"))
  var attempt: Int64?
  @OptionGroup var options: QueueOptions
  @Argument(help: "The number of the task.") var id: Int64

  mutating func execute() throws -> ExitStatus {
    let queue = try options.open()
    let task = try queue.known(id)
    if let attempt, attempt < 1 || attempt > task.attempt {
      throw ToolFailure(.noInput, "task \(id) has had \(task.attempt) attempts")
    }
    var tail = OutputTail(
      queue, id, isOutput ? .output : .log, to: 1, from: task.attempt,
      only: attempt ?? (follow ? nil : max(task.attempt, 1)))
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
