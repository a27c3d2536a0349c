import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore

extension TaskState: ExpressibleByArgument {
  public init?(argument: String) {
    guard let known = TaskState.named(argument) else { return nil }
    self = known
  }

  public static var allValueStrings: [String] { allCases.map(\.name) }
  public var defaultValueDescription: String { name }
}

/// `fs-queue status`: one task, or how many there are of each state.
struct Status: Tool {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Tell of a task, with its history; or how many tasks there are in each state.")

  @Flag(help: "JSON instead of text.") var json = false
  @OptionGroup var options: QueueOptions
  @Argument(help: "The numbers of tasks.") var ids: [Int64] = []

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let queue = try options.open()
    var lines: [String] = []
    if ids.isEmpty {
      let figures = try storing { () throws(DatabaseError) in try queue.figures() }
      let (counts, isPaused) = (figures.counts, figures.isPaused)
      if json {
        let members = TaskState.allCases.map { "\"\($0.name)\":\(counts[$0] ?? 0)" }
        lines = ["{\(members.joined(separator: ",")),\"paused\":\(isPaused)}"]
      } else {
        lines = TaskState.allCases.map { state in
          state.name + String(repeating: " ", count: 11 - state.name.count) + String(counts[state] ?? 0)
        }
        if isPaused { lines.append("paused: no task begins until fs-queue resume") }
      }
    }
    for id in ids {
      let task = try known(id, queue)
      if json {
        lines.append(TaskText.json(task))
        continue
      }
      lines.append(TaskText.row(task).joined(separator: "  "))
      if let note = task.note { lines.append("  \(TaskText.plain(note))") }
      if task.state == .running, let owner = task.owner, !FileLock.isHeld(queue.spool.workerLock(owner)) {
        lines.append("  its worker is dead: any other one takes it back (fs-queue work)")
      }
      if task.parents > 0 {
        let parents = try storing { () throws(DatabaseError) in try queue.parents(of: id) }
        lines.append(
          "  waits for \(parents.prefix(20).map(String.init).joined(separator: ", "))\(parents.count > 20 ? ", ..." : "")"
        )
      }
      for event in try storing({ () throws(DatabaseError) in try queue.history(id) }) {
        let note = event.note.map { " (\($0))" } ?? ""
        lines.append("  \(Timestamp.string(event.at * 1_000_000)) \(event.state.name)\(note)")
      }
    }
    try write(lines)
    return .done
  }
}

/// `fs-queue list`: tasks, the newest first.
struct List: Tool {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List tasks, the newest first.")

  @Option(help: "Only those in this state.") var state: TaskState?
  @Option(help: "At most so many, 1 to 1,000,000.") var limit = 50
  @Option(help: ArgumentHelp("Only those with this tag.", valueName: "word")) var tag: String?
  @Option(help: ArgumentHelp("Only those of this group.", valueName: "name")) var group: String?
  @Option(help: ArgumentHelp("Only those of this batch.", valueName: "id")) var batch: Int64?
  @Option(help: ArgumentHelp("Only those that this schedule has added.", valueName: "name")) var schedule: String?
  @Flag(help: "One JSON object a line instead of a table.") var json = false
  @OptionGroup var output: OutputOption
  @OptionGroup var options: QueueOptions

  mutating func validate() throws {
    guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit is 1 to 1000000") }
  }

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let queue = try options.open()
    let limit = limit
    var filter = TaskFilter()
    filter.state = state
    filter.tag = tag
    filter.group = group
    filter.batch = batch
    filter.job = schedule
    let wanted = filter
    let tasks = try storing { () throws(DatabaseError) in try queue.tasks(wanted, limit: limit) }
    let table = TextTable.lines([["id", "state", "priority", "time", "command"]] + tasks.map(TaskText.row))
    try write(json ? tasks.map(TaskText.json) : table, to: output)
    return .done
  }
}

/// `fs-queue workers`: who works.
struct Workers: Tool {
  static let configuration = CommandConfiguration(
    commandName: "workers",
    abstract: "Tell of each worker its process, its tasks, and how many it has finished.")

  @Flag(help: "One JSON object a line instead of a table.") var json = false
  @OptionGroup var options: QueueOptions

  static func json(_ worker: WorkerRecord) -> String {
    let finished = worker.completed + worker.failed
    let rate =
      finished == 0 ? "null" : NumberText.string((Double(worker.completed) / Double(finished) * 1000).rounded() / 10)
    return
      "{\"worker_id\":\(JSONString.quoted(worker.identity.id)),\"pid\":\(worker.identity.pid),\"is_running\":true,\"slots\":\(worker.slots)"
      + ",\"current_tasks\":[\(worker.running.map(String.init).joined(separator: ","))],\"processed_tasks\":\(worker.completed)"
      + ",\"failed_tasks\":\(worker.failed),\"success_rate\":\(rate),\"uptime_seconds\":\((TaskClock.now - worker.started) / 1000)"
      + ",\"started_at\":\(TaskText.time(worker.started))}"
  }

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let queue = try options.open()
    let workers = try storing { () throws(DatabaseError) in try queue.workers() }
    if json {
      try write(workers.map(Workers.json))
      return .done
    }
    let rows = workers.map { worker in
      [
        worker.identity.id, String(worker.identity.pid), "\(worker.running.count)/\(worker.slots)",
        String(worker.completed),
        String(worker.failed), TaskText.age(worker.started), worker.running.map(String.init).joined(separator: " "),
      ]
    }
    let table = TextTable.lines([["worker", "process", "slots", "completed", "failed", "up", "tasks"]] + rows)
    try write(table)
    return .done
  }
}
