import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue batch`: many tasks, and one that gathers their results.
struct Batch: Tool {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Add a command for each line of standard input, and a task that gathers their results; print its number.",
    discussion: """
      The task whose number is printed stands for the batch: it runs when all others have ended, its result is theirs, a JSON object a \
      line in the order of the lines (see fs-queue results), and it fails if one of them has. With --reduce a shell script reads that from \
      its standard input; what it prints is the result, and its status that of the batch.
      """)

  @OptionGroup var task: TaskOptions
  @Option(help: ArgumentHelp("A shell script that makes one result of them.", valueName: "script")) var reduce: String?
  @Flag(help: "Wait until all have ended, print the result, and end with its status.") var wait = false
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
    guard !lines.isEmpty else { throw ToolFailure(.noInput, "<stdin>: there is no line") }
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
      return member
    }
    let ids = try queue.add([gatherer] + members, policy: .reject)
    if wait { return try Follower(queue, options.diagnostics("batch")).follow(ids[0]) }
    try write([String(ids[0])])
    return .done
  }

  /// The command of a gatherer: this program prints the results of the batch whose task it runs in.
  private static func gathering(_ script: String?) -> [String] {
    let program = systemExecutablePath() ?? "fs-queue"
    guard let script else { return [program, "results", "--check"] }
    return ["sh", "-c", "\"$0\" results | { \(script)\n}", program]
  }
}
