import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue batch`: adds many tasks, and one that gathers their results.
struct Batch: Tool {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Add a command for each line of standard input, and a task that gathers their results; print its number.",
    discussion: """
      The printed number is that of the gathering task, which stands for the batch. It runs when all other tasks have \
      ended. Its result is their results, one JSON object a line, in the order of the input lines (see fs-queue \
      results). It fails if any of them did not complete. With --reduce, a shell script reads these results from its \
      standard input; its output is the result of the batch, and its exit status that of the batch.
      """)

  @OptionGroup var task: TaskOptions
  @Option(help: ArgumentHelp("A shell script that combines the results.", valueName: "script")) var reduce: String?
  @Flag(help: "Wait until all tasks have ended, print the result, and exit with its status.") var wait = false
  @OptionGroup var options: QueueOptions
  @Argument(parsing: .postTerminator, help: "The program and its arguments; {} is the line.") var command: [String] = []

  mutating func validate() throws {
    guard !command.isEmpty else {
      throw ValidationError("name a command after --, such as fs-queue batch -- fs-fetch {} --range 1y")
    }
  }

  mutating func execute() throws -> ExitStatus {
    let one = try task.task(command)
    let lines = try WholeInput.lines("-", limit: 1 << 30)
    guard !lines.isEmpty else { throw ToolFailure(.noInput, "<stdin>: there are no lines") }
    let queue = try options.open()
    try task.limit(queue)
    // The gatherer comes first, so that its number is known to the others.
    var gatherer = try task.task(Batch.gathering(reduce))
    gatherer.due = nil
    gatherer.dueIn = nil
    gatherer.expiresIn = nil
    gatherer.retry = TaskRetryPolicy()
    gatherer.group = ""
    gatherer.after = lines.indices.map { Dependency(.added($0 + 1), .any) }
    let members = lines.map { line in
      var member = one.filled(line)
      member.gatherer = .added(0)
      // The gatherer tells of the batch.
      member.onFailure = ""
      return member
    }
    let ids = try queue.add([gatherer] + members, policy: .reject)
    if wait { return try Follower(queue, options.diagnostics("batch")).follow(ids[0]) }
    try write([String(ids[0])])
    return .done
  }

  /// The command of a gatherer: `fs-queue results`, which finds the number of the batch in FS_TASK_ID.
  private static func gathering(_ script: String?) -> [String] {
    let program = systemExecutablePath() ?? "fs-queue"
    guard let script else { return [program, "results", "--check"] }
    return ["sh", "-c", "\"$0\" results | { \(script)\n}", program]
  }
}
