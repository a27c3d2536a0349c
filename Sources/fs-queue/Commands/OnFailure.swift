import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue on-failure`: who is told of failures.
struct OnFailure: Tool {
  static let configuration = CommandConfiguration(
    commandName: "on-failure",
    abstract: "Set the command to run when a task finally fails; without a command, show it.",
    discussion: """
      The command runs as a task of its own, with the facts in its environment (FS_FAILED_ID, FS_FAILED_REASON, \
      FS_FAILED_STATUS, FS_FAILED_ATTEMPTS, FS_FAILED_COMMAND, FS_FAILED_SCHEDULE) and the end of the log on its input: \
      fs-queue on-failure 'mail -s "task $FS_FAILED_ID: $FS_FAILED_REASON" me@example.org'. It is told of failures, \
      time-outs, expired and dead tasks; not of retries, cancelled tasks, the items of a batch, and its own failures. \
      add --on-failure and on_failure of jobs, chains and templates name another command.
      """)

  @Flag(help: "Tell nobody any more.") var none = false
  @OptionGroup var options: QueueOptions
  @Argument(help: "The command.") var command: String?

  mutating func validate() throws {
    if none && command != nil { throw ValidationError("--none excludes a command") }
    if let command, command.allSatisfy(\.isWhitespace) {
      throw ValidationError("the command is empty (--none tells nobody)")
    }
  }

  mutating func execute() throws -> ExitStatus {
    let queue = try options.open()
    if none || command != nil {
      try queue.setOnFailure(command)
    } else if let known = try queue.onFailure() {
      try write([known])
    }
    return .done
  }
}
