import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue purge`: removes finished tasks.
struct Purge: Tool {
  static let configuration = CommandConfiguration(
    commandName: "purge", abstract: "Remove finished tasks and their logs; dead ones only with --state dead.")

  @Option(help: ArgumentHelp("Remove tasks that ended longer ago than this.", valueName: "span"))
  var older = TimeSpan.seconds(86_400)
  @Option(help: "Remove only tasks in this state.") var state: TaskState?
  @OptionGroup var options: QueueOptions

  mutating func validate() throws {
    guard older.seconds >= 0, older.seconds <= 3e9 else { throw ValidationError("--older must be 0 to 34000d") }
    guard state?.isFinal ?? true else { throw ValidationError("--state: only finished tasks can be removed") }
  }

  mutating func execute() throws -> ExitStatus {
    let queue = try options.open()
    let states = state.map { [$0] } ?? [.completed, .failed, .cancelled]
    let removed = try queue.purge(before: queue.now - older.milliseconds, states: states, limit: .max)
    try write([JSONValue.object([("removed", JSONValue(removed))]).text])
    return .done
  }
}
