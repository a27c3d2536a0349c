import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstagePostgres
import FinstageQueue
import FinstageStore
import FinstageSystem

extension UniquePolicy: ExpressibleByArgument {}

/// `fs-queue add`: adds a command to the queue.
struct Add: Tool {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a command, or one for each line of standard input; print the numbers of the tasks.",
    discussion: """
      The command follows --. With --each, the line replaces {} in the arguments, or becomes the last argument if \
      there is no {}. All tasks are added in one transaction, or none is. Do not put {} into a shell script, because \
      the line would become part of the script. Pass the line as an argument instead: fs-queue add --each -- sh -c \
      'fs-fetch "$1" | fs-indicators --sma 20' sh {}.

      A task that is added --after others waits until they have ended, and runs if each of them meets the condition of \
      --if. Otherwise the task is cancelled, and so are tasks that wait for it, except with --if any. An expression \
      may use exit_status, state, attempts, seconds, output and, if the other task printed a JSON object as its last \
      line or as its whole output, the members of that object.

      --chain reads tasks that depend on each other from a JSON file. The file holds a list, in which each task waits \
      for the one before it, or an object with "tasks", each of which may have a "name" and, in "after", the names of \
      other tasks. The members of a task are "command" (a list) or "shell" (a script), "if", "priority", "retries", \
      "delay", "max_delay", "backoff", "retry_on", "timeout", "expires", "unique", "env", "clean_env", "cwd", \
      "stdin", "tags", "group".
      """)

  @OptionGroup var task: TaskOptions
  @Option(help: ArgumentHelp("A key that no two unfinished tasks may share; {} is the line.", valueName: "key"))
  var unique: String?
  @Option(help: "What to do if an unfinished task has the key.") var ifExists = UniquePolicy.reject
  @Option(help: ArgumentHelp("Add the tasks in a file.", valueName: "file"), completion: .file(extensions: ["json"]))
  var chain: String?
  @Flag(help: "Add one task for each line of standard input.") var each = false
  @Flag(help: "Save standard input now (at most 16 MiB) and feed it to the task.") var stdin = false
  @Flag(help: "Let the task wait until fs-queue release.") var paused = false
  @Flag(
    help:
      "If the server of the queue is away, keep the tasks on this machine; the next worker or add --spool here sends them. Their numbers are not known then."
  )
  var spool = false
  @Flag(help: "Wait for the task, print its output as it comes, and exit with its status.") var wait = false
  @Flag(help: "Print one JSON line on standard error at the end: tasks, seconds, peak memory.") var stats = false
  @OptionGroup var options: QueueOptions
  @Argument(parsing: .postTerminator, help: "The program and its arguments.") var command: [String] = []

  mutating func validate() throws {
    if chain != nil {
      guard command.isEmpty, !each, !stdin, unique == nil else {
        throw ValidationError("--chain takes the tasks from its file (no command, --each, --stdin or --unique)")
      }
      return
    }
    guard !command.isEmpty else {
      throw ValidationError("name a command after --, such as fs-queue add -- sh -c 'date'")
    }
    guard !spool || !wait else { throw ValidationError("--spool and --wait exclude each other") }
    guard !each || !stdin, !each || !wait else { throw ValidationError("--each excludes --stdin and --wait") }
    guard !each || unique?.contains("{}") ?? true else {
      throw ValidationError("with --each, {} must be in the key of --unique")
    }
  }

  mutating func execute() throws -> ExitStatus {
    var statistics = RunStatistics(tool: "fs-queue")
    var tasks: [NewTask]
    if let chain {
      do {
        if chain != "-" { try FileTrust.check(chain, advice: "it has commands: keep your own") }
        tasks = try TaskGraph(try WholeInput.json(chain), folder: try task.task([]).folder).tasks
      } catch let failure as TaskDefinition.Failure {
        throw ToolFailure(failure.exitStatus, "\(WholeInput.name(chain)): \(failure.sentence)")
      }
      // Tasks that wait for no other task of the file wait for those of --after.
      let others = try task.task([]).after
      for i in tasks.indices where tasks[i].after.isEmpty { tasks[i].after = others }
      for i in tasks.indices { tasks[i].isPaused = paused }
    } else {
      var one = try task.task(command)
      one.uniqueKey = unique
      one.isPaused = paused
      if stdin { one.input = try WholeInput.read("-", limit: 16 << 20) }
      tasks = each ? try WholeInput.lines("-", limit: 1 << 30).map(one.filled) : [one]
    }
    let key = SpooledAdds.newKey()
    let ids: [Int64]
    let queue: any TaskQueue
    do {
      queue = try options.open()
      try task.limit(queue)
      if spool, let server = queue as? PostgresTaskQueue {
        for note in try server.sendSpooled() { options.diagnostics("add").warning(note) }
        ids = try server.add(tasks, policy: ifExists, key: key)
      } else {
        ids = try queue.add(tasks, policy: ifExists)
      }
    } catch let error as PostgresError
      where spool && Interruption.signal == 0 && [.away, .crowded, .busy, .unknownOutcome].contains(error.kind)
    {
      try SpooledAdds(folder: try options.place().spoolFolder()).keep(
        .init(key: key, policy: ifExists, tasks: tasks), now: SystemClock.wallMilliseconds)
      options.diagnostics("add").warning(
        "\(error.sentence): \(tasks.count == 1 ? "the task is" : "\(tasks.count) tasks are") kept here, and added when the server is back"
      )
      return .done
    }
    if wait, let id = ids.last { return try Follower(queue, options.diagnostics("add")).follow(id) }
    try write(ids.map(String.init))
    statistics.count("added", ids.count)
    statistics.report(isWanted: stats, options.diagnostics("add"))
    return .done
  }
}
