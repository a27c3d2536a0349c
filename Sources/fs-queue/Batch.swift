import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore

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

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let one = try task.task(command)
    let lines = try StandardInput.lines()
    guard !lines.isEmpty else { throw ToolFailure(.noInput, "<stdin>: there is no line") }
    let queue = try options.open()
    try task.limit(queue)
    // The gatherer comes first, so that its number is known to the others.
    var gatherer = try task.task(Batch.gathering(reduce))
    gatherer.due = nil
    gatherer.expires = nil
    gatherer.retry = TaskRetryPolicy()
    gatherer.group = ""
    gatherer.after = lines.indices.map { Dependency(.added($0 + 1), .any) }
    let members = lines.map { line in
      var member = StandardInput.filled(one, line)
      member.batch = .added(0)
      return member
    }
    let ids: [Int64]
    do throws(TaskRefusal) { ids = try queue.add([gatherer] + members, policy: .reject) } catch {
      throw ToolFailure(error)
    }
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

/// `fs-queue results`: what the tasks of a batch have come to.
struct Results: Tool {
  static let configuration = CommandConfiguration(
    commandName: "results",
    abstract: "Print what the tasks of a batch have come to, a JSON object a line.",
    discussion: """
      Each has "task_id", "item" (the line that it was made of), "status", "exit_status", "execution_time" and "result": what it printed, as JSON if \
      it is that, a list if it is a JSON value a line, otherwise a text; results of more than a mebibyte are named as "result_path".
      """)

  @Flag(help: "End with status 1 if one of them has failed.") var check = false
  @OptionGroup var output: OutputOption
  @OptionGroup var options: QueueOptions
  @Argument(help: "The number that batch printed; in a task of the batch, that one if not given.") var id: Int64?

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    guard let batch = id ?? Environment["FS_TASK_ID"].flatMap({ Int64($0) }) else {
      throw ToolFailure(.usage, "the number of a batch is needed")
    }
    let queue = try options.open()
    _ = try known(batch, queue)
    var filter = TaskFilter()
    filter.batch = batch
    filter.isRising = true
    filter.after = 0
    var isPartly = false
    let printer = try LinePrinter(output, isRecords: true)
    while true {
      let part = filter
      let tasks = try storing { () throws(DatabaseError) in try queue.tasks(part, limit: 1000) }
      for task in tasks {
        if task.state != .completed { isPartly = true }
        try printer.print(try Results.line(task, queue))
      }
      guard let last = tasks.last else { break }
      filter.after = last.id
    }
    try printer.finish()
    return check && isPartly ? .partly : .done
  }

  private static func line(_ task: TaskRecord, _ queue: any TaskQueue) throws(ToolFailure) -> String {
    var line =
      "{\"task_id\":\(task.id),\"item\":\(JSONString.quoted(task.item ?? "")),\"status\":\"\(task.state.name)\""
    line += ",\"exit_status\":\(task.status.map(String.init) ?? "null"),\"execution_time\":\(TaskText.seconds(task))"
    let kept = try storing { () throws(DatabaseError) in
      try queue.output(task.id, attempt: task.attempt, errors: false)
    }
    let path = queue.spool.logPath(task.id, attempt: task.attempt, errors: false)
    if let kept, kept.bytes == nil, kept.length > 1 << 20 {
      return line + ",\"result_path\":\(JSONString.quoted(path))}"
    }
    let bytes = kept.flatMap { $0.bytes ?? SpooledOutput.read(path, limit: 1 << 20) } ?? []
    return line + ",\"result\":\(value(bytes))}"
  }

  /// What was printed, as JSON.
  static func value(_ bytes: [UInt8]) -> String {
    var text = bytes[...]
    while let last = text.last, [0x0A, 0x0D, 0x20].contains(last) { text.removeLast() }
    if text.isEmpty { return "null" }
    if !text.contains(0x0A), (try? JSONDocument.parse(Array(text))) != nil {
      return String(decoding: text, as: UTF8.self)
    }
    let lines = text.split(separator: 0x0A)
    if lines.count > 1, lines.allSatisfy({ (try? JSONDocument.parse(Array($0))) != nil }) {
      return "[\(lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ","))]"
    }
    if (try? JSONDocument.parse(Array(text))) != nil {
      // Broken over several lines: it has to be one here.
      return String(decoding: text.map { $0 == 0x0A ? 0x20 : $0 }, as: UTF8.self)
    }
    return JSONString.quoted(String(decoding: text, as: UTF8.self))
  }
}
