import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

extension UniquePolicy: ExpressibleByArgument {}

/// `fs-queue add`: a command for later.
struct Add: Tool {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a command, or one for each line of standard input; print the numbers of the tasks.",
    discussion: """
      The command follows after --. With --each, {} in its arguments stands for the line, which is added as the last argument where \
      there is no {}; all lines are added in one transaction, or none. A shell would read {} as part of its script: give it the line as \
      an argument instead, fs-queue add --each -- sh -c 'fs-fetch "$1" | fs-indicators --sma 20' sh {}.

      A task that is added --after others waits for their end, and runs if what --if asks for is true of each; otherwise it is \
      cancelled, and so are those that wait for it. An expression is over exit_status, state, attempts, seconds, output and, if the last line \
      that the other task printed is a JSON object, its members.

      --chain reads tasks that depend on each other from a file of JSON: a list, each task of which comes after the one before, or an \
      object with "tasks", each of which may have a "name", and "after" with names of others. The members of a task are "command" (a \
      list) or "shell" (a script), "if", "priority", "retries", "delay", "max_delay", "backoff", "retry_on", "timeout", "expires", "unique", \
      "env", "clean_env", "cwd", "stdin", "tags", "group".
      """)

  @OptionGroup var task: TaskOptions
  @Option(help: ArgumentHelp("No two unfinished tasks have the same key; {} is the line.", valueName: "key"))
  var unique: String?
  @Option(help: "What to do if an unfinished task has the key.") var ifExists = UniquePolicy.reject
  @Option(help: ArgumentHelp("Add the tasks of a file.", valueName: "file"), completion: .file(extensions: ["json"]))
  var chain: String?
  @Flag(help: "One task for each line of standard input.") var each = false
  @Flag(help: "It reads what standard input has now (16 MiB at most).") var stdin = false
  @Flag(help: "Wait until it has ended, print what it prints, and end with its status.") var wait = false
  @Flag(help: "Print one JSON line on standard error at the end: tasks, seconds, peak memory.") var stats = false
  @OptionGroup var options: QueueOptions
  @Argument(parsing: .postTerminator, help: "The program and its arguments.") var command: [String] = []

  mutating func validate() throws {
    if chain != nil {
      guard command.isEmpty, !each, !stdin, unique == nil else {
        throw ValidationError("--chain has the commands in its file")
      }
      return
    }
    guard !command.isEmpty else {
      throw ValidationError("name a command after --, such as fs-queue add -- sh -c 'date'")
    }
    guard !each || !stdin, !each || !wait else { throw ValidationError("--each goes without --stdin and --wait") }
    guard !each || unique?.contains("{}") ?? true else {
      throw ValidationError("with --each, {} must be in the key of --unique")
    }
  }

  mutating func execute() throws -> ExitStatus {
    var statistics = RunStatistics(tool: "fs-queue")
    var tasks: [NewTask]
    if let chain {
      do {
        tasks = try TaskGraph(try WholeInput.json(chain), folder: try task.task([]).folder).tasks
      } catch let failure as TaskDefinition.Failure {
        throw ToolFailure(failure.exitStatus, "\(WholeInput.name(chain)): \(failure.sentence)")
      }
      // What waits for nothing in the file waits for what is named here.
      let others = try task.task([]).after
      for i in tasks.indices where tasks[i].after.isEmpty { tasks[i].after = others }
    } else {
      var one = try task.task(command)
      one.uniqueKey = unique
      if stdin { one.input = try WholeInput.read("-", limit: 16 << 20) }
      tasks = each ? try WholeInput.lines("-", limit: 1 << 30).map(one.filled) : [one]
    }
    let queue = try options.open()
    try task.limit(queue)
    let ids = try queue.add(tasks, policy: ifExists)
    if wait, let id = ids.last { return try Follower(queue, options.diagnostics("add")).follow(id) }
    try write(ids.map(String.init))
    statistics.count("added", ids.count)
    statistics.report(isWanted: stats, options.diagnostics("add"))
    return .done
  }
}
